#include "provider/clouds/aws/resources/networkfirewall/firewall.h"

#include "provider/clouds/aws/resources/networkfirewall/firewall_status.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_testing.h"

namespace palisade::aws::networkfirewall {
namespace {

json Provisioning() {
  return Description{.status = "PROVISIONING", .subnets = {}, .summary = "PENDING"}.Reply();
}

json Attachment(const std::string& status, const std::string& message) {
  return {
      {"eu-west-1a",
       {{"Attachment", {{"SubnetId", kSubnetA}, {"Status", status}, {"StatusMessage", message}}}}}};
}

TEST_F(FirewallTest, CreateSaysEveryProtectionAndWaitsUntilReady) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("DescribeFirewall", Provisioning())
      .Then("DescribeFirewall", Provisioning())
      .Then("DescribeFirewall", Description{}.Reply());
  const Made made = world.Create(type, FirewallInputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kFirewallArn);
  EXPECT_EQ(made.outputs.at("firewallArn"), PropertyValue(kFirewallArn));
  EXPECT_EQ(made.outputs.at("endpointIds"), PropertyValue(PropertyArray{"eu-west-1a:vpce-a"}));
  EXPECT_EQ(made.outputs.at("endpointIdsByZone"),
            PropertyValue(PropertyMap{{"eu-west-1a", "vpce-a"}}));
  json request = service.Body("CreateFirewall");
  request.erase("Tags");
  EXPECT_EQ(request, (json{{"FirewallName", "egress"},
                           {"FirewallPolicyArn", kPolicyArn},
                           {"VpcId", "vpc-0123456789abcdef0"},
                           {"SubnetMappings", {{{"SubnetId", kSubnetA}}}},
                           {"DeleteProtection", false},
                           {"SubnetChangeProtection", false},
                           {"FirewallPolicyChangeProtection", false}}));
  EXPECT_THAT(world.reporter.statuses, testing::Contains(HasSubstr("PROVISIONING, ")));
  // The description that showed it ready serves Look as well.
  EXPECT_EQ(service.Count("DescribeFirewall"), 5u);
  EXPECT_EQ(service.operations().back(), "UntagResource");
}

TEST_F(FirewallTest, ReadyOfOtherEndpointsIsNotReady) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Then("DescribeFirewall", Description{.subnets = {kSubnetB}}.Reply())
      .Then("DescribeFirewall", Description{}.Reply());
  ASSERT_TRUE(world.Create(type, FirewallInputs()).status.ok());
}

TEST_F(FirewallTest, APolicyThatIsNotSeenYetDoesNotEndTheCreate) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Fails("CreateFirewall", "ResourceNotFoundException")
      .Fails("CreateFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Always("DescribeFirewall", Description{}.Reply());
  const Made made = world.Create(type, FirewallInputs());
  EXPECT_TRUE(made.status.ok()) << made.status;
}

TEST_F(FirewallTest, EndpointsThatDoNotNameTheirSubnetsAreCounted) {
  json nameless = Description{.subnets = {kSubnetA, kSubnetB}}.Reply();
  for (json& state : nameless["FirewallStatus"]["SyncStates"])
    state["Attachment"].erase("SubnetId");
  json one = nameless;
  one["FirewallStatus"]["SyncStates"].erase("eu-west-1b");
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", nameless)
      // A step behind: ready with the endpoint that there was.
      .Then("DescribeFirewall", one)
      .Then("DescribeFirewall", nameless);
  const Made made =
      world.Create(type, With(FirewallInputs(), "subnetMappings", Mappings({kSubnetA, kSubnetB})));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("endpointIds"),
            PropertyValue(PropertyArray{"eu-west-1a:vpce-a", "eu-west-1b:vpce-b"}));
}

