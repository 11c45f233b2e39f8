#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/resource.h"

namespace palisade::aws {

/// How a type's objects carry tags.
enum class Tagging {
  kNone,
  kEc2Id,  ///< CreateTags and DeleteTags on the id
  kArn,    ///< the service's own TagResource and UntagResource on an ARN (JSON services)
};

/// What is fixed about a type.
struct AwsTraits {
  const Service& service;
  Tagging tagging = Tagging::kNone;
  /// EC2's name of the type in tag specifications and DescribeTags: "vpc".
  std::string_view resource_type = "";
  /// The codes that say that there is no such object; compared exactly.
  std::vector<std::string_view> not_found;
  std::chrono::seconds create_timeout{0}, update_timeout{0}, delete_timeout{0};
  /// Outputs that an update may change; all other computed ones are certain in its preview.
  std::vector<std::string_view> changing_outputs = {};
  /// See resource::Traits.
  bool delete_before_replace = false;
};

/// An object as the cloud shows it.
struct Found {
  /// What a user would write for it, without tags, region and account, and also with what equals a
  /// default: lifecycle narrows it.
  value::PropertyMap inputs;
  /// What is computed.
  value::PropertyMap outputs;
  /// All tags, `aws:` ones and the marker included.
  Tags tags;
  /// Inputs that the service does not tell.
  std::vector<std::string> unreadable;
  /// Why it is not finished; empty if it is.
  std::vector<std::string> failures;
  /// The state's own word while it is being made or deleted; for messages.
  std::string state;
  /// The id in the form that state keeps, where an import may be asked for in another; empty: the
  /// id that was asked for.
  std::string id = {};
};

struct Listed {
  std::string id;
  std::string name;
};
struct ListedPage {
  std::vector<Listed> items;
  std::string continuation;
};

/// What all AWS types share, so that a type's file holds only its own calls: placement and its
/// defaults, tags and tagsAll, the marker of unfinished creates, the account guard, adoption after
/// a lost reply, previews of updates. A type overrides the protected part. Const and thread-safe.
///
/// Order of a create: Make, then RecordId by this class, then Settle, then Look, then the marker is
/// taken off. Order of an update: Change, tags, Settle, Look.
class AwsResource : public resource::Resource {
 public:
  explicit AwsResource(Cloud& cloud) : cloud_(cloud) {}

  resource::Traits traits() const final;
  std::map<std::string, resource::Default> Defaults(
      const resource::DefaultsRequest& request) const final;
  void Check(const resource::CheckRequest& request, resource::Findings& findings) const final;
  void Diff(const resource::DiffRequest& request, resource::Changes& changes,
            resource::Findings& findings) const final;
  value::PropertyMap Preview(const resource::PreviewRequest& request) const final;
  absl::StatusOr<resource::Created> Create(resource::Call& call,
                                           const value::PropertyMap& inputs) const final;
  absl::StatusOr<value::PropertyMap> Await(resource::Call& call, const std::string& id,
                                           const value::PropertyMap& inputs,
                                           value::PropertyMap outputs) const final;
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      resource::Call& call, const resource::ReadRequest& request) const final;
  absl::StatusOr<value::PropertyMap> Update(resource::Call& call,
                                            const resource::UpdateRequest& request) const final;
  absl::Status Delete(resource::Call& call, const resource::DeleteRequest& request) const final;
  absl::StatusOr<resource::ListPage> List(resource::Call& call,
                                          const resource::ListRequest& request) const final;
  void Migrate(int version, value::PropertyMap& inputs, value::PropertyMap& outputs) const final;

 protected:
  Cloud& cloud() const { return cloud_; }

  /// The same object for all calls: objects are remembered by its address and their id.
  virtual const AwsTraits& aws() const = 0;

  /// The type's own rules; see resource::Resource::Check. Region, account and tags are checked
  /// already.
  virtual void CheckInputs(const resource::CheckRequest&, resource::Findings&) const {}
  /// See resource::Resource::Diff. Changes of region, account and tags are settled already.
  virtual void DiffInputs(const resource::DiffRequest&, resource::Changes&,
                          resource::Findings&) const {}
  /// Computed outputs that a preview knows: of a create, or, where `old_inputs` is given, those
  /// among AwsTraits::changing_outputs that this update does not change.
  virtual value::PropertyMap PreviewOutputs(const resource::PreviewRequest&) const { return {}; }

  /// Makes the object with these tags (the marker is among them) and answers its id. A create that
  /// takes a client token gives it Session::client_token and says kIdempotent. Only the call that
  /// makes the object: what follows belongs to Settle.
  virtual absl::StatusOr<std::string> Make(Session& session, const value::PropertyMap& inputs,
                                           const Tags& tags) const = 0;

  /// Brings the object to its inputs as far as Make and Change did not, and waits until it is
  /// ready. Also runs to finish a creation that failed halfway: `fresh` is false then, and it must
  /// cope with any half-made state. Right after Make the object may not be seen yet.
  virtual absl::Status Settle(Session&, const std::string& /*id*/,
                              const value::PropertyMap& /*inputs*/, bool /*fresh*/) const {
    return absl::OkStatus();
  }

  /// nullopt, or an error whose code is among AwsTraits::not_found: there is none. `inputs` are the
  /// prior ones, null on import.
  virtual absl::StatusOr<std::optional<Found>> Look(Session& session, const std::string& id,
                                                    const value::PropertyMap* inputs) const = 0;

  /// Changes what differs, but for tags. A type whose every input replaces leaves it out.
  virtual absl::Status Change(Session& session, const resource::UpdateRequest& request) const;

  /// Deletes it and waits until it is gone. A code of AwsTraits::not_found counts as success.
  virtual absl::Status Remove(Session& session, const resource::DeleteRequest& request) const = 0;

  /// One page of all objects in the session's region; the continuation is the service's own token.
  virtual absl::StatusOr<ListedPage> Enumerate(Session& session, const std::string& continuation,
                                               std::size_t page_size) const = 0;

  /// The id of the object of this type that carries `marker` (the tag palisade:creating); nullopt
  /// when there is none. For Tagging::kEc2Id this class asks DescribeTags; a type of another
  /// service looks it up by what it has (a listing, then tags).
  virtual absl::StatusOr<std::optional<std::string>> FindMarked(
      Session& session, const std::string& marker, const value::PropertyMap& inputs) const;

  /// To be called by Make when the object was there already and equals the inputs: when the engine
  /// then deletes its predecessor (`--target-replace`), which is the same object, it stays.
  void TookOver(Session& session, const std::string& id) const;

  /// What the tags are put on: the id for EC2; the ARN otherwise (also the id by default).
  virtual std::string TaggedName(const std::string& id) const { return id; }

  /// Brings state of the established package (version 0) to ours; the tag list has become a map
  /// already.
  virtual void MigrateState(int /*version*/, value::PropertyMap& /*inputs*/,
                            value::PropertyMap& /*outputs*/) const {}

 private:
  /// The create has ended, well or not: takes the marker off, or sees to it that it is.
  absl::Status EndMarker(Session& session, const std::string& id) const;
  absl::Status LookUntilSeen(Session& session, const std::string& id,
                             const value::PropertyMap& inputs, bool fresh,
                             std::optional<Found>& found) const;

  Cloud& cloud_;
};

template <typename Handler>
std::unique_ptr<const resource::Resource> MakeAwsResource(Cloud& cloud) {
  return std::make_unique<const Handler>(cloud);
}

/// One line of a module's table.
struct AwsResourceRow {
  std::string_view token;
  std::unique_ptr<const resource::Resource> (*make)(Cloud&);
};

}  // namespace palisade::aws
