#include "provider/clouds/aws/rules/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palisade::aws::rules {
namespace {

using ::testing::ElementsAre;

TEST(Text, QuotesShortAndWithoutControlCharacters) {
  EXPECT_EQ(Quoted("a b"), "\"a b\"");
  EXPECT_EQ(Quoted("a\n\x1b[0m"), "\"a??[0m\"");
  EXPECT_EQ(Quoted(std::string(61, 'a')), "\"" + std::string(60, 'a') + "…\"");
  // Never half a character: the umlaut's first byte is the 60th.
  EXPECT_EQ(Quoted(std::string(59, 'a') + "ü" + "b"), "\"" + std::string(59, 'a') + "…\"");
  EXPECT_EQ(Quoted(""), "\"\"");
}

TEST(Text, ReadsPlainNumbersOnly) {
  EXPECT_EQ(ParseNumber("0", 10), 0u);
  EXPECT_EQ(ParseNumber("10", 10), 10u);
  for (const char* text : {"11", "-1", "+1", " 1", "1 ", "", "0x1", "99999999999999999999"}) {
    EXPECT_EQ(ParseNumber(text, 10), std::nullopt) << text;
  }
}

TEST(Text, FindsWhatIsOneSlipAway) {
  constexpr std::string_view kWords[] = {"drop", "alert", "ip"};
  for (const char* slip : {"drop", "DROP", "dropp", "dro", "drpo", "drap", "rdop"}) {
    EXPECT_EQ(Nearest(slip, kWords), "drop") << slip;
  }
  for (const char* far : {"", "dr", "dorpp", "deny", "iq", "xdropx"}) {
    EXPECT_EQ(Nearest(far, kWords), std::nullopt) << far;
  }
  EXPECT_EQ(Nearest("IP", kWords), "ip");
}

TEST(Text, ListsAndSplits) {
  constexpr std::string_view kWords[] = {"a", "b", "c"};
  EXPECT_EQ(Listed(kWords), "a, b or c");
  EXPECT_EQ(Listed(std::span(kWords).first(2), "and"), "a and b");
  EXPECT_EQ(Listed(std::span(kWords).first(1)), "a");
  EXPECT_THAT(Split("a,,b", ','), ElementsAre("a", "", "b"));
  EXPECT_THAT(Split("", ','), ElementsAre(""));
  EXPECT_EQ(Trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(Trimmed(" \n"), "");
}

}  // namespace
}  // namespace palisade::aws::rules
