#include "provider/rpc/status_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/status.pb.h>
#include <gtest/gtest.h>
#include <pulumi/provider.pb.h>

#include "provider/base/status.h"

namespace palisade::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

google::rpc::Status Details(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  return rich;
}

TEST(StatusCodec, CodesAreTheSame) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  for (int code = 1; code <= 16; ++code) {
    const auto status = ToGrpc(base::Error(static_cast<absl::StatusCode>(code), "why"));
    EXPECT_EQ(static_cast<int>(status.error_code()), code);
    EXPECT_EQ(status.error_message(), "why");
    EXPECT_TRUE(status.error_details().empty());
  }
}

TEST(StatusCodec, OnlyProtobufPayloadsBecomeDetails) {
  absl::Status status = base::NotFound("why");
  status.SetPayload("palisade/retry", absl::Cord("x"));
  EXPECT_TRUE(ToGrpc(status).error_details().empty());
}

TEST(StatusCodec, APartialFailureKeepsIdOutputsAndReasons) {
  lifecycle::Outcome outcome;
  outcome.id = "id-1";
  outcome.properties = {{"key", value::MakeSecret("s")}};
  outcome.inputs = lifecycle::PropertyMap{{"in", 1}};
  outcome.refresh_before_update = true;
  outcome.init_failures = {"first\xFF", "second"};
  outcome.code = absl::StatusCode::kDeadlineExceeded;
  const auto status = ToGrpc(InitFailed(outcome, {}));
  EXPECT_EQ(status.error_code(), grpc::DEADLINE_EXCEEDED);
  EXPECT_THAT(status.error_message(), HasSubstr("; second"));
  const auto rich = Details(status);
  EXPECT_EQ(rich.code(), grpc::DEADLINE_EXCEEDED);
  ASSERT_EQ(rich.details_size(), 1);
  EXPECT_EQ(rich.details(0).type_url(), "type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
  pulumirpc::ErrorResourceInitFailed detail;
  ASSERT_TRUE(rich.details(0).UnpackTo(&detail));
  EXPECT_EQ(detail.id(), "id-1");
  EXPECT_THAT(detail.reasons(), ElementsAre("first\xEF\xBF\xBD", "second"));
  EXPECT_TRUE(detail.refresh_before_update());
  EXPECT_EQ(Decode(detail.properties(), "properties").value(), outcome.properties);
  EXPECT_EQ(Decode(detail.inputs(), "inputs").value(), outcome.inputs);
}

TEST(StatusCodec, OnlyAReadHasInputsAndThenAlsoNone) {
  const auto detail_of = [](const lifecycle::Outcome& outcome) {
    pulumirpc::ErrorResourceInitFailed detail;
    EXPECT_TRUE(Details(ToGrpc(InitFailed(outcome, {}))).details(0).UnpackTo(&detail));
    return detail;
  };
  lifecycle::Outcome outcome;
  outcome.init_failures = {"not ready"};
  EXPECT_FALSE(detail_of(outcome).has_inputs());
  outcome.inputs.emplace();
  EXPECT_TRUE(detail_of(outcome).has_inputs());
}

TEST(StatusCodec, MissingKeysAreNamedAndDescribed) {
  const auto status = ToGrpc(MissingKeys({{"behaviour:token", "The token."}, {"b", "B."}}));
  EXPECT_EQ(status.error_code(), grpc::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("behaviour:token, b"));
  pulumirpc::ConfigureErrorMissingKeys detail;
  ASSERT_TRUE(Details(status).details(0).UnpackTo(&detail));
  ASSERT_EQ(detail.missingkeys_size(), 2);
  EXPECT_EQ(detail.missingkeys(0).name(), "behaviour:token");
  EXPECT_EQ(detail.missingkeys(0).description(), "The token.");
}

}  // namespace
}  // namespace palisade::rpc
