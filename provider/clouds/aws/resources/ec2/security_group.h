#pragma once

#include "provider/clouds/aws/core/aws_resource.h"

namespace palisade::aws::ec2 {

/// `palisade:aws/ec2:SecurityGroup`. The id is the group's. A direction's rules are looked at only
/// where its list is given; then the list is all there is.
class SecurityGroup final : public AwsResource {
 public:
  using AwsResource::AwsResource;
  std::optional<std::string> ExplainUnknown(std::string_view name) const override;

 protected:
  const AwsTraits& aws() const override;
  void CheckInputs(const resource::CheckRequest& request,
                   resource::Findings& findings) const override;
  void DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                  resource::Findings& findings) const override;
  absl::StatusOr<std::string> Make(Session& session, const value::PropertyMap& inputs,
                                   const Tags& tags) const override;
  absl::Status Settle(Session& session, const std::string& id, const value::PropertyMap& inputs,
                      bool fresh) const override;
  absl::StatusOr<std::optional<Found>> Look(Session& session, const std::string& id,
                                            const value::PropertyMap* inputs) const override;
  absl::Status Remove(Session& session, const resource::DeleteRequest& request) const override;
  absl::StatusOr<ListedPage> Enumerate(Session& session, const std::string& continuation,
                                       std::size_t page_size) const override;
  void MigrateState(int version, value::PropertyMap& inputs,
                    value::PropertyMap& outputs) const override;

 private:
  absl::StatusOr<std::string> AfterDuplicate(Session& session, const value::PropertyMap& inputs,
                                             const Tags& tags, const absl::Status& refused) const;
};

}  // namespace palisade::aws::ec2
