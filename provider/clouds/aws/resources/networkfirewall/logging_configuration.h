#pragma once

#include "provider/clouds/aws/resources/networkfirewall/named.h"

namespace palisade::aws::networkfirewall {

/// palisade:aws/networkfirewall:LoggingConfiguration. Id: the firewall's ARN. There is no object of
/// its own behind it, only a setting of the firewall that takes one change per call (the API's text
/// on UpdateLoggingConfiguration).
class LoggingConfiguration final : public AwsResource {
 public:
  using AwsResource::AwsResource;

 protected:
  const AwsTraits& aws() const override;
  void CheckInputs(const resource::CheckRequest& request,
                   resource::Findings& findings) const override;
  void DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                  resource::Findings& findings) const override;
  absl::StatusOr<std::string> Make(Session& session, const PropertyMap& inputs,
                                   const Tags& tags) const override;
  absl::Status Settle(Session& session, const std::string& id, const PropertyMap& inputs,
                      bool fresh) const override;
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
