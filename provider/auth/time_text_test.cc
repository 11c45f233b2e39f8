#include "provider/auth/time_text.h"

#include <gtest/gtest.h>

namespace palisade::auth {
namespace {

using std::chrono::seconds;

std::int64_t Unix(std::optional<base::Time> time) {
  return time ? std::chrono::floor<seconds>(time->time_since_epoch()).count() : -1;
}

TEST(TimeTextTest, ReadsTheFormsThatAwsAndItsToolsWrite) {
  EXPECT_EQ(Unix(ParseIsoTime("2015-08-30T12:36:00Z")), 1440938160);
  EXPECT_EQ(Unix(ParseIsoTime("2015-08-30T12:36:00.123456Z")), 1440938160);
  EXPECT_EQ(Unix(ParseIsoTime("2015-08-30T12:36:00UTC")), 1440938160);
  EXPECT_EQ(Unix(ParseIsoTime("2015-08-30T14:36:00+02:00")), 1440938160);
  EXPECT_EQ(Unix(ParseIsoTime("2015-08-30T07:06:00-0530")), 1440938160);
  // Never, as some programs write it.
  EXPECT_EQ(IsoTime(*ParseIsoTime("9999-12-31T23:59:59Z")), "2200-01-01T00:00:00Z");
  for (const char* bad : {"", "2015", "2015-08-30T12:36:00", "2015-02-30T12:36:00Z",
                          "2015-08-30T25:36:00Z", "2015-08-30T12:36:00+02:00x", "soon"}) {
    EXPECT_FALSE(ParseIsoTime(bad)) << bad;
  }
}

TEST(TimeTextTest, WritesWhatItReads) {
  const char* text = "2026-01-02T03:04:05Z";
  EXPECT_EQ(IsoTime(*ParseIsoTime(text)), text);
}

TEST(TimeTextTest, ReadsTheHeaderDate) {
  EXPECT_EQ(Unix(ParseHttpDate("Sun, 30 Aug 2015 12:36:00 GMT")), 1440938160);
  EXPECT_FALSE(ParseHttpDate("Sunday, 30-Aug-15 12:36:00 GMT"));
  EXPECT_FALSE(ParseHttpDate("Sun, 30 Nix 2015 12:36:00 GMT"));
  EXPECT_FALSE(ParseHttpDate(""));
}

TEST(TimeTextTest, Durations) {
  EXPECT_EQ(DurationText(seconds(-3)), "0s");
  EXPECT_EQ(DurationText(seconds(59)), "59s");
  EXPECT_EQ(DurationText(seconds(185)), "3m05s");
  EXPECT_EQ(DurationText(seconds(7800)), "2h10m");
}

}  // namespace
}  // namespace palisade::auth
