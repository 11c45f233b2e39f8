#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>

namespace palisade::proto {

/// Why protobuf refused `bytes` as a message of `type`: nested too deep, a text that is not UTF-8,
/// cut short, or not a message at all, with the property's path where there is one. Uses constant
/// stack whatever the depth. To be asked only after a parse failed: for good bytes it says that
/// they are malformed.
std::string ExplainMalformed(const google::protobuf::Descriptor& type, std::string_view bytes);

}  // namespace palisade::proto
