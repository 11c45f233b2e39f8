#pragma once

#include <string_view>

namespace palisade::aws {

/// How a service speaks: the protocol of its botocore model.
enum class Dialect { kJson10, kJson11, kQuery, kEc2Query, kRestXml };

/// What is fixed about a service, from its model's metadata. All texts are literals.
struct Service {
  std::string_view name;           ///< for messages and configuration: "network-firewall"
  std::string_view signing_name;   ///< of the credential scope
  std::string_view endpoint_name;  ///< first part of the host
  Dialect dialect;
  std::string_view api_version;
  std::string_view target_prefix;  ///< of X-Amz-Target; empty for other dialects
  std::string_view variable;       ///< AWS_ENDPOINT_URL_<variable>
  /// The code that says that a request came too often, besides the common ones; may be empty.
  std::string_view throttle_code = "";
  /// LimitExceededException is a quota that no retry lifts.
  bool limit_is_quota = true;
  /// One host per partition instead of one per region (iam, route53).
  bool global = false;
  /// In us-gov the plain host is the FIPS one.
  bool gov_is_fips = false;
  /// The service in a profile's services section.
  std::string_view section = "";
};

extern const Service kEc2;
extern const Service kNetworkFirewall;
extern const Service kSts;
extern const Service kIam;
extern const Service kRoute53;
extern const Service kS3;

/// The services above by the names that the configuration's `endpoints` takes: letter case, hyphens
/// and underscores mean nothing. Null for others.
const Service* FindService(std::string_view name);

}  // namespace palisade::aws
