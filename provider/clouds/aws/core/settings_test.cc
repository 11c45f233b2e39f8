#include "provider/clouds/aws/core/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/digest.h"

namespace palisade::aws {
namespace {

using ::testing::HasSubstr;
using value::PropertyArray;
using value::PropertyMap;

resource::Settings With(PropertyMap aws) {
  resource::Settings settings;
  settings.values["aws"] = std::move(aws);
  return settings;
}

TEST(ReadSettings, OfNothingAreTheDefaults) {
  const auto read = ReadSettings(resource::NoSettings(), "");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->region, "");
  EXPECT_TRUE(read->creation_marker);
  EXPECT_FALSE(read->max_retries);
  EXPECT_FALSE(read->network.insecure);
  EXPECT_FALSE(read->use_fips);
}

TEST(ReadSettings, ReadsEveryKey) {
  const auto read = ReadSettings(
      With({{"region", "eu-west-1"},
            {"accessKey", "A"},
            {"secretKey", "S"},
            {"token", "T"},
            {"profile", "p"},
            {"sharedConfigFiles", PropertyArray{"c"}},
            {"sharedCredentialsFiles", PropertyArray{"d"}},
            {"assumeRoles", PropertyArray{PropertyMap{{"roleArn", "arn:aws:iam::1:role/r"},
                                                      {"sessionName", "s"},
                                                      {"externalId", "e"},
                                                      {"duration", "1h"},
                                                      {"policyArns", PropertyArray{"arn"}},
                                                      {"tags", PropertyMap{{"k", "v"}}}}}},
            {"allowedAccountIds", PropertyArray{"1"}},
            {"forbiddenAccountIds", PropertyArray{"2"}},
            {"defaultTags", PropertyMap{{"tags", PropertyMap{{"a", "b"}}}}},
            {"ignoreTags",
             PropertyMap{{"keys", PropertyArray{"k"}}, {"keyPrefixes", PropertyArray{"x:"}}}},
            {"endpoints", PropertyMap{{"ec2", "http://e"}}},
            {"maxRetries", 2},
            {"insecure", true},
            {"customCaBundle", "/ca"},
            {"httpProxy", "http://p"},
            {"httpsProxy", "http://q"},
            {"noProxy", "h"},
            {"useFipsEndpoint", true},
            {"useDualstackEndpoint", false},
            {"s3UsePathStyle", true},
            {"stsRegion", "us-east-1"},
            {"ec2MetadataServiceEndpoint", "http://m"},
            {"ec2MetadataServiceEndpointMode", "IPv6"},
            {"skipMetadataApiCheck", true},
            {"skipRequestingAccountId", true},
            {"skipRegionValidation", true},
            {"creationMarker", false}}),
      "");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->credentials.access_key, "A");
  EXPECT_EQ(read->credentials.secret_key.Reveal(), "S");
  EXPECT_EQ(read->credentials.token.Reveal(), "T");
  EXPECT_EQ(read->credentials.profile, "p");
  ASSERT_EQ(read->credentials.assume_roles.size(), 1u);
  EXPECT_EQ(read->credentials.assume_roles[0].duration, std::chrono::hours(1));
  EXPECT_EQ(read->credentials.assume_roles[0].tags.at("k"), "v");
  EXPECT_EQ(read->credentials.sts_region, "us-east-1");
  EXPECT_TRUE(read->credentials.skip_metadata);
  EXPECT_EQ(read->default_tags, (Tags{{"a", "b"}}));
  EXPECT_EQ(read->ignored_tag_prefixes, std::vector<std::string>{"x:"});
  EXPECT_EQ(read->endpoints.at("ec2"), "http://e");
  EXPECT_EQ(read->max_retries, 2);
  EXPECT_TRUE(read->network.insecure);
  EXPECT_EQ(read->network.no_proxy, "h");
  EXPECT_EQ(read->use_fips, true);
  EXPECT_EQ(read->use_dual_stack, false);
  EXPECT_TRUE(read->skip_requesting_account_id);
  EXPECT_FALSE(read->creation_marker);
}

TEST(ReadSettings, AnAccountTakesFromTheTopWhatItLeavesOut) {
  const resource::Settings settings = With(
      {{"region", "eu-west-1"},
       {"accessKey", "A"},
       {"secretKey", "S"},
       {"assumeRoles", PropertyArray{PropertyMap{{"roleArn", "top"}}}},
       {"allowedAccountIds", PropertyArray{"1"}},
       {"forbiddenAccountIds", PropertyArray{"9"}},
       {"defaultTags", PropertyMap{{"tags", PropertyMap{{"a", "b"}}}}},
       {"accounts",
        PropertyMap{
            {"role", PropertyMap{{"assumeRoles", PropertyArray{PropertyMap{{"roleArn", "own"}}}}}},
            {"profile", PropertyMap{{"profile", "p"}, {"region", "us-east-1"}}}}}});
  const auto role = ReadSettings(settings, "role");
  ASSERT_TRUE(role.ok());
  EXPECT_EQ(role->region, "eu-west-1");
  EXPECT_EQ(role->credentials.region, "eu-west-1");
  EXPECT_EQ(role->credentials.access_key, "A");
  ASSERT_EQ(role->credentials.assume_roles.size(), 1u);
  EXPECT_EQ(role->credentials.assume_roles[0].role_arn, "own");
  EXPECT_EQ(role->default_tags, (Tags{{"a", "b"}}));
  EXPECT_TRUE(role->allowed_account_ids.empty());
  EXPECT_EQ(role->forbidden_account_ids, std::vector<std::string>{"9"});

  const auto profile = ReadSettings(settings, "profile");
  ASSERT_TRUE(profile.ok());
  EXPECT_EQ(profile->region, "us-east-1");
  EXPECT_EQ(profile->credentials.profile, "p");
  // Keys beside a profile would win over it.
  EXPECT_EQ(profile->credentials.access_key, "");
  EXPECT_TRUE(profile->credentials.assume_roles.empty());

  EXPECT_THAT(base::Message(ReadSettings(settings, "nobody").status()),
              HasSubstr("has profile, role"));
  EXPECT_EQ(AccountNames(settings), (std::vector<std::string>{"profile", "role"}));
}

TEST(DigestOf, IsTheSameForEqualSettingsOnly) {
  const auto one = With({{"region", "a"}, {"accounts", PropertyMap{{"x", PropertyMap{}}}}});
  const auto two = With({{"region", "a"}});
  const auto three = With({{"region", "b"}});
  EXPECT_EQ(DigestOf(one, ""), DigestOf(two, ""));
  EXPECT_NE(DigestOf(two, ""), DigestOf(three, ""));
  EXPECT_NE(DigestOf(one, ""), DigestOf(one, "x"));
}

TEST(ParseDuration, TakesWhatPeopleWrite) {
  using std::chrono::seconds;
  EXPECT_EQ(*ParseDuration("1h30m"), seconds(5400));
  EXPECT_EQ(*ParseDuration("900s"), seconds(900));
  EXPECT_EQ(*ParseDuration("900"), seconds(900));
  for (const char* text : {"", "h", "1d", "1h30", "-5s", "1.5h", "99999999999999999999s"}) {
    EXPECT_FALSE(ParseDuration(text).ok()) << text;
  }
}

}  // namespace
}  // namespace palisade::aws
