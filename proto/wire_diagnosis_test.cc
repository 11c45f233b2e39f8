#include "proto/wire_diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/serialization.h"
#include "pulumi/provider.pb.h"

namespace palisade::proto {
namespace {

using ::testing::HasSubstr;

std::string Varint(std::size_t value) {
  std::string bytes;
  for (; value > 0x7F; value >>= 7) bytes.push_back(static_cast<char>((value & 0x7F) | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string Delimited(char tag, const std::string& content) {
  return tag + Varint(content.size()) + content;
}

// The wire form of CheckRequest{news: {k: {k: ... {}}}} with `depth` objects; built from the
// inside, so that the test itself needs no recursion.
std::string NestedNews(int depth) {
  std::vector<std::string> pieces;
  std::size_t size = 0;  // of the innermost Struct
  for (int i = 1; i < depth; ++i) {
    const std::string value = "\x2A" + Varint(size);
    const std::string entry = std::string("\x0A\x01k\x12", 4) + Varint(value.size() + size);
    const std::string field = "\x0A" + Varint(entry.size() + value.size() + size);
    pieces.push_back(field + entry + value);
    size += pieces.back().size();
  }
  std::string bytes = "\x1A" + Varint(size);
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) bytes += *piece;
  return bytes;
}

grpc::Status Read(const std::string& bytes, google::protobuf::MessageLite& into) {
  grpc::Slice slice(bytes);
  grpc::ByteBuffer buffer(&slice, 1);
  return Serialization::Deserialize(&buffer, &into);
}

TEST(Deserialize, AcceptsAThousandNestedObjects) {
  for (int depth : {1, 34, 500, 1000}) {
    pulumirpc::CheckRequest request;
    EXPECT_TRUE(Read(NestedNews(depth), request).ok()) << depth;
  }
}

TEST(Deserialize, RefusesDeeperOnesInWordsAndOnAnyStack) {
  for (int depth : {1500, 100000}) {
    pulumirpc::CheckRequest request;
    const grpc::Status status = Read(NestedNews(depth), request);
    EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT) << depth;
    EXPECT_THAT(status.error_message(), HasSubstr("nested too deep (in news.k.k.k...)"));
    EXPECT_THAT(status.error_message(), HasSubstr("1000"));
  }
}

TEST(Deserialize, NamesThePlaceOfTextThatIsNotUtf8) {
  const std::string value = Delimited('\x1A', "\xFF\xFE");
  const std::string entry = Delimited('\x0A', "name") + Delimited('\x12', value);
  pulumirpc::CheckRequest request;
  const auto status = Read(Delimited('\x1A', Delimited('\x0A', entry)), request);
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("not valid UTF-8 (in news.name)"));

  EXPECT_THAT(Read(Delimited('\x0A', "urn\xC3"), request).error_message(),
              HasSubstr("not valid UTF-8 (in urn)"));
}

TEST(Deserialize, SaysThatBytesWereCutOrAreNoMessage) {
  pulumirpc::CheckRequest request;
  const std::string whole = NestedNews(3);
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto status = Read(whole.substr(0, length), request);
    EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT) << length;
    EXPECT_THAT(status.error_message(), HasSubstr("malformed")) << length;
  }
  EXPECT_THAT(Read("\x0F", request).error_message(), HasSubstr("wire type"));
  EXPECT_THAT(Read(std::string("\x00\x01", 2), request).error_message(), HasSubstr("malformed"));
}

TEST(Deserialize, AnEmptyMessageIsAMessage) {
  pulumirpc::CheckRequest request;
  EXPECT_TRUE(Read("", request).ok());
}

}  // namespace
}  // namespace palisade::proto
