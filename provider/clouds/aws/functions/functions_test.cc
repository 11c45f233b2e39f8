#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/testing.h"
#include "provider/clouds/aws/functions/table.h"

namespace palisade::aws {
namespace {

using testing::Asked;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::World;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;
using Answer = std::optional<http::FakeTransport::Answer>;

class Functions : public ::testing::Test {
 protected:
  absl::StatusOr<PropertyMap> Invoke(const std::string& name, const PropertyMap& args) {
    resource::Call call = world.MakeCall();
    return Handler(name).Invoke(call, {args, /*preview=*/true});
  }
  const resource::Function& Handler(const std::string& name) {
    made = MadeFunctions(*world.cloud);
    const auto it = std::ranges::find(made, "palisade:aws:" + name, &resource::MadeFunction::token);
    EXPECT_NE(it, made.end()) << name;
    return *it->handler;
  }
  World world;
  std::vector<resource::MadeFunction> made;
};

TEST_F(Functions, RegionAndPartitionAskNothing) {
  const auto region = Invoke("getRegion", {});
  ASSERT_TRUE(region.ok()) << region.status();
  EXPECT_EQ(region->at("region"), PropertyValue("eu-west-1"));
  EXPECT_EQ(region->at("description"), PropertyValue("Europe (Ireland)"));
  EXPECT_EQ(region->at("endpoint"), PropertyValue("ec2.eu-west-1.amazonaws.com"));
  const auto partition = Invoke("getPartition", {{"region", "cn-north-1"}});
  ASSERT_TRUE(partition.ok()) << partition.status();
  EXPECT_EQ(partition->at("partition"), PropertyValue("aws-cn"));
  EXPECT_EQ(partition->at("dnsSuffix"), PropertyValue("amazonaws.com.cn"));
  EXPECT_EQ(partition->at("reverseDnsPrefix"), PropertyValue("cn.com.amazonaws"));
  EXPECT_TRUE(world.transport.sent().empty());
}

TEST_F(Functions, ARegionThatIsNoneIsRefused) {
  for (const char* name : {"getRegion", "getPartition", "getAvailabilityZones"}) {
    const auto zone = Invoke(name, {{"region", "eu-west-1a"}});
    EXPECT_EQ(zone.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(base::Message(zone.status()), HasSubstr("its region is \"eu-west-1\""));
    EXPECT_THAT(base::Message(Invoke(name, {{"region", "moon-base-1"}}).status()),
                HasSubstr("skipRegionValidation"));
  }
  EXPECT_TRUE(world.transport.sent().empty());
}

TEST_F(Functions, ARegionThatIsNotKnownIsOnlyWarnedOfWhereTheConfigurationSaysSo) {
  world.Configure({{"region", "eu-west-1"}, {"skipRegionValidation", true}});
  const auto region = Invoke("getRegion", {{"region", "moon-base-1"}});
  ASSERT_TRUE(region.ok()) << region.status();
  EXPECT_EQ(region->at("region"), PropertyValue("moon-base-1"));
  EXPECT_EQ(Invoke("getPartition", {{"region", "moon-base-1"}})->at("partition"),
            PropertyValue("aws"));
  EXPECT_THAT(world.reporter.warnings,
              ElementsAre(HasSubstr("moon-base-1"), HasSubstr("moon-base-1")));
}

TEST_F(Functions, WithoutARegionSayWhereItMayStand) {
  world.Configure({});
  const auto region = Invoke("getRegion", {});
  EXPECT_THAT(base::Message(region.status()), HasSubstr("palisade:aws"));
}

TEST_F(Functions, CallerIdentityIsThatOfTheCredentials) {
  const auto who = Invoke("getCallerIdentity", {});
  ASSERT_TRUE(who.ok()) << who.status();
  EXPECT_EQ(who->at("accountId"), PropertyValue("111122223333"));
  EXPECT_EQ(who->at("id"), PropertyValue("111122223333"));
  EXPECT_EQ(who->at("arn"), PropertyValue("arn:aws:iam::111122223333:user/me"));
  EXPECT_EQ(who->at("userId"), PropertyValue("AIDA"));
}

TEST_F(Functions, ThatNeedAwsSaySoOffline) {
  world.transport.Otherwise([](const http::Request&) -> http::FakeTransport::Answer {
    return http::NotSent(base::Error(absl::StatusCode::kUnavailable, "no such host"));
  });
  for (const char* name : {"getCallerIdentity", "getAvailabilityZones"}) {
    const auto result = Invoke(name, {});
    EXPECT_EQ(result.status().code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(base::Message(result.status()), HasSubstr("also in a preview"));
    EXPECT_THAT(base::Message(result.status()), HasSubstr("no such host"));
  }
}

TEST_F(Functions, ZonesAreSortedAndFiltered) {
  Asked asked;
  world.ec2.before = [&](const Asked& request) -> Answer {
    asked = request;
    const auto zone = [](const char* name, const char* id) {
      return std::string("<item><zoneName>") + name + "</zoneName><zoneId>" + id +
             "</zoneId><groupName>eu-west-1</groupName></item>";
    };
    return testing::Reply("DescribeAvailabilityZones",
                          "<availabilityZoneInfo>" + zone("eu-west-1b", "euw1-az1") +
                              zone("eu-west-1c", "euw1-az3") + zone("eu-west-1a", "euw1-az2") +
                              "</availabilityZoneInfo>");
  };
  const PropertyMap args{
      {"state", "available"},
      {"allAvailabilityZones", true},
      {"filters", PropertyArray{PropertyMap{{"name", "zone-type"},
                                            {"values", PropertyArray{"availability-zone"}}}}},
      {"excludeNames", PropertyArray{"eu-west-1c"}}};
  const auto zones = Invoke("getAvailabilityZones", args);
  ASSERT_TRUE(zones.ok()) << zones.status();
  EXPECT_EQ(zones->at("names"), PropertyValue(PropertyArray{"eu-west-1a", "eu-west-1b"}));
  EXPECT_EQ(zones->at("zoneIds"), PropertyValue(PropertyArray{"euw1-az2", "euw1-az1"}));
  EXPECT_EQ(zones->at("groupNames"), PropertyValue(PropertyArray{"eu-west-1"}));
  EXPECT_EQ(zones->at("id"), PropertyValue("eu-west-1"));
  EXPECT_EQ(asked.Get("AllAvailabilityZones"), "true");
  EXPECT_EQ(asked.Get("Filter.1.Name"), "state");
  EXPECT_EQ(asked.Get("Filter.2.Value.1"), "availability-zone");
}

}  // namespace
}  // namespace palisade::aws
