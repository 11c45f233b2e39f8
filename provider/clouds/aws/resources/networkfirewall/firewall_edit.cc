#include "provider/clouds/aws/resources/networkfirewall/firewall_edit.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/networkfirewall/content.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_places.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_rivals.h"
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

  Editor(Session& session, const resource::UpdateRequest& request)
      : session_(session), arn_(request.id), news_(request.new_inputs), request_(request) {}

  /// Whether a step has succeeded.
  bool begun() const { return begun_; }

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

  absl::Status Step(absl::Status done) {
    if (done.ok()) begun_ = true;
    return done;
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
      PALISADE_RETURN_IF_ERROR(
          Step(Apply(operation, [&](const json& firewall) -> std::optional<json> {
            if (IsTrue(firewall, member) == rise) return std::nullopt;
            return json{{member, rise}};
          })));
    }
    return absl::OkStatus();
  }

  absl::Status Description() {
    if (!Changes(names::kDescription)) return absl::OkStatus();
    const std::string wanted = View(news_).String(names::kDescription).value_or("");
    return Step(
        Apply("UpdateFirewallDescription", [&](const json& firewall) -> std::optional<json> {
          if (Text(firewall, "Description") == wanted) return std::nullopt;
          // Left out, it is removed (the model of UpdateFirewallDescription).
          return Body(news_, {names::kDescription});
        }));
  }

  absl::Status Analysis() {
    if (!Changes(names::kEnabledAnalysisTypes)) return absl::OkStatus();
    const auto listed = View(news_).Strings(names::kEnabledAnalysisTypes);
    const std::vector<std::string> types = listed.value_or(std::vector<std::string>{});
    const std::set<std::string> wanted(types.begin(), types.end());
    return Step(
        Apply("UpdateFirewallAnalysisSettings", [&](const json& firewall) -> std::optional<json> {
          std::set<std::string> now;
          for (const json& type : Member(firewall, "EnabledAnalysisTypes")) {
            if (type.is_string()) now.insert(type.get<std::string>());
          }
          if (now == wanted) return std::nullopt;
          return json{{"EnabledAnalysisTypes", wanted}};
        }));
  }

  absl::Status Policy() {
    if (!Changes(names::kFirewallPolicyArn)) return absl::OkStatus();
    const std::string wanted = View(news_).String(names::kFirewallPolicyArn).value_or("");
    return Step(RetryUnseen(session_, "the firewall policy " + NameOf(wanted), [&] {
      return ApplyGuarded("AssociateFirewallPolicy", kPolicyGuard,
                          [&](const json& firewall) -> std::optional<json> {
                            if (Text(firewall, "FirewallPolicyArn") == wanted) return std::nullopt;
                            return json{{"FirewallPolicyArn", wanted}};
                          });
    }));
  }

  static Places Now(const json& firewall, const PlaceList& list) {
    return PlacesOf(Properties(firewall, {list.property}), list);
  }

  // New endpoints come before old ones go, so that traffic has somewhere to pass. Two have to go
  // first: a subnet whose address type changes, which cannot be there twice, and one whose zone a
  // new subnet needs.
  absl::Status Endpoints(const PlaceList& list, const Guard& guard) {
    if (!Changes(list.property)) return absl::OkStatus();
    if (token_.empty()) PALISADE_RETURN_IF_ERROR(Refresh());
    const Places wanted = WantedPlaces(request_.old_inputs, news_, list);
    const Places now = Now(firewall(), list);
    const Places retyped = Without(Without(now, wanted), Without(now, wanted, false));
    if (!retyped.empty()) PALISADE_RETURN_IF_ERROR(Remove(list, guard, retyped));
    const Places coming = Without(wanted, Without(now, retyped, false));
    Places going = Without(now, wanted, false);
    if (!coming.empty()) {
      const absl::Status added = AddPlaces(list, guard, wanted);
      if (HasCode(added, {kInvalidRequest}) && !going.empty()) {
        PALISADE_RETURN_IF_ERROR(Exchange(list, guard, coming, going, added));
      } else if (!added.ok()) {
        return added;
      }
    }
    if (!going.empty()) PALISADE_RETURN_IF_ERROR(Remove(list, guard, going));
    return absl::OkStatus();
  }

  // The service has one subnet in each zone and refuses another, with a code that stands for other
  // things, too: whether zones are shared is what EC2 says. One zone after the other, so that the
  // others go on working. Takes out of `going` what has gone.
  absl::Status Exchange(const PlaceList& list, const Guard& guard, Places coming, Places& going,
                        const absl::Status& refused) {
    PALISADE_RETURN_IF_ERROR(Refresh());
    const auto rivals =
        FindRivals(session_, Text(firewall(), "VpcId"), KeysOf(coming), KeysOf(going));
    if (HasCode(rivals.status(), {"UnauthorizedOperation"})) {
      return base::Annotate(refused,
                            "a firewall has one subnet in each Availability Zone, and whether a "
                            "new one shares its zone with one that goes could not be found out "
                            "without ec2:DescribeSubnets");
    }
    PALISADE_RETURN_IF_ERROR(rivals.status());
    if (rivals->empty()) return refused;
    const Places all = coming;
    for (const Rival& rival : *rivals) coming.erase(rival.coming);
    if (!coming.empty()) PALISADE_RETURN_IF_ERROR(AddPlaces(list, guard, coming));
    for (const Rival& rival : *rivals) {
      PALISADE_RETURN_IF_ERROR(Remove(list, guard, {*going.find(rival.going)}));
      going.erase(rival.going);
      PALISADE_RETURN_IF_ERROR(AddPlaces(list, guard, {*all.find(rival.coming)}));
    }
    return absl::OkStatus();
  }

  absl::Status AddPlaces(const PlaceList& list, const Guard& guard, const Places& wanted) {
    PALISADE_RETURN_IF_ERROR(
        Step(ApplyGuarded(list.associate, guard, [&](const json& firewall) -> std::optional<json> {
          const Places coming = Without(wanted, Now(firewall, list), false);
          if (coming.empty()) return std::nullopt;
          return Coming(coming, list);
        })));
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
      if (!left_of(firewall()).empty()) {
        const bool last = Without(Now(firewall(), list), going, false).empty();
        return last ? base::Annotate(removed, LastOne(list, going)) : removed;
      }
    } else if (!removed.ok()) {
      return removed;
    }
    begun_ = true;
    PALISADE_RETURN_IF_ERROR(Refresh());
    return Wait(list, Without(Now(firewall(), list), going, false), going);
  }

  static std::string LastOne(const PlaceList& list, const Places& going) {
    std::string keys;
    for (const auto& [key, unused] : going) keys += (keys.empty() ? "" : ", ") + key;
    return std::string("cannot take the last of the firewall's ") + list.property + " away (" +
           keys +
           "); where another is to come in the same Availability Zone, or the same subnet with "
           "another ipAddressType, first map a subnet of one more zone in an update of its own, or "
           "replace the firewall (`pulumi up --target-replace`)";
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
  const resource::UpdateRequest& request_;
  bool begun_ = false;
  json described_;
  std::string token_;
};

}  // namespace

