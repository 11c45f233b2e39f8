#include "proto/serialization.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include <limits>
#include <new>
#include <string>
#include <vector>

#include "proto/wire_diagnosis.h"

namespace palisade::proto {
namespace {

using google::protobuf::MessageLite;

bool Parse(grpc::ByteBuffer* bytes, MessageLite* message) {
  grpc::ProtoBufferReader reader(bytes);
  if (!reader.status().ok()) return false;
  google::protobuf::io::CodedInputStream stream(&reader);
  stream.SetRecursionLimit(kMaxMessageDepth);
  stream.SetTotalBytesLimit(std::numeric_limits<int>::max());
  return message->ParseFromCodedStream(&stream) && stream.ConsumedEntireMessage();
}

std::string Explain(const grpc::ByteBuffer& bytes, const MessageLite& message) {
  std::vector<grpc::Slice> slices;
  if (!bytes.Dump(&slices).ok()) return "the request could not be read";
  std::string flat;
  flat.reserve(bytes.Length());
  for (const grpc::Slice& slice : slices) {
    flat.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  // Every message of the protocol is generated with reflection.
  const auto& full = static_cast<const google::protobuf::Message&>(message);
  return ExplainMalformed(*full.GetDescriptor(), flat);
}

}  // namespace

grpc::Status Serialization::Serialize(const MessageLite& message, grpc::ByteBuffer* bytes,
                                      bool* own_buffer) {
  return grpc::GenericSerialize<grpc::ProtoBufferWriter, MessageLite>(message, bytes, own_buffer);
}

grpc::Status Serialization::Deserialize(grpc::ByteBuffer* bytes, MessageLite* message) {
  if (bytes == nullptr) return {grpc::INVALID_ARGUMENT, "the request has no message"};
  grpc::Status status;
  try {
    if (!Parse(bytes, message)) {
      status = grpc::Status(grpc::INVALID_ARGUMENT, Explain(*bytes, *message));
    }
  } catch (const std::bad_alloc&) {
    status = grpc::Status(grpc::RESOURCE_EXHAUSTED,
                          "there is not enough memory for this request; make its values smaller");
  }
  bytes->Clear();
  return status;
}

}  // namespace palisade::proto
