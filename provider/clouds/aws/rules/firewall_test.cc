#include "provider/clouds/aws/rules/firewall.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string kArns = "arn:aws:network-firewall:us-west-2:123456789012:";

PropertyMap Subnet(PropertyValue id) { return {{"subnetId", std::move(id)}}; }

PropertyMap Firewall() {
  return {{"firewallPolicyArn", kArns + "firewall-policy/p"},
          {"vpcId", "vpc-0a1b2c3d"},
          {"subnetMappings", PropertyArray{Subnet("subnet-0a1b2c3d"), Subnet("subnet-0a1b2c3e")}}};
}

PropertyMap GatewayFirewall() {
  return {
      {"firewallPolicyArn", kArns + "firewall-policy/p"},
      {"transitGatewayId", "tgw-0a1b2c3d"},
      {"availabilityZoneMappings", PropertyArray{PropertyMap{{"availabilityZone", "us-west-2a"}}}}};
}

TEST(Firewall, TakesBothFormsWhateverIsUnknown) {
  for (const PropertyMap& good : {Firewall(), GatewayFirewall()}) {
    EXPECT_THAT(Check(CheckFirewall, good).reasons, IsEmpty());
    ExpectUnknownsPass(CheckFirewall, good);
  }
}

TEST(Firewall, FindsTheSeedsMistakes) {
  PropertyMap firewall = Firewall();
  firewall["subnetMappings"] = PropertyArray{Subnet("subnet-0bb1c79de3EXAMPLE")};
  firewall["firewallPolicyArn"] = kArns + "firewall/p";
  const Found found = Check(CheckFirewall, firewall);
  EXPECT_THAT(found.failures, UnorderedElementsAre("subnetMappings[0].subnetId aws.ec2.id",
                                                   "firewallPolicyArn aws.arn"));
  EXPECT_THAT(found.reasons[1], HasSubstr("Subnet of the same program"));
}

TEST(Firewall, HoldsTheTwoFormsApart) {
  PropertyMap both = Firewall();
  both["transitGatewayId"] = kUnknown;
  EXPECT_THAT(Check(CheckFirewall, both).failures,
              ElementsAre("transitGatewayId aws.nf.attachment"));
  PropertyMap neither = Firewall();
  neither.erase("vpcId");
  EXPECT_THAT(Check(CheckFirewall, neither).failures, ElementsAre("vpcId aws.nf.attachment"));
  PropertyMap zones = Firewall();
  zones["availabilityZoneMappings"] = GatewayFirewall()["availabilityZoneMappings"];
  EXPECT_THAT(Check(CheckFirewall, zones).failures,
              ElementsAre("availabilityZoneMappings aws.nf.attachment"));
  zones["availabilityZoneMappings"] = PropertyArray{};
  EXPECT_THAT(Check(CheckFirewall, zones).reasons, IsEmpty());
  PropertyMap subnets = GatewayFirewall();
  subnets["subnetMappings"] = Firewall()["subnetMappings"];
  EXPECT_THAT(Check(CheckFirewall, subnets).failures,
              ElementsAre("subnetMappings aws.nf.attachment"));
  subnets["subnetMappings"] = PropertyArray{};
  EXPECT_THAT(Check(CheckFirewall, subnets).reasons, IsEmpty());
  PropertyMap no_zone = GatewayFirewall();
  no_zone["availabilityZoneMappings"] = PropertyArray{};
  EXPECT_THAT(Check(CheckFirewall, no_zone).failures,
              ElementsAre("availabilityZoneMappings aws.nf.attachment"));
  PropertyMap no_subnet = Firewall();
  no_subnet.erase("subnetMappings");
  EXPECT_THAT(Check(CheckFirewall, no_subnet).warnings,
              ElementsAre("subnetMappings aws.nf.attachment"));
}

TEST(Firewall, MapsEachPlaceOnce) {
  PropertyMap firewall = Firewall();
  firewall["subnetMappings"] =
      PropertyArray{Subnet("subnet-0a1b2c3d"), Subnet(kUnknown), Subnet("subnet-0a1b2c3d")};
  EXPECT_THAT(Check(CheckFirewall, firewall).failures,
              ElementsAre("subnetMappings[2].subnetId aws.nf.duplicate"));
  PropertyMap gateway = GatewayFirewall();
  const PropertyMap zone{{"availabilityZone", "us-west-2a"}};
  gateway["availabilityZoneMappings"] = PropertyArray{zone, zone};
  EXPECT_THAT(Check(CheckFirewall, gateway).failures,
              ElementsAre("availabilityZoneMappings[1].availabilityZone aws.nf.duplicate"));
}

PropertyMap Config(const char* log, const char* type, PropertyMap destination) {
  return {
      {"logType", log}, {"logDestinationType", type}, {"logDestination", std::move(destination)}};
}

PropertyMap Logging(PropertyArray configs) {
  return {{"firewallArn", kArns + "firewall/f"},
          {"loggingConfiguration", PropertyMap{{"logDestinationConfigs", std::move(configs)}}}};
}

