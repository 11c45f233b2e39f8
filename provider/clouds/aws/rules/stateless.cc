#include "provider/clouds/aws/rules/stateless.h"

#include <algorithm>
#include <map>
#include <vector>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kStandardActions[] = {"aws:pass", "aws:drop", "aws:forward_to_sfe"};
constexpr std::string_view kFlags[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

bool IsStandard(std::string_view action) {
  return std::find(std::begin(kStandardActions), std::end(kStandardActions), action) !=
         std::end(kStandardActions);
}

// The standard action that a wrong one stands for: "pass", "aws:forward", "aws:drop_strict".
std::string_view MeantAction(std::string_view given) {
  std::string lower = Lower(given);
  if (lower.starts_with("aws:")) lower.erase(0, 4);
  if (lower == "pass" || lower == "allow") return "aws:pass";
  if (lower.starts_with("drop") || lower == "deny") return "aws:drop";
  if (lower.starts_with("forward")) return "aws:forward_to_sfe";
  return Nearest(given, kStandardActions).value_or("");
}

void CheckAction(const std::string& action, const PropertyPath& path,
                 const std::optional<std::set<std::string>>& custom, Findings& findings) {
  if (custom && custom->count(action) > 0) return;
  const std::string_view meant = MeantAction(action);
  if (action.starts_with("aws:")) {
    findings.Fail(path, "aws.nf.actions",
                  Quoted(action) + " is no stateless action; " +
                      (meant.empty() ? "expected " + Listed(kStandardActions)
                                     : "write " + std::string(meant)));
  } else if (custom) {
    findings.Fail(path, "aws.nf.custom-action",
                  Quoted(action) + " is neither a standard action (" + Listed(kStandardActions) +
                      ") nor a custom action that is defined here; " +
                      (meant.empty() ? "define it, or remove it" : "write " + std::string(meant)));
  }
}

void CheckAddresses(const Place& match, std::string_view name) {
  match.Objects(name, [&](const Place& address) {
    const auto text = View(address.bag).String("addressDefinition");
    if (!text || ParseAddress(*text)) return;
    const PropertyPath path = address.At("addressDefinition");
    const auto cidr = ParseCidr(*text);
    if (cidr.ok()) {
      if (!cidr->HasHostBits()) return;
      address.findings.Warn(path, "aws.nf.address",
                            Quoted(*text) + " has bits set behind the prefix and matches all of " +
                                cidr->Canonical().Text());
    } else if (EqualIgnoringCase(*text, "any")) {
      address.findings.Fail(path, "aws.nf.address",
                            Quoted(*text) + " is no address; leave " + std::string(name) +
                                " out to match every one, or write 0.0.0.0/0 or ::/0");
    } else if (LooksLikeAddress(*text) || Trimmed(*text) != *text) {
      address.findings.Fail(path, "aws.nf.address", base::Message(cidr.status()));
    } else {
      address.findings.Fail(path, "aws.nf.address-is-domain",
                            Quoted(*text) +
                                " is no address, and a stateless rule matches nothing else; put a "
                                "domain name into a domain list (rulesSourceList) of a STATEFUL "
                                "rule group, or write a range such as 203.0.113.0/24");
    }
  });
}

void CheckPorts(const Place& match, std::string_view name) {
  match.Objects(name, [&](const Place& range) {
    CheckRange(range, "fromPort", 0, 65535, "aws.nf.ports");
    CheckRange(range, "toPort", 0, 65535, "aws.nf.ports");
    const auto from = View(range.bag).Integer("fromPort");
    const auto to = View(range.bag).Integer("toPort");
    if (from && to && *from > *to) {
      range.Fail("fromPort", "aws.nf.ports",
                 "the range from " + std::to_string(*from) + " to " + std::to_string(*to) +
                     " is empty; swap the two");
    }
  });
}

// The known numbers of `protocols`; nullopt when the list or a part of it is unknown.
std::optional<std::vector<double>> Protocols(const Place& match) {
  const View view(match.bag);
  if (view.IsUnknown("protocols")) return std::nullopt;
  std::vector<double> numbers;
  if (const PropertyArray* items = view.Array("protocols")) {
    for (const PropertyValue& item : *items) {
      if (const auto* number = item.If<double>()) numbers.push_back(*number);
    }
  }
  return numbers;
}

bool HasItems(const Place& place, std::string_view name) {
  const PropertyArray* items = View(place.bag).Array(name);
  return items != nullptr && !items->empty();
}

void CheckProtocols(const Place& match) {
  if (const PropertyArray* items = View(match.bag).Array("protocols")) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      const auto* number = (*items)[i].If<double>();
      if (number == nullptr || (*number >= 0 && *number <= 255)) continue;
      FailOnce(match.At("protocols").Child(i), "aws.nf.protocol",
               "is no protocol number; expected 0 to 255, such as 6 (TCP) or 17 (UDP)",
               match.findings);
    }
  }
  const auto protocols = Protocols(match);
  if (!protocols) return;
  const auto all_of = [&](std::initializer_list<double> wanted) {
    return !protocols->empty() &&
           std::all_of(protocols->begin(), protocols->end(), [&](double number) {
             return std::find(wanted.begin(), wanted.end(), number) != wanted.end();
           });
  };
  for (const std::string_view name : {"sourcePorts", "destinationPorts"}) {
    if (!HasItems(match, name) || all_of({6, 17})) continue;
    match.Warn(name, "aws.nf.ports",
               "ports are used only for the protocols 6 (TCP) and 17 (UDP); set protocols to "
               "those that are meant");
  }
  if (HasItems(match, "tcpFlags") && !all_of({6})) {
    match.Warn("tcpFlags", "aws.nf.tcp-flags",
               "flags are used only for the protocol 6 (TCP); set protocols to [6]");
  }
}

