#include "provider/rpc/edge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/status.h"
#include "provider/base/utf8.h"

namespace palisade::rpc {
namespace {

using ::testing::HasSubstr;

class KeptSpans final : public SpanSink {
 public:
  void Record(Span span) override { spans.push_back(std::move(span)); }
  std::vector<Span> spans;
};

struct EdgeTest : ::testing::Test {
  grpc::Status Run(const std::function<absl::Status()>& handler) {
    return edge.Run(nullptr, "Create", "urn:pulumi:d::p::a:b:C::n", handler);
  }
  base::FakeClock clock{base::Time{} + std::chrono::hours(1)};
  KeptSpans kept;
  Edge edge{clock, &kept};
};

TEST_F(EdgeTest, NothingThrownGetsPastIt) {
  const auto memory = Run([]() -> absl::Status { throw std::bad_alloc(); });
  EXPECT_EQ(memory.error_code(), grpc::INTERNAL);
  EXPECT_THAT(memory.error_message(), HasSubstr("memory"));
  const auto error = Run([]() -> absl::Status { throw std::runtime_error("the cause"); });
  EXPECT_EQ(error.error_code(), grpc::INTERNAL);
  EXPECT_THAT(error.error_message(), HasSubstr("Create failed unexpectedly: the cause"));
  EXPECT_EQ(Run([]() -> absl::Status { throw 5; }).error_code(), grpc::INTERNAL);
}

TEST_F(EdgeTest, TextsAreUtf8AndFitATrailer) {
  const auto status = Run([] { return base::NotFound("x\xFF" + std::string(1 << 20, 'y')); });
  EXPECT_EQ(status.error_code(), grpc::NOT_FOUND);
  EXPECT_TRUE(base::IsUtf8(status.error_message()));
  EXPECT_LT(status.error_message().size(), 10000u);
}

TEST_F(EdgeTest, EachAnswerIsASpan) {
  EXPECT_TRUE(Run([&] {
                clock.Advance(std::chrono::milliseconds(20));
                return absl::OkStatus();
              }).ok());
  EXPECT_FALSE(Run([] { return base::NotFound("gone"); }).ok());
  ASSERT_EQ(kept.spans.size(), 2u);
  EXPECT_EQ(kept.spans[0].method, "Create");
  EXPECT_EQ(kept.spans[0].resource_type, "a:b:C");
  EXPECT_EQ(kept.spans[0].end - kept.spans[0].start, std::chrono::milliseconds(20));
  EXPECT_EQ(kept.spans[1].code, grpc::NOT_FOUND);
  EXPECT_EQ(kept.spans[1].message, "gone");
}

}  // namespace
}  // namespace palisade::rpc
