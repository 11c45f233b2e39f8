// Any bytes: what protobuf reads as a Struct either decodes or is refused with a sentence, and what
// decodes comes back unchanged through the wire.

#include <cstdint>
#include <cstdlib>

#include "provider/rpc/struct_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using palisade::rpc::Decode;
  google::protobuf::Struct wire;
  if (!wire.ParseFromArray(data, static_cast<int>(size))) return 0;
  const auto bag = Decode(wire, "fuzz");
  if (!bag.ok()) {
    if (bag.status().code() != absl::StatusCode::kInvalidArgument) std::abort();
    if (bag.status().message().empty()) std::abort();
    return 0;
  }
  google::protobuf::Struct again;
  palisade::rpc::Encode(*bag, {.byte_strings = true, .outputs = true, .unknowns = true}, &again);
  const auto same = Decode(again, "fuzz");
  if (!same.ok() || *same != *bag) std::abort();

  // The narrowest reader gets an answer that decodes, too.
  google::protobuf::Struct narrow;
  palisade::rpc::Encode(*bag, {.byte_strings = false, .outputs = false, .unknowns = false},
                        &narrow);
  if (!Decode(narrow, "fuzz").ok()) std::abort();
  return 0;
}
