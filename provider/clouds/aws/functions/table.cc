#include "provider/clouds/aws/functions/table.h"

#include <memory>

#include "provider/clouds/aws/functions/get_availability_zones.h"
#include "provider/clouds/aws/functions/get_caller_identity.h"
#include "provider/clouds/aws/functions/get_region.h"

namespace palisade::aws {

std::vector<resource::MadeFunction> MadeFunctions(Cloud& cloud) {
  std::vector<resource::MadeFunction> made;
  made.push_back(
      {"palisade:aws:getAvailabilityZones", std::make_unique<const GetAvailabilityZones>(cloud)});
  made.push_back(
      {"palisade:aws:getCallerIdentity", std::make_unique<const GetCallerIdentity>(cloud)});
  made.push_back({"palisade:aws:getPartition", std::make_unique<const GetPartition>(cloud)});
  made.push_back({"palisade:aws:getRegion", std::make_unique<const GetRegion>(cloud)});
  return made;
}

}  // namespace palisade::aws
