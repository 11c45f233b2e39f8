#include "provider/auth/retry_hint.h"

#include <gtest/gtest.h>

namespace palisade::auth {
namespace {

using std::chrono::milliseconds;
using Hint = std::optional<milliseconds>;

constexpr char kDate[] = "Sun, 06 Nov 1994 08:49:37 GMT";

Hint Of(http::Headers headers) { return RetryHint({503, std::move(headers), ""}); }

TEST(RetryHintTest, SecondsAndMilliseconds) {
  EXPECT_EQ(Of({{"Retry-After", "7"}}), Hint(7000));
  EXPECT_EQ(Of({{"x-amz-retry-after", "1500"}}), Hint(1500));
  EXPECT_EQ(Of({{"Retry-After", "7"}, {"x-amz-retry-after", "1500"}}), Hint(1500));
  EXPECT_EQ(Of({{"Retry-After", "7"}, {"x-amz-retry-after", "soon"}}), Hint(7000));
}

TEST(RetryHintTest, ADateIsHeldAgainstTheRepliesOwn) {
  EXPECT_EQ(Of({{"Retry-After", "Sun, 06 Nov 1994 08:49:49 GMT"}, {"Date", kDate}}), Hint(12'000));
  EXPECT_EQ(Of({{"Retry-After", "Sun, 06 Nov 1994 08:49:07 GMT"}, {"Date", kDate}}), Hint(0));
  EXPECT_EQ(Of({{"Retry-After", kDate}}), std::nullopt);
}

TEST(RetryHintTest, WhatCannotBeReadIsNone) {
  EXPECT_EQ(Of({}), std::nullopt);
  for (const char* text : {"", "soon", "-1", "nan", "inf", "1e300"}) {
    EXPECT_EQ(Of({{"Retry-After", text}, {"Date", kDate}}), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace palisade::auth
