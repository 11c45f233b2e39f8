#include "provider/auth/command_words.h"

#include <gtest/gtest.h>

#include "provider/auth/testing.h"

namespace palisade::auth {
namespace {

using Words = std::vector<std::string>;

TEST(CommandWordsTest, SplitsLikeAShellAndExpandsNothing) {
  const auto split = [](const char* line) { return SplitCommand(line).value_or(Words{"(error)"}); };
  EXPECT_EQ(split("tool  --a\tb "), (Words{"tool", "--a", "b"}));
  EXPECT_EQ(split("\"/opt/my tool/x\" 'a \"b\" $HOME' c\"d e\"f"),
            (Words{"/opt/my tool/x", "a \"b\" $HOME", "cd ef"}));
  EXPECT_EQ(split(R"(a\ b "c\"d\\e\f" 'g\h' \')"), (Words{"a b", "c\"d\\e\\f", "g\\h", "'"}));
  EXPECT_EQ(split("tool '' \"\""), (Words{"tool", "", ""}));
  EXPECT_EQ(split("x ; rm * | y && `z` $(w) > f"),
            (Words{"x", ";", "rm", "*", "|", "y", "&&", "`z`", "$(w)", ">", "f"}));
  EXPECT_EQ(split("  "), Words{});
}

TEST(CommandWordsTest, RefusesWhatIsNotClosed) {
  ExpectFailure(SplitCommand("tool 'a SEKRET").status(), {"quote ' is not closed"});
  ExpectFailure(SplitCommand("tool \"a").status(), {"quote \" is not closed"});
  ExpectFailure(SplitCommand("tool a\\").status(), {"backslash"});
}

}  // namespace
}  // namespace palisade::auth
