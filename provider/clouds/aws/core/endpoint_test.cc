#include "provider/clouds/aws/core/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/environment.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/partition.h"

namespace palisade::aws {
namespace {

// What botocore's own evaluator makes of the services' rule sets.
struct Case {
  const Service& service;
  const char* region;
  const char* plain;
  const char* dual_stack;
  const char* fips;
  const char* both;
  const char* signing_region;
};

const Case kCases[] = {
    {kEc2, "us-west-2", "ec2.us-west-2.amazonaws.com", "ec2.us-west-2.api.aws",
     "ec2-fips.us-west-2.amazonaws.com", "ec2-fips.us-west-2.api.aws", "us-west-2"},
    {kEc2, "us-gov-east-1", "ec2.us-gov-east-1.amazonaws.com", "ec2.us-gov-east-1.api.aws",
     "ec2.us-gov-east-1.amazonaws.com", "ec2-fips.us-gov-east-1.api.aws", "us-gov-east-1"},
    {kEc2, "cn-north-1", "ec2.cn-north-1.amazonaws.com.cn",
     "ec2.cn-north-1.api.amazonwebservices.com.cn", "ec2-fips.cn-north-1.amazonaws.com.cn",
     "ec2-fips.cn-north-1.api.amazonwebservices.com.cn", "cn-north-1"},
    {kEc2, "us-iso-east-1", "ec2.us-iso-east-1.c2s.ic.gov", "ec2.us-iso-east-1.api.aws.ic.gov",
     "ec2-fips.us-iso-east-1.c2s.ic.gov", "ec2-fips.us-iso-east-1.api.aws.ic.gov", "us-iso-east-1"},
    {kNetworkFirewall, "us-west-2", "network-firewall.us-west-2.amazonaws.com",
     "network-firewall.us-west-2.api.aws", "network-firewall-fips.us-west-2.amazonaws.com",
     "network-firewall-fips.us-west-2.api.aws", "us-west-2"},
    {kNetworkFirewall, "us-gov-west-1", "network-firewall.us-gov-west-1.amazonaws.com",
     "network-firewall.us-gov-west-1.api.aws", "network-firewall-fips.us-gov-west-1.amazonaws.com",
     "network-firewall-fips.us-gov-west-1.api.aws", "us-gov-west-1"},
    {kSts, "eusc-de-east-1", "sts.eusc-de-east-1.amazonaws.eu",
     "sts.eusc-de-east-1.api.amazonwebservices.eu", "sts-fips.eusc-de-east-1.amazonaws.eu",
     "sts-fips.eusc-de-east-1.api.amazonwebservices.eu", "eusc-de-east-1"},
    {kSts, "us-gov-west-1", "sts.us-gov-west-1.amazonaws.com", "sts.us-gov-west-1.api.aws",
     "sts.us-gov-west-1.amazonaws.com", "sts-fips.us-gov-west-1.api.aws", "us-gov-west-1"},
    {kSts, "us-isob-east-1", "sts.us-isob-east-1.sc2s.sgov.gov",
     "sts.us-isob-east-1.api.aws.scloud", "sts-fips.us-isob-east-1.sc2s.sgov.gov",
     "sts-fips.us-isob-east-1.api.aws.scloud", "us-isob-east-1"},
    {kSts, "eu-isoe-west-1", "sts.eu-isoe-west-1.cloud.adc-e.uk",
     "sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk", "sts-fips.eu-isoe-west-1.cloud.adc-e.uk",
     "sts-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
    {kSts, "us-isof-south-1", "sts.us-isof-south-1.csp.hci.ic.gov",
     "sts.us-isof-south-1.api.aws.hci.ic.gov", "sts-fips.us-isof-south-1.csp.hci.ic.gov",
     "sts-fips.us-isof-south-1.api.aws.hci.ic.gov", "us-isof-south-1"},
    {kIam, "us-west-2", "iam.amazonaws.com", "iam.global.api.aws", "iam-fips.amazonaws.com",
     "iam-fips.global.api.aws", "us-east-1"},
    {kIam, "cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn",
     "iam.global.api.amazonwebservices.com.cn", "iam-fips.amazonaws.com.cn",
     "iam-fips.api.amazonwebservices.com.cn", "cn-north-1"},
    {kIam, "us-gov-east-1", "iam.us-gov.amazonaws.com", "iam.us-gov.api.aws",
     "iam.us-gov.amazonaws.com", "iam.us-gov.api.aws", "us-gov-west-1"},
    {kRoute53, "cn-north-1", "route53.amazonaws.com.cn",
     "route53.global.api.amazonwebservices.com.cn", "route53-fips.amazonaws.com.cn",
     "route53-fips.api.amazonwebservices.com.cn", "cn-northwest-1"},
    {kRoute53, "eu-west-1", "route53.amazonaws.com", "route53.global.api.aws",
     "route53-fips.amazonaws.com", "route53-fips.global.api.aws", "us-east-1"},
};

TEST(Endpoint, IsWhatTheRuleSetsSay) {
  for (const Case& each : kCases) {
    const auto url = [&each](bool fips, bool dual_stack) {
      const auto endpoint = ResolveEndpoint(each.service, each.region, {{}, fips, dual_stack});
      EXPECT_TRUE(endpoint.ok()) << endpoint.status();
      if (!endpoint.ok()) return std::string();
      EXPECT_EQ(endpoint->signing_region, each.signing_region) << each.plain;
      return endpoint->url;
    };
    EXPECT_EQ(url(false, false), std::string("https://") + each.plain);
    EXPECT_EQ(url(false, true), std::string("https://") + each.dual_stack);
    EXPECT_EQ(url(true, false), std::string("https://") + each.fips);
    EXPECT_EQ(url(true, true), std::string("https://") + each.both);
  }
}

TEST(Endpoint, OfOnesOwnKeepsTheSigningRegionAndLosesTheSlash) {
  const auto ec2 = ResolveEndpoint(kEc2, "eu-west-1", {"http://127.0.0.1:4566/", false, false});
  ASSERT_TRUE(ec2.ok()) << ec2.status();
  EXPECT_EQ(ec2->url, "http://127.0.0.1:4566");
  EXPECT_EQ(ec2->signing_region, "eu-west-1");
  const auto iam = ResolveEndpoint(kIam, "cn-north-1", {"https://iam.example", false, false});
  ASSERT_TRUE(iam.ok()) << iam.status();
  EXPECT_EQ(iam->signing_region, "cn-north-1");
}

TEST(Endpoint, OfOnesOwnThatCannotBeUsedIsRefused) {
  for (const char* url : {"", "ec2.example", "ftp://ec2.example", "https://", "https://a b",
                          "https://user@host", "http://h?x=1"}) {
    const auto endpoint = ResolveEndpoint(kEc2, "eu-west-1", {url, false, false});
    EXPECT_EQ(endpoint.status().code(), absl::StatusCode::kInvalidArgument) << url;
  }
  EXPECT_FALSE(ResolveEndpoint(kEc2, "eu-west-1", {"https://ec2.example", true, false}).ok());
  EXPECT_FALSE(ResolveEndpoint(kEc2, "eu-west-1", {"https://ec2.example", false, true}).ok());
}

// stsRegion, the environment and profiles have met no check before, and would name other hosts.
TEST(Endpoint, OfWhatIsNoRegionIsRefused) {
  for (const char* region :
       {"", "a/b", "x.example", "eu-west-1\n", " eu-west-1", "-eu", "eu-", "x@y", "eu-west-1a"}) {
    for (const auto& endpoint :
         {ResolveEndpoint(kSts, region, {}), ResolveEndpoint(kIam, region, {}),
          S3BucketEndpoint("bucket", region, {})}) {
      EXPECT_EQ(endpoint.status().code(), absl::StatusCode::kInvalidArgument) << region;
    }
  }
  EXPECT_THAT(base::Message(ResolveEndpoint(kSts, "eu-west-1a", {}).status()),
              testing::HasSubstr("its region is \"eu-west-1\""));
  EXPECT_TRUE(ResolveEndpoint(kSts, "xx-new-9", {}).ok());
}

base::Environment Environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    if (it == variables.end()) return std::nullopt;
    return it->second;
  };
}

TEST(CustomEndpoint, IsTakenInTheDocumentedOrder) {
  const std::map<std::string, std::string> configured{{"network-firewall", "http://configured"}};
  const std::map<std::string, std::string> by_section{{"networkfirewall", "http://section"}};
  const std::map<std::string, std::string> none;
  const auto both = Environment(
      {{"AWS_ENDPOINT_URL_NETWORK_FIREWALL", "http://one"}, {"AWS_ENDPOINT_URL", "http://all"}});
  EXPECT_EQ(CustomEndpoint(kNetworkFirewall, {configured, both}), "http://configured");
  EXPECT_EQ(CustomEndpoint(kNetworkFirewall, {by_section, both}), "http://section");
  EXPECT_EQ(CustomEndpoint(kNetworkFirewall, {none, both}), "http://one");
  EXPECT_EQ(CustomEndpoint(kEc2, {configured, both}), "http://all");
  const auto ignored = Environment(
      {{"AWS_ENDPOINT_URL", "http://all"}, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}});
  EXPECT_EQ(CustomEndpoint(kEc2, {none, ignored}), std::nullopt);
  EXPECT_EQ(CustomEndpoint(kNetworkFirewall, {configured, ignored}), "http://configured");
}

