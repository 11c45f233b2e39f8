#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"

#include <algorithm>
#include <any>
#include <utility>

#include "provider/base/status.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

struct LeftOver {
  std::string id;
  Seen seen;
};

std::string NameAmong(const Tags& tags) {
  const auto it = tags.find("Name");
  return it == tags.end() ? "" : it->second;
}

}  // namespace

absl::StatusOr<Seen> DescribeFirst(Session& session, std::string_view operation,
                                   const Params& params, const char* list) {
  Seen seen;
  PALISADE_ASSIGN_OR_RETURN(seen.reply, session.Ec2(operation, params, Idempotency::kIdempotent));
  seen.node = seen.reply.root.child(list).child("item");
  return seen;
}

void Leave(Session& session, const std::string& id, Seen seen) {
  session.left_over = LeftOver{id, std::move(seen)};
}

Seen TakeLeft(Session& session, const std::string& id) {
  auto* left = std::any_cast<LeftOver>(&session.left_over);
  if (left == nullptr || left->id != id) return {};
  Seen seen = std::move(left->seen);
  session.left_over.reset();
  return seen;
}

absl::StatusOr<Seen> WatchUntil(Session& session, const Watch& watch) {
  resource::Call& call = session.call();
  const base::SteadyTime start = call.clock().Steady();
  Seen last;
  const auto look = [&]() -> absl::StatusOr<Sight> {
    absl::StatusOr<Seen> seen = watch.describe();
    if (!seen.ok() && !HasCode(seen.status(), watch.not_found)) return seen.status();
    if (seen.ok() && seen->node) {
      last = *std::move(seen);
      return watch.judge(last.node);
    }
    if (watch.fresh && call.clock().Steady() - start < kUnseenLimit) {
      return Sight{.done = false, .state = "not visible yet"};
    }
    if (!seen.ok()) return seen.status();
    return base::NotFound(watch.what + ": there is no such object any more");
  };
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(call, {.what = watch.what}, look));
  return last;
}

absl::Status WaitUntilGone(Session& session, const std::string& what,
                           const std::vector<std::string_view>& not_found,
                           const std::function<absl::StatusOr<Seen>()>& describe) {
  const auto look = [&]() -> absl::StatusOr<Sight> {
    const absl::StatusOr<Seen> seen = describe();
    if (!seen.ok()) {
      if (HasCode(seen.status(), not_found)) return Sight{.done = true, .state = ""};
      return seen.status();
    }
    if (!seen->node) return Sight{.done = true, .state = ""};
    const std::string state = Text(seen->node, "state");
    return Sight{.done = false, .state = state.empty() ? "deleting" : state};
  };
  return resource::WaitUntil(session.call(), {.what = what}, look);
}

absl::Status AfterUndo(Session& session, const std::string& id, const absl::Status& failed,
                       const std::string& what, const std::function<absl::Status(Session&)>& undo) {
  // Below the second within which a cancelled call has to end.
  constexpr std::chrono::milliseconds kAfterCancel{800};
  const resource::Call& call = session.call();
  resource::Call after = call.cancel().stop_requested()
                             ? call.Aftermath(kAfterCancel)
                             : call.Aftermath(kParentLimit, call.cancel());
  absl::StatusOr<Session> with = Session::Open(session.cloud(), after, session.placement());
  if (with.ok()) with->set_subject(id);
  const absl::Status undone = with.ok() ? undo(*with) : with.status();
  if (undone.ok()) return failed;
  return base::Annotate(failed, what + " of " + id +
                                    " was changed before that and could not be put back (" +
                                    base::Message(undone) + "); pulumi refresh takes note of that");
}

absl::Status DeletePatiently(Session& session, const Deletion& deletion) {
  static const std::vector<std::string_view> kInUse = {"DependencyViolation"};
  std::chrono::seconds limit = deletion.patience;
  if (const auto left = session.call().Left()) {
    limit = std::max(std::chrono::floor<std::chrono::seconds>(*left) - kAfterWait,
                     std::chrono::seconds(0));
  }
  const absl::Status status =
      session.RetryWhile(kInUse, limit, deletion.waiting_for, [&session, &deletion] {
        return session.Ec2(deletion.operation, deletion.params, Idempotency::kIdempotent).status();
      });
  return HasCode(status, kInUse) ? base::Annotate(status, deletion.advice) : status;
}

absl::StatusOr<ListedPage> ListOnePage(Session& session, const Listing& listing,
                                       const std::string& continuation, std::size_t page_size) {
  constexpr std::size_t kLeast = 5;  // a smaller MaxResults is refused
  Params params;
  params.Add("MaxResults", static_cast<std::int64_t>(std::clamp(page_size, kLeast, listing.most)));
  if (!continuation.empty()) params.Add("NextToken", continuation);
  PALISADE_ASSIGN_OR_RETURN(const Xml reply,
                            session.Ec2(listing.operation, params, Idempotency::kIdempotent));
  ListedPage page;
  for (const pugi::xml_node item : Items(reply.root, listing.list)) {
    const std::string name = NameAmong(TagSet(item));
    for (std::string& id : listing.ids(item)) page.items.push_back({std::move(id), name});
  }
  page.continuation = Text(reply.root, "nextToken");
  return page;
}

}  // namespace palisade::aws::ec2
