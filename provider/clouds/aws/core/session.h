#pragma once

#include <any>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/core/partition.h"
#include "provider/clouds/aws/core/service.h"
#include "provider/clouds/aws/core/xml.h"
#include "provider/http/message.h"
#include "provider/resource/call.h"

namespace palisade::aws {

class Cloud;

/// Where and as whom a call is made: `region` is a region's code, `account` a key of the
/// configuration's `accounts` or empty for the settings at its top.
struct Placement {
  std::string region, account;
};

struct Identity {
  std::string account_id, arn, user_id;
};

/// One provider call's view of AWS: a placement, the credentials that go with it, and the
/// resource::Call whose clock, cancel and time limit everything obeys. Cheap to make; nothing is
/// resolved or sent before the first operation. Used by one thread.
class Session {
 public:
  /// FAILED_PRECONDITION when the configuration has no such account or no region is known.
  static absl::StatusOr<Session> Open(Cloud& cloud, resource::Call& call, Placement placement);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  resource::Call& call() const;
  Cloud& cloud() const;
  const Placement& placement() const;
  const std::string& region() const { return placement().region; }
  const Partition& partition() const;

  /// What errors call the object of this session: its id or the resource's name.
  void set_subject(std::string subject);

  /// An operation of EC2. Errors carry base::CloudError; http::MayHaveHappened tells of a call
  /// that is not idempotent and whose reply was lost.
  absl::StatusOr<Xml> Ec2(std::string_view operation, const Params& params,
                          http::Idempotency idempotency);
  /// All pages of a describe operation of EC2 (NextToken), each given to `page`.
  absl::Status Ec2Pages(std::string_view operation, Params params,
                        const std::function<void(const Xml&)>& page);
  /// An operation of another service of the query dialect.
  absl::StatusOr<Xml> Query(const Service& service, std::string_view operation,
                            const Params& params, http::Idempotency idempotency);
  /// An operation of a service that speaks JSON.
  absl::StatusOr<nlohmann::json> Json(const Service& service, std::string_view operation,
                                      const nlohmann::json& input, http::Idempotency idempotency);

  /// Who the credentials are; asked once per process and credentials.
  absl::StatusOr<Identity> CallerIdentity();
  /// The account of the credentials; FAILED_PRECONDITION if the configuration forbids it. "" where
  /// the configuration says not to ask (skipRequestingAccountId).
  absl::StatusOr<std::string> AccountId();

  /// A text that stays the same for retries and for re-issued calls of one create within a run, and
  /// differs between creates (ADR 0014): 32 characters that every ClientToken allows.
  const std::string& client_token() const;
  void set_client_token(std::string token);

  /// Runs `action` again while it answers one of `codes` (DependencyViolation, NotFound of a fresh
  /// object), with the rhythm of resource::WaitUntil and a status line that says `waiting_for`,
  /// until `limit` or the call's own limit has passed; then answers the last error.
  absl::Status RetryWhile(const std::vector<std::string_view>& codes, std::chrono::seconds limit,
                          const std::string& waiting_for,
                          const std::function<absl::Status()>& action);

  /// What one step of a type leaves to the next within this call (Settle the reply that it saw
  /// last, for Look), so that nothing is asked twice. Empty at first.
  std::any left_over;

  /// Only this room sees what it holds.
  struct State;

 private:
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Whether `status` carries one of these codes of a cloud, compared exactly.
bool HasCode(const absl::Status& status, const std::vector<std::string_view>& codes);

}  // namespace palisade::aws
