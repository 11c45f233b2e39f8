#include "provider/base/utf8.h"

#include <gtest/gtest.h>

namespace palisade::base {
namespace {

TEST(Utf8, AcceptsEveryLengthAndItsLimits) {
  for (const char* text :
       {"", "plain", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
}

TEST(Utf8, RefusesWhatUnicodeRefuses) {
  for (const char* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
                           "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3",
                           "\xE2\x82", "\xF0\x9F\x98", "\xFF", "a\xE2(\xA1"}) {
    EXPECT_FALSE(IsUtf8(text));
  }
  EXPECT_EQ(ValidUtf8Prefix("ab\xFFzz"), 2u);
}

TEST(Utf8, ReplacesEachBadRunOnce) {
  EXPECT_EQ(ToUtf8("a\xFF\xFE"
                   "b\xC3"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(ToUtf8("\xC3\xA9t\xC3\xA9"), "\xC3\xA9t\xC3\xA9");
  EXPECT_TRUE(IsUtf8(ToUtf8("\xED\xA0\x80\xF8\x88")));
}

}  // namespace
}  // namespace palisade::base
