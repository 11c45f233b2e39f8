#pragma once

#include <functional>
#include <string>
#include <utility>

#include "provider/http/loopback_for_test.h"

namespace palisade::http {

/// A script that is a SOCKS5 proxy (RFC 1928 and 1929): keeps "user:password@host:port" by `keep`,
/// lets in whoever has `password`, and tunnels to `port` on this machine whatever host is named.
/// Clients that name no host but an address are turned away.
inline LoopbackServer::Script SocksTo(int port, std::string password,
                                      std::function<void(std::string)> keep) {
  return [port, password = std::move(password), keep = std::move(keep)](Connection& client) {
    std::string pending;
    const auto take = [&](std::size_t size) {
      while (pending.size() < size) {
        const std::string more = client.ReadSome();
        if (more.empty()) return std::string(size, '\0');
        pending += more;
      }
      std::string taken = pending.substr(0, size);
      pending.erase(0, size);
      return taken;
    };
    const auto take_text = [&] { return take(static_cast<unsigned char>(take(1)[0])); };

    take(1);
    take_text();
    client.Write("\x05\x02");  // user and password, please
    take(1);
    const std::string user = take_text();
    const std::string given = take_text();
    client.Write(given == password ? std::string("\x01\x00", 2) : "\x01\x01");
    if (given != password || take(4) != std::string("\x05\x01\x00\x03", 4)) return;
    const std::string host = take_text();
    const std::string wanted = take(2);
    keep(user + ":" + given + "@" + host + ":" +
         std::to_string(static_cast<unsigned char>(wanted[0]) * 256 +
                        static_cast<unsigned char>(wanted[1])));
    Tunnel(client, port, std::string("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
  };
}

}  // namespace palisade::http
