#pragma once

#include <string_view>

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// What is wrong with one target of a domain list.
struct TargetVerdict {
  enum class Kind { kGood, kWarn, kFail };
  Kind kind = Kind::kGood;
  std::string rule;
  std::string reason;
};

/// A domain list takes "abc.example.com" (exactly that name) and ".example.com" (that name and all
/// below it), and nothing else, says the RulesSourceList of the service's model. Other forms fail;
/// capitals, a last dot and other alphabets, which the service may take but which no client sends
/// in a handshake, are warned of.
TargetVerdict JudgeTarget(std::string_view target);

/// Rules of `rulesSourceList`: `aws.nf.target-is-cidr`, `aws.nf.target-domain`,
/// `aws.nf.target-type`, `aws.nf.generated-rules-type`, `aws.nf.duplicate`.
void CheckDomainList(const Place& list);

}  // namespace palisade::aws::rules
