#include "provider/rpc/urn.h"

#include "provider/base/status.h"

namespace palisade::rpc {

std::optional<UrnParts> ParseUrn(std::string_view urn) {
  constexpr std::string_view kPrefix = "urn:pulumi:";
  if (!urn.starts_with(kPrefix)) return std::nullopt;
  urn.remove_prefix(kPrefix.size());
  for (int skipped = 0; skipped < 2; ++skipped) {  // stack and project
    const auto end = urn.find("::");
    if (end == std::string_view::npos) return std::nullopt;
    urn.remove_prefix(end + 2);
  }
  const auto end = urn.find("::");
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view type = urn.substr(0, end);
  if (const auto parent = type.rfind('$'); parent != std::string_view::npos) {
    type.remove_prefix(parent + 1);
  }
  if (type.empty()) return std::nullopt;
  return UrnParts{std::string(type), std::string(urn.substr(end + 2))};
}

absl::StatusOr<lifecycle::Subject> ToSubject(std::string_view urn, std::string_view name,
                                             std::string_view type) {
  lifecycle::Subject subject{std::string(urn), std::string(name), std::string(type)};
  if (urn.empty()) {
    if (!type.empty()) return subject;
    return base::InvalidArgument(
        "the request names no resource: it needs an urn, or at least a type");
  }
  auto parts = ParseUrn(urn);
  if (!parts) {
    return base::InvalidArgument("urn: \"" + subject.urn.substr(0, 200) +
                                 "\" is no urn; expected urn:pulumi:<stack>::<project>::<type>::"
                                 "<name>");
  }
  if (!type.empty() && type != parts->type) {
    return base::InvalidArgument("type: \"" + subject.type.substr(0, 200) +
                                 "\" is not the type in the urn, \"" + parts->type + "\"");
  }
  if (!name.empty() && name != parts->name) {
    return base::InvalidArgument("name: \"" + subject.name.substr(0, 200) +
                                 "\" is not the name in the urn, \"" + parts->name + "\"");
  }
  subject.type = std::move(parts->type);
  subject.name = std::move(parts->name);
  return subject;
}

}  // namespace palisade::rpc
