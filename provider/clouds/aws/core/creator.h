#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/creations.h"
#include "provider/clouds/aws/core/marker.h"

namespace palisade::aws {

/// What a create of one type can do; made by AwsResource.
struct CreateSteps {
  std::function<absl::StatusOr<std::string>(const Tags& tags)> make;
  /// The object that carries the marker, or the one that the type finds by other means; asked now.
  std::function<absl::StatusOr<std::optional<std::string>>(const std::string& marker)> find;
  /// What an object's tags are put on.
  std::function<std::string(const std::string& id)> tagged_name;
};

/// One create that never makes a second object and never takes an old one for a new one (ADR 0014).
class Creator {
 public:
  Creator(Session& session, const AwsTraits& traits, std::shared_ptr<Run> run,
          std::string account_id, CreationId creation, bool mark, CreateSteps steps)
      : session_(session),
        traits_(traits),
        run_(std::move(run)),
        account_id_(std::move(account_id)),
        creation_(std::move(creation)),
        mark_(mark),
        steps_(std::move(steps)) {}

  /// The id of the object, made or found again.
  absl::StatusOr<std::string> Create(Tags tags);

 private:
  /// Whether a marked object is nobody's: neither in a state nor spoken for in this run.
  bool IsFree(const std::string& id) const;
  absl::StatusOr<std::optional<std::string>> LeftOver(bool unclear);
  absl::StatusOr<std::optional<std::string>> AfterLostReply();
  absl::Status Explained(const absl::Status& failure) const;
  absl::Status Unsure(const absl::Status& failure) const;
  std::string Marker() const { return mark_ ? creation_.marker() : ""; }

  Session& session_;
  const AwsTraits& traits_;
  const std::shared_ptr<Run> run_;
  const std::string account_id_;
  const CreationId creation_;
  const bool mark_;
  const CreateSteps steps_;
};

}  // namespace palisade::aws
