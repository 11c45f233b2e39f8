#include <nlohmann/json.hpp>

#include "provider/auth/command_words.h"
#include "provider/auth/json_reply.h"
#include "provider/auth/run_process.h"
#include "provider/auth/scrub.h"
#include "provider/auth/sources.h"
#include "provider/auth/time_text.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

absl::StatusOr<ProcessResult> Run(const Search& search, const std::vector<std::string>& command) {
  const auto& run = search.services().run_process;
  return run ? run(command, search.cancel()) : RunProcess(command, search.cancel());
}

}  // namespace

Found FromProcess(Search& search, const std::string& profile) {
  PALISADE_ASSIGN_OR_RETURN(const AwsProfiles* profiles, search.Profiles());
  const auto line = profiles->Value(profile, "credential_process");
  if (!line) return std::nullopt;
  const std::string what = "credential_process of the profile " + profile;
  const auto command = SplitCommand(*line);
  if (!command.ok()) {
    return base::FailedPrecondition(
        what + " cannot be split into words: " + base::Message(command.status()));
  }
  if (command->empty()) return base::FailedPrecondition(what + " is empty");

  const auto result = Run(search, *command);
  if (!result.ok()) return base::Annotate(result.status(), what);
  if (result->exit_code != 0) {
    const std::string errors = Scrub(Excerpt(result->error_output, 1000), {&result->output});
    return base::FailedPrecondition(
        what + " (" + command->front() + ") ended with exit code " +
        std::to_string(result->exit_code) +
        (errors.empty() ? ", without an error text" : ". It says: " + errors));
  }
  const auto reply =
      nlohmann::json::parse(result->output.Reveal(), nullptr, /*allow_exceptions=*/false);
  const std::string output = "the output of " + what + " (" + command->front() + ")";
  if (reply.is_object() && (!reply.contains("Version") || reply["Version"] != 1)) {
    return base::FailedPrecondition(output + " must have \"Version\": 1");
  }
  PALISADE_ASSIGN_OR_RETURN(AwsCredentials credentials,
                            ParseJsonCredentials(reply, "SessionToken", output));
  if (credentials.expires && *credentials.expires <= search.services().clock.Now()) {
    return base::FailedPrecondition(output + " holds credentials that expired at " +
                                    IsoTime(*credentials.expires) +
                                    ". Renew what it takes them from");
  }
  if (credentials.account_id.empty()) {
    credentials.account_id = profiles->Value(profile, "aws_account_id").value_or("");
  }
  credentials.source = what;
  return credentials;
}

}  // namespace palisade::auth
