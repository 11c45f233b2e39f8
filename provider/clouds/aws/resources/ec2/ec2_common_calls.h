#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/wait.h"

namespace palisade::aws::ec2 {

/// How long an object that this run has made may stay unseen (EC2 is eventually consistent).
inline constexpr std::chrono::seconds kUnseenLimit{120};
/// How long another resource's new object may stay unknown to a call that names it. Shorter,
/// because the id may as well be wrong.
inline constexpr std::chrono::seconds kParentLimit{30};
/// What a delete's time limit has beyond the wait for what still uses the object.
inline constexpr std::chrono::seconds kAfterWait{60};

/// The codes that say that there is no such security group; which one depends on the operation.
inline const std::vector<std::string_view> kNoSecurityGroup = {"InvalidGroup.NotFound",
                                                               "InvalidSecurityGroupID.NotFound"};

/// An item of a describe operation's reply; the node is empty when there was none.
struct Seen {
  Xml reply;
  pugi::xml_node node;
};

/// The first item of the list `list`.
absl::StatusOr<Seen> DescribeFirst(Session& session, std::string_view operation,
                                   const Params& params, const char* list);

/// Keeps what a step saw of the object `id` for the next one (Session::left_over).
void Leave(Session& session, const std::string& id, Seen seen);
/// What was left for it, once; the node is empty when nothing was.
Seen TakeLeft(Session& session, const std::string& id);

struct Watch {
  /// "waiting for the VPC vpc-1 to be available"
  std::string what;
  /// The codes that say that there is no such object.
  const std::vector<std::string_view>& not_found;
  /// Just made: it may stay unseen for kUnseenLimit.
  bool fresh = false;
  std::function<absl::StatusOr<Seen>()> describe;
  std::function<absl::StatusOr<resource::Sight>(pugi::xml_node)> judge;
};
/// Describes until the judge is content, and answers what was seen then.
absl::StatusOr<Seen> WatchUntil(Session& session, const Watch& watch);

/// Describes until there is nothing to see. `what`: "waiting for the VPC vpc-1 to be gone".
absl::Status WaitUntilGone(Session& session, const std::string& what,
                           const std::vector<std::string_view>& not_found,
                           const std::function<absl::StatusOr<Seen>()>& describe);

/// For a change that failed halfway and leaves state as it was: runs `undo`, also where the call
/// was cancelled or has no time left, and answers `failed`, which says so if that was in vain.
/// `what` names what had been changed: "assignIpv6AddressOnCreation".
absl::Status AfterUndo(Session& session, const std::string& id, const absl::Status& failed,
                       const std::string& what, const std::function<absl::Status(Session&)>& undo);

struct Deletion {
  std::string_view operation;
  Params params;
  /// How long DependencyViolation is waited out where the user sets no customTimeouts; the type's
  /// delete_timeout is this and kAfterWait.
  std::chrono::seconds patience;
  /// For the status line: "interfaces and endpoints in the VPC to be gone".
  std::string waiting_for;
  /// A sentence for the error when that was in vain: what to look for.
  std::string advice;
};
/// Deletes or detaches, again and again while something still uses the object.
absl::Status DeletePatiently(Session& session, const Deletion& deletion);

/// One page of a describe operation: `id_of` answers the ids that an item of `list` stands for.
struct Listing {
  std::string_view operation;
  const char* list;
  std::size_t most;  ///< the operation's own limit of MaxResults
  std::function<std::vector<std::string>(pugi::xml_node)> ids;
};
absl::StatusOr<ListedPage> ListOnePage(Session& session, const Listing& listing,
                                       const std::string& continuation, std::size_t page_size);

}  // namespace palisade::aws::ec2
