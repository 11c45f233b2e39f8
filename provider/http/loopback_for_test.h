#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "provider/http/certificates_for_test.h"

namespace palisade::http {

/// One accepted connection of a LoopbackServer, driven by its script. Every wait ends after ten
/// seconds or when the server ends.
class Connection {
 public:
  Connection(int socket, SSL* ssl, int number) : socket_(socket), ssl_(ssl), number_(number) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { Close(); }

  int number() const { return number_; }  ///< from 1
  int socket() const { return socket_; }

  /// Head and body of the next request; nullopt when the client has gone.
  std::optional<std::string> ReadRequest() {
    while (true) {
      const std::size_t end = buffer_.find("\r\n\r\n");
      if (end != std::string::npos) {
        const std::size_t size = end + 4 + ContentLength(buffer_.substr(0, end));
        while (buffer_.size() < size) {
          if (!ReadMore()) return std::nullopt;
        }
        std::string request = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return request;
      }
      if (!ReadMore()) return std::nullopt;
    }
  }

  /// Whatever has come; empty when the client has gone.
  std::string ReadSome() {
    if (buffer_.empty()) ReadMore();
    return std::exchange(buffer_, {});
  }

  bool Write(std::string_view text) {
    while (!text.empty()) {
      const int size = static_cast<int>(text.size());
      const auto written =
          ssl_ != nullptr ? SSL_write(ssl_, text.data(), size)
                          : static_cast<int>(send(socket_, text.data(), text.size(), MSG_NOSIGNAL));
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool Answer(std::string_view body, std::string_view headers = "", int status = 200) {
    return Write("HTTP/1.1 " + std::to_string(status) +
                 " Fine\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
                 std::string(headers) + "\r\n" + std::string(body));
  }

  /// Until the client closes.
  void Hold() {
    while (ReadMore()) buffer_.clear();
  }
  /// For at most `pause`; whether the client is still there.
  bool Pause(std::chrono::milliseconds pause) const {
    pollfd waited{socket_, POLLIN, 0};
    return poll(&waited, 1, static_cast<int>(pause.count())) == 0;
  }
  /// Ends it with RST.
  void Reset() {
    const linger none{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    SSL_free(std::exchange(ssl_, nullptr));
    close(std::exchange(socket_, -1));
  }
  void Close() {
    if (socket_ < 0) return;
    if (ssl_ != nullptr) SSL_shutdown(ssl_);
    SSL_free(std::exchange(ssl_, nullptr));
    close(std::exchange(socket_, -1));
  }

 private:
  static std::size_t ContentLength(std::string_view head) {
    constexpr std::string_view kName = "\r\nContent-Length: ";
    const auto at = head.find(kName);
    std::size_t length = 0;
    if (at != std::string_view::npos) {
      std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), length);
    }
    return length;
  }

  bool ReadMore() {
    char bytes[16384];
    const auto got = ssl_ != nullptr ? SSL_read(ssl_, bytes, sizeof bytes)
                                     : static_cast<int>(recv(socket_, bytes, sizeof bytes, 0));
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  int socket_;
  SSL* ssl_;
  const int number_;
  std::string buffer_;
};

/// A server on 127.0.0.1 that runs `script` for each connection on a thread of its own; with
/// `certificates` it speaks TLS. Ends everything when it goes out of scope.
class LoopbackServer {
 public:
  using Script = std::function<void(Connection&)>;

  explicit LoopbackServer(Script script)
      : LoopbackServer(std::move(script), std::shared_ptr<SSL_CTX>()) {}
  LoopbackServer(Script script, const TestCertificates* certificates)
      : LoopbackServer(std::move(script), certificates->ServerContext()) {}
  /// Null for a server without TLS.
  LoopbackServer(Script script, std::shared_ptr<SSL_CTX> context)
      : script_(std::move(script)), context_(std::move(context)) {
    signal(SIGPIPE, SIG_IGN);
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener_, 512) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      std::abort();
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { Accept(); });
  }
  ~LoopbackServer() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    close(listener_);
    {
      std::lock_guard lock(mutex_);
      for (const int open : sockets_) {
        if (open >= 0) shutdown(open, SHUT_RDWR);
      }
    }
    for (std::thread& thread : threads_) thread.join();
  }

  int port() const { return port_; }
  std::string url(std::string_view path = "/", std::string_view host = "127.0.0.1") const {
    return (context_ ? "https://" : "http://") + std::string(host) + ":" + std::to_string(port_) +
           std::string(path);
  }
  int connections() const { return connections_; }
  /// What the scripts kept by Keep.
  std::vector<std::string> kept() const {
    std::lock_guard lock(mutex_);
    return kept_;
  }
  void Keep(std::string text) {
    std::lock_guard lock(mutex_);
    kept_.push_back(std::move(text));
  }

 private:
  void Accept() {
    while (true) {
      const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      const int yes = 1;
      setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      const timeval limit{10, 0};
      setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
      setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
      std::lock_guard lock(mutex_);
      const std::size_t slot = sockets_.size();
      sockets_.push_back(client);
      const int number = ++connections_;
      threads_.emplace_back([this, client, number, slot] { Serve(client, number, slot); });
    }
  }

  void Serve(int client, int number, std::size_t slot) {
    SSL* ssl = nullptr;
    bool open = true;
    if (context_) {
      ssl = SSL_new(context_.get());
      SSL_set_fd(ssl, client);
      open = SSL_accept(ssl) == 1;
    }
    Connection connection(client, ssl, number);
    if (open) script_(connection);
    // So that the destructor does not shut down a number that means another socket by then.
    std::lock_guard lock(mutex_);
    sockets_[slot] = -1;
    connection.Close();
  }

  const Script script_;
  const std::shared_ptr<SSL_CTX> context_;
  int listener_ = -1, port_ = 0;
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<int> sockets_;
  std::vector<std::string> kept_;
  std::thread acceptor_;
  std::vector<std::thread> threads_;
};

/// Carries bytes between the client and `port` on this machine, until one of them closes.
/// `greeting` goes to the client once the server is there.
inline void Tunnel(Connection& client, int port, std::string_view greeting) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    client.Write(greeting);
    pollfd ends[2] = {{client.socket(), POLLIN, 0}, {server, POLLIN, 0}};
    bool open = true;
    while (open && poll(ends, 2, 10'000) > 0) {
      for (int i = 0; i < 2 && open; ++i) {
        if ((ends[i].revents & (POLLIN | POLLHUP)) == 0) continue;
        char bytes[16384];
        const auto got = recv(ends[i].fd, bytes, sizeof bytes, 0);
        open = got > 0 &&
               send(ends[1 - i].fd, bytes, static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
      }
    }
  }
  close(server);
}

/// A script that is a proxy: keeps each head by `keep`; CONNECT is tunnelled to `port` on this
/// machine, whatever host it names, and other requests are answered with "by proxy".
inline LoopbackServer::Script ProxyTo(int port, std::function<void(std::string)> keep) {
  return [port, keep = std::move(keep)](Connection& client) {
    while (const auto head = client.ReadRequest()) {
      keep(*head);
      if (!head->starts_with("CONNECT ")) {
        client.Answer("by proxy");
        continue;
      }
      Tunnel(client, port, "HTTP/1.1 200 Connected\r\n\r\n");
      return;
    }
  };
}

}  // namespace palisade::http
