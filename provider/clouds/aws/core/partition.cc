#include "provider/clouds/aws/core/partition.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace palisade::aws {
namespace {

// What the pattern of a partition's regions begins with, up to the name of the place.
struct Row {
  Partition partition;
  std::array<std::string_view, 9> prefixes;
};

// botocore/data/partitions.json; "us-gov-", "us-iso-" and so on stand before "us-", because the
// first prefix that fits decides.
constexpr std::array kRows{
    Row{{"aws-us-gov", "amazonaws.com", "api.aws", "com.amazonaws", "us-gov-west-1"}, {"us-gov-"}},
    Row{{"aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "gov.ic.c2s", "us-iso-east-1"}, {"us-iso-"}},
    Row{{"aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "gov.sgov.sc2s", "us-isob-east-1"},
        {"us-isob-"}},
    Row{{"aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "uk.adc-e.cloud",
         "eu-isoe-west-1"},
        {"eu-isoe-"}},
    Row{{"aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "gov.ic.hci.csp", "us-isof-south-1"},
        {"us-isof-"}},
    Row{{"aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn.com.amazonaws",
         "cn-northwest-1"},
        {"cn-"}},
    Row{{"aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", "eu.amazonaws", "eusc-de-east-1"},
        {"eusc-de-"}},
    Row{{"aws", "amazonaws.com", "api.aws", "com.amazonaws", "us-east-1"},
        {"us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-"}},
};

// \w+-\d+
bool IsPlace(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == 0 || dash == std::string_view::npos || dash + 1 == text.size()) return false;
  const auto word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  return std::ranges::all_of(text.substr(0, dash), word) &&
         std::ranges::all_of(text.substr(dash + 1), [](char c) { return c >= '0' && c <= '9'; });
}

const Partition* FindPartition(std::string_view region) {
  for (const Row& row : kRows) {
    for (const std::string_view prefix : row.prefixes) {
      if (prefix.empty() || !region.starts_with(prefix)) continue;
      if (IsPlace(region.substr(prefix.size()))) return &row.partition;
    }
  }
  return nullptr;
}

struct Description {
  std::string_view region, text;
};

constexpr std::array kDescriptions{
    Description{"af-south-1", "Africa (Cape Town)"},
    Description{"ap-east-1", "Asia Pacific (Hong Kong)"},
    Description{"ap-east-2", "Asia Pacific (Taipei)"},
    Description{"ap-northeast-1", "Asia Pacific (Tokyo)"},
    Description{"ap-northeast-2", "Asia Pacific (Seoul)"},
    Description{"ap-northeast-3", "Asia Pacific (Osaka)"},
    Description{"ap-south-1", "Asia Pacific (Mumbai)"},
    Description{"ap-south-2", "Asia Pacific (Hyderabad)"},
    Description{"ap-southeast-1", "Asia Pacific (Singapore)"},
    Description{"ap-southeast-2", "Asia Pacific (Sydney)"},
    Description{"ap-southeast-3", "Asia Pacific (Jakarta)"},
    Description{"ap-southeast-4", "Asia Pacific (Melbourne)"},
    Description{"ap-southeast-5", "Asia Pacific (Malaysia)"},
    Description{"ap-southeast-6", "Asia Pacific (New Zealand)"},
    Description{"ap-southeast-7", "Asia Pacific (Thailand)"},
    Description{"ca-central-1", "Canada (Central)"},
    Description{"ca-west-1", "Canada West (Calgary)"},
    Description{"cn-north-1", "China (Beijing)"},
    Description{"cn-northwest-1", "China (Ningxia)"},
    Description{"eu-central-1", "Europe (Frankfurt)"},
    Description{"eu-central-2", "Europe (Zurich)"},
    Description{"eu-isoe-west-1", "EU ISOE West"},
    Description{"eu-north-1", "Europe (Stockholm)"},
    Description{"eu-south-1", "Europe (Milan)"},
    Description{"eu-south-2", "Europe (Spain)"},
    Description{"eu-west-1", "Europe (Ireland)"},
    Description{"eu-west-2", "Europe (London)"},
    Description{"eu-west-3", "Europe (Paris)"},
    Description{"eusc-de-east-1", "AWS European Sovereign Cloud (Germany)"},
    Description{"il-central-1", "Israel (Tel Aviv)"},
    Description{"me-central-1", "Middle East (UAE)"},
    Description{"me-south-1", "Middle East (Bahrain)"},
    Description{"me-west-1", "Middle East (Saudi Arabia)"},
    Description{"mx-central-1", "Mexico (Central)"},
    Description{"sa-east-1", "South America (Sao Paulo)"},
    Description{"sa-west-1", "South America (Chile)"},
    Description{"us-east-1", "US East (N. Virginia)"},
    Description{"us-east-2", "US East (Ohio)"},
    Description{"us-gov-east-1", "AWS GovCloud (US-East)"},
    Description{"us-gov-west-1", "AWS GovCloud (US-West)"},
    Description{"us-iso-east-1", "US ISO East"},
    Description{"us-iso-west-1", "US ISO WEST"},
    Description{"us-isob-east-1", "US ISOB East (Ohio)"},
    Description{"us-isob-west-1", "US ISOB West"},
    Description{"us-isof-east-1", "US ISOF EAST"},
    Description{"us-isof-south-1", "US ISOF SOUTH"},
    Description{"us-west-1", "US West (N. California)"},
    Description{"us-west-2", "US West (Oregon)"},
};

}  // namespace

const Partition& PartitionOf(std::string_view region) {
  const Partition* found = FindPartition(region);
  return found != nullptr ? *found : kRows.back().partition;
}

bool IsRegion(std::string_view region) { return FindPartition(region) != nullptr; }

std::string_view RegionDescription(std::string_view region) {
  for (const auto& [name, text] : kDescriptions) {
    if (name == region) return text;
  }
  return "";
}

}  // namespace palisade::aws
