#include <re2/re2.h>

#include <string>
#include <vector>

#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/transform.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

enum class Direction { kIngress, kEgress };

// Names, descriptions of groups and of rules share these (the service's model).
void CheckText(const Place& place, std::string_view name) {
  static const re2::RE2 kAllowed(R"([a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*)");
  const auto text = View(place.bag).String(name);
  if (!text) return;
  if (text->size() > 255) {
    FailOnce(place.At(name), "aws.ec2.text",
             "has " + std::to_string(text->size()) + " characters; EC2 takes at most 255",
             place.findings);
  } else if (!re2::RE2::FullMatch(re2::StringPiece(text->data(), text->size()), kAllowed)) {
    FailOnce(place.At(name), "aws.ec2.text",
             Quoted(*text) +
                 " holds a character that EC2 does not take; it takes letters, digits, "
                 "blanks and ._-:/()#,@[]+=&;{}!$*",
             place.findings);
  }
}

enum class Protocol { kUnknown, kAll, kPorts, kIcmp, kIcmpv6, kOther };

Protocol CheckProtocol(const Place& rule) {
  const auto text = View(rule.bag).String("ipProtocol");
  if (!text) return Protocol::kUnknown;
  const std::string lower = Lower(*text);
  if (lower == "-1") return Protocol::kAll;
  if (lower == "tcp" || lower == "udp" || lower == "6" || lower == "17") return Protocol::kPorts;
  if (lower == "icmp" || lower == "1") return Protocol::kIcmp;
  if (lower == "icmpv6" || lower == "58") return Protocol::kIcmpv6;
  if (ParseNumber(lower, 255)) return Protocol::kOther;
  std::string_view meant;
  if (lower == "all" || lower == "any" || lower == "*") meant = "\"-1\"";
  if (lower == "icmp6") meant = "\"icmpv6\"";
  if (lower == "http" || lower == "https" || lower == "tls") {
    meant = "\"tcp\" and the ports, such as 443";
  }
  rule.Fail("ipProtocol", "aws.ec2.protocol",
            Quoted(*text) + " is no protocol; " +
                (meant.empty() ? "expected \"tcp\", \"udp\", \"icmp\", \"icmpv6\", \"-1\" (all) or "
                                 "a number from 0 to 255"
                               : "write " + std::string(meant)));
  return Protocol::kUnknown;
}

void CheckPortRange(const Place& rule) {
  const View view(rule.bag);
  for (const char* name : {"fromPort", "toPort"}) {
    if (!view.Has(name)) {
      rule.Fail(name, "aws.ec2.ports",
                "is missing; tcp and udp need fromPort and toPort, 0 and 65535 for all ports");
    }
    CheckRange(rule, name, 0, 65535, "aws.ec2.ports");
  }
  const auto from = view.Integer("fromPort"), to = view.Integer("toPort");
  if (from && to && *from > *to && *to >= 0) {
    rule.Fail("fromPort", "aws.ec2.ports",
              "the range from " + std::to_string(*from) + " to " + std::to_string(*to) +
                  " is empty; swap the two");
  }
}

// Type and code stand where ports stand elsewhere.
void CheckIcmp(const Place& rule, bool needed) {
  const View view(rule.bag);
  for (const char* name : {"fromPort", "toPort"}) {
    if (needed && !view.Has(name)) {
      rule.Fail(name, "aws.ec2.ports",
                "is missing; icmp needs its type as fromPort and its code as toPort, -1 for all");
    }
    CheckRange(rule, name, -1, 255, "aws.ec2.ports");
  }
  const auto type = view.Integer("fromPort"), code = view.Integer("toPort");
  if (type == -1 && code && *code != -1) {
    rule.Fail("toPort", "aws.ec2.ports",
              "is the code " + std::to_string(*code) +
                  " of all types; with -1 as fromPort it has to be -1");
  }
}

void CheckIgnoredPorts(const Place& rule) {
  const View view(rule.bag);
  const auto from = view.Integer("fromPort"), to = view.Integer("toPort");
  if (!from && !to) return;
  const bool all = (from == -1 && to == -1) || (from == 0 && (to == 0 || to == 65535));
  if (all) return;
  rule.Warn("fromPort", "aws.ec2.ports",
            "is ignored for this protocol: the rule covers all ports; name tcp or udp to limit it");
}

void CheckProtocolAndPorts(const Place& rule) {
  switch (CheckProtocol(rule)) {
    case Protocol::kPorts:
      return CheckPortRange(rule);
    case Protocol::kIcmp:
      return CheckIcmp(rule, true);
    case Protocol::kIcmpv6:
      return CheckIcmp(rule, false);
    case Protocol::kAll:
    case Protocol::kOther:
      return CheckIgnoredPorts(rule);
    case Protocol::kUnknown:
      return;
  }
}

