#include "provider/clouds/aws/resources/networkfirewall/firewall_edit.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/networkfirewall/content.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_places.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;
using value::View;

struct Protection {
  const char* property;
  std::string_view operation;
};
constexpr Protection kProtections[] = {
    {names::kDeleteProtection, "UpdateFirewallDeleteProtection"},
    {names::kFirewallPolicyChangeProtection, "UpdateFirewallPolicyChangeProtection"},
    {names::kSubnetChangeProtection, "UpdateSubnetChangeProtection"},
    {names::kAvailabilityZoneChangeProtection, "UpdateAvailabilityZoneChangeProtection"},
};

constexpr Guard kPolicyGuard{names::kFirewallPolicyChangeProtection, names::kFirewallPolicyArn};
constexpr Guard kSubnetGuard{names::kSubnetChangeProtection, names::kSubnetMappings};
constexpr Guard kZoneGuard{names::kAvailabilityZoneChangeProtection,
                           names::kAvailabilityZoneMappings};
constexpr Guard kGuards[] = {kPolicyGuard, kSubnetGuard, kZoneGuard};

absl::Status Guarded(const std::string& arn, const Guard& guard) {
  return base::FailedPrecondition("cannot change " + std::string(guard.guarded) +
                                  " of the firewall " + NameOf(arn) + ": its " + guard.protection +
                                  " is on; " + LiftFirst(guard));
}

bool IsOn(const PropertyMap& inputs, const char* protection) {
  return View(inputs).Bool(protection).value_or(false);
}

class Editor {
 public:
  /// Makes a request's members from the firewall as it is; nullopt when nothing is left to do.
  using Build = std::function<std::optional<json>(const json& firewall)>;

  Editor(Session& session, const std::string& arn, const PropertyMap& olds, const PropertyMap& news)
      : session_(session), arn_(arn), news_(news), request_{arn, olds, olds, news} {}

  absl::Status Run() {
    PALISADE_RETURN_IF_ERROR(RefuseGuarded());
    PALISADE_RETURN_IF_ERROR(Protections(false));
    PALISADE_RETURN_IF_ERROR(Description());
    PALISADE_RETURN_IF_ERROR(Analysis());
    PALISADE_RETURN_IF_ERROR(Policy());
    PALISADE_RETURN_IF_ERROR(Endpoints(kSubnetList, kSubnetGuard));
    PALISADE_RETURN_IF_ERROR(Endpoints(kZoneList, kZoneGuard));
    return Protections(true);
  }

 private:
  bool Changes(const char* name) const { return Differs(request_, {name}); }

  absl::Status Refresh() {
    PALISADE_ASSIGN_OR_RETURN(described_, Describe(session_, kFirewall, arn_));
    token_ = Text(described_, "UpdateToken");
    return absl::OkStatus();
  }

  const json& firewall() const { return Member(described_, kFirewall.info); }

  absl::Status Apply(std::string_view operation, const Build& build) {
    for (int attempt = 1; attempt <= kMostConflicts; ++attempt) {
      if (token_.empty()) PALISADE_RETURN_IF_ERROR(Refresh());
      std::optional<json> members = build(firewall());
      if (!members) return absl::OkStatus();
      (*members)[kFirewall.ArnMember()] = arn_;
      if (!token_.empty()) (*members)["UpdateToken"] = token_;
      json reply;
      const absl::Status done = session_.RetryWhile(
          {"InsufficientCapacityException"}, std::chrono::minutes(5),
          "the service to have capacity for the firewall", [&]() -> absl::Status {
            PALISADE_ASSIGN_OR_RETURN(reply, Ask(session_, operation, *members));
            return absl::OkStatus();
          });
      token_ = done.ok() ? Text(reply, "UpdateToken") : "";
      if (!HasCode(done, {kInvalidToken})) return done;
    }
    return TooManyConflicts("the firewall " + NameOf(arn_));
  }