Found CheckOne(const char* type, PropertyMap destination) {
  return Check(CheckLoggingConfiguration, Logging({Config("ALERT", type, std::move(destination))}));
}

TEST(Logging, TakesEachDestinationWhateverIsUnknown) {
  const PropertyMap good =
      Logging({Config("ALERT", "S3", {{"bucketName", "my-bucket.logs"}, {"prefix", "alerts"}}),
               Config("FLOW", "CloudWatchLogs", {{"logGroup", "/nf/flow_1#a"}}),
               Config("TLS", "KinesisDataFirehose", {{"deliveryStream", "a.b_c-d"}})});
  EXPECT_THAT(Check(CheckLoggingConfiguration, good).reasons, IsEmpty());
  ExpectUnknownsPass(CheckLoggingConfiguration, good);
}

TEST(Logging, JudgesKeysAndNames) {
  const struct {
    const char *type, *key, *value, *reason;
  } rows[] = {
      {"S3", "bucket", "logs-1", "write bucketName"},
      {"S3", "logGroup", "logs-1", "write bucketName"},
      {"CloudWatchLogs", "logGroupName", "logs-1", "write logGroup"},
      {"KinesisDataFirehose", "bucketName", "logs-1", "write deliveryStream"},
      {"S3", "bucketName", "arn:aws:s3:::logs", "is an ARN; write only the name of an S3 bucket"},
      {"S3", "bucketName", "s3://logs/a", "write only the bucket's name"},
      {"S3", "bucketName", "logs/alerts", "write it as prefix"},
      {"S3", "bucketName", "DOC-EXAMPLE", "lower-case"},
      {"S3", "bucketName", "ab", "3 to 63"},
      {"S3", "bucketName", "192.0.2.10", "is no bucket's name"},
      {"S3", "bucketName", "a..b", "is no bucket's name"},
      {"CloudWatchLogs", "logGroup", "arn:aws:logs:us-west-2:1:log-group:a", "is an ARN"},
      {"CloudWatchLogs", "logGroup", "a b", "is no name of a log group"},
      {"KinesisDataFirehose", "deliveryStream", "a/b", "is no name of a delivery stream"},
  };
  for (const auto& row : rows) {
    const Found found = CheckOne(row.type, {{row.key, row.value}});
    EXPECT_THAT(found.failures,
                ElementsAre("loggingConfiguration.logDestinationConfigs[0].logDestination." +
                            std::string(row.key) + " aws.nf.log-destination"))
        << row.value;
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr(row.reason)));
  }
  EXPECT_THAT(CheckOne("S3", {}).reasons, ElementsAre(HasSubstr("for S3 set bucketName")));
  const struct {
    const char *type, *reason;
  } missing[] = {{"S3", "set bucketName"},
                 {"CloudWatchLogs", "set logGroup"},
                 {"KinesisDataFirehose", "set deliveryStream"}};
  for (const auto& row : missing) {
    const Found none = CheckOne(row.type, {});
    EXPECT_THAT(none.failures,
                ElementsAre("loggingConfiguration.logDestinationConfigs[0].logDestination "
                            "aws.nf.log-destination"));
    EXPECT_THAT(none.reasons, ElementsAre(HasSubstr(row.reason)));
  }
  const Found prefix = CheckOne("S3", {{"prefix", "logs"}});
  EXPECT_THAT(prefix.failures,
              ElementsAre("loggingConfiguration.logDestinationConfigs[0].logDestination "
                          "aws.nf.log-destination"));
  EXPECT_THAT(prefix.reasons, ElementsAre(HasSubstr("set bucketName")));
  EXPECT_THAT(CheckOne("S3", {{"bucketName", PropertyValue()}, {"prefix", "logs"}}).failures,
              testing::SizeIs(1));
  EXPECT_THAT(CheckOne("S3", {{"prefix", kUnknown}}).failures, IsEmpty());
  EXPECT_THAT(CheckOne("Newer", {{"a", "b"}}).reasons, IsEmpty());
  EXPECT_THAT(CheckOne("S3", {{"bucketName", kUnknown}, {"x", "y"}}).reasons,
              ElementsAre(HasSubstr("expected bucketName and prefix")));
}

TEST(Logging, TakesEachTypeOfLogOnce) {
  const PropertyMap s3 = Config("ALERT", "S3", {{"bucketName", "logs-1"}});
  const PropertyMap other = Config("ALERT", "CloudWatchLogs", {{"logGroup", "a"}});
  const std::string at = "loggingConfiguration.logDestinationConfigs[1].logType aws.nf.duplicate";
  EXPECT_THAT(Check(CheckLoggingConfiguration, Logging({s3, s3})).failures, ElementsAre(at));
  EXPECT_THAT(Check(CheckLoggingConfiguration, Logging({s3, other})).failures, IsEmpty());
  EXPECT_THAT(Check(CheckLoggingConfiguration, Logging({s3, other})).warnings, ElementsAre(at));
}

}  // namespace
}  // namespace palisade::aws::rules
