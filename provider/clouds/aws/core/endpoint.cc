#include "provider/clouds/aws/core/endpoint.h"

#include <algorithm>

#include "provider/auth/url_parts.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/global_endpoint.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/core/partition.h"

namespace palisade::aws {
namespace {

absl::StatusOr<std::string> CustomUrl(const Service& service, const EndpointOptions& options) {
  std::string url = *options.custom;
  const bool http = url.starts_with("https://") || url.starts_with("http://");
  const auto host = url.find("//") + 2;
  if (!http || url.size() == host || url.find_first_of(" \t\r\n?#@", host) != std::string::npos) {
    return base::InvalidArgument(
        "the endpoint that is configured for " + std::string(service.name) +
        " is no URL that can be used; expected http:// or https://, a host and perhaps a port and "
        "a path");
  }
  if (options.fips || options.dual_stack) {
    return base::InvalidArgument(
        std::string(options.fips ? "useFipsEndpoint" : "useDualstackEndpoint") +
        " cannot be had together with an endpoint of one's own for " + std::string(service.name) +
        ": name an endpoint that has it, and leave the switch out");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string_view Suffix(const Partition& partition, bool dual_stack) {
  return dual_stack ? partition.dual_stack_suffix : partition.dns_suffix;
}

// What a TLS certificate's wildcard matches and a resolver takes. Dots fail, which S3 allows in
// names, and capitals, which very old buckets have and hosts do not keep.
bool FitsIntoHost(std::string_view bucket) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return bucket.size() >= 3 && auth::IsHostLabel(bucket) &&
         std::ranges::none_of(bucket, is_capital);
}

// A region of stsRegion, a profile or the environment has met no check before.
absl::Status CheckRegionName(std::string_view region) {
  if (auth::IsHostLabel(region)) {
    // The letter of an availability zone, which hosts are not named after.
    if (!IsRegion(region) && IsRegion(region.substr(0, region.size() - 1))) {
      return base::InvalidArgument("\"" + std::string(region) +
                                   "\" is an availability zone; its region is \"" +
                                   std::string(region.substr(0, region.size() - 1)) + "\"");
    }
    return absl::OkStatus();
  }
  return base::InvalidArgument("\"" + std::string(region) +
                               "\" is not the code of an AWS region; expected one such as "
                               "\"eu-west-1\"");
}

}  // namespace

std::optional<std::string> CustomEndpoint(const Service& service, const EndpointSources& sources) {
  for (const auto& [key, url] : sources.configured) {
    if (FindService(key) == &service) return url;
  }
  if (auth::IgnoresConfiguredEndpoints(sources.environment, sources.profiles, sources.profile)) {
    return std::nullopt;
  }
  for (const std::string& name :
       {"AWS_ENDPOINT_URL_" + std::string(service.variable), std::string("AWS_ENDPOINT_URL")}) {
    if (auto url = sources.environment(name); url && !url->empty()) return url;
  }
  if (sources.profiles == nullptr) return std::nullopt;
  const auto& profiles = *sources.profiles;
  if (const auto section = profiles.Value(sources.profile, "services")) {
    if (auto url = profiles.Services(*section, std::string(service.section) + ".endpoint_url")) {
      return url;
    }
  }
  return profiles.Value(sources.profile, "endpoint_url");
}

absl::StatusOr<Endpoint> ResolveEndpoint(const Service& service, std::string_view region,
                                         const EndpointOptions& options) {
  const Partition& partition = PartitionOf(region);
  const GlobalEndpoint* global = service.global ? FindGlobalEndpoint(service, partition) : nullptr;
  // A URL of one's own does not change who signs for whom.
  std::string signing_region(global != nullptr ? global->signing_region : region);
  if (options.custom) {
    PALISADE_ASSIGN_OR_RETURN(std::string url, CustomUrl(service, options));
    return Endpoint{std::move(url), std::move(signing_region)};
  }
  PALISADE_RETURN_IF_ERROR(CheckRegionName(region));
  if (global != nullptr) {
    const std::string_view host =
        options.fips ? (options.dual_stack ? global->fips_dual_stack : global->fips)
                     : (options.dual_stack ? global->dual_stack : global->plain);
    return Endpoint{"https://" + std::string(host), std::move(signing_region)};
  }
  // In us-gov the plain hosts of some services are the FIPS ones; the dual-stack ones are not.
  const bool plain_is_fips =
      service.gov_is_fips && !options.dual_stack && partition.id == "aws-us-gov";
  std::string url = "https://" + std::string(service.endpoint_name);
  if (options.fips && !plain_is_fips) url += "-fips";
  url += "." + std::string(region) + "." + std::string(Suffix(partition, options.dual_stack));
  return Endpoint{std::move(url), std::move(signing_region)};
}

absl::StatusOr<Endpoint> S3BucketEndpoint(std::string_view bucket, std::string_view region,
                                          const S3Options& options) {
  const EndpointOptions& endpoint = options.endpoint;
  const Partition& partition = PartitionOf(region);
  std::string url;
  if (endpoint.custom) {
    PALISADE_ASSIGN_OR_RETURN(url, CustomUrl(kS3, endpoint));
  } else {
    if (endpoint.fips && partition.id == "aws-cn") {
      return base::InvalidArgument(
          "S3 has no FIPS endpoints in the partition aws-cn; set useFipsEndpoint to false for the "
          "account that is used there");
    }
    PALISADE_RETURN_IF_ERROR(CheckRegionName(region));
    url = std::string("https://s3") + (endpoint.fips ? "-fips" : "") +
          (endpoint.dual_stack ? ".dualstack." : ".") + std::string(region) + "." +
          std::string(partition.dns_suffix);
  }
  const bool in_path =
      options.path_style.value_or(endpoint.custom.has_value()) || !FitsIntoHost(bucket);
  if (in_path) return Endpoint{url + "/" + UriEncoded(bucket), std::string(region)};
  url.insert(url.find("//") + 2, std::string(bucket) + ".");
  return Endpoint{std::move(url), std::string(region)};
}

}  // namespace palisade::aws
