#include "provider/clouds/aws/rules/firewall_policy.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/stateless.h"
#include "provider/clouds/aws/rules/suricata_group.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kStrictRule = "aws.nf.strict-order";
constexpr std::string_view kStatefulReferences = "statefulRuleGroupReferences";
constexpr std::string_view kStatelessReferences = "statelessRuleGroupReferences";
constexpr std::string_view kStatefulActions[] = {
    "aws:drop_strict",
    "aws:drop_established",
    "aws:alert_strict",
    "aws:alert_established",
    "aws:drop_established_app_layer",
    "aws:alert_established_app_layer",
    "aws:drop_established_app_layer_to_server",
    "aws:alert_established_app_layer_to_server",
};

enum class Order { kUnknown, kDefault, kStrict };

Order OrderOf(const PropertyMap& policy) {
  const View view(policy);
  if (!view.Has("statefulEngineOptions")) return Order::kDefault;
  const PropertyMap* options = view.Object("statefulEngineOptions");
  if (options == nullptr) return Order::kUnknown;
  if (!View(*options).Has("ruleOrder")) return Order::kDefault;
  const auto order = View(*options).String("ruleOrder");
  if (order == "STRICT_ORDER") return Order::kStrict;
  return order == "DEFAULT_ACTION_ORDER" ? Order::kDefault : Order::kUnknown;
}

void CheckReferences(const Place& policy, std::string_view name, const ArnKind& kind) {
  CheckPriorities(policy, name);
  std::set<std::string> seen;
  policy.Objects(name, [&](const Place& reference) {
    CheckArn(reference, "resourceArn", kind);
    const auto arn = View(reference.bag).String("resourceArn");
    if (arn && !seen.insert(*arn).second) {
      reference.Fail("resourceArn", "aws.nf.duplicate",
                     Quoted(*arn) + " is referred to twice; remove one");
    }
  });
}

void CheckOverride(const Place& reference) {
  const auto arn = View(reference.bag).String("resourceArn");
  if (!arn || !View(reference.bag).Has("override")) return;
  const auto parsed = ParseArn(*arn);
  if (!parsed.ok() || parsed->account.starts_with("aws-managed")) return;
  reference.Warn(
      "override", "aws.nf.override",
      "an override applies to managed rule groups only, and this one is of the account " +
          parsed->account);
}

void CheckStatefulReferences(const Place& policy, Order order) {
  CheckReferences(policy, kStatefulReferences, kStatefulArn);
  policy.Objects(kStatefulReferences, [&](const Place& reference) {
    CheckOverride(reference);
    const bool has = View(reference.bag).Has("priority");
    if (has && order == Order::kDefault) {
      reference.Fail("priority", kStrictRule,
                     "a stateful group has a priority only where statefulEngineOptions.ruleOrder "
                     "is STRICT_ORDER; set that, or remove the priority");
    } else if (!has && order == Order::kStrict) {
      reference.Fail("priority", kStrictRule,
                     "is missing; with the rule order STRICT_ORDER each stateful group needs a "
                     "priority of its own");
    }
  });
}

void CheckStatefulDefaults(const Place& policy, Order order) {
  constexpr std::string_view kName = "statefulDefaultActions";
  const PropertyArray* items = View(policy.bag).Array(kName);
  if (items == nullptr || items->empty()) return;
  if (order == Order::kDefault) {
    policy.Fail(kName, kStrictRule,
                "is used only with the rule order STRICT_ORDER; set "
                "statefulEngineOptions.ruleOrder to it, or remove the actions");
  }
  std::set<std::string> seen;
  std::string drop;
  policy.Texts(kName, [&](const std::string& action, const PropertyPath& path) {
    if (!seen.insert(action).second) {
      policy.findings.Fail(path, "aws.nf.duplicate", action + " is listed twice");
      return;
    }
    if (std::find(std::begin(kStatefulActions), std::end(kStatefulActions), action) ==
        std::end(kStatefulActions)) {
      // The service has added actions before.
      const bool prefixed = action.starts_with("aws:");
      const auto near = Nearest(prefixed ? action : "aws:" + action, kStatefulActions);
      const std::string reason =
          Quoted(action) + " is no stateful default action" +
          (near ? DidYouMean(near) : "; this version knows " + Listed(kStatefulActions, "and"));
      if (near || !prefixed || action == "aws:pass" || action == "aws:drop" ||
          action == "aws:forward_to_sfe") {
        policy.findings.Fail(path, "aws.nf.actions", reason);
      } else {
        policy.findings.Warn(path, "aws.nf.actions", reason);
      }
      return;
    }
    if (!action.starts_with("aws:drop")) return;
    if (drop.empty()) {
      drop = action;
    } else {
      policy.findings.Warn(path, "aws.nf.actions",
                           action + " stands beside " + drop + "; one drop action is enough");
    }
  });
}