TEST_F(FirewallTest, ReadinessWithoutAnyEndpointIsBelievedAfterAMinute) {
  json untold = Description{}.Reply();
  untold["FirewallStatus"].erase("SyncStates");
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", untold)
      .Always("DescribeFirewall", untold);
  const Made made = world.Create(type, FirewallInputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_GE(world.Elapsed(), kUntold);
  EXPECT_LE(world.Elapsed(), std::chrono::minutes(2));
}

TEST_F(FirewallTest, AFailedEndpointEndsTheCreateButKeepsTheId) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Then("DescribeFirewall", Provisioning())
      .Always("DescribeFirewall", Description{.status = "PROVISIONING",
                                              .states = Attachment("FAILED", "no free addresses")}
                                      .Reply());
  const Made made = world.Create(type, FirewallInputs());
  EXPECT_EQ(made.id, kFirewallArn);
  EXPECT_THAT(base::Message(made.status),
              testing::AllOf(HasSubstr("no free addresses"), HasSubstr("eu-west-1a")));
  const PropertyMap inputs = FirewallInputs();
  const auto read = world.Read(type, kFirewallArn, &inputs);
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_THAT((*read)->init_failures, testing::Contains(HasSubstr("no free addresses")));
}

TEST_F(FirewallTest, AShortageOfCapacityIsWarnedOfOnce) {
  const json constrained =
      Description{.status = "PROVISIONING", .summary = "CAPACITY_CONSTRAINED"}.Reply();
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Then("DescribeFirewall", constrained)
      .Then("DescribeFirewall", constrained)
      .Then("DescribeFirewall", Description{}.Reply());
  ASSERT_TRUE(world.Create(type, FirewallInputs()).status.ok());
  EXPECT_THAT(world.reporter.warnings, ElementsAre(HasSubstr("CAPACITY_CONSTRAINED")));
}

TEST_F(FirewallTest, CancelWhileItIsProvisioning) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Always("DescribeFirewall", Provisioning());
  world.reporter.on_status = [&] { world.stop.request_stop(); };
  const Made made = world.Create(type, FirewallInputs());
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(made.id, kFirewallArn);
}

TEST_F(FirewallTest, TheWaitEndsWithTheTimeLimit) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Always("DescribeFirewall", Provisioning());
  const Made made = world.Create(type, FirewallInputs());
  EXPECT_EQ(made.status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(base::Message(made.status), HasSubstr("PROVISIONING"));
  EXPECT_LE(world.Elapsed(), std::chrono::minutes(31));
}

TEST_F(FirewallTest, AnEmptyListOfTheOtherKindIsNotSent) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Always("DescribeFirewall", Description{}.Reply());
  const Made made =
      world.Create(type, With(FirewallInputs(), "availabilityZoneMappings", PropertyArray{}));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_FALSE(service.Body("CreateFirewall").contains("AvailabilityZoneMappings"));
}

TEST_F(FirewallTest, LostReply) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException").Loses("CreateFirewall");
  service.on_request = [&](const std::string& operation) {
    if (operation != "CreateFirewall") return;
    const json tags = service.asked.back().body.at("Tags");
    service.Always("DescribeFirewall", Description{.firewall = {{"Tags", tags}}}.Reply());
  };
  const Made made = world.Create(type, FirewallInputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kFirewallArn);
  EXPECT_EQ(service.Count("CreateFirewall"), 1u);
}

TEST_F(FirewallTest, ThrottledDescribesAreRetried) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", Description{}.Reply())
      .Fails("DescribeFirewall", "ThrottlingException")
      .Then("DescribeFirewall", Description{}.Reply());
  EXPECT_TRUE(world.Create(type, FirewallInputs()).status.ok());
}

