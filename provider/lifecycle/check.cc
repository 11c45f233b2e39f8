#include "provider/lifecycle/check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "provider/lifecycle/autoname.h"
#include "provider/lifecycle/config_text.h"
#include "provider/lifecycle/defaults.h"
#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/migrate.h"
#include "provider/lifecycle/shape_check.h"
#include "provider/lifecycle/shape_secrets.h"
#include "provider/lifecycle/skip_checks.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyPath;
using Paths = std::set<PropertyPath>;

void DropInternalNames(PropertyMap& bag) {
  std::erase_if(bag, [](const auto& entry) { return IsInternalName(entry.first); });
}

std::optional<std::string> ExplainUnknown(const CheckContext& context, std::string_view name) {
  if (auto sentence = context.handler.ExplainUnknown(name)) return sentence;
  if (context.shape.outputs.Find(name) == nullptr) return std::nullopt;
  return "is an output of this resource, which cannot be set; remove it";
}

// Old inputs of another package, which may call the name that is to be kept otherwise. Check gets
// no outputs, and so no version that would tell.
bool IsForeign(const schema::ObjectShape& shape, const PropertyMap& olds) {
  return std::ranges::any_of(olds, [&shape](const auto& entry) {
    return !IsInternalName(entry.first) && shape.Find(entry.first) == nullptr;
  });
}

// A kept default that was secret in the old inputs is secret in the new ones.
void KeepOldSecrets(const Paths& filled, const Paths& old_secrets, Paths& secrets) {
  if (old_secrets.empty()) return;
  for (const PropertyPath& path : filled) {
    for (const PropertyPath& old : old_secrets) {
      if (old.Covers(path) || path.Covers(old)) secrets.insert(path);
    }
  }
}

}  // namespace

absl::StatusOr<CheckResult> CheckResource(const CheckContext& context, const CheckInput& input) {
  const schema::ObjectShape& shape = context.shape.inputs;
  Paths secrets, old_secrets;
  PropertyMap bag = WithoutNulls(value::Unwrapped(input.news, &secrets));
  PropertyMap olds = WithoutNulls(value::Unwrapped(input.olds, &old_secrets));
  const Paths new_listed = ListedDefaults(bag), old_listed = ListedDefaults(olds);
  if (IsForeign(shape, olds)) {
    Bag old{std::move(olds), {}, std::move(old_secrets)}, no_outputs;
    Migrate(context.handler, 0, old, no_outputs);
    olds = std::move(old.values);
    old_secrets = std::move(old.secret_paths);
  }
  // Only an import passes it: Check of what Read said must keep it for Diff.
  std::optional<value::PropertyValue> unread;
  if (const auto it = bag.find(kUnreadName); it != bag.end()) unread = it->second;
  DropInternalNames(bag);
  DropInternalNames(olds);
  // A secret that was null is gone, and what a default puts in its place is none.
  std::erase_if(secrets,
                [&](const PropertyPath& path) { return value::Find(bag, path) == nullptr; });

  const SkipChecks skip(bag, context.settings.skip_checks);
  resource::Findings findings;
  Paths filled = FillDefaults(shape, {olds, old_listed, new_listed, context.services.environment},
                              bag, findings);
  FillConfigured(shape, context.handler.Defaults({bag, context.settings}),
                 {olds, old_listed, new_listed, context.services.environment}, bag, filled);
  FillNames(shape,
            {input.subject, olds, new_listed, input.random_seed, input.autonaming,
             context.services.random, skip},
            bag, filled, findings);
  KeepOldSecrets(filled, old_secrets, secrets);

  ShapeRules rules;
  rules.secret_paths = &secrets;
  rules.explain_unknown = [&](std::string_view name) { return ExplainUnknown(context, name); };
  CheckShape(shape, bag, rules, findings);
  context.handler.Check(
      {bag, context.services.clock, context.settings, input.olds.empty() ? nullptr : &olds},
      findings);
  WarnOfUnknownIds(bag, findings);

  CheckResult result;
  result.failures =
      Settle({shape, bag, secrets}, findings, skip, input.subject.urn, context.services.reporter);
  result.inputs = WithShapeSecrets(shape, value::WithSecrets(std::move(bag), secrets));
  if (!filled.empty()) result.inputs.insert_or_assign(kDefaultsName, DefaultsList(filled));
  if (unread) result.inputs.insert_or_assign(kUnreadName, *std::move(unread));
  return result;
}

CheckedArguments CheckArguments(const ArgumentsContext& context, const PropertyMap& args) {
  CheckedArguments checked;
  PropertyMap& bag = checked.values;
  bag = WithoutNulls(value::Unwrapped(args, &checked.secret_paths));
  DropInternalNames(bag);

  const SkipChecks skip(bag, context.skip_checks);
  resource::Findings findings;
  const PropertyMap no_olds;
  const Paths none;
  FillDefaults(context.shape, {no_olds, none, none, context.services.environment}, bag, findings);
  ShapeRules rules;
  rules.secret_paths = &checked.secret_paths;
  rules.not_a = context.not_a;
  CheckShape(context.shape, bag, rules, findings);
  if (context.rules) context.rules(bag, findings);
  checked.failures = Settle({context.shape, bag, checked.secret_paths}, findings, skip, context.urn,
                            context.services.reporter);
  return checked;
}

}  // namespace palisade::lifecycle
