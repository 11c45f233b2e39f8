#include "provider/clouds/aws/resources/ec2/security_group_rules.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "provider/clouds/aws/core/xml.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/transform.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

using Peer = GroupRule::Peer;

// How one kind of peer is called everywhere.
struct PeerNames {
  Peer peer;
  const char* ingress;  // null: there is none in this direction
  const char* egress;
  const char* list;       // of an item of ipPermissions
  const char* text;       // of an item of that list
  std::string_view wire;  // of IpPermissions.N
  const char* reply;      // of an item of securityGroupRuleSet
};
constexpr std::array<PeerNames, 5> kPeers{{
    {Peer::kCidr, names::kCidrIp, names::kCidrIp, "ipRanges", "cidrIp", "IpRanges.1.CidrIp",
     "cidrIpv4"},
    {Peer::kCidrV6, names::kCidrIpv6, names::kCidrIpv6, "ipv6Ranges", "cidrIpv6",
     "Ipv6Ranges.1.CidrIpv6", "cidrIpv6"},
    {Peer::kPrefixList, names::kSourcePrefixListId, names::kDestinationPrefixListId,
     "prefixListIds", "prefixListId", "PrefixListIds.1.PrefixListId", "prefixListId"},
    {Peer::kGroup, names::kSourceSecurityGroupId, names::kDestinationSecurityGroupId, "groups",
     "groupId", "Groups.1.GroupId", nullptr},
    {Peer::kGroupName, names::kSourceSecurityGroupName, nullptr, nullptr, nullptr,
     "Groups.1.GroupName", nullptr},
}};

const char* InputName(const PeerNames& peer, Direction direction) {
  return direction == Direction::kIngress ? peer.ingress : peer.egress;
}

const PeerNames& NamesOf(Peer peer) { return *std::ranges::find(kPeers, peer, &PeerNames::peer); }

std::string ProtocolName(const std::string& text) {
  // The classic package's state has "all".
  constexpr std::pair<std::string_view, std::string_view> kSame[] = {
      {"all", "-1"}, {"1", "icmp"}, {"6", "tcp"}, {"17", "udp"}, {"58", "icmpv6"}};
  std::string lower = rules::Lower(text);
  for (const auto& [other, name] : kSame) {
    if (lower == other) return std::string(name);
  }
  return lower;
}

bool HasPorts(const std::string& protocol) {
  return protocol == "tcp" || protocol == "udp" || protocol == "icmp" || protocol == "icmpv6";
}

void SetPorts(GroupRule& rule, std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
  if (!HasPorts(rule.protocol)) return;
  rule.from = from.value_or(-1);
  rule.to = to.value_or(-1);
}

std::string CanonicalPeer(Peer peer, const std::string& text) {
  return peer == Peer::kCidr || peer == Peer::kCidrV6 ? CanonicalCidr(text) : text;
}

bool SamePorts(const GroupRule& a, const GroupRule& b) {
  return a.protocol == b.protocol && a.from == b.from && a.to == b.to;
}

}  // namespace

bool SamePermission(const GroupRule& a, const GroupRule& b) {
  // Ids of groups are unique over all accounts.
  return SamePorts(a, b) && a.peer == b.peer && a.far_end == b.far_end;
}

std::string RuleText(const GroupRule& rule, Direction direction) {
  std::string text = rule.protocol == "-1" ? "all protocols" : rule.protocol;
  if (rule.from != -1) {
    text += " " + std::to_string(rule.from);
    if (rule.to != rule.from) text += "-" + std::to_string(rule.to);
  }
  return text + (direction == Direction::kIngress ? " from " : " to ") + rule.far_end;
}

GroupRule RuleOfInputs(const PropertyMap& inputs, Direction direction) {
  const value::View view(inputs);
  GroupRule rule;
  rule.protocol = ProtocolName(TextOf(inputs, names::kIpProtocol));
  SetPorts(rule, view.Integer(names::kFromPort), view.Integer(names::kToPort));
  for (const PeerNames& peer : kPeers) {
    const char* name = InputName(peer, direction);
    const std::string text = name == nullptr ? "" : TextOf(inputs, name);
    if (text.empty()) continue;
    rule.peer = peer.peer;
    rule.far_end = CanonicalPeer(peer.peer, text);
    break;
  }
  if (direction == Direction::kIngress) {
    rule.owner = TextOf(inputs, names::kSourceSecurityGroupOwnerId);
  }
  rule.description = TextOf(inputs, names::kDescription);
  return rule;
}

GroupRules RulesOfList(const PropertyArray& list, Direction direction) {
  GroupRules rules;
  for (const PropertyValue& item : list) {
    const auto* inputs = item.If<PropertyMap>();
    if (inputs == nullptr) continue;
    GroupRule rule = RuleOfInputs(*inputs, direction);
    const bool again = std::ranges::any_of(
        rules, [&](const GroupRule& other) { return SamePermission(rule, other); });
    if (!again) rules.push_back(std::move(rule));
  }
  return rules;
}

PropertyMap InputsOfRule(const GroupRule& rule, Direction direction,
                         const std::string& group_owner) {
  PropertyMap inputs;
  inputs[names::kIpProtocol] = rule.protocol;
  if (HasPorts(rule.protocol)) {
    inputs[names::kFromPort] = static_cast<double>(rule.from);
    inputs[names::kToPort] = static_cast<double>(rule.to);
  }
  if (const char* name = InputName(NamesOf(rule.peer), direction)) inputs[name] = rule.far_end;
  if (direction == Direction::kIngress && rule.owner != group_owner) {
    PutText(inputs, names::kSourceSecurityGroupOwnerId, rule.owner);
  }
  PutText(inputs, names::kDescription, rule.description);
  return inputs;
}

