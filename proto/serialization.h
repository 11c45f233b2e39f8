#pragma once

// Force-included into the generated service sources: how their messages are read and written.
//
// gRPC reads a message with protobuf's recursion limit of 100 and answers INTERNAL without a text
// when that fails. A property bag needs three messages per object, so 34 nested objects would be
// refused. The generated handlers of unary calls read through SerializationTraits<MessageLite>,
// those of streaming calls through the request's own type, so both are specialised.

#include <google/protobuf/message_lite.h>
#include <grpcpp/impl/serialization_traits.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

namespace palisade::proto {

/// How many objects may be nested in a property bag.
inline constexpr int kMaxObjectDepth = 1000;

/// Nested messages that are parsed at all: an object takes three (Struct, its entry, Value). The
/// slack lets the decoder refuse what is barely too deep, because it knows the property's path.
inline constexpr int kMaxMessageDepth = 3 * kMaxObjectDepth + 64;

class Serialization {
 public:
  static grpc::Status Serialize(const google::protobuf::MessageLite& message,
                                grpc::ByteBuffer* bytes, bool* own_buffer);
  /// INVALID_ARGUMENT with the reason and the place if `bytes` is not a `message`;
  /// RESOURCE_EXHAUSTED if there is no memory for it.
  static grpc::Status Deserialize(grpc::ByteBuffer* bytes, google::protobuf::MessageLite* message);
};

}  // namespace palisade::proto

namespace pulumirpc {
class ListRequest;
}  // namespace pulumirpc

namespace grpc {

template <>
class SerializationTraits<google::protobuf::MessageLite, void>
    : public palisade::proto::Serialization {};
template <>
class SerializationTraits<pulumirpc::ListRequest, void> : public palisade::proto::Serialization {};

}  // namespace grpc