WantedEndpoints WantedOf(const PropertyMap& inputs) {
  WantedEndpoints wanted;
  wanted.present = KeysOf(PlacesOf(inputs, kSubnetList));
  const std::size_t zones = PlacesOf(inputs, kZoneList).size();
  if (zones > 0) wanted.zones = zones;
  return wanted;
}

absl::Status EditFirewall(Session& session, const resource::UpdateRequest& request, bool& begun) {
  Editor editor(session, request);
  const absl::Status done = editor.Run();
  begun = editor.begun();
  return done;
}

absl::Status FinishFirewall(Session& session, const std::string& arn, const PropertyMap& inputs) {
  PALISADE_ASSIGN_OR_RETURN(const json described, Describe(session, kFirewall, arn));
  PropertyMap now = Properties(
      Member(described, kFirewall.info),
      {names::kFirewallPolicyArn, names::kSubnetMappings, names::kAvailabilityZoneMappings,
       names::kDeleteProtection, names::kSubnetChangeProtection,
       names::kFirewallPolicyChangeProtection, names::kAvailabilityZoneChangeProtection,
       names::kDescription, names::kEnabledAnalysisTypes});
  std::erase_if(now, [&](const auto& entry) { return !inputs.contains(entry.first); });
  return Editor(session, {arn, now, now, inputs}).Run();
}

bool IsBlocked(const Guard& guard, const PropertyMap& olds, const PropertyMap& news) {
  if (!IsOn(olds, guard.protection) || !IsOn(news, guard.protection)) return false;
  for (const PlaceList& list : {kSubnetList, kZoneList}) {
    if (guard.guarded != list.property) continue;
    const Places before = MeantPlaces(olds, list), after = MeantPlaces(news, list);
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
