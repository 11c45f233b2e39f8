#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/resources/networkfirewall/wire.h"

namespace palisade::aws::networkfirewall {

/// The only code that says that an object is not there, by the service's model (HTTP 400).
inline constexpr std::string_view kNotFound = "ResourceNotFoundException";
inline constexpr std::string_view kInvalidToken = "InvalidTokenException";
inline constexpr std::string_view kInvalidOperation = "InvalidOperationException";
inline constexpr std::string_view kInvalidRequest = "InvalidRequestException";

/// What the three kinds of objects with names share, and how the service calls them. All texts are
/// literals.
struct Kind {
  std::string_view noun;         ///< "rule group"
  std::string_view type;         ///< our token's last part, and the stem of operations
  std::string_view plural;       ///< of the listing: "RuleGroups"
  std::string_view info;         ///< of a describe reply: "RuleGroupResponse"
  std::string_view listed_name;  ///< of an entry of the listing
  std::string_view listed_arn;

  std::string Operation(std::string_view verb) const {
    return std::string(verb) + std::string(type);
  }
  std::string ArnMember() const { return std::string(type) + "Arn"; }
  std::string NameMember() const { return std::string(type) + "Name"; }
};
inline constexpr Kind kRuleGroup{"rule group",        "RuleGroup", "RuleGroups",
                                 "RuleGroupResponse", "Name",      "Arn"};
inline constexpr Kind kFirewallPolicy{
    "firewall policy",        "FirewallPolicy", "FirewallPolicies",
    "FirewallPolicyResponse", "Name",           "Arn"};
inline constexpr Kind kFirewall{"firewall", "Firewall",     "Firewalls",
                                "Firewall", "FirewallName", "FirewallArn"};

/// An operation that may be asked twice.
absl::StatusOr<json> Ask(Session& session, std::string_view operation, const json& request);

absl::StatusOr<json> Describe(Session& session, const Kind& kind, const std::string& arn);

/// The description that a step of this call left behind (Session::left_over), or a fresh one. What
/// was left is used once.
void LeaveDescription(Session& session, const std::string& arn, json described);
absl::StatusOr<json> TakeDescription(Session& session, const Kind& kind, const std::string& arn);

/// OK when `id` is an ARN of this kind (its resource begins with one of `resources`, such as
/// "firewall/") in the session's region. INVALID_ARGUMENT says what was found: an import with a
/// name, with the ARN of something else, or of another region, which would look like "gone".
absl::Status CheckId(const Session& session, const Kind& kind,
                     std::initializer_list<std::string_view> resources, const std::string& id);

/// Runs `action`, which refers to something that was perhaps made a moment ago, again for half a
/// minute while the service does not find it.
absl::Status RetryUnseen(Session& session, const std::string& what,
                         const std::function<absl::Status()>& action);

/// Makes the object and answers its ARN. `identity` is what a describe by name takes: the name, and
/// for rule groups the type. ALREADY_EXISTS when there is one of this name that is not this
/// create's own: the message leads to `pulumi import`.
absl::StatusOr<std::string> CreateNamed(Session& session, const Kind& kind, const json& identity,
                                        json request, const Tags& tags);

/// The ARN of the object that carries `marker`. Looks at the one of this name; for a name that was
/// made from the resource's, and that a new run makes anew, at all whose name begins alike.
absl::StatusOr<std::optional<std::string>> FindMarkedNamed(Session& session, const Kind& kind,
                                                           const json& identity,
                                                           const std::string& marker);

/// One page of a listing; `request` holds filters.
absl::StatusOr<ListedPage> EnumerateNamed(Session& session, const Kind& kind, json request,
                                          const std::string& continuation, std::size_t page_size);

/// Updates with the token of a fresh description. `build` makes the request from that description.
/// When the token is stale, because somebody else changed the object meanwhile, all of it is done
/// again, five times in all.
absl::Status UpdateNamed(Session& session, const Kind& kind, const std::string& arn,
                         const std::function<json(const json& described)>& build);

/// Asks for the deletion, for ten minutes again while the object is still in use, and waits until
/// it is gone.
absl::Status DeleteNamed(Session& session, const Kind& kind, const std::string& arn,
                         const std::string& waiting_for);

/// Waits until a describe does not find it any more.
absl::Status WaitGone(Session& session, const Kind& kind, const std::string& arn,
                      std::chrono::seconds typical);

/// The error of an update whose token was stale each time.
absl::Status TooManyConflicts(const std::string& what);
inline constexpr int kMostConflicts = 5;

Tags TagsFrom(const json& list);
json TagsTo(const Tags& tags);

/// The last part of an ARN: the object's name.
std::string NameOf(const std::string& arn);

}  // namespace palisade::aws::networkfirewall
