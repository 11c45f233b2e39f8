#include "provider/clouds/aws/table.h"

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/functions/table.h"
#include "provider/clouds/aws/resources/ec2/table.h"
#include "provider/clouds/aws/resources/networkfirewall/table.h"

namespace palisade::aws {

std::vector<resource::MadeResource> MakeResources(Cloud& cloud) {
  std::vector<resource::MadeResource> made;
  for (const auto rows : {Ec2Rows(), NetworkFirewallRows()}) {
    for (const AwsResourceRow& row : rows) made.push_back({row.token, row.make(cloud)});
  }
  return made;
}

std::vector<resource::MadeFunction> MakeFunctions(Cloud& cloud) { return MadeFunctions(cloud); }

}  // namespace palisade::aws
