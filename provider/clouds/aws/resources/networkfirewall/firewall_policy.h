#pragma once

#include "provider/clouds/aws/resources/networkfirewall/named.h"

namespace palisade::aws::networkfirewall {

/// palisade:aws/networkfirewall:FirewallPolicy. Id: the ARN.
class FirewallPolicy final : public AwsResource {
 public:
  using AwsResource::AwsResource;
  std::optional<std::string> ExplainUnknown(std::string_view name) const override;

 protected:
  const AwsTraits& aws() const override;
  void CheckInputs(const resource::CheckRequest& request,
                   resource::Findings& findings) const override;
  void DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                  resource::Findings& findings) const override;
  absl::StatusOr<std::string> Make(Session& session, const PropertyMap& inputs,
                                   const Tags& tags) const override;
  absl::StatusOr<std::optional<Found>> Look(Session& session, const std::string& id,
                                            const PropertyMap* inputs) const override;
  absl::Status Change(Session& session, const resource::UpdateRequest& request) const override;
  absl::Status Remove(Session& session, const resource::DeleteRequest& request) const override;
  absl::StatusOr<ListedPage> Enumerate(Session& session, const std::string& continuation,
                                       std::size_t page_size) const override;
  absl::StatusOr<std::optional<std::string>> FindMarked(Session& session, const std::string& marker,
                                                        const PropertyMap& inputs) const override;
  void MigrateState(int version, PropertyMap& inputs, PropertyMap& outputs) const override;
};

}  // namespace palisade::aws::networkfirewall
