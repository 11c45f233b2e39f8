#pragma once

#include <google/protobuf/struct.pb.h>

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/value/property_value.h"

namespace palisade::rpc {

/// Objects and lists may be nested this deep in one property bag; protobuf's own limit is raised to
/// fit (proto/serialization.h).
inline constexpr int kMaxDepth = 1000;

/// The property bag that `wire` holds. `field` is its name in the request and begins every message.
/// INVALID_ARGUMENT with the property's path for numbers that are not finite, values without a
/// kind, special objects with an unknown signature or wrong members, and too deep nesting.
absl::StatusOr<value::PropertyMap> Decode(const google::protobuf::Struct& wire,
                                          std::string_view field);

/// What the reader of an answer understands.
struct EncodeOptions {
  /// Byte strings, as agreed in the handshake. Otherwise bytes become text with U+FFFD in place of
  /// what is not UTF-8.
  bool byte_strings = false;
  /// Output values. Otherwise an output becomes its value, a secret or an unknown.
  bool outputs = false;
  /// Unknown values. The engine throws away a whole answer to a real (not previewed) call that
  /// holds one, and with it the object that was made; without this option they become null.
  bool unknowns = true;
};

/// Total, and always valid UTF-8. A number that is not finite becomes null.
void Encode(const value::PropertyMap& bag, const EncodeOptions& options,
            google::protobuf::Struct* wire);

}  // namespace palisade::rpc