TEST(S3, PutsTheBucketWhereItCanBe) {
  const auto url = [](const char* bucket, const char* region, S3Options options) {
    const auto endpoint = S3BucketEndpoint(bucket, region, options);
    return endpoint.ok() ? endpoint->url : base::Message(endpoint.status());
  };
  EXPECT_EQ(url("models", "us-east-1", {}), "https://models.s3.us-east-1.amazonaws.com");
  EXPECT_EQ(url("models", "cn-north-1", {}), "https://models.s3.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(url("models", "eu-west-1", {{{}, true, false}, {}}),
            "https://models.s3-fips.eu-west-1.amazonaws.com");
  EXPECT_EQ(url("models", "eu-west-1", {{{}, true, true}, {}}),
            "https://models.s3-fips.dualstack.eu-west-1.amazonaws.com");
  EXPECT_EQ(url("models", "eu-west-1", {{{}, false, true}, {}}),
            "https://models.s3.dualstack.eu-west-1.amazonaws.com");
  EXPECT_EQ(url("models", "eu-west-1", {{}, true}), "https://s3.eu-west-1.amazonaws.com/models");
  // A certificate's wildcard does not match a dot, a host has no capitals.
  EXPECT_EQ(url("my.models", "eu-west-1", {}), "https://s3.eu-west-1.amazonaws.com/my.models");
  EXPECT_EQ(url("Models", "eu-west-1", {}), "https://s3.eu-west-1.amazonaws.com/Models");
  // Resolvers refuse bucket.localhost.
  EXPECT_EQ(url("models", "eu-west-1", {{"http://localhost:9000", false, false}, {}}),
            "http://localhost:9000/models");
  EXPECT_EQ(url("models", "eu-west-1", {{"https://s3.example", false, false}, false}),
            "https://models.s3.example");
  EXPECT_NE(url("models", "cn-north-1", {{{}, true, false}, {}}).find("no FIPS endpoints"),
            std::string::npos);
}

