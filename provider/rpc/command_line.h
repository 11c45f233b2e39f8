#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace palisade::rpc {

/// `pulumi-resource-<name> [--logtostderr] [-v=N] [--tracing URL] [<engine host:port>]`, or one of
/// the commands that a shell may ask for.
struct CommandLine {
  enum class Action { kServe, kVersion, kHelp, kSchema, kMistake };
  Action action = Action::kServe;
  std::string engine;   ///< empty: the engine will attach
  std::string mistake;  ///< kMistake: what could not be understood
  int verbosity = 0;    ///< of -v=N, which `pulumi --logflow -v=N` hands on
};

/// Unknown flags are ignored together with the word after them, since a newer engine may pass more.
CommandLine ParseCommandLine(const std::vector<std::string_view>& arguments);

/// What --help prints.
std::string HelpText(std::string_view package, std::string_view version);

}  // namespace palisade::rpc
