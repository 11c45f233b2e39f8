#include "provider/clouds/aws/core/service.h"

#include <array>
#include <string>

namespace palisade::aws {

const Service kEc2{.name = "ec2",
                   .signing_name = "ec2",
                   .endpoint_name = "ec2",
                   .dialect = Dialect::kEc2Query,
                   .api_version = "2016-11-15",
                   .target_prefix = "",
                   .variable = "EC2",
                   .throttle_code = "RequestLimitExceeded",
                   .gov_is_fips = true,
                   .section = "ec2"};

const Service kNetworkFirewall{.name = "network-firewall",
                               .signing_name = "network-firewall",
                               .endpoint_name = "network-firewall",
                               .dialect = Dialect::kJson10,
                               .api_version = "2020-11-12",
                               .target_prefix = "NetworkFirewall_20201112",
                               .variable = "NETWORK_FIREWALL",
                               .throttle_code = "ThrottlingException",
                               .section = "network_firewall"};

const Service kSts{.name = "sts",
                   .signing_name = "sts",
                   .endpoint_name = "sts",
                   .dialect = Dialect::kQuery,
                   .api_version = "2011-06-15",
                   .target_prefix = "",
                   .variable = "STS",
                   .throttle_code = "Throttling",
                   .gov_is_fips = true,
                   .section = "sts"};

const Service kIam{.name = "iam",
                   .signing_name = "iam",
                   .endpoint_name = "iam",
                   .dialect = Dialect::kQuery,
                   .api_version = "2010-05-08",
                   .target_prefix = "",
                   .variable = "IAM",
                   .throttle_code = "Throttling",
                   .global = true,
                   .section = "iam"};

const Service kRoute53{.name = "route53",
                       .signing_name = "route53",
                       .endpoint_name = "route53",
                       .dialect = Dialect::kRestXml,
                       .api_version = "2013-04-01",
                       .target_prefix = "",
                       .variable = "ROUTE_53",
                       .throttle_code = "Throttling",
                       .global = true,
                       .section = "route_53"};

const Service kS3{.name = "s3",
                  .signing_name = "s3",
                  .endpoint_name = "s3",
                  .dialect = Dialect::kRestXml,
                  .api_version = "2006-03-01",
                  .target_prefix = "",
                  .variable = "S3",
                  .throttle_code = "SlowDown",
                  .section = "s3"};

namespace {

std::string Bare(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    if (c == '-' || c == '_') continue;
    bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return bare;
}

}  // namespace

const Service* FindService(std::string_view name) {
  static const std::array kAll{&kEc2, &kNetworkFirewall, &kSts, &kIam, &kRoute53, &kS3};
  const std::string bare = Bare(name);
  for (const Service* service : kAll) {
    if (bare == Bare(service->name)) return service;
  }
  return nullptr;
}

}  // namespace palisade::aws