void CheckPeer(const Place& rule, Direction direction) {
  const bool ingress = direction == Direction::kIngress;
  std::vector<std::string_view> names =
      ingress ? std::vector<std::string_view>{"cidrIp", "cidrIpv6", "sourcePrefixListId",
                                              "sourceSecurityGroupId", "sourceSecurityGroupName"}
              : std::vector<std::string_view>{"cidrIp", "cidrIpv6", "destinationPrefixListId",
                                              "destinationSecurityGroupId"};
  std::vector<std::string_view> present;
  for (const std::string_view name : names) {
    if (View(rule.bag).Has(name)) present.push_back(name);
  }
  const std::string noun = ingress ? "source" : "destination";
  if (present.empty()) {
    rule.Fail("cidrIp", "aws.ec2.peer",
              "is missing; a rule has one " + noun + ": " + Listed(names));
  } else if (present.size() > 1) {
    rule.Fail(present[1], "aws.ec2.peer",
              "a rule has one " + noun + ", but " + Listed(present, "and") +
                  " are set; make a rule of each");
  }
  CheckCidr(rule, "cidrIp", kAnyV4);
  CheckCidr(rule, "cidrIpv6", kAnyV6);
  CheckId(rule, ingress ? "sourcePrefixListId" : "destinationPrefixListId", kPrefixList);
  CheckId(rule, ingress ? "sourceSecurityGroupId" : "destinationSecurityGroupId", kSecurityGroup);
}

// Whether everybody may come in where an administrator works, or everywhere.
void WarnOfTheWorld(const Place& rule) {
  const View view(rule.bag);
  const char* name = nullptr;
  for (const char* one : {"cidrIp", "cidrIpv6"}) {
    const auto text = view.String(one);
    const auto cidr = text ? ParseCidr(*text) : absl::StatusOr<Cidr>(Cidr{{}, 32});
    if (cidr.ok() && cidr->prefix == 0) name = one;
  }
  const auto protocol = view.String("ipProtocol");
  if (name == nullptr || !protocol) return;
  std::string what;
  if (*protocol == "-1") {
    what = "all protocols and ports";
  } else if (*protocol == "tcp" || *protocol == "6") {
    const auto from = view.Integer("fromPort"), to = view.Integer("toPort");
    if (!from || !to) return;
    for (const int port : {22, 3389}) {
      if (*from <= port && port <= *to) {
        what = port == 22 ? "port 22 (SSH)" : "port 3389 (RDP)";
        break;
      }
    }
  }
  if (what.empty()) return;
  rule.Warn(name, "aws.ec2.open-to-world",
            "opens " + what + " to every address; name the range that needs it");
}

void CheckRule(const Place& rule, Direction direction) {
  CheckProtocolAndPorts(rule);
  CheckPeer(rule, direction);
  CheckText(rule, "description");
  if (direction == Direction::kIngress) WarnOfTheWorld(rule);
}

void CheckRules(const Place& group, std::string_view name, Direction direction) {
  std::vector<PropertyMap> seen;
  group.Objects(name, [&](const Place& rule) {
    CheckRule(rule, direction);
    PropertyMap permission = rule.bag;
    permission.erase("description");
    const PropertyValue value(permission);
    if (value::ContainsUnknown(value)) return;
    for (const PropertyMap& other : seen) {
      if (other != permission) continue;
      rule.findings.Fail(rule.path, "aws.ec2.duplicate",
                         "is the same rule as an earlier one; EC2 takes each once");
      return;
    }
    // Comparing all with all is fine for the few hundred rules that a group may have.
    if (seen.size() < 1000) seen.push_back(std::move(permission));
  });
}

}  // namespace

void CheckSecurityGroup(const PropertyMap& inputs, Findings& findings) {
  const Place group{inputs, PropertyPath(), findings};
  CheckId(group, "vpcId", kVpc);
  CheckText(group, "groupDescription");
  CheckText(group, "groupName");
  const auto name = View(inputs).String("groupName");
  if (name && name->starts_with("sg-")) {
    group.Fail("groupName", "aws.ec2.text",
               Quoted(*name) + " begins with sg-, which is kept for ids; choose another name");
  }
  CheckRules(group, "securityGroupIngress", Direction::kIngress);
  CheckRules(group, "securityGroupEgress", Direction::kEgress);
}

void CheckSecurityGroupIngress(const PropertyMap& inputs, Findings& findings) {
  const Place rule{inputs, PropertyPath(), findings};
  const View view(inputs);
  CheckId(rule, "groupId", kSecurityGroup);
  if (view.Has("groupId") && view.Has("groupName")) {
    rule.Fail("groupName", "aws.ec2.exclusive", "groupId and groupName are both set; keep groupId");
  } else if (!view.Has("groupId") && !view.Has("groupName")) {
    rule.Fail("groupId", "aws.ec2.exclusive",
              "is missing; set it to the groupId of the SecurityGroup that the rule is for");
  }
  CheckRule(rule, Direction::kIngress);
}

void CheckSecurityGroupEgress(const PropertyMap& inputs, Findings& findings) {
  const Place rule{inputs, PropertyPath(), findings};
  CheckId(rule, "groupId", kSecurityGroup);
  CheckRule(rule, Direction::kEgress);
}

}  // namespace palisade::aws::rules
