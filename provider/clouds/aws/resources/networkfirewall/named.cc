#include "provider/clouds/aws/resources/networkfirewall/named.h"

#include <algorithm>
#include <any>
#include <utility>
#include <vector>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/clouds/aws/resources/networkfirewall/logical_name.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/resource/wait.h"

namespace palisade::aws::networkfirewall {
namespace {

using http::Idempotency;

constexpr std::size_t kLargestPage = 100;

// Left behind by a create that was sent: there may be an object of exactly this name.
struct CreateSent {};

struct LeftDescription {
  std::string arn;
  json described;
};

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

// The description of the object of this name, a null when there is none.
absl::StatusOr<json> DescribeByName(Session& session, const Kind& kind, const json& identity) {
  absl::StatusOr<json> reply = Ask(session, kind.Operation("Describe"), identity);
  if (!reply.ok() && HasCode(reply.status(), {kNotFound})) return json();
  return reply;
}

const json& Info(const json& described, const Kind& kind) { return Member(described, kind.info); }

// "" unless Check made the name.
std::string MadeStem(const resource::Call& call, const Kind& kind, const std::string& name) {
  std::string property = kind.NameMember();
  property[0] = static_cast<char>(property[0] - 'A' + 'a');
  return call.filled().contains(property) ? MadeNameStem(call.urn(), name) : "";
}

bool Carries(const json& described, const Kind& kind, const std::string& marker) {
  const Tags tags = TagsFrom(Member(Info(described, kind), "Tags"));
  const auto it = tags.find(kMarkerKey);
  return it != tags.end() && it->second == marker;
}

absl::Status NameTaken(const Session& session, const Kind& kind, const std::string& name,
                       const std::string& arn) {
  return base::Error(absl::StatusCode::kAlreadyExists,
                     "a " + std::string(kind.noun) + " named " + Quoted(name) +
                         " exists already in " + session.region() +
                         ", and this program did not make it; choose another name, "
                         "or take it over with `pulumi import palisade:aws/networkfirewall:" +
                         std::string(kind.type) + " <name> " + arn + "`");
}

// The service has no code for a name that is taken, and says which request is wrong in prose only:
// whether there is an object of this name tells more than that.
absl::StatusOr<std::string> AfterRefusal(Session& session, const Kind& kind, const json& identity,
                                         const Tags& tags, const absl::Status& refusal) {
  if (!HasCode(refusal, {kInvalidRequest, kInvalidOperation})) return refusal;
  const absl::StatusOr<json> described = DescribeByName(session, kind, identity);
  if (!described.ok() || described->is_null()) return refusal;
  const std::string arn = Text(Info(*described, kind), kind.ArnMember());
  const auto marker = tags.find(kMarkerKey);
  if (marker != tags.end() && Carries(*described, kind, marker->second)) return arn;
  return NameTaken(session, kind, Text(identity, kind.NameMember()), arn);
}

absl::StatusOr<std::optional<std::string>> FirstMarked(Session& session, const Kind& kind,
                                                       const std::vector<Listed>& candidates,
                                                       const std::string& marker) {
  for (const Listed& candidate : candidates) {
    const absl::StatusOr<json> described = Describe(session, kind, candidate.id);
    if (!described.ok()) {
      if (HasCode(described.status(), {kNotFound})) continue;
      return described.status();
    }
    if (Carries(*described, kind, marker)) return candidate.id;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<json> Ask(Session& session, std::string_view operation, const json& request) {
  return session.Json(kNetworkFirewall, operation, request, Idempotency::kIdempotent);
}

absl::StatusOr<json> Describe(Session& session, const Kind& kind, const std::string& arn) {
  return Ask(session, kind.Operation("Describe"), {{kind.ArnMember(), arn}});
}

void LeaveDescription(Session& session, const std::string& arn, json described) {
  session.left_over = LeftDescription{arn, std::move(described)};
}

absl::StatusOr<json> TakeDescription(Session& session, const Kind& kind, const std::string& arn) {
  if (auto* left = std::any_cast<LeftDescription>(&session.left_over);
      left != nullptr && left->arn == arn) {
    json described = std::move(left->described);
    session.left_over.reset();
    return described;
  }
  return Describe(session, kind, arn);
}

absl::Status CheckId(const Session& session, const Kind& kind,
                     std::initializer_list<std::string_view> resources, const std::string& id) {
  const absl::StatusOr<rules::Arn> arn = rules::ParseArn(id);
  const std::string wanted = "the ARN of a " + std::string(kind.noun) +
                             " (arn:...:" + std::string(*resources.begin()) + "NAME)";
  if (!arn.ok()) {
    return base::InvalidArgument("the id " + Quoted(id) + " is no ARN; expected " + wanted);
  }
  const bool right = std::ranges::any_of(resources, [&](std::string_view resource) {
    return arn->service == "network-firewall" && arn->resource.starts_with(resource);
  });
  if (!right) {
    return base::InvalidArgument("the id " + Quoted(id) +
                                 " is the ARN of something else; expected " + wanted);
  }
  if (arn->region != session.region()) {
    return base::InvalidArgument("the " + std::string(kind.noun) + " " + Quoted(id) + " lives in " +
                                 arn->region + ", but the region in use is " + session.region() +
                                 "; set `region` of the resource, or that of the "
                                 "configuration palisade:aws");
  }
  return absl::OkStatus();
}

absl::Status RetryUnseen(Session& session, const std::string& what,
                         const std::function<absl::Status()>& action) {
  return session.RetryWhile({kNotFound}, std::chrono::seconds(30), what + " to be visible", action);
}

absl::StatusOr<std::string> CreateNamed(Session& session, const Kind& kind, const json& identity,
                                        json request, const Tags& tags) {
  request.update(identity);
  if (!tags.empty()) request["Tags"] = TagsTo(tags);
  session.left_over = CreateSent{};
  json reply;
  const auto create = [&]() -> absl::Status {
    absl::StatusOr<json> answer = session.Json(kNetworkFirewall, kind.Operation("Create"), request,
                                               Idempotency::kNonIdempotent);
    if (!answer.ok()) return answer.status();
    reply = *std::move(answer);
    return absl::OkStatus();
  };
  // A shortage on the service's side, which it says to try again later; nothing was made.
  const auto with_capacity = [&] {
    return session.RetryWhile({"InsufficientCapacityException"}, std::chrono::minutes(5),
                              "the service to have capacity for a " + std::string(kind.noun),
                              create);
  };
  const absl::Status made =
      RetryUnseen(session, "what the " + std::string(kind.noun) + " refers to", with_capacity);
  if (!made.ok()) return AfterRefusal(session, kind, identity, tags, made);
  std::string arn = Text(Info(reply, kind), kind.ArnMember());
  if (arn.empty()) {
    return base::Internal(kind.Operation("Create") + " answered without a " + kind.ArnMember());
  }
  return arn;
}

absl::StatusOr<std::optional<std::string>> FindMarkedNamed(Session& session, const Kind& kind,
                                                           const json& identity,
                                                           const std::string& marker) {
  const std::string stem = MadeStem(session.call(), kind, Text(identity, kind.NameMember()));
  // A name that this run has just made up is nobody's yet.
  if (stem.empty() || std::any_cast<CreateSent>(&session.left_over) != nullptr) {
    PALISADE_ASSIGN_OR_RETURN(const json described, DescribeByName(session, kind, identity));
    if (!described.is_null() && Carries(described, kind, marker)) {
      return Text(Info(described, kind), kind.ArnMember());
    }
  }
  if (stem.empty()) return std::nullopt;
  std::vector<Listed> candidates;
  std::string continuation;
  do {
    PALISADE_ASSIGN_OR_RETURN(const ListedPage page, EnumerateNamed(session, kind, json::object(),
                                                                    continuation, kLargestPage));
    for (const Listed& item : page.items) {
      if (item.name.starts_with(stem)) candidates.push_back(item);
    }
    continuation = page.continuation;
  } while (!continuation.empty());
  return FirstMarked(session, kind, candidates, marker);
}

absl::StatusOr<ListedPage> EnumerateNamed(Session& session, const Kind& kind, json request,
                                          const std::string& continuation, std::size_t page_size) {
  request["MaxResults"] = std::clamp<std::size_t>(page_size, 1, kLargestPage);
  if (!continuation.empty()) request["NextToken"] = continuation;
  PALISADE_ASSIGN_OR_RETURN(const json reply,
                            Ask(session, "List" + std::string(kind.plural), request));
  ListedPage page;
  for (const json& item : Member(reply, kind.plural)) {
    page.items.push_back({Text(item, kind.listed_arn), Text(item, kind.listed_name)});
  }
  page.continuation = Text(reply, "NextToken");
  return page;
}

absl::Status UpdateNamed(Session& session, const Kind& kind, const std::string& arn,
                         const std::function<json(const json& described)>& build) {
  for (int attempt = 1; attempt <= kMostConflicts; ++attempt) {
    PALISADE_ASSIGN_OR_RETURN(const json described, Describe(session, kind, arn));
    json request = build(described);
    request[kind.ArnMember()] = arn;
    request["UpdateToken"] = Text(described, "UpdateToken");
    // The object has just been seen: what is not found is what its new content refers to.
    const absl::Status updated =
        RetryUnseen(session, "what the " + std::string(kind.noun) + " refers to",
                    [&] { return Ask(session, kind.Operation("Update"), request).status(); });
    if (!HasCode(updated, {kInvalidToken})) return updated;
  }
  return TooManyConflicts("the " + std::string(kind.noun) + " " + NameOf(arn));
}

absl::Status DeleteNamed(Session& session, const Kind& kind, const std::string& arn,
                         const std::string& waiting_for) {
  // The model knows one reason for this code here: something still refers to the object. The count
  // of references lags behind, so the last referrer may be gone already. The message
  // is not looked at: no source fixes its words.
  PALISADE_RETURN_IF_ERROR(session.RetryWhile(
      {kInvalidOperation}, std::chrono::minutes(10), waiting_for, [&]() -> absl::Status {
        return Ask(session, kind.Operation("Delete"), {{kind.ArnMember(), arn}}).status();
      }));
  return WaitGone(session, kind, arn, std::chrono::seconds(0));
}

absl::Status WaitGone(Session& session, const Kind& kind, const std::string& arn,
                      std::chrono::seconds typical) {
  const std::string what =
      "waiting for the " + std::string(kind.noun) + " " + NameOf(arn) + " to be gone";
  return resource::WaitUntil(session.call(), {what, typical},
                             [&]() -> absl::StatusOr<resource::Sight> {
                               const absl::Status described = Describe(session, kind, arn).status();
                               if (HasCode(described, {kNotFound}))
                                 return resource::Sight{true, "gone"};
                               PALISADE_RETURN_IF_ERROR(described);
                               return resource::Sight{false, "DELETING"};
                             });
}

absl::Status TooManyConflicts(const std::string& what) {
  return base::Error(absl::StatusCode::kAborted,
                     what + " was changed by somebody else while it was being updated, " +
                         std::to_string(kMostConflicts) +
                         " times in a row (InvalidTokenException); let the other change finish, "
                         "then run `pulumi up` again");
}

Tags TagsFrom(const json& list) {
  Tags tags;
  for (const json& tag : list) tags[Text(tag, "Key")] = Text(tag, "Value");
  return tags;
}

json TagsTo(const Tags& tags) {
  json list = json::array();
  for (const auto& [key, text] : tags) list.push_back({{"Key", key}, {"Value", text}});
  return list;
}

std::string NameOf(const std::string& arn) { return arn.substr(arn.rfind('/') + 1); }

}  // namespace palisade::aws::networkfirewall
