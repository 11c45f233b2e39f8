#include <algorithm>
#include <array>

#include "provider/auth/sso_token.h"

namespace palisade::auth {
namespace {

struct Suffix {
  std::string_view region_prefix, suffix;
};
// botocore's partitions.json.
constexpr std::array<Suffix, 6> kSuffixes = {{{"cn-", "amazonaws.com.cn"},
                                              {"eusc-", "amazonaws.eu"},
                                              {"us-iso-", "c2s.ic.gov"},
                                              {"us-isob-", "sc2s.sgov.gov"},
                                              {"eu-isoe-", "cloud.adc-e.uk"},
                                              {"us-isof-", "csp.hci.ic.gov"}}};

std::string Configured(Search& search, const std::string& service) {
  const auto profiles = search.Profiles();
  if (IgnoresConfiguredEndpoints(search.services().environment, profiles.ok() ? *profiles : nullptr,
                                 search.ProfileName())) {
    return "";
  }
  std::string upper = service;
  std::ranges::transform(upper, upper.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (const std::string& name : {"AWS_ENDPOINT_URL_" + upper, std::string("AWS_ENDPOINT_URL")}) {
    if (auto url = search.Variable(name)) return *std::move(url);
  }
  if (!profiles.ok()) return "";
  if (const auto section = search.ProfileValue("services")) {
    if (auto url = (*profiles)->Services(*section, service + ".endpoint_url")) {
      return *std::move(url);
    }
  }
  return search.ProfileValue("endpoint_url").value_or("");
}

}  // namespace

std::string SsoEndpoint(Search& search, const std::string& service, const std::string& host,
                        const std::string& region) {
  std::string configured = Configured(search, service);
  while (configured.ends_with('/')) configured.pop_back();
  if (!configured.empty()) return configured;
  const auto* const found = std::ranges::find_if(kSuffixes, [&region](const Suffix& suffix) {
    return region.starts_with(suffix.region_prefix);
  });
  const std::string_view suffix =
      found == kSuffixes.end() ? std::string_view("amazonaws.com") : found->suffix;
  return "https://" + host + "." + region + "." + std::string(suffix);
}

}  // namespace palisade::auth
