#include "provider/base/cloud_error.h"

#include <gtest/gtest.h>

#include "provider/base/status.h"

namespace palisade::base {
namespace {

TEST(CloudError, SaysWhatWasTriedAndWhatWasAnswered) {
  const CloudError error{
      "ec2", "CreateSubnet", 400, "InvalidSubnet.Conflict", "The CIDR conflicts.", "r-1"};
  const absl::Status status = CloudStatus(absl::StatusCode::kAlreadyExists, error,
                                          "10.0.0.0/24 in vpc-1", "Choose a free range.");
  EXPECT_EQ(Message(status),
            "ec2 CreateSubnet of 10.0.0.0/24 in vpc-1 failed with InvalidSubnet.Conflict (HTTP "
            "400): The CIDR conflicts. [request r-1]. Choose a free range.");
}

TEST(CloudError, TravelsThroughAnnotations) {
  const CloudError error{"sts", "AssumeRole", 403, "AccessDenied", "no\x1fway", ""};
  const absl::Status status =
      Annotate(CloudStatus(absl::StatusCode::kPermissionDenied, error, ""), "account prod");
  const auto found = CloudErrorOf(status);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code, "AccessDenied");
  EXPECT_EQ(found->http_status, 403);
  EXPECT_EQ(found->message, "no way");
  EXPECT_EQ(CloudCodeOf(status), "AccessDenied");
}

TEST(CloudError, IsAbsentFromOtherStatuses) {
  EXPECT_FALSE(CloudErrorOf(NotFound("x")));
  EXPECT_EQ(CloudCodeOf(absl::OkStatus()), "");
}

}  // namespace
}  // namespace palisade::base
