#pragma once

#include <string>
#include <string_view>

namespace palisade::aws {

/// A partition; regions and suffixes are those of botocore's partitions.json. All texts are
/// literals.
struct Partition {
  std::string_view id;                  ///< "aws", "aws-cn"
  std::string_view dns_suffix;          ///< "amazonaws.com"
  std::string_view dual_stack_suffix;   ///< "api.aws"; empty where there is none
  std::string_view reverse_dns_prefix;  ///< "com.amazonaws"
  std::string_view global_region;       ///< signs for services without regions: "us-east-1"
  bool supports_fips = true;
};

/// The partition of a region's code; that of aws for a region that no pattern knows.
const Partition& PartitionOf(std::string_view region);

/// Whether any partition's pattern knows the code.
bool IsRegion(std::string_view region);

/// "Europe (Ireland)"; "" for a region that this version does not know.
std::string_view RegionDescription(std::string_view region);

}  // namespace palisade::aws
