#include "provider/http/debug_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

using testing::HasSubstr;
using testing::Not;

Request Secretive() {
  Request request;
  request.method = "POST";
  request.url = "https://user:hunter2@kms.test:8443/keys?token=hunter2#hunter2";
  request.headers = {{"Authorization", "hunter2"},
                     {"X-Amz-Security-Token", "hunter2"},
                     {"X-Amz-Target", "TrentService.CreateKey"}};
  request.body = "hunter2";
  return request;
}

TEST(DebugLine, TellsTheCallAndItsEnd) {
  const Response response{200, {{"x-amzn-RequestId", "r-1"}, {"Set-Cookie", "hunter2"}}, "hunter2"};
  EXPECT_EQ(DebugLine(Secretive(), response, std::chrono::milliseconds(12)),
            "HTTP POST https://kms.test:8443/keys -> 200 in 12 ms; sent 7 bytes, got 7; "
            "X-Amz-Target: TrentService.CreateKey; x-amzn-RequestId: r-1");
}

TEST(DebugLine, TellsAFailure) {
  const std::string line =
      DebugLine(Secretive(), base::Error(absl::StatusCode::kUnavailable, "the connection broke"),
                std::chrono::milliseconds(3));
  EXPECT_THAT(line, HasSubstr("failed: the connection broke in 3 ms"));
  EXPECT_THAT(line, Not(HasSubstr("hunter2")));
}

TEST(DebugLine, OneLineWhateverAHeaderHolds) {
  const Response response{200, {{"x-amzn-requestid", "a\nb\x01" + std::string(500, 'x')}}, ""};
  const std::string line = DebugLine(Secretive(), response, std::chrono::milliseconds(1));
  EXPECT_THAT(line, HasSubstr("a?b?x"));
  EXPECT_LT(line.size(), 450u);
}

}  // namespace
}  // namespace palisade::http
