#include "provider/rpc/diff_codec.h"

#include <set>

#include "provider/base/utf8.h"

namespace palisade::rpc {
namespace {

using pulumirpc::PropertyDiff;

PropertyDiff::Kind ToKind(const resource::Change& change) {
  switch (change.kind) {
    case resource::ChangeKind::kAdd:
      return change.replace ? PropertyDiff::ADD_REPLACE : PropertyDiff::ADD;
    case resource::ChangeKind::kDelete:
      return change.replace ? PropertyDiff::DELETE_REPLACE : PropertyDiff::DELETE;
    case resource::ChangeKind::kUpdate:
      break;
  }
  return change.replace ? PropertyDiff::UPDATE_REPLACE : PropertyDiff::UPDATE;
}

// The engine ends the whole deployment at a path that it cannot read, so what lies below such a
// name is told as one change of what holds it.
resource::Changes Readable(const resource::Changes& changes) {
  resource::Changes readable;
  for (const auto& [path, change] : changes) {
    const value::PropertyPath place = path.Readable();
    if (place == path) {
      readable.emplace(path, change);
      continue;
    }
    resource::Change whole{resource::ChangeKind::kUpdate, change.replace, change.input};
    if (const auto other = readable.find(place); other != readable.end()) {
      whole.replace = whole.replace || other->second.replace;
      whole.input = whole.input && other->second.input;
    }
    readable.insert_or_assign(place, whole);
  }
  return readable;
}

}  // namespace

void EncodeDiff(const lifecycle::DiffResult& result, pulumirpc::DiffResponse* response) {
  std::set<std::string> diffs, replaces;
  for (const auto& [path, change] : Readable(result.changes)) {
    PropertyDiff entry;
    entry.set_kind(ToKind(change));
    entry.set_inputdiff(change.input);
    (*response->mutable_detaileddiff())[base::ToUtf8(path.Text())] = entry;
    diffs.insert(base::ToUtf8(path.top()));
    if (change.replace) replaces.insert(base::ToUtf8(path.top()));
  }
  for (const std::string& name : diffs) response->add_diffs(name);
  for (const std::string& name : replaces) response->add_replaces(name);
  for (const std::string& name : result.stables) response->add_stables(base::ToUtf8(name));
  response->set_deletebeforereplace(result.delete_before_replace);
  response->set_hasdetaileddiff(true);
  response->set_changes(diffs.empty() ? pulumirpc::DiffResponse::DIFF_NONE
                                      : pulumirpc::DiffResponse::DIFF_SOME);
}

}  // namespace palisade::rpc
