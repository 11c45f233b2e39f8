#include <algorithm>

#include "provider/base/status.h"
#include "provider/lifecycle/bags.h"
#include "provider/lifecycle/changes.h"
#include "provider/lifecycle/compare.h"
#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/ignored.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"

namespace palisade::lifecycle {
namespace {

using resource::ChangeKind;
using resource::Changes;
using value::PropertyPath;

// What Read could not tell was absent from its inputs; that the program says it is no difference.
void DropUnread(const Bag& old_inputs, Changes& changes) {
  const std::set<std::string> unread = TextsOf(old_inputs.internals, kUnreadName);
  std::erase_if(changes, [&unread](const auto& entry) {
    return entry.second.kind == ChangeKind::kAdd && unread.contains(entry.first.top());
  });
}

// Two objects cannot bear one name at once, so a replacement that keeps a name that the user chose
// has to delete first. A name that Check made is made anew for the replacement: the engine then
// checks once more, without the old inputs.
bool KeepsGivenName(const schema::ObjectShape& shape, const Bag& olds, const Bag& news) {
  const std::set<std::string> defaults = TextsOf(news.internals, kDefaultsName);
  return std::ranges::any_of(shape.properties, [&](const auto& entry) {
    const auto& [name, property] = entry;
    if (!property.name_rule || defaults.contains(name)) return false;
    const auto old_name = olds.values.find(name);
    const auto new_name = news.values.find(name);
    return old_name != olds.values.end() && new_name != news.values.end() &&
           old_name->second == new_name->second;
  });
}

}  // namespace

Changes FindChanges(const schema::ResourceShape& shape, const resource::Resource& handler,
                    const std::string& id, const OpenState& old, const Bag& news,
                    const base::Clock& clock, const resource::Settings& settings,
                    resource::Findings& findings) {
  Changes changes = Compare(shape.inputs, old.inputs.values, news.values);
  DropUnread(old.inputs, changes);
  handler.Diff({id, old.inputs.values, old.outputs.values, news.values, clock, settings,
                old.inputs.internals.contains(kUnreadName)},
               changes, findings);
  return changes;
}

absl::StatusOr<DiffResult> Provider::Diff(const DiffInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  std::vector<std::string> problems;
  const std::vector<PropertyPath> ignored = IgnoredPaths(input.ignore_changes, &problems);
  for (const std::string& problem : problems) {
    services_.reporter.Log(resource::Severity::kWarning, input.subject.urn, problem);
  }
  const OpenState old = OpenStored(type.shape, type.handler, input.old_inputs, input.olds);
  const Bag news = Open(input.news);

  const auto configuration = state_->Current();
  DiffResult result;
  resource::Findings findings;
  result.changes = FindChanges(type.shape, type.handler, input.id, old, news, services_.clock,
                               *configuration, findings);
  DropIgnored(ignored, result.changes);
  DropIgnored(ignored, findings);
  // A Diff only warns: what it has to refuse, Check has refused. A warning of what was may quote
  // it.
  const Redactor was =
      findings.warnings().empty() ? Redactor({}) : Redactor({&old.inputs, &old.outputs});
  Settle({type.shape.inputs, news.values, news.secret_paths, false, &was}, findings,
         SkipChecks(news.internals, configuration->skip_checks), input.subject.urn,
         services_.reporter);

  // Told of every change, whether it replaces or not: `replaceOnChanges` and the like make a
  // replacement of any, and the engine looks at this only where it replaces.
  result.delete_before_replace = type.handler.traits().delete_before_replace ||
                                 KeepsGivenName(type.shape.inputs, old.inputs, news);
  return result;
}

}  // namespace palisade::lifecycle
