#pragma once

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/resources/ec2/security_group_rules.h"

namespace palisade::aws::ec2 {

/// What SecurityGroupIngress and SecurityGroupEgress share, which is all but the direction. The id
/// is the rule's, `sgr-...`.
class SecurityGroupRule : public AwsResource {
 public:
  std::optional<std::string> ExplainUnknown(std::string_view name) const override;

 protected:
  SecurityGroupRule(Cloud& cloud, Direction direction)
      : AwsResource(cloud), direction_(direction) {}

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
  absl::Status Change(Session& session, const resource::UpdateRequest& request) const override;
  absl::Status Remove(Session& session, const resource::DeleteRequest& request) const override;
  absl::StatusOr<ListedPage> Enumerate(Session& session, const std::string& continuation,
                                       std::size_t page_size) const override;
  void MigrateState(int version, value::PropertyMap& inputs,
                    value::PropertyMap& outputs) const override;

 private:
  absl::StatusOr<std::string> AfterDuplicate(Session& session, const value::PropertyMap& inputs,
                                             const Tags& tags, const absl::Status& refused) const;
  std::string TypeName() const;

  const Direction direction_;
};

/// `palisade:aws/ec2:SecurityGroupIngress`.
class SecurityGroupIngress final : public SecurityGroupRule {
 public:
  explicit SecurityGroupIngress(Cloud& cloud) : SecurityGroupRule(cloud, Direction::kIngress) {}
};

/// `palisade:aws/ec2:SecurityGroupEgress`.
class SecurityGroupEgress final : public SecurityGroupRule {
 public:
  explicit SecurityGroupEgress(Cloud& cloud) : SecurityGroupRule(cloud, Direction::kEgress) {}
};

}  // namespace palisade::aws::ec2
