#include "provider/clouds/aws/functions/get_region.h"

#include <string>

#include "keys/aws.h"
#include "provider/clouds/aws/core/partition.h"

namespace palisade::aws {
namespace {

namespace names = keys::aws;
using value::PropertyMap;

}  // namespace

absl::StatusOr<PropertyMap> GetRegion::Ask(Session& session, const PropertyMap&) const {
  const std::string& region = session.region();
  PropertyMap result;
  result[names::kId] = region;
  result[names::kRegion] = region;
  result[names::kName] = region;
  result[names::kDescription] = std::string(RegionDescription(region));
  result[names::kEndpoint] = "ec2." + region + "." + std::string(session.partition().dns_suffix);
  return result;
}

absl::StatusOr<PropertyMap> GetPartition::Ask(Session& session, const PropertyMap&) const {
  const Partition& partition = session.partition();
  PropertyMap result;
  result[names::kId] = std::string(partition.id);
  result[names::kPartition] = std::string(partition.id);
  result[names::kDnsSuffix] = std::string(partition.dns_suffix);
  result[names::kReverseDnsPrefix] = std::string(partition.reverse_dns_prefix);
  return result;
}

}  // namespace palisade::aws
