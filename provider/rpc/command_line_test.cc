#include "provider/rpc/command_line.h"

#include <gtest/gtest.h>

namespace palisade::rpc {
namespace {

using Action = CommandLine::Action;

TEST(CommandLine, TakesTheEnginesAddressAndItsFlags) {
  for (const auto& arguments : std::vector<std::vector<std::string_view>>{
           {"127.0.0.1:4000"},
           {"--logtostderr", "-v=9", "127.0.0.1:4000"},
           {"--tracing", "http://127.0.0.1:9411/api/v1/spans", "127.0.0.1:4000"},
           {"--tracing", "http://127.0.0.1:9411", "127.0.0.1:4000"},
           {"--some-new-flag", "word", "--another=x", "127.0.0.1:4000"},
           {"127.0.0.1:4000", "--later"}}) {
    const CommandLine line = ParseCommandLine(arguments);
    EXPECT_EQ(line.action, Action::kServe);
    EXPECT_EQ(line.engine, "127.0.0.1:4000") << arguments.front();
  }
}

TEST(CommandLine, TakesTheVerbosity) {
  EXPECT_EQ(ParseCommandLine({"--logtostderr", "-v=9", "127.0.0.1:4000"}).verbosity, 9);
  EXPECT_EQ(ParseCommandLine({"--v=3"}).verbosity, 3);
  EXPECT_EQ(ParseCommandLine({"-v=x", "--some-v=4", "127.0.0.1:4000"}).verbosity, 0);
}

TEST(CommandLine, NothingMeansThatTheEngineAttaches) {
  EXPECT_EQ(ParseCommandLine({}).action, Action::kServe);
  EXPECT_EQ(ParseCommandLine({}).engine, "");
}

TEST(CommandLine, KnowsItsCommandsAndSaysWhatItDoesNotKnow) {
  EXPECT_EQ(ParseCommandLine({"--version"}).action, Action::kVersion);
  EXPECT_EQ(ParseCommandLine({"--help"}).action, Action::kHelp);
  EXPECT_EQ(ParseCommandLine({"schema"}).action, Action::kSchema);
  EXPECT_EQ(ParseCommandLine({"shcema"}).action, Action::kMistake);
  EXPECT_EQ(ParseCommandLine({"shcema"}).mistake, "shcema");
}

}  // namespace
}  // namespace palisade::rpc
