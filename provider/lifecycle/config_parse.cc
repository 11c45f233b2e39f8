#include <utility>

#include "provider/base/status.h"
#include "provider/lifecycle/config.h"
#include "provider/lifecycle/config_keys.h"
#include "provider/lifecycle/defaults.h"
#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/shape_check.h"
#include "provider/lifecycle/skip_checks.h"
#include "provider/lifecycle/value_text.h"

namespace palisade::lifecycle {
namespace {

// "palisade:config:region" -> "region".
std::string KeyOf(const std::string& variable) {
  const auto colon = variable.rfind(':');
  return colon == std::string::npos ? variable : variable.substr(colon + 1);
}

PropertyMap AllKeys(const ConfigureInput& input) {
  PropertyMap raw;
  for (const auto& [name, text] : input.variables) {
    // The engine writes every value that is no string as JSON, also the nulls that `pulumi do`
    // sends for whatever its user has not set.
    if (text != "null") raw.insert_or_assign(KeyOf(name), text);
  }
  for (const auto& [name, item] : input.args) {
    if (!item.IsNull()) raw.insert_or_assign(name, item);
  }
  return raw;
}

std::string HowToSet(const schema::PropertyShape& shape) {
  std::string text = shape.description.empty() ? ExpectedText(shape) : shape.description;
  if (shape.default_environment.empty()) return text;
  if (!text.ends_with('.')) text += '.';
  for (std::size_t i = 0; i < shape.default_environment.size(); ++i) {
    text += (i == 0 ? " Also taken from the environment variable " : " or ") +
            shape.default_environment[i];
  }
  return text + ".";
}

}  // namespace

absl::StatusOr<ParsedConfiguration> ParseConfig(const ConfigContext& context,
                                                const ConfigureInput& input) {
  ParsedConfiguration parsed;
  parsed.configuration.id = input.id;
  PropertyMap& values = parsed.configuration.values;
  values = NativeConfig(context.shape, AllKeys(input), nullptr);

  resource::Findings findings;
  const PropertyMap no_olds;
  const std::set<value::PropertyPath> none;
  FillDefaults(context.shape, {no_olds, none, none, context.services.environment}, values,
               findings);
  const std::string not_a =
      "is not a configuration key of this version of " + context.package + " and has no effect";
  ShapeRules rules;
  rules.hide_values = true;
  rules.not_a = not_a;
  rules.check_required_at_top = false;
  CheckShape(context.shape, values, rules, findings);
  for (const ConfigRules& check : context.rules) check(values, findings);
  const SkipChecks skip(values, {});
  std::string reasons;
  for (const resource::Finding& finding : findings.failures()) {
    const std::string text = FindingText(finding);
    if (finding.rule == "unknown-property") {
      // CheckConfig refused it where it could. It comes here from a state that another version
      // wrote, which must still be readable, if only to be destroyed.
      context.services.reporter.Log(resource::Severity::kWarning, "", text);
    } else if (!skip.Skips(finding.rule)) {
      reasons += (reasons.empty() ? "" : "; ") + text;
    }
  }
  if (!reasons.empty()) {
    return base::InvalidArgument("the configuration of " + context.package +
                                 " is wrong: " + reasons);
  }
  for (const auto& [name, property] : context.shape.properties) {
    if (property.required && !values.contains(name)) {
      parsed.missing.push_back({context.package + ":" + name, HowToSet(property)});
    }
  }
  parsed.configuration.skip_checks = SkipChecksOf(values);
  return parsed;
}

}  // namespace palisade::lifecycle