GroupRules RulesOfGroup(pugi::xml_node group, Direction direction) {
  GroupRules rules;
  const char* list = direction == Direction::kIngress ? "ipPermissions" : "ipPermissionsEgress";
  for (const pugi::xml_node permission : Items(group, list)) {
    GroupRule rule;
    rule.protocol = ProtocolName(Text(permission, "ipProtocol"));
    SetPorts(rule, Number(permission, "fromPort"), Number(permission, "toPort"));
    for (const PeerNames& peer : kPeers) {
      if (peer.list == nullptr) continue;
      for (const pugi::xml_node item : Items(permission, peer.list)) {
        rule.peer = peer.peer;
        rule.far_end = CanonicalPeer(peer.peer, Text(item, peer.text));
        rule.owner = Text(item, "userId");
        rule.description = Text(item, "description");
        rules.push_back(rule);
      }
    }
  }
  return rules;
}

GroupRule RuleOfReply(pugi::xml_node item) {
  GroupRule rule;
  rule.protocol = ProtocolName(Text(item, "ipProtocol"));
  SetPorts(rule, Number(item, "fromPort"), Number(item, "toPort"));
  rule.description = Text(item, "description");
  const pugi::xml_node group = item.child("referencedGroupInfo");
  if (const std::string id = Text(group, "groupId"); !id.empty()) {
    rule.peer = Peer::kGroup;
    rule.far_end = id;
    rule.owner = Text(group, "userId");
    return rule;
  }
  for (const PeerNames& peer : kPeers) {
    const std::string text = peer.reply == nullptr ? "" : Text(item, peer.reply);
    if (text.empty()) continue;
    rule.peer = peer.peer;
    rule.far_end = CanonicalPeer(peer.peer, text);
  }
  return rule;
}

void AddPermission(Params& params, std::size_t number, const GroupRule& rule, bool describe) {
  const std::string at = "IpPermissions." + std::to_string(number) + ".";
  params.Add(at + "IpProtocol", rule.protocol);
  if (HasPorts(rule.protocol)) {
    params.Add(at + "FromPort", rule.from).Add(at + "ToPort", rule.to);
  }
  const std::string wire = at + std::string(NamesOf(rule.peer).wire);
  params.Add(wire, rule.far_end);
  const std::string item = wire.substr(0, wire.rfind('.') + 1);
  const bool group = rule.peer == Peer::kGroup || rule.peer == Peer::kGroupName;
  if (group && !rule.owner.empty()) params.Add(item + "UserId", rule.owner);
  if (describe && !rule.description.empty()) params.Add(item + "Description", rule.description);
}

RuleMatch MatchRules(const GroupRules& wanted, const GroupRules& seen, bool by_name) {
  RuleMatch match;
  match.of_wanted.resize(wanted.size());
  std::vector<bool> taken(seen.size(), false);
  const auto take = [&](std::size_t at, const auto& fits) {
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (taken[i] || !fits(wanted[at], seen[i])) continue;
      taken[i] = true;
      match.of_wanted[at] = i;
      return;
    }
  };
  for (std::size_t i = 0; i < wanted.size(); ++i) take(i, SamePermission);
  for (std::size_t i = 0; by_name && i < wanted.size(); ++i) {
    if (match.of_wanted[i] || wanted[i].peer != Peer::kGroupName) continue;
    take(i, [](const GroupRule& a, const GroupRule& b) {
      return SamePorts(a, b) && b.peer == Peer::kGroup;
    });
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!taken[i]) match.others.push_back(i);
  }
  return match;
}

bool SameRules(const PropertyArray& a, const PropertyArray& b, Direction direction) {
  if (value::ContainsUnknown(PropertyValue(a)) || value::ContainsUnknown(PropertyValue(b))) {
    return false;
  }
  const GroupRules olds = RulesOfList(a, direction), news = RulesOfList(b, direction);
  if (olds.size() != news.size()) return false;
  const RuleMatch match = MatchRules(olds, news, /*by_name=*/false);
  for (std::size_t i = 0; i < olds.size(); ++i) {
    const auto& at = match.of_wanted[i];
    if (!at || olds[i].description != news[*at].description) return false;
  }
  return true;
}

PropertyArray SpelledRules(const PropertyArray* prior, const GroupRules& seen, Direction direction,
                           const std::string& group_owner) {
  PropertyArray spelled;
  GroupRules before;
  std::vector<const PropertyMap*> spellings;
  static const PropertyArray kNone;
  for (const PropertyValue& item : prior == nullptr ? kNone : *prior) {
    if (const auto* inputs = item.If<PropertyMap>()) {
      before.push_back(RuleOfInputs(*inputs, direction));
      spellings.push_back(inputs);
    }
  }
  const RuleMatch match = MatchRules(before, seen, /*by_name=*/true);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!match.of_wanted[i]) continue;
    PropertyMap inputs = *spellings[i];
    const std::string& now = seen[*match.of_wanted[i]].description;
    if (now != before[i].description) {
      inputs.erase(names::kDescription);
      PutText(inputs, names::kDescription, now);
    }
    spelled.emplace_back(std::move(inputs));
  }
  for (const std::size_t at : match.others) {
    spelled.emplace_back(InputsOfRule(seen[at], direction, group_owner));
  }
  return spelled;
}

}  // namespace palisade::aws::ec2
