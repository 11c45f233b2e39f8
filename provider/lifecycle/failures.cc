#include "provider/lifecycle/failures.h"

#include <algorithm>
#include <set>
#include <utility>

#include "provider/lifecycle/check_report.h"
#include "provider/lifecycle/finding_redactor.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/value_text.h"

namespace palisade::lifecycle {
namespace {

using Kind = schema::PropertyShape::Kind;

bool IsScalar(Kind kind) {
  return kind == Kind::kBoolean || kind == Kind::kInteger || kind == Kind::kNumber ||
         kind == Kind::kString;
}

bool MayBeNamed(const FailureContext& context, const resource::Finding& finding) {
  if (context.never_property || finding.path.steps().size() != 1) return false;
  const std::string name = finding.path.top();
  const schema::PropertyShape* shape = context.shape.Find(name);
  if (shape == nullptr || shape->secret || !IsScalar(shape->kind)) return false;
  const auto it = context.bag.find(name);
  // A long or PEM-like text in a place that is not secret may be a key in the wrong place.
  if (it != context.bag.end() && !it->second.IsUnknown() && !IsShowable(it->second)) return false;
  return std::none_of(context.secret_paths.begin(), context.secret_paths.end(),
                      [&](const value::PropertyPath& path) { return path.top() == name; });
}

std::string Reason(const resource::Finding& finding) {
  return finding.rule.empty() ? finding.reason : finding.reason + " [" + finding.rule + "]";
}

}  // namespace

std::string FindingText(const resource::Finding& finding) {
  if (finding.path.empty()) return Reason(finding);
  constexpr std::size_t kMostShown = 300;
  const std::string text = finding.path.Text();
  const std::string_view cut = FirstCodePoints(text, kMostShown);
  return std::string(cut) + (cut.size() < text.size() ? "…: " : ": ") + Reason(finding);
}

CheckFailure ToFailure(const FailureContext& context, const resource::Finding& finding) {
  if (MayBeNamed(context, finding)) return {finding.path.top(), Reason(finding)};
  return {"", FindingText(finding)};
}

std::vector<CheckFailure> Settle(const FailureContext& context, const resource::Findings& findings,
                                 const SkipChecks& skip, std::string_view urn,
                                 resource::Reporter& reporter) {
  std::vector<CheckFailure> failures;
  if (findings.failures().empty() && findings.warnings().empty()) return failures;
  const FindingRedactor redactor(context.shape, context.bag, context.secret_paths);
  const auto redacted = [&](const resource::Finding& told) {
    resource::Finding finding = redactor.Redact(told);
    if (context.others != nullptr) finding.reason = context.others->Text(std::move(finding.reason));
    return finding;
  };
  const auto silenced = [&](const resource::Finding& finding) {
    if (!skip.Skips(finding.rule)) return false;
    reporter.Log(resource::Severity::kDebug, urn,
                 "silenced by skipChecks: " + FindingText(finding));
    return true;
  };
  std::set<value::PropertyPath> failed;
  for (const resource::Finding& told : findings.failures()) {
    const resource::Finding finding = redacted(told);
    if (silenced(finding)) continue;
    failures.push_back(ToFailure(context, finding));
    failed.insert(told.path);
  }
  if (failures.size() >= CheckReport::kMostFindings) {
    failures.push_back({"", "there may be more problems than these; correct them first"});
  }
  for (const resource::Finding& told : findings.warnings()) {
    // What is refused there is not also "passed on as it is".
    if (!told.path.empty() && failed.contains(told.path)) continue;
    const resource::Finding finding = redacted(told);
    if (!silenced(finding)) {
      reporter.Log(resource::Severity::kWarning, urn, FindingText(finding));
    }
  }
  return failures;
}

}  // namespace palisade::lifecycle