  // A protection that somebody switched on beside the program shows only now, and its code says
  // no more than that the operation is not valid.
  absl::Status ApplyGuarded(std::string_view operation, const Guard& guard, const Build& build) {
    const absl::Status done = Apply(operation, build);
    if (!HasCode(done, {kInvalidOperation}) || !Refresh().ok()) return done;
    return IsTrue(firewall(), WireName(guard.protection)) ? Guarded(arn_, guard) : done;
  }

  absl::Status RefuseGuarded() {
    for (const Guard& guard : kGuards) {
      if (IsBlocked(guard, request_.old_inputs, news_)) return Guarded(arn_, guard);
    }
    return absl::OkStatus();
  }

  absl::Status Protections(bool rise) {
    for (const auto& [property, operation] : kProtections) {
      if (IsOn(news_, property) != rise || !Changes(property)) continue;
      const std::string member = WireName(property);
      PALISADE_RETURN_IF_ERROR(Apply(operation, [&](const json& firewall) -> std::optional<json> {
        if (IsTrue(firewall, member) == rise) return std::nullopt;
        return json{{member, rise}};
      }));
    }
    return absl::OkStatus();
  }

  absl::Status Description() {
    if (!Changes(names::kDescription)) return absl::OkStatus();
    const std::string wanted = View(news_).String(names::kDescription).value_or("");
    return Apply("UpdateFirewallDescription", [&](const json& firewall) -> std::optional<json> {
      if (Text(firewall, "Description") == wanted) return std::nullopt;
      // Left out, it is removed (the model of UpdateFirewallDescription).
      return Body(news_, {names::kDescription});
    });
  }

  absl::Status Analysis() {
    if (!Changes(names::kEnabledAnalysisTypes)) return absl::OkStatus();
    const auto listed = View(news_).Strings(names::kEnabledAnalysisTypes);
    const std::vector<std::string> types = listed.value_or(std::vector<std::string>{});
    const std::set<std::string> wanted(types.begin(), types.end());
    return Apply("UpdateFirewallAnalysisSettings",
                 [&](const json& firewall) -> std::optional<json> {
                   std::set<std::string> now;
                   for (const json& type : Member(firewall, "EnabledAnalysisTypes")) {
                     if (type.is_string()) now.insert(type.get<std::string>());
                   }
                   if (now == wanted) return std::nullopt;
                   return json{{"EnabledAnalysisTypes", wanted}};
                 });
  }

  absl::Status Policy() {
    if (!Changes(names::kFirewallPolicyArn)) return absl::OkStatus();
    const std::string wanted = View(news_).String(names::kFirewallPolicyArn).value_or("");
    return ApplyGuarded("AssociateFirewallPolicy", kPolicyGuard,
                        [&](const json& firewall) -> std::optional<json> {
                          if (Text(firewall, "FirewallPolicyArn") == wanted) return std::nullopt;
                          return json{{"FirewallPolicyArn", wanted}};
                        });
  }

  static Places Now(const json& firewall, const PlaceList& list) {
    return PlacesOf(Properties(firewall, {list.property}), list);
  }

  // New endpoints come before old ones go, so that traffic has somewhere to pass. Only a subnet
  // whose address type changes has to go first: it cannot be there twice.
  absl::Status Endpoints(const PlaceList& list, const Guard& guard) {
    if (!Changes(list.property)) return absl::OkStatus();
    if (token_.empty()) PALISADE_RETURN_IF_ERROR(Refresh());
    const Places wanted = PlacesOf(news_, list);
    const Places now = Now(firewall(), list);
    const Places retyped = Without(Without(now, wanted), Without(now, wanted, false));
    if (!retyped.empty()) PALISADE_RETURN_IF_ERROR(Remove(list, guard, retyped));
    const Places coming = Without(wanted, Without(now, retyped, false));
    if (!coming.empty()) PALISADE_RETURN_IF_ERROR(AddPlaces(list, guard, wanted));
    const Places going = Without(now, wanted, false);
    if (!going.empty()) PALISADE_RETURN_IF_ERROR(Remove(list, guard, going));
    return absl::OkStatus();
  }

