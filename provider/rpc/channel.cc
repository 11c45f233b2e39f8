#include "provider/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>

#include "provider/rpc/limits.h"

namespace palisade::rpc {

std::optional<std::string> ToTarget(std::string_view address) {
  for (const std::string_view scheme : {"http://", "grpc://"}) {
    if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
  }
  if (address.ends_with('/')) address.remove_suffix(1);
  const auto colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view host = address.substr(0, colon), port = address.substr(colon + 1);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), digit)) {
    return std::nullopt;
  }
  if (host == "localhost") return "ipv4:127.0.0.1:" + std::string(port);
  if (host.front() == '[' && host.back() == ']') return "ipv6:" + std::string(address);
  const auto v4 = [digit](char c) { return digit(c) || c == '.'; };
  if (std::all_of(host.begin(), host.end(), v4)) return "ipv4:" + std::string(address);
  if (host.find_first_of(":/[] ") != std::string_view::npos) return std::nullopt;
  return std::string(address);
}

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace palisade::rpc
