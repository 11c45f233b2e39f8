#pragma once

// Force-included into the generated service sources: how their messages are read and written.
//
// gRPC reads every message through SerializationTraits<MessageLite>, with protobuf's recursion limit
// of 100, and answers INTERNAL without a text when that fails. A property bag needs three messages
// per object, so 34 nested objects would be refused. Specialising the traits of a request's own type
// has no effect, since the handlers are instantiated with MessageLite; the one of the streaming List is
// not, and needs its own.

#include <google/protobuf/message_lite.h>
#include <grpcpp/impl/serialization_traits.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

namespace pulumirpc {
class ListRequest;
}

namespace palisade::proto {

/// How many objects may be nested in a property bag.
inline constexpr int kMaxObjectDepth = 1000;

/// Nested messages that are parsed at all: an object takes three (Struct, its entry, Value). The
/// slack lets the decoder refuse what is barely too deep, because it knows the property's path.
inline constexpr int kMaxMessageDepth = 3 * kMaxObjectDepth + 64;

}  // namespace palisade::proto

namespace grpc {

template <>
class SerializationTraits<google::protobuf::MessageLite, void> {
 public:
  static Status Serialize(const google::protobuf::MessageLite& message, ByteBuffer* bytes,
                          bool* own_buffer);
  /// INVALID_ARGUMENT with the reason and the place if `bytes` is not a `message`;
  /// RESOURCE_EXHAUSTED if there is no memory for it.
  static Status Deserialize(ByteBuffer* bytes, google::protobuf::MessageLite* message);
};

template <>
class SerializationTraits<pulumirpc::ListRequest, void> {
 public:
  static Status Serialize(const pulumirpc::ListRequest& message, ByteBuffer* bytes,
                          bool* own_buffer);
  static Status Deserialize(ByteBuffer* bytes, pulumirpc::ListRequest* message);
};

}  // namespace grpc
