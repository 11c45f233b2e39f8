#include "provider/http/message.h"

#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/http/transport.h"

namespace palisade::http {
namespace {

TEST(Response, FindsTheFirstHeaderInWhateverCase) {
  const Response response{200, {{"X-Amzn-RequestId", "a"}, {"x-amzn-requestid", "b"}}, ""};
  ASSERT_NE(response.Find("x-amzn-requestid"), nullptr);
  EXPECT_EQ(*response.Find("x-amzn-requestid"), "a");
  EXPECT_EQ(response.Find("x-amzn-request"), nullptr);
}

TEST(Delivery, IsUnclearUnlessMarked) {
  const absl::Status status = base::Error(absl::StatusCode::kUnavailable, "broken");
  EXPECT_EQ(DeliveryOf(status), Delivery::kUnclear);
  EXPECT_EQ(DeliveryOf(NotSent(status)), Delivery::kNotSent);
  EXPECT_EQ(DeliveryOf(base::Annotate(NotSent(status), "ec2 CreateVpc")), Delivery::kNotSent);
}

}  // namespace
}  // namespace palisade::http
