#include <utility>

#include "provider/lifecycle/config.h"
#include "provider/lifecycle/config_keys.h"
#include "provider/lifecycle/config_text.h"
#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/shape_check.h"
#include "provider/lifecycle/shape_secrets.h"
#include "provider/lifecycle/skip_checks.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyValue;

// What CheckConfig answers is stored in the state, compared on the next run and handed to
// Configure. It stays as the user wrote it, text for text, because every run starts from that
// again. The one exception is JSON text with secret parts: the generated SDKs do not wrap those,
// and the engine keeps the secrets that it finds in this answer. FromText gives the same value on
// each run, and DiffConfig compares meanings, so that neither form shows as a change. Defaults and
// the environment stay out of it: Configure fills them, also for a provider that is loaded from the
// state, and another machine's environment must not look like a change of the stack.
PropertyValue Answer(const schema::PropertyShape& shape, const PropertyValue& raw) {
  if (shape.secret || !HasSecrets(shape)) return WithShapeSecrets(shape, raw);
  PropertyValue native = FromText(shape, raw);  // JSON text may also stand deeper inside.
  if (native.IsNull()) return raw;
  // Text that cannot be read fails; it is wrapped all the same, for somewhere in it is the secret.
  return native.Is<std::string>() ? value::MakeSecret(raw)
                                  : WithShapeSecrets(shape, std::move(native));
}

}  // namespace

absl::StatusOr<CheckResult> CheckConfig(const ConfigContext& context, const CheckInput& input) {
  std::set<value::PropertyPath> secrets;
  const PropertyMap native = NativeConfig(context.shape, input.news, &secrets);

  const std::string not_a = "is not a configuration key of " + context.package;
  ShapeRules rules;
  rules.secret_paths = &secrets;
  // The engine strips secrets from these inputs: any value may be one.
  rules.hide_values = true;
  rules.not_a = not_a;
  rules.check_required_at_top = false;
  resource::Findings findings;
  CheckShape(context.shape, native, rules, findings);
  for (const ConfigRules& check : context.rules) check(native, findings);
  WarnOfUnknownIds(native, findings);

  CheckResult result;
  result.failures = Settle({context.shape, native, secrets, /*never_property=*/true}, findings,
                           SkipChecks(native, {}), input.subject.urn, context.services.reporter);
  result.inputs = WithoutNulls(value::Unwrapped(input.news));
  for (auto& [name, item] : result.inputs) {
    const auto* property = IsEngineKey(name) ? nullptr : context.shape.Find(name);
    if (property != nullptr) item = Answer(*property, item);
  }
  // Texts that were opened may have held nulls.
  result.inputs = value::WithSecrets(WithoutNulls(std::move(result.inputs)), secrets);
  return result;
}

}  // namespace palisade::lifecycle
