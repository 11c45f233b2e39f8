#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/auth/aws_profiles.h"
#include "provider/base/environment.h"
#include "provider/clouds/aws/core/service.h"

namespace palisade::aws {

/// Where a service is reached, and for which region requests to it are signed.
struct Endpoint {
  std::string url;  ///< "https://ec2.eu-west-1.amazonaws.com", without a slash at the end
  std::string signing_region;
};

struct EndpointOptions {
  /// Instead of the service's own; what CustomEndpoint found.
  std::optional<std::string> custom;
  bool fips = false;
  bool dual_stack = false;
};

/// Where a user may have put a URL of their own.
struct EndpointSources {
  /// The configuration's `endpoints`.
  const std::map<std::string, std::string>& configured;
  const base::Environment& environment;
  /// Null when the shared files do not matter.
  const auth::AwsProfiles* profiles = nullptr;
  std::string profile = {};
};

/// The URL to use instead of the service's own: from the configuration, AWS_ENDPOINT_URL_<SERVICE>,
/// AWS_ENDPOINT_URL, the profile's services section, the profile's endpoint_url, in this order.
/// AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true leaves only the first.
std::optional<std::string> CustomEndpoint(const Service& service, const EndpointSources& sources);

/// The endpoint of every service but S3. INVALID_ARGUMENT for what cannot be had: FIPS or
/// dual-stack together with a URL of one's own, a URL that is none, a region that no host can have
/// in its name.
absl::StatusOr<Endpoint> ResolveEndpoint(const Service& service, std::string_view region,
                                         const EndpointOptions& options);

struct S3Options {
  EndpointOptions endpoint;
  /// Put the bucket into the path; nullopt: as the bucket and the endpoint need it.
  std::optional<bool> path_style;
};

/// The URL of a bucket: the bucket is part of the host where its name can be, and part of the path
/// where it cannot, where the user says so, and under a URL of the user's own.
absl::StatusOr<Endpoint> S3BucketEndpoint(std::string_view bucket, std::string_view region,
                                          const S3Options& options);

}  // namespace palisade::aws
