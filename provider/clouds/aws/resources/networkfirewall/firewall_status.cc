#include "provider/clouds/aws/resources/networkfirewall/firewall_status.h"

#include <algorithm>

#include "provider/base/status.h"
#include "provider/resource/wait.h"

namespace palisade::aws::networkfirewall {
namespace {

bool IsFailure(const std::string& status) { return status == "FAILED" || status == "ERROR"; }

std::string Reason(const std::string& message) {
  // It may take a quarter of an hour until the service says why (the model of Attachment).
  return message.empty() ? "the service has not said why yet" : message;
}

// What the status line shows: the word that is most telling.
std::string StateWord(const FirewallStatus& status) {
  if (status.attachment_status == "PENDING_ACCEPTANCE") return status.attachment_status;
  if (status.summary == "CAPACITY_CONSTRAINED") return status.summary;
  return status.status.empty() ? "PROVISIONING" : status.status;
}

// Warnings that a wait gives once, however often it looks.
class WaitWarnings {
 public:
  explicit WaitWarnings(const resource::Call& call) : call_(call) {}

  void See(const FirewallStatus& status) {
    if (status.summary == "CAPACITY_CONSTRAINED") {
      Once(
          constrained_,
          "the firewall's configuration is CAPACITY_CONSTRAINED: its rules refer to more addresses "
          "than it can hold, or the service is short of capacity; still waiting");
    }
    if (status.attachment_status == "PENDING_ACCEPTANCE") {
      Once(pending_,
           "the owner of the transit gateway has to accept the attachment " + status.attachment_id);
    }
  }

 private:
  void Once(bool& said, const std::string& text) {
    if (!said) call_.Warn(text);
    said = true;
  }
  const resource::Call& call_;
  bool constrained_ = false, pending_ = false;
};

absl::Status NoFailure(const std::string& arn, const FirewallStatus& status) {
  std::string reasons;
  for (const std::string& failure : FailuresOf(status)) {
    reasons += (reasons.empty() ? "" : "; ") + failure;
  }
  if (!reasons.empty()) {
    return base::FailedPrecondition("the firewall " + NameOf(arn) +
                                    " did not become READY: " + reasons);
  }
  if (status.status == "DELETING") {
    return base::FailedPrecondition("the firewall " + NameOf(arn) + " is being deleted");
  }
  return absl::OkStatus();
}

bool SaysReady(const FirewallStatus& status) {
  return status.status == "READY" && status.summary == "IN_SYNC";
}

bool Covers(const std::set<std::string>& subnets, std::size_t zones,
            const WantedEndpoints& wanted) {
  const auto has = [&subnets](const std::string& subnet) { return subnets.contains(subnet); };
  return std::ranges::all_of(wanted.present, has) && std::ranges::none_of(wanted.gone, has) &&
         (!wanted.zones || zones == *wanted.zones);
}

}  // namespace

FirewallStatus StatusOf(const json& described) {
  const json& wire = Member(described, "FirewallStatus");
  FirewallStatus status;
  status.status = Text(wire, "Status");
  status.summary = Text(wire, "ConfigurationSyncStateSummary");
  const json& states = Member(wire, "SyncStates");
  if (states.is_object()) {
    for (const auto& [zone, state] : states.items()) {
      const json& attachment = Member(state, "Attachment");
      status.endpoints.push_back({zone, Text(attachment, "SubnetId"),
                                  Text(attachment, "EndpointId"), Text(attachment, "Status"),
                                  Text(attachment, "StatusMessage")});
    }
  }
  std::ranges::sort(status.endpoints, {}, &Endpoint::zone);
  const json& firewall = Member(described, kFirewall.info);
  for (const json& mapping : Member(firewall, "SubnetMappings")) {
    status.places.insert(Text(mapping, "SubnetId"));
  }
  for (const json& mapping : Member(firewall, "AvailabilityZoneMappings")) {
    status.places.insert(Text(mapping, "AvailabilityZone"));
  }
  const json& attachment = Member(wire, "TransitGatewayAttachmentSyncState");
  status.attachment_id = Text(attachment, "AttachmentId");
  status.attachment_status = Text(attachment, "TransitGatewayAttachmentStatus");
  status.attachment_message = Text(attachment, "StatusMessage");
  return status;
}

std::vector<std::string> FailuresOf(const FirewallStatus& status) {
  std::vector<std::string> failures;
  for (const Endpoint& endpoint : status.endpoints) {
    if (!IsFailure(endpoint.status)) continue;
    failures.push_back("the endpoint in " + endpoint.zone +
                       (endpoint.subnet.empty() ? "" : " (" + endpoint.subnet + ")") + " is " +
                       endpoint.status + ": " + Reason(endpoint.message));
  }
  if (IsFailure(status.attachment_status) || status.attachment_status == "REJECTED") {
    failures.push_back("the attachment to the transit gateway is " + status.attachment_status +
                       ": " + Reason(status.attachment_message));
  }
  if (failures.empty() && status.status == "FAILED") {
    failures.push_back("the firewall is FAILED: " + Reason(""));
  }
  return failures;
}

bool IsReady(const FirewallStatus& status, const WantedEndpoints& wanted) {
  if (!SaysReady(status)) return false;
  std::set<std::string> subnets;
  for (const Endpoint& endpoint : status.endpoints) {
    if (endpoint.status != "READY" || endpoint.id.empty()) return false;
    subnets.insert(endpoint.subnet);
  }
  const std::size_t count = status.endpoints.size();
  if (!subnets.contains("")) return Covers(subnets, count, wanted);
  return count == status.places.size() && Covers(status.places, count, wanted);
}

bool IsReadyUntold(const FirewallStatus& status, const WantedEndpoints& wanted) {
  return SaysReady(status) && status.endpoints.empty() &&
         Covers(status.places, status.places.size(), wanted);
}

absl::Status WaitReady(Session& session, const std::string& arn, const WantedEndpoints& wanted,
                       std::chrono::seconds typical, std::chrono::seconds unseen) {
  const std::string what = "waiting for the firewall " + NameOf(arn) + " to be READY";
  const base::SteadyTime start = session.call().clock().Steady();
  WaitWarnings warnings(session.call());
  std::optional<base::SteadyTime> untold;
  const auto look = [&]() -> absl::StatusOr<resource::Sight> {
    absl::StatusOr<json> described = Describe(session, kFirewall, arn);
    if (!described.ok()) {
      const bool early = session.call().clock().Steady() - start < unseen;
      if (early && HasCode(described.status(), {kNotFound}))
        return resource::Sight{false, "unseen"};
      return described.status();
    }
    const FirewallStatus status = StatusOf(*described);
    warnings.See(status);
    PALISADE_RETURN_IF_ERROR(NoFailure(arn, status));
    if (!IsReadyUntold(status, wanted)) {
      untold.reset();
    } else if (!untold) {
      untold = session.call().clock().Steady();
    }
    const bool believed = untold && session.call().clock().Steady() - *untold >= kUntold;
    const bool ready = IsReady(status, wanted) || believed;
    if (ready) LeaveDescription(session, arn, *std::move(described));
    return resource::Sight{ready, StateWord(status)};
  };
  return resource::WaitUntil(session.call(), {what, typical}, look);
}

}  // namespace palisade::aws::networkfirewall
