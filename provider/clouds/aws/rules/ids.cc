#include "provider/clouds/aws/rules/ids.h"

#include <algorithm>
#include <array>
#include <set>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

constexpr std::array kKinds = {
    kVpc,
    kSubnet,
    kSecurityGroup,
    kSecurityGroupRule,
    kRouteTable,
    kVpcEndpoint,
    kInternetGateway,
    kVpnGateway,
    kNetworkInterface,
    kNatGateway,
    kTransitGateway,
    kPeering,
    kPrefixList,
    kEgressOnlyGateway,
    kNetworkAcl,
    kInstance,
    kCarrierGateway,
    kLocalGateway,
};

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

std::string An(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun[0]) != noun.npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

// What the text looks like instead of an id of `kind`.
std::string WhatItIs(std::string_view text, const IdKind& kind) {
  if (!text.starts_with(kind.prefix)) {
    const IdKind* other = KindOf(text);
    if (other != nullptr) return "is the id of " + An(other->noun);
    if (text.starts_with("arn:")) return "is an ARN";
    return "does not begin with " + std::string(kind.prefix);
  }
  const std::string_view digits = text.substr(kind.prefix.size());
  if (std::any_of(digits.begin(), digits.end(), IsCapital)) return "holds capital letters";
  if (!std::all_of(digits.begin(), digits.end(), IsHex)) {
    return "holds characters that are no hexadecimal digits";
  }
  return "has " + std::to_string(digits.size()) + " digits";
}

// "stateful-rulegroup/" and the like in words.
std::string NounOf(std::string_view resource) {
  for (const ArnKind& kind :
       {kPolicyArn, kFirewallArn, kStatefulArn, kStatelessArn, kTlsConfigurationArn}) {
    if (resource.starts_with(kind.resources[0])) return An(kind.noun);
  }
  return Quoted(resource);
}

}  // namespace

const IdKind* KindOf(std::string_view text) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const IdKind& kind) {
    return text.starts_with(kind.prefix);
  });
  return found == kKinds.end() ? nullptr : &*found;
}

absl::Status CheckIdText(std::string_view text, const IdKind& kind) {
  if (text.starts_with(kind.prefix)) {
    const std::string_view digits = text.substr(kind.prefix.size());
    if ((digits.size() == 8 || digits.size() == 17) &&
        std::all_of(digits.begin(), digits.end(), IsHex)) {
      return absl::OkStatus();
    }
  }
  return base::InvalidArgument(Quoted(text) + " " + WhatItIs(text, kind) + "; the id of " +
                               An(kind.noun) + " is " + std::string(kind.prefix) +
                               " and 8 or 17 hexadecimal digits in lower case; use " +
                               std::string(kind.source));
}

void CheckId(const Place& place, std::string_view name, const IdKind& kind) {
  const auto text = value::View(place.bag).String(name);
  if (!text) return;
  if (const absl::Status status = CheckIdText(*text, kind); !status.ok()) {
    place.Fail(name, "aws.ec2.id", base::Message(status));
  }
}

void CheckIds(const Place& place, std::string_view name, const IdKind& kind) {
  std::set<std::string> seen;
  place.Texts(name, [&](const std::string& text, const PropertyPath& path) {
    if (const absl::Status status = CheckIdText(text, kind); !status.ok()) {
      place.findings.Fail(path, "aws.ec2.id", base::Message(status));
    } else if (!seen.insert(text).second) {
      place.findings.Fail(path, "aws.ec2.duplicate", Quoted(text) + " is listed twice");
    }
  });
}

absl::StatusOr<Arn> ParseArn(std::string_view text) {
  constexpr std::string_view kForm = "arn:partition:service:region:account:resource";
  std::array<std::string, 5> parts;
  std::string_view rest = text;
  for (std::string& part : parts) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos || text.find_first_of(" \t\r\n") != text.npos) {
      return base::InvalidArgument(Quoted(text) + " is no ARN, which has the form " +
                                   std::string(kForm));
    }
    part = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || !parts[1].starts_with("aws") || parts[2].empty() || rest.empty()) {
    return base::InvalidArgument(Quoted(text) + " is no ARN, which has the form " +
                                 std::string(kForm));
  }
  return Arn{parts[1], parts[2], parts[3], parts[4], std::string(rest)};
}

absl::Status CheckArnText(std::string_view text, const ArnKind& kind) {
  const auto use = "; use " + std::string(kind.source);
  const auto arn = ParseArn(text);
  if (!arn.ok()) return base::InvalidArgument(base::Message(arn.status()) + use);
  if (arn->service != kind.service) {
    return base::InvalidArgument(Quoted(text) + " is an ARN of " + Quoted(arn->service) +
                                 ", but the ARN of " + An(kind.noun) + " is expected" + use);
  }
  const bool right =
      std::any_of(kind.resources.begin(), kind.resources.end(), [&](std::string_view resource) {
        return arn->resource.starts_with(resource) && arn->resource.size() > resource.size();
      });
  if (right) return absl::OkStatus();
  return base::InvalidArgument(Quoted(text) + " is the ARN of " + NounOf(arn->resource) +
                               ", but the ARN of " + An(kind.noun) + " is expected" + use);
}

void CheckArn(const Place& place, std::string_view name, const ArnKind& kind) {
  const auto text = value::View(place.bag).String(name);
  if (!text) return;
  if (const absl::Status status = CheckArnText(*text, kind); !status.ok()) {
    place.Fail(name, "aws.arn", base::Message(status));
  }
}

}  // namespace palisade::aws::rules