void CheckTls(const Place& policy) {
  const View view(policy.bag);
  if (view.Bool("enableTlsSessionHolding") == true && !view.Has("tlsInspectionConfigurationArn")) {
    policy.Fail("enableTlsSessionHolding", "aws.nf.tls",
                "session holding needs a TLS inspection configuration; set "
                "tlsInspectionConfigurationArn, or remove it");
  }
  CheckArn(policy, "tlsInspectionConfigurationArn", kTlsConfigurationArn);
}

void CheckPolicyVariables(const Place& policy) {
  policy.Object("policyVariables", [](const Place& variables) {
    variables.Object("ruleVariables", [](const Place& sets) {
      for (const auto& [name, unused] : sets.bag) {
        if (name == "HOME_NET") continue;
        sets.Warn(name, "aws.nf.variable-name",
                  "a policy sets HOME_NET only; set other variables in the rule groups");
      }
      for (const auto& [name, unused] : sets.bag) {
        sets.Object(name, [](const Place& set) {
          set.Texts("definition", [&](const std::string& text, const PropertyPath& path) {
            for (const GroupProblem& problem : JudgeAddresses(Trimmed(text), RuleNames())) {
              set.findings.Fail(path, "aws.nf.variable-definition", problem.reason);
            }
          });
        });
      }
    });
  });
}

bool HasItems(const PropertyMap& policy, std::string_view name) {
  const PropertyArray* items = View(policy).Array(name);
  // Unknown counts as some.
  return items == nullptr ? View(policy).Has(name) : !items->empty();
}

// Whether packets that match no stateless rule can reach the stateful engine.
bool Forwards(const PropertyMap& policy, std::string_view name) {
  const auto actions = View(policy).Strings(name);
  return !actions ||
         std::find(actions->begin(), actions->end(), "aws:forward_to_sfe") != actions->end();
}

void WarnOfIdlePolicies(const Place& policy) {
  const bool stateful = HasItems(policy.bag, kStatefulReferences);
  const bool stateless = HasItems(policy.bag, kStatelessReferences);
  const bool forwards = Forwards(policy.bag, "statelessDefaultActions");
  const auto actions = View(policy.bag).Strings("statelessDefaultActions");
  const bool drops =
      actions && std::find(actions->begin(), actions->end(), "aws:drop") != actions->end();
  if (!stateful && !stateless && !drops && !HasItems(policy.bag, "statefulDefaultActions")) {
    policy.Warn(kStatefulReferences, "aws.nf.enforces-nothing",
                "the policy refers to no rule group, so it lets everything through; list the "
                "ruleGroupArn of each group here or in statelessRuleGroupReferences");
  } else if (stateful && !stateless && !forwards) {
    policy.Warn("statelessDefaultActions", "aws.nf.never-forwarded",
                "no packet reaches the stateful rule groups, since nothing forwards it; write "
                "aws:forward_to_sfe");
  }
}

}  // namespace

void CheckFirewallPolicy(const PropertyMap& inputs, Findings& findings) {
  const Place root{inputs, PropertyPath(), findings};
  root.Object("firewallPolicy", [](const Place& policy) {
    const Order order = OrderOf(policy.bag);
    const auto custom = CustomActions(policy, "statelessCustomActions");
    for (const char* name : {"statelessDefaultActions", "statelessFragmentDefaultActions"}) {
      CheckStatelessActions(policy, name, custom);
    }
    CheckReferences(policy, kStatelessReferences, kStatelessArn);
    CheckStatefulReferences(policy, order);
    CheckStatefulDefaults(policy, order);
    policy.Object("statefulEngineOptions", [](const Place& options) {
      options.Object("flowTimeouts", [](const Place& timeouts) {
        CheckRange(timeouts, "tcpIdleTimeoutSeconds", 60, 6000, "aws.nf.timeout");
      });
    });
    CheckTls(policy);
    CheckPolicyVariables(policy);
    WarnOfIdlePolicies(policy);
  });
}

}  // namespace palisade::aws::rules
