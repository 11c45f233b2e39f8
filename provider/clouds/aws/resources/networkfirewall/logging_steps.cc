#include "provider/clouds/aws/resources/networkfirewall/logging_steps.h"

#include "provider/base/status.h"

namespace palisade::aws::networkfirewall {
namespace {

constexpr char kConfigs[] = "LogDestinationConfigs";

absl::Status Send(Session& session, const json& request) {
  // The service tries to write to the destination. Policies of a bucket, role or log group made a
  // moment ago are not seen everywhere at once.
  return session.RetryWhile({"LogDestinationPermissionException"}, std::chrono::minutes(2),
                            "the service to be permitted to write to the log destination", [&] {
                              return Ask(session, "UpdateLoggingConfiguration", request).status();
                            });
}

}  // namespace

Destinations DestinationsOf(const json& logging_configuration) {
  Destinations destinations;
  for (const json& config : Member(logging_configuration, kConfigs)) {
    destinations[{Text(config, "LogType"), Text(config, "LogDestinationType")}] =
        Member(config, "LogDestination");
  }
  return destinations;
}

std::vector<Destinations> Steps(Destinations now, const Destinations& wanted) {
  std::vector<Destinations> steps;
  for (const auto& [key, destination] : wanted) {
    const auto it = now.find(key);
    if (it == now.end() || it->second == destination) continue;
    it->second = destination;
    steps.push_back(now);
  }
  for (auto it = now.begin(); it != now.end();) {
    if (wanted.contains(it->first)) {
      ++it;
      continue;
    }
    it = now.erase(it);
    steps.push_back(now);
  }
  for (const auto& [key, destination] : wanted) {
    if (now.emplace(key, destination).second) steps.push_back(now);
  }
  return steps;
}

absl::StatusOr<Logging> DescribeLogging(Session& session, const std::string& firewall_arn) {
  PALISADE_ASSIGN_OR_RETURN(const json reply, Ask(session, "DescribeLoggingConfiguration",
                                                  {{kFirewall.ArnMember(), firewall_arn}}));
  Logging logging;
  logging.destinations = DestinationsOf(Member(reply, "LoggingConfiguration"));
  const json& dashboard = Member(reply, "EnableMonitoringDashboard");
  if (dashboard.is_boolean()) logging.dashboard = dashboard.get<bool>();
  return logging;
}

absl::Status SetDestinations(Session& session, const std::string& firewall_arn,
                             const Destinations& destinations, std::optional<bool> dashboard) {
  json request{{kFirewall.ArnMember(), firewall_arn}};
  if (!destinations.empty()) {
    json configs = json::array();
    for (const auto& [key, destination] : destinations) {
      configs.push_back({{"LogType", key.first},
                         {"LogDestinationType", key.second},
                         {"LogDestination", destination}});
    }
    request["LoggingConfiguration"] = {{kConfigs, std::move(configs)}};
  }  // Left out, logging is disabled (the model of UpdateLoggingConfiguration).
  if (dashboard) request["EnableMonitoringDashboard"] = *dashboard;
  const absl::Status sent = Send(session, request);
  // A call that was carried out and whose reply was lost may be refused when it is made again,
  // because it would change nothing: then all is well.
  if (!HasCode(sent, {kInvalidRequest})) return sent;
  const absl::StatusOr<Logging> now = DescribeLogging(session, firewall_arn);
  return now.ok() && now->destinations == destinations ? absl::OkStatus() : sent;
}

absl::Status GoTo(Session& session, const std::string& firewall_arn, const Destinations& wanted,
                  std::optional<bool> dashboard) {
  for (int attempt = 1; attempt <= kMostConflicts; ++attempt) {
    PALISADE_ASSIGN_OR_RETURN(const Logging now, DescribeLogging(session, firewall_arn));
    std::vector<Destinations> steps = Steps(now.destinations, wanted);
    // The dashboard is a change of its own: it goes with a list that changes nothing.
    const bool switches = dashboard && now.dashboard.value_or(false) != *dashboard;
    if (switches) steps.push_back(wanted);
    absl::Status done;
    for (std::size_t i = 0; i < steps.size() && done.ok(); ++i) {
      const bool last = i + 1 == steps.size();
      done = SetDestinations(session, firewall_arn, steps[i],
                             last && switches ? dashboard : std::nullopt);
    }
    if (!HasCode(done, {kInvalidToken})) return done;
  }
  return TooManyConflicts("the logging of the firewall " + NameOf(firewall_arn));
}

}  // namespace palisade::aws::networkfirewall