TEST(Partition, IsFoundByTheRegion) {
  EXPECT_EQ(PartitionOf("eu-west-1").id, "aws");
  EXPECT_EQ(PartitionOf("cn-north-1").id, "aws-cn");
  EXPECT_EQ(PartitionOf("us-gov-west-1").id, "aws-us-gov");
  EXPECT_EQ(PartitionOf("us-iso-west-1").id, "aws-iso");
  EXPECT_EQ(PartitionOf("us-isob-west-1").id, "aws-iso-b");
  EXPECT_EQ(PartitionOf("eu-isoe-west-1").id, "aws-iso-e");
  EXPECT_EQ(PartitionOf("us-isof-east-1").id, "aws-iso-f");
  EXPECT_EQ(PartitionOf("eusc-de-east-1").id, "aws-eusc");
  EXPECT_EQ(PartitionOf("moon-base-1").id, "aws");
  EXPECT_TRUE(IsRegion("ap-southeast-7"));
  EXPECT_TRUE(IsRegion("us-east-99"));
  for (const char* region : {"", "us", "us-east", "us-east-1a", "us-east-", "eu west 1",
                             "US-EAST-1", "moon-base-1", "us--1", "eu-west-1-", "aws-global"}) {
    EXPECT_FALSE(IsRegion(region)) << region;
  }
  EXPECT_EQ(RegionDescription("eu-west-1"), "Europe (Ireland)");
  EXPECT_EQ(RegionDescription("eu-west-99"), "");
}

}  // namespace
}  // namespace palisade::aws