void CheckFlags(const Place& match) {
  match.Objects("tcpFlags", [&](const Place& field) {
    for (const std::string_view name : {"flags", "masks"}) {
      field.Texts(name, [&](const std::string& flag, const PropertyPath& path) {
        if (std::find(std::begin(kFlags), std::end(kFlags), flag) != std::end(kFlags)) return;
        FailOnce(path, "aws.nf.tcp-flags",
                 Quoted(flag) + " is no TCP flag; expected " + Listed(kFlags) +
                     DidYouMean(Nearest(flag, kFlags)),
                 field.findings);
      });
    }
    // Without masks all flags are inspected.
    const auto masks = View(field.bag).Strings("masks");
    if (!masks || masks->empty()) return;
    field.Texts("flags", [&](const std::string& flag, const PropertyPath& path) {
      if (std::find(masks->begin(), masks->end(), flag) != masks->end()) return;
      field.findings.Fail(path, "aws.nf.tcp-flags",
                          Quoted(flag) + " is not among masks; only flags that masks lists can " +
                              "be set here, so add it there or remove it");
    });
  });
}

void CheckMatch(const Place& match) {
  CheckAddresses(match, "sources");
  CheckAddresses(match, "destinations");
  CheckPorts(match, "sourcePorts");
  CheckPorts(match, "destinationPorts");
  CheckProtocols(match);
  CheckFlags(match);
}

}  // namespace

std::optional<std::set<std::string>> CustomActions(const Place& place, std::string_view name) {
  const PropertyArray* items = View(place.bag).Array(name);
  std::set<std::string> names;
  if (items == nullptr) {
    return View(place.bag).Has(name) ? std::nullopt : std::optional(names);
  }
  bool known = true;
  for (const PropertyValue& item : *items) {
    const auto* object = item.If<PropertyMap>();
    known = known && object != nullptr && View(*object).IsKnown("actionName");
  }
  place.Objects(name, [&](const Place& action) {
    const auto defined = View(action.bag).String("actionName");
    if (defined && !names.insert(*defined).second) {
      action.Fail("actionName", "aws.nf.custom-action",
                  Quoted(*defined) + " is defined twice; rename or remove one");
    }
  });
  return known ? std::optional(names) : std::nullopt;
}

void CheckStatelessActions(const Place& place, std::string_view name,
                           const std::optional<std::set<std::string>>& custom) {
  const PropertyArray* items = View(place.bag).Array(name);
  if (items == nullptr) return;
  const PropertyPath path = place.At(name);
  const std::string expected = "exactly one of " + Listed(kStandardActions) + " is needed";
  std::string first;
  bool meant_one = false;
  place.Texts(name, [&](const std::string& action, const PropertyPath& at) {
    if (!IsStandard(action)) {
      meant_one = meant_one || !MeantAction(action).empty();
      CheckAction(action, at, custom, place.findings);
    } else if (first.empty()) {
      first = action;
    } else {
      place.findings.Fail(at, "aws.nf.actions",
                          action + " stands beside " + first + ", but " + expected);
    }
  });
  const bool known = std::all_of(items->begin(), items->end(),
                                 [](const PropertyValue& item) { return item.Is<std::string>(); });
  if (known && first.empty() && !meant_one) {
    place.findings.Fail(path, "aws.nf.actions",
                        items->empty() ? "is empty; " + expected : "names none; " + expected);
  }
}

void CheckPriorities(const Place& place, std::string_view name) {
  std::map<std::int64_t, std::string> taken;
  place.Objects(name, [&](const Place& item) {
    CheckRange(item, "priority", 1, 65535, "aws.nf.priority");
    const auto priority = View(item.bag).Integer("priority");
    if (!priority) return;
    const auto [first, is_new] = taken.emplace(*priority, item.path.Text());
    if (is_new) return;
    item.Fail("priority", "aws.nf.priority",
              "the priority " + std::to_string(*priority) + " is taken by " + first->second +
                  "; each has to be unique");
  });
}

void CheckStatelessRules(const Place& source) {
  const auto custom = CustomActions(source, "customActions");
  CheckPriorities(source, "statelessRules");
  source.Objects("statelessRules", [&](const Place& rule) {
    rule.Object("ruleDefinition", [&](const Place& definition) {
      CheckStatelessActions(definition, "actions", custom);
      definition.Object("matchAttributes", CheckMatch);
    });
  });
}

}  // namespace palisade::aws::rules