  absl::Status AddPlaces(const PlaceList& list, const Guard& guard, const Places& wanted) {
    PALISADE_RETURN_IF_ERROR(
        ApplyGuarded(list.associate, guard, [&](const json& firewall) -> std::optional<json> {
          const Places coming = Without(wanted, Now(firewall, list), false);
          if (coming.empty()) return std::nullopt;
          return Coming(coming, list);
        }));
    PALISADE_RETURN_IF_ERROR(Refresh());
    // Endpoints that failed are perhaps what this update takes away.
    if (!FailuresOf(StatusOf(described_)).empty()) return absl::OkStatus();
    Places together = Now(firewall(), list);
    together.insert(wanted.begin(), wanted.end());
    return Wait(list, together, {});
  }

  absl::Status Remove(const PlaceList& list, const Guard& guard, const Places& going) {
    const auto left_of = [&](const json& firewall) {
      const Places now = Now(firewall, list);
      return Without(now, Without(now, going, false), false);
    };
    const absl::Status removed =
        ApplyGuarded(list.disassociate, guard, [&](const json& firewall) -> std::optional<json> {
          const Places still = left_of(firewall);
          if (still.empty()) return std::nullopt;
          return Going(still, list);
        });
    if (HasCode(removed, {kInvalidRequest})) {
      // A subnet that is gone cannot be taken away, and the service has no code for that: whether
      // it is still listed says it.
      PALISADE_RETURN_IF_ERROR(Refresh());
      if (!left_of(firewall()).empty()) return removed;
    } else if (!removed.ok()) {
      return removed;
    }
    PALISADE_RETURN_IF_ERROR(Refresh());
    return Wait(list, Without(Now(firewall(), list), going, false), going);
  }

  absl::Status Wait(const PlaceList& list, const Places& present, const Places& gone) {
    WantedEndpoints wanted;
    if (list.property == kSubnetList.property) {
      wanted.present = KeysOf(present);
      wanted.gone = KeysOf(gone);
    } else {
      wanted.zones = present.size();
    }
    token_.clear();  // what the waited for change leaves behind
    return WaitReady(session_, arn_, wanted, kTypicalProvisioning);
  }

  Session& session_;
  const std::string& arn_;
  const PropertyMap& news_;
  const resource::UpdateRequest request_;
  json described_;
  std::string token_;
};

}  // namespace

WantedEndpoints WantedOf(const PropertyMap& inputs) {
  WantedEndpoints wanted;
  wanted.present = KeysOf(PlacesOf(inputs, kSubnetList));
  if (View(inputs).Has(names::kAvailabilityZoneMappings)) {
    wanted.zones = PlacesOf(inputs, kZoneList).size();
  }
  return wanted;
}

absl::Status EditFirewall(Session& session, const std::string& arn, const PropertyMap& old_inputs,
                          const PropertyMap& new_inputs) {
  return Editor(session, arn, old_inputs, new_inputs).Run();
}

bool IsBlocked(const Guard& guard, const PropertyMap& olds, const PropertyMap& news) {
  if (!IsOn(olds, guard.protection) || !IsOn(news, guard.protection)) return false;
  for (const PlaceList& list : {kSubnetList, kZoneList}) {
    if (guard.guarded != list.property) continue;
    const Places before = PlacesOf(olds, list), after = PlacesOf(news, list);
    return !Without(before, after).empty() || !Without(after, before).empty();
  }
  return View(olds).String(guard.guarded) != View(news).String(guard.guarded);
}

std::span<const Guard> Guards() { return kGuards; }

std::string LiftFirst(const Guard& guard) {
  return "set " + std::string(guard.protection) +
         " to false in the same update: it is lifted before the change";
}

}  // namespace palisade::aws::networkfirewall