TEST_F(FirewallTest, ATransitGatewayFirewallHasZonesAndAFourthProtection) {
  const json firewall{{"TransitGatewayId", "tgw-0123456789abcdef0"},
                      {"AvailabilityZoneMappings", {{{"AvailabilityZone", "euw1-az1"}}}},
                      {"AvailabilityZoneChangeProtection", true},
                      {"VpcId", ""}};
  json reply = Description{.firewall = firewall}.Reply();
  reply["Firewall"]["SubnetMappings"] = json::array();
  reply["FirewallStatus"]["TransitGatewayAttachmentSyncState"] = {
      {"AttachmentId", "tgw-attach-1"}, {"TransitGatewayAttachmentStatus", "READY"}};
  json pending = reply;
  pending["FirewallStatus"]["Status"] = "PROVISIONING";
  pending["FirewallStatus"]["TransitGatewayAttachmentSyncState"]["TransitGatewayAttachmentStatus"] =
      "PENDING_ACCEPTANCE";
  service.Fails("DescribeFirewall", "ResourceNotFoundException")
      .Then("CreateFirewall", reply)
      .Then("DescribeFirewall", pending)
      .Always("DescribeFirewall", reply);
  const PropertyMap inputs{
      {"firewallName", "egress"},
      {"firewallPolicyArn", kPolicyArn},
      {"transitGatewayId", "tgw-0123456789abcdef0"},
      {"availabilityZoneMappings", PropertyArray{PropertyMap{{"availabilityZone", "euw1-az1"}}}},
      {"availabilityZoneChangeProtection", true},
      {"region", "eu-west-1"}};
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(service.Body("CreateFirewall").at("AvailabilityZoneChangeProtection"), true);
  EXPECT_EQ(made.outputs.at("transitGatewayAttachmentId"), PropertyValue("tgw-attach-1"));
  EXPECT_THAT(world.reporter.warnings, ElementsAre(HasSubstr("accept")));
  const auto read = world.Read(type, kFirewallArn);
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_FALSE((*read)->inputs.contains("vpcId"));
  EXPECT_FALSE((*read)->inputs.contains("subnetMappings"));
}

TEST_F(FirewallTest, ReadLeavesAnAddressTypeToTheService) {
  service.Always("DescribeFirewall", Description{}.Reply());
  const PropertyMap inputs = FirewallInputs();
  const auto read = world.Read(type, kFirewallArn, &inputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("subnetMappings"), Mappings({kSubnetA}));
  EXPECT_THAT((*read)->init_failures, IsEmpty());
  const auto imported = world.Read(type, kFirewallArn);
  ASSERT_TRUE(imported.ok() && *imported);
  EXPECT_EQ((*imported)->inputs.at("vpcId"), PropertyValue("vpc-0123456789abcdef0"));
}

TEST_F(FirewallTest, ReadShowsAnAddressTypeThatIsNotTheUsualOne) {
  json dual = Description{}.Reply();
  dual["Firewall"]["SubnetMappings"][0]["IPAddressType"] = "DUALSTACK";
  service.Always("DescribeFirewall", dual);
  const PropertyMap inputs = FirewallInputs();
  const auto read = world.Read(type, kFirewallArn, &inputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("subnetMappings"),
            PropertyValue(PropertyArray{
                PropertyMap{{"subnetId", kSubnetA}, {"ipAddressType", "DUALSTACK"}}}));
}

TEST_F(FirewallTest, GoneOnRead) {
  service.Fails("DescribeFirewall", "ResourceNotFoundException");
  const PropertyMap inputs = FirewallInputs();
  const auto read = world.Read(type, kFirewallArn, &inputs);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->has_value());
}

TEST_F(FirewallTest, DeleteWaitsUntilItIsGone) {
  service.Then("DeleteFirewall", json::object())
      .Then("DescribeFirewall", Description{.status = "DELETING"}.Reply())
      .Then("DescribeFirewall", Description{.status = "DELETING"}.Reply())
      .Fails("DescribeFirewall", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kFirewallArn).ok());
  EXPECT_THAT(world.reporter.statuses, testing::Contains(HasSubstr("DELETING")));
}

TEST_F(FirewallTest, GoneOnDelete) {
  service.Fails("DeleteFirewall", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kFirewallArn).ok());
}

TEST_F(FirewallTest, DeleteProtectionIsNotWaitedFor) {
  service.Fails("DeleteFirewall", "InvalidOperationException", "protected")
      .Then("DescribeFirewall", Description{.firewall = {{"DeleteProtection", true}}}.Reply());
  const absl::Status status = world.Delete(type, kFirewallArn);
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(base::Message(status), HasSubstr("set deleteProtection to false"));
  EXPECT_EQ(service.Count("DeleteFirewall"), 1u);
}

