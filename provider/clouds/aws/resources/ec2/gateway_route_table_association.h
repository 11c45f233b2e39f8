#pragma once

#include "provider/clouds/aws/core/aws_resource.h"

namespace palisade::aws::ec2 {

/// `palisade:aws/ec2:GatewayRouteTableAssociation`. The id is the gateway's (CloudFormation), which
/// stays when another table takes the place; EC2's own, `rtbassoc-...`, is an output and changes.
class GatewayRouteTableAssociation final : public AwsResource {
 public:
  using AwsResource::AwsResource;

  std::optional<std::string> ExplainUnknown(std::string_view name) const override;

 protected:
  const AwsTraits& aws() const override;
  void CheckInputs(const resource::CheckRequest& request,
                   resource::Findings& findings) const override;
  absl::StatusOr<std::string> Make(Session& session, const value::PropertyMap& inputs,
                                   const Tags& tags) const override;
  absl::Status Settle(Session& session, const std::string& id, const value::PropertyMap& inputs,
                      bool fresh) const override;
  absl::StatusOr<std::optional<Found>> Look(Session& session, const std::string& id,
                                            const value::PropertyMap* inputs) const override;
  absl::Status Change(Session& session, const resource::UpdateRequest& request) const override;
  absl::Status Remove(Session& session, const resource::DeleteRequest& request) const override;
  absl::StatusOr<ListedPage> Enumerate(Session& session, const std::string& continuation,
                                       std::size_t page_size) const override;
  void MigrateState(int version, value::PropertyMap& inputs,
                    value::PropertyMap& outputs) const override;
};

}  // namespace palisade::aws::ec2
