#include "provider/clouds/aws/resources/networkfirewall/logging_configuration.h"

#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/networkfirewall/classic.h"
#include "provider/clouds/aws/resources/networkfirewall/logging_steps.h"
#include "provider/clouds/aws/rules/firewall.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;
using value::View;

Destinations Wanted(const PropertyMap& inputs) {
  const auto it = inputs.find(names::kLoggingConfiguration);
  if (it == inputs.end()) return {};
  return DestinationsOf(ToWire(names::kLoggingConfiguration, it->second));
}

// nullopt: the program never said anything of it.
std::optional<bool> Dashboard(const PropertyMap& inputs, const PropertyMap* olds) {
  const auto wanted = View(inputs).Bool(names::kEnableMonitoringDashboard);
  const bool had = olds != nullptr && View(*olds).Has(names::kEnableMonitoringDashboard);
  return wanted || !had ? wanted : false;
}

// Whether all that there is, is also wanted: what a create that broke off leaves behind.
bool IsPartOf(const Destinations& present, const Destinations& wanted) {
  for (const auto& [key, destination] : present) {
    const auto it = wanted.find(key);
    if (it == wanted.end() || it->second != destination) return false;
  }
  return true;
}

absl::Status Taken(const std::string& arn) {
  return base::Error(absl::StatusCode::kAlreadyExists,
                     "the firewall " + NameOf(arn) +
                         " has a logging configuration already, other than this one; if another "
                         "program made it, take it over with `pulumi import "
                         "palisade:aws/networkfirewall:LoggingConfiguration <name> " +
                         arn +
                         "`; if this one did, change its destinations in a run of their own, "
                         "before it gets another name or is made anew");
}

}  // namespace

const AwsTraits& LoggingConfiguration::aws() const {
  static const AwsTraits traits{
      .service = kNetworkFirewall,
      .tagging = Tagging::kNone,
      .not_found = {kNotFound},
      .create_timeout = std::chrono::minutes(10),
      .update_timeout = std::chrono::minutes(10),
      .delete_timeout = std::chrono::minutes(10),
      .delete_before_replace = true,
  };
  return traits;
}

void LoggingConfiguration::CheckInputs(const resource::CheckRequest& request,
                                       resource::Findings& findings) const {
  rules::CheckLoggingConfiguration(request.inputs, findings);
}

// The name says no more than the ARN, so that saying it, or not any more, changes nothing.
void LoggingConfiguration::DiffInputs(const resource::DiffRequest&, resource::Changes& changes,
                                      resource::Findings&) const {
  if (changes.contains(value::PropertyPath(names::kFirewallArn))) return;
  const auto name = changes.find(value::PropertyPath(names::kFirewallName));
  if (name == changes.end() || name->second.kind == resource::ChangeKind::kUpdate) return;
  changes.erase(name);
}

// The first destination; Settle adds the others. The firewall is the natural key and the service
// keeps nothing that would tell whose the setting is: one that holds nothing but what is wanted is
// taken to be this create's own or that of a predecessor, another one is left alone.
absl::StatusOr<std::string> LoggingConfiguration::Make(Session& session, const PropertyMap& inputs,
                                                       const Tags&) const {
  const std::string arn = View(inputs).String(names::kFirewallArn).value_or("");
  const Destinations wanted = Wanted(inputs);
  Logging now;
  PALISADE_RETURN_IF_ERROR(
      RetryUnseen(session, "the firewall " + NameOf(arn), [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(now, DescribeLogging(session, arn));
        return absl::OkStatus();
      }));
  if (!IsPartOf(now.destinations, wanted)) return Taken(arn);
  if (now.destinations.empty()) {
    const std::vector<Destinations> steps = Steps({}, wanted);
    if (!steps.empty()) {
      PALISADE_RETURN_IF_ERROR(SetDestinations(session, arn, steps.front(), std::nullopt));
    }
  } else {
    TookOver(session, arn);
  }
  return arn;
}

absl::Status LoggingConfiguration::Settle(Session& session, const std::string& id,
                                          const PropertyMap& inputs, bool) const {
  return GoTo(session, id, Wanted(inputs), Dashboard(inputs, nullptr));
}

absl::StatusOr<std::optional<Found>> LoggingConfiguration::Look(Session& session,
                                                                const std::string& id,
                                                                const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(CheckId(session, kFirewall, {"firewall/"}, id));
  PALISADE_ASSIGN_OR_RETURN(const json reply, Ask(session, "DescribeLoggingConfiguration",
                                                  {{kFirewall.ArnMember(), id}}));
  if (DestinationsOf(Member(reply, "LoggingConfiguration")).empty()) return std::nullopt;
  Found found;
  found.inputs =
      Properties(reply, {names::kLoggingConfiguration, names::kEnableMonitoringDashboard});
  found.inputs[names::kFirewallArn] = id;
  // The name says no more than the ARN; only who wrote it manages it.
  if (inputs != nullptr && View(*inputs).Has(names::kFirewallName)) {
    found.inputs[names::kFirewallName] = NameOf(id);
  }
  return found;
}

absl::Status LoggingConfiguration::Change(Session& session,
                                          const resource::UpdateRequest& request) const {
  return GoTo(session, request.id, Wanted(request.new_inputs),
              Dashboard(request.new_inputs, &request.old_inputs));
}

absl::Status LoggingConfiguration::Remove(Session& session,
                                          const resource::DeleteRequest& request) const {
  return GoTo(session, request.id, {}, Dashboard({}, &request.inputs));
}

absl::StatusOr<ListedPage> LoggingConfiguration::Enumerate(Session& session,
                                                           const std::string& continuation,
                                                           std::size_t page_size) const {
  PALISADE_ASSIGN_OR_RETURN(
      ListedPage page, EnumerateNamed(session, kFirewall, json::object(), continuation, page_size));
  std::vector<Listed> with_logs;
  for (Listed& item : page.items) {
    const absl::StatusOr<Logging> logging = DescribeLogging(session, item.id);
    if (!logging.ok()) {
      if (HasCode(logging.status(), {kNotFound})) continue;
      return logging.status();
    }
    if (!logging->destinations.empty()) with_logs.push_back(std::move(item));
  }
  page.items = std::move(with_logs);
  return page;
}

absl::StatusOr<std::optional<std::string>> LoggingConfiguration::FindMarked(
    Session& session, const std::string&, const PropertyMap& inputs) const {
  const std::string arn = View(inputs).String(names::kFirewallArn).value_or("");
  const absl::StatusOr<Logging> now = DescribeLogging(session, arn);
  if (!now.ok()) {
    if (HasCode(now.status(), {kNotFound})) return std::nullopt;
    return now.status();
  }
  const bool ours = !now->destinations.empty() && IsPartOf(now->destinations, Wanted(inputs));
  return ours ? std::optional(arn) : std::nullopt;
}

void LoggingConfiguration::MigrateState(int version, PropertyMap& inputs,
                                        PropertyMap& outputs) const {
  if (version > 0) return;
  MigrateLogging(inputs);
  MigrateLogging(outputs);
}

}  // namespace palisade::aws::networkfirewall