TEST_F(FirewallTest, ADeletionThatRunsAlreadyIsWaitedFor) {
  service.Fails("DeleteFirewall", "InvalidOperationException", "it is being deleted")
      .Then("DescribeFirewall", Description{.status = "DELETING"}.Reply())
      .Then("DescribeFirewall", Description{.status = "DELETING"}.Reply())
      .Fails("DescribeFirewall", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kFirewallArn).ok());
  EXPECT_EQ(service.Count("DeleteFirewall"), 1u);
}

TEST_F(FirewallTest, RoutesThatAreStillSeenAreWaitedFor) {
  service.Fails("DeleteFirewall", "InvalidOperationException", "a route is left")
      .Then("DescribeFirewall", Description{}.Reply())
      .Then("DeleteFirewall", json::object())
      .Fails("DescribeFirewall", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kFirewallArn).ok());
}

TEST_F(FirewallTest, CancelWhileItIsBeingDeleted) {
  service.Then("DeleteFirewall", json::object())
      .Always("DescribeFirewall", Description{.status = "DELETING"}.Reply());
  world.reporter.on_status = [&] { world.stop.request_stop(); };
  EXPECT_EQ(world.Delete(type, kFirewallArn).code(), absl::StatusCode::kCancelled);
}

TEST_F(FirewallTest, PreviewKnowsTheEndpointsUnlessTheyChange) {
  const PropertyMap olds = FirewallInputs();
  const PropertyMap outputs{{"endpointIds", PropertyArray{"eu-west-1a:vpce-a"}},
                            {"endpointIdsByZone", PropertyMap{{"eu-west-1a", "vpce-a"}}},
                            {"firewallArn", kFirewallArn}};
  const auto preview = [&](const PropertyMap& news) {
    return type.Preview({news, &olds, &outputs, world.clock});
  };
  EXPECT_TRUE(preview(With(olds, "description", "x")).contains("endpointIdsByZone"));
  EXPECT_FALSE(preview(With(olds, "subnetMappings", Mappings({kSubnetA, kSubnetB})))
                   .contains("endpointIdsByZone"));
  EXPECT_FALSE(preview(With(olds, "subnetMappings", value::Unknown{})).contains("endpointIds"));
  const auto typed = [](const char* kind) {
    return PropertyArray{PropertyMap{{"subnetId", kSubnetA}, {"ipAddressType", kind}}};
  };
  EXPECT_TRUE(preview(With(olds, "subnetMappings", typed("IPV4"))).contains("endpointIds"));
  EXPECT_FALSE(preview(With(olds, "subnetMappings", typed("DUALSTACK"))).contains("endpointIds"));
  EXPECT_TRUE(preview(With(olds, "subnetMappings", value::Unknown{})).contains("firewallArn"));
}

TEST_F(FirewallTest, CheckAndExplanations) {
  EXPECT_THAT(world.Check(type, FirewallInputs()).failures(), IsEmpty());
  EXPECT_THAT(Told(world
                       .Check(type, With(FirewallInputs(), "subnetMappings",
                                         Mappings({"subnet-0bb1c79de3EXAMPLE"})))
                       .failures()),
              ElementsAre("subnetMappings[0].subnetId aws.ec2.id"));
  EXPECT_THAT(
      Told(world.Check(type, With(FirewallInputs(), "availabilityZoneChangeProtection", true))
               .failures()),
      ElementsAre("availabilityZoneChangeProtection aws.nf.attachment"));
  EXPECT_THAT(world.Check(type, With(FirewallInputs(), "availabilityZoneChangeProtection", false))
                  .failures(),
              IsEmpty());
  EXPECT_THAT(
      world.Check(type, With(FirewallInputs(), "subnetMappings", value::Unknown{})).failures(),
      IsEmpty());
  EXPECT_THAT(*type.ExplainUnknown("firewallStatuses"), HasSubstr("endpointIdsByZone"));
}

}  // namespace
}  // namespace palisade::aws::networkfirewall
