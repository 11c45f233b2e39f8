#include "proto/serialization.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>
#include <pulumi/provider.pb.h>

#include <limits>
#include <new>
#include <string>
#include <vector>

#include "proto/wire_diagnosis.h"

namespace grpc {
namespace {

using google::protobuf::MessageLite;

bool Parse(ByteBuffer* bytes, MessageLite* message) {
  ProtoBufferReader reader(bytes);
  if (!reader.status().ok()) return false;
  google::protobuf::io::CodedInputStream stream(&reader);
  stream.SetRecursionLimit(palisade::proto::kMaxMessageDepth);
  stream.SetTotalBytesLimit(std::numeric_limits<int>::max());
  return message->ParseFromCodedStream(&stream) && stream.ConsumedEntireMessage();
}

std::string Explain(const ByteBuffer& bytes, const MessageLite& message) {
  std::vector<Slice> slices;
  if (!bytes.Dump(&slices).ok()) return "the request could not be read";
  std::string flat;
  flat.reserve(bytes.Length());
  for (const Slice& slice : slices) {
    flat.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  // Every message of the protocol is generated with reflection.
  const auto& full = static_cast<const google::protobuf::Message&>(message);
  return palisade::proto::ExplainMalformed(*full.GetDescriptor(), flat);
}

}  // namespace

Status SerializationTraits<MessageLite, void>::Serialize(const MessageLite& message,
                                                         ByteBuffer* bytes, bool* own_buffer) {
  return GenericSerialize<ProtoBufferWriter, MessageLite>(message, bytes, own_buffer);
}

Status SerializationTraits<MessageLite, void>::Deserialize(ByteBuffer* bytes,
                                                           MessageLite* message) {
  if (bytes == nullptr) return {StatusCode::INVALID_ARGUMENT, "the request has no message"};
  Status status;
  try {
    if (!Parse(bytes, message)) {
      status = Status(StatusCode::INVALID_ARGUMENT, Explain(*bytes, *message));
    }
  } catch (const std::bad_alloc&) {
    status = Status(StatusCode::RESOURCE_EXHAUSTED,
                    "there is not enough memory for this request; make its values smaller");
  }
  bytes->Clear();
  return status;
}

Status SerializationTraits<pulumirpc::ListRequest, void>::Serialize(
    const pulumirpc::ListRequest& message, ByteBuffer* bytes, bool* own_buffer) {
  return SerializationTraits<MessageLite, void>::Serialize(message, bytes, own_buffer);
}

Status SerializationTraits<pulumirpc::ListRequest, void>::Deserialize(
    ByteBuffer* bytes, pulumirpc::ListRequest* message) {
  return SerializationTraits<MessageLite, void>::Deserialize(bytes, message);
}

}  // namespace grpc
