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

}  // namespace

void EncodeDiff(const lifecycle::DiffResult& result, pulumirpc::DiffResponse* response) {
  std::set<std::string> diffs, replaces;
  for (const auto& [path, change] : result.changes) {
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
