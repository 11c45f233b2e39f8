#include "provider/resource/call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/fake_clock.h"
#include "provider/base/status.h"
#include "provider/resource/findings.h"

namespace palisade::resource {
namespace {

using testing::HasSubstr;

class SilentReporter final : public Reporter {
 public:
  void Log(Severity, std::string_view, std::string_view) override {}
  void Status(std::string_view, std::string_view) override {}
};

class CallTest : public testing::Test {
 protected:
  Call Make(std::chrono::milliseconds timeout) {
    return Call(clock_, base::SystemRandom(), reporter_,
                {"urn", cancel_.get_token(), timeout, nullptr, nullptr, "customTimeouts.update"});
  }
  const base::FakeClock clock_{base::Time(std::chrono::seconds(1000))};
  std::stop_source cancel_;
  SilentReporter reporter_;
};

TEST_F(CallTest, AWaitNeverPassesTheDeadline) {
  const Call call = Make(std::chrono::seconds(5));
  EXPECT_TRUE(call.WaitFor(std::chrono::seconds(3), "waiting").ok());
  const absl::Status status = call.WaitFor(std::chrono::seconds(60), "waiting for the firewall");
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_NE(status.message().find("waiting for the firewall"), std::string::npos);
  EXPECT_EQ(
      base::Message(status),
      "waiting for the firewall did not end within 5 s; raise customTimeouts.update if that is "
      "expected");
  EXPECT_EQ(clock_.Now(), base::Time(std::chrono::seconds(1005)));
}

TEST_F(CallTest, ALimitBelowASecondIsToldInMilliseconds) {
  const Call call = Make(std::chrono::milliseconds(300));
  EXPECT_THAT(base::Message(call.WaitFor(std::chrono::seconds(1), "waiting")),
              HasSubstr("did not end within 300 ms; raise"));
  // Nobody sets the time that is left for tidying up.
  const Call aftermath = call.Aftermath(std::chrono::milliseconds(800));
  EXPECT_EQ(base::Message(aftermath.WaitFor(std::chrono::seconds(1), "tidying up")),
            "tidying up did not end within 800 ms");
}

TEST_F(CallTest, ACancelEndsTheWait) {
  const Call call = Make(std::chrono::milliseconds(0));
  EXPECT_TRUE(call.WaitFor(std::chrono::hours(100), "waiting").ok());
  cancel_.request_stop();
  EXPECT_EQ(call.WaitFor(std::chrono::seconds(1), "waiting").code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(call.Proceed("the next step").code(), absl::StatusCode::kCancelled);
}

TEST_F(CallTest, RemembersWhatWasMade) {
  Call call = Make(std::chrono::milliseconds(0));
  EXPECT_FALSE(call.recorded());
  call.RecordId("id", {{"a", 1}});
  EXPECT_EQ(call.recorded()->id, "id");
}

TEST(CheckOneOf, CountsUnknownsAsPresent) {
  Findings none, both, unknown, optional;
  CheckOneOf({}, {"a", "b"}, false, none);
  CheckOneOf({{"a", 1}, {"b", 2}}, {"a", "b"}, false, both);
  CheckOneOf({{"a", value::Unknown{}}}, {"a", "b"}, false, unknown);
  CheckOneOf({}, {"a", "b"}, true, optional);
  ASSERT_EQ(none.failures().size(), 1u);
  EXPECT_EQ(none.failures()[0].rule, "exclusive");
  EXPECT_EQ(both.failures().size(), 1u);
  EXPECT_TRUE(unknown.failures().empty());
  EXPECT_TRUE(optional.failures().empty());
}

TEST(CheckNeeds, NamesBoth) {
  Findings alone, together;
  CheckNeeds({{"a", 1}}, "a", "b", alone);
  CheckNeeds({{"a", 1}, {"b", value::Unknown{}}}, "a", "b", together);
  ASSERT_EQ(alone.failures().size(), 1u);
  EXPECT_NE(alone.failures()[0].reason.find("set b too"), std::string::npos);
  EXPECT_TRUE(together.failures().empty());
}

}  // namespace
}  // namespace palisade::resource
