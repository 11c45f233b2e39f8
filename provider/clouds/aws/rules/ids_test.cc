#include "provider/clouds/aws/rules/ids.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Ids, TakesBothLengths) {
  EXPECT_TRUE(CheckIdText("vpc-0a1b2c3d", kVpc).ok());
  EXPECT_TRUE(CheckIdText("vpc-0123456789abcdef0", kVpc).ok());
  EXPECT_TRUE(CheckIdText("sgr-0123456789abcdef0", kSecurityGroupRule).ok());
}

TEST(Ids, SaysWhatIsWrongAndWhatToUse) {
  const struct {
    const char* given;
    const IdKind& kind;
    const char *what, *use;
  } rows[] = {
      {"subnet-0bb1c79de3EXAMPLE", kSubnet, "holds capital letters",
       "use the subnetId of a Subnet of the same program"},
      {"subnet-123", kSubnet, "has 3 digits", "8 or 17 hexadecimal digits"},
      {"subnet-", kSubnet, "has 0 digits", "8 or 17"},
      {"subnet-0bb1c79dxyz", kSubnet, "no hexadecimal digits", "Subnet"},
      {"vpc-0a1b2c3d", kSubnet, "is the id of a VPC", "the id of a subnet"},
      {"nat-0a1b2c3d", kSubnet, "is the id of a NAT gateway", "subnetId"},
      {"eni-0a1b2c3d", kVpc, "is the id of a network interface", "vpcId"},
      {"igw-0a1b2c3d", kVpc, "is the id of an internet gateway", "vpcId"},
      {"arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", kVpc, "is an ARN", "vpcId"},
      {"main", kVpc, "does not begin with vpc-", "vpcId of a Vpc"},
      {"us-west-2a:vpce-0123456789abcdef0", kVpcEndpoint, "does not begin with vpce-", "Firewall"},
      {"", kVpc, "does not begin with vpc-", "vpcId"},
      {"vpc-0a1b2c3d ", kVpc, "no hexadecimal", "vpcId"},
  };
  for (const auto& row : rows) {
    const absl::Status status = CheckIdText(row.given, row.kind);
    ASSERT_FALSE(status.ok()) << row.given;
    EXPECT_THAT(base::Message(status), AllOf(HasSubstr(row.what), HasSubstr(row.use)));
  }
}

TEST(Ids, ChecksListsItemByItem) {
  const auto check = [](const PropertyValue& list) {
    return CheckAt([](const Place& place) { CheckIds(place, "subnetIds", kSubnet); },
                   {{"subnetIds", list}});
  };
  EXPECT_THAT(
      check(PropertyArray{"subnet-0a1b2c3d", kUnknown, 5, "subnet-x", "subnet-0a1b2c3d"}).failures,
      ElementsAre("subnetIds[3] aws.ec2.id", "subnetIds[4] aws.ec2.duplicate"));
  EXPECT_THAT(check(kUnknown).failures, IsEmpty());
  EXPECT_THAT(check("subnet-x").failures, IsEmpty());
}

TEST(Arns, AreTakenApart) {
  const auto arn = ParseArn("arn:aws-cn:network-firewall:cn-north-1:123456789012:firewall/a:b");
  ASSERT_TRUE(arn.ok());
  EXPECT_EQ(arn->partition, "aws-cn");
  EXPECT_EQ(arn->service, "network-firewall");
  EXPECT_EQ(arn->region, "cn-north-1");
  EXPECT_EQ(arn->account, "123456789012");
  EXPECT_EQ(arn->resource, "firewall/a:b");
  EXPECT_TRUE(ParseArn("arn:aws:s3:::bucket").ok());
  for (const char* text : {"", "arn:aws:s3", "arn:aws:s3:::", "arn:gcp:s3:::x", "urn:aws:s3:::x",
                           "my-policy", "arn:aws:s3::: x"}) {
    EXPECT_FALSE(ParseArn(text).ok()) << text;
  }
}

TEST(Arns, NameTheKindThatWasFound) {
  const std::string start = "arn:aws:network-firewall:us-west-2:123456789012:";
  EXPECT_TRUE(CheckArnText(start + "firewall-policy/p", kPolicyArn).ok());
  EXPECT_TRUE(CheckArnText(start + "stateful-rulegroup/p", kStatefulArn).ok());
  // A managed group belongs to no account of twelve digits.
  EXPECT_TRUE(CheckArnText("arn:aws:network-firewall:us-west-2:aws-managed:stateful-rulegroup/"
                           "ThreatSignaturesBotnet",
                           kStatefulArn)
                  .ok());
  const auto message = [&](const std::string& text, const ArnKind& kind) {
    return base::Message(CheckArnText(text, kind));
  };
  EXPECT_THAT(message(start + "stateless-rulegroup/p", kStatefulArn),
              AllOf(HasSubstr("is the ARN of a stateless rule group"),
                    HasSubstr("use the ruleGroupArn of a RuleGroup of type STATEFUL")));
  EXPECT_THAT(message(start + "firewall-policy/", kPolicyArn), HasSubstr("is expected"));
  EXPECT_THAT(message("my-policy", kPolicyArn),
              AllOf(HasSubstr("is no ARN"), HasSubstr("use the firewallPolicyArn")));
  EXPECT_THAT(message("arn:aws:s3:::bucket", kPolicyArn), HasSubstr("is an ARN of \"s3\""));
}

TEST(Arns, SkipUnknowns) {
  const auto check = [](const PropertyValue& value) {
    return CheckAt([](const Place& place) { CheckArn(place, "arn", kPolicyArn); },
                   {{"arn", value}});
  };
  EXPECT_THAT(check(kUnknown).failures, IsEmpty());
  EXPECT_THAT(check(1).failures, IsEmpty());
  EXPECT_THAT(check("x").failures, ElementsAre("arn aws.arn"));
}

}  // namespace
}  // namespace palisade::aws::rules
