#include "provider/rpc/command_line.h"

#include <algorithm>
#include <charconv>

#include "provider/rpc/channel.h"

namespace palisade::rpc {
namespace {

using Action = CommandLine::Action;

// 0 for what is no -v=N.
int VerbosityOf(std::string_view flag) {
  const std::size_t value = flag.find("v=");
  if (value == std::string_view::npos ||
      flag.substr(0, value).find_first_not_of('-') != flag.npos) {
    return 0;
  }
  const std::string_view digits = flag.substr(value + 2);
  int level = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), level);
  return level;
}

bool TakesNoWord(std::string_view flag) {
  return flag.find('=') != std::string_view::npos || flag == "--logtostderr" ||
         flag == "-logtostderr";
}

}  // namespace

CommandLine ParseCommandLine(const std::vector<std::string_view>& arguments) {
  CommandLine line;
  bool after_flag = false;
  for (const std::string_view argument : arguments) {
    if (argument == "--version" || argument == "-version") {
      line.action = Action::kVersion;
      return line;
    }
    if (argument == "--help" || argument == "-h" || argument == "-help") {
      line.action = Action::kHelp;
      return line;
    }
    if (argument.starts_with('-')) {
      after_flag = !TakesNoWord(argument);
      line.verbosity = std::max(line.verbosity, VerbosityOf(argument));
    } else if (ToTarget(argument)) {
      // The address is the last word; a URL before it belongs to --tracing.
      line.engine = argument;
      after_flag = false;
    } else if (argument == "schema" && !after_flag) {
      line.action = Action::kSchema;
      return line;
    } else if (after_flag) {
      after_flag = false;
    } else {
      line.action = Action::kMistake;
      line.mistake = argument;
      return line;
    }
  }
  return line;
}

std::string HelpText(std::string_view package, std::string_view version) {
  const std::string name = "pulumi-resource-" + std::string(package);
  return name + " " + std::string(version) + ": the Pulumi resource plugin of the package " +
         std::string(package) +
         ".\nPulumi starts it by itself; it has to be on PATH or installed with `pulumi plugin "
         "install`.\n\n"
         "  " +
         name +
         " [<engine host:port>]   serve; prints the port on a line of its own.\n"
         "      Without an address, attach with PULUMI_DEBUG_PROVIDERS=" +
         std::string(package) +
         ":<port>\n"
         "  " +
         name +
         " schema      print the package's schema\n"
         "  " +
         name +
         " --version   print the version\n"
         "  " +
         name + " --help      print this text\n";
}

}  // namespace palisade::rpc
