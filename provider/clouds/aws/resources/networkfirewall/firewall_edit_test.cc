#include "provider/clouds/aws/resources/networkfirewall/firewall_edit.h"

#include "provider/clouds/aws/resources/networkfirewall/firewall_testing.h"

namespace palisade::aws::networkfirewall {
namespace {

json Token(const std::string& last) {
  return {{"UpdateToken", "11111111-2222-3333-4444-00000000000" + last}};
}

// What was sent, without the reads.
std::vector<std::string> Changes(const FakeService& service) {
  std::vector<std::string> names;
  for (const std::string& name : service.operations()) {
    if (!name.starts_with("Describe")) names.push_back(name);
  }
  return names;
}

TEST_F(FirewallTest, EachPropertyIsOneOperationAndTheTokenIsHandedOn) {
  const json on{{"DeleteProtection", true}};
  service.Then("DescribeFirewall", Description{.firewall = on}.Reply())
      .Then("UpdateFirewallDeleteProtection", Token("1"))
      .Then("UpdateFirewallDescription", Token("2"))
      .Then("UpdateFirewallAnalysisSettings", Token("3"))
      .Then("AssociateFirewallPolicy", Token("4"))
      .Then("UpdateFirewallPolicyChangeProtection", Token("5"))
      .Always("DescribeFirewall", Description{}.Reply());
  PropertyMap news = FirewallInputs();
  news["description"] = "new";
  news["enabledAnalysisTypes"] = PropertyArray{"TLS_SNI"};
  news["firewallPolicyArn"] = kOtherPolicyArn;
  news["firewallPolicyChangeProtection"] = true;
  const Made made = Update(With(FirewallInputs(), "deleteProtection", true), news);
  ASSERT_TRUE(made.status.ok()) << made.status;
  // A protection falls before everything else and rises after it.
  EXPECT_THAT(Changes(service),
              ElementsAre("UpdateFirewallDeleteProtection", "UpdateFirewallDescription",
                          "UpdateFirewallAnalysisSettings", "AssociateFirewallPolicy",
                          "UpdateFirewallPolicyChangeProtection"));
  EXPECT_EQ(
      service.Body("UpdateFirewallDeleteProtection"),
      (json{{"FirewallArn", kFirewallArn}, {"UpdateToken", kToken}, {"DeleteProtection", false}}));
  EXPECT_EQ(service.Body("UpdateFirewallDescription").at("UpdateToken"),
            Token("1").at("UpdateToken"));
  EXPECT_EQ(service.Body("UpdateFirewallAnalysisSettings").at("EnabledAnalysisTypes"),
            json({"TLS_SNI"}));
  EXPECT_EQ(service.Body("AssociateFirewallPolicy").at("FirewallPolicyArn"), kOtherPolicyArn);
}

TEST_F(FirewallTest, ADescriptionIsTakenAwayByLeavingItOut) {
  service.Always("DescribeFirewall", Description{.firewall = {{"Description", "old"}}}.Reply())
      .Then("UpdateFirewallDescription", Token("1"));
  ASSERT_TRUE(Update(With(FirewallInputs(), "description", "old"), FirewallInputs()).status.ok());
  EXPECT_EQ(service.Body("UpdateFirewallDescription"),
            (json{{"FirewallArn", kFirewallArn}, {"UpdateToken", kToken}}));
}

TEST_F(FirewallTest, WhatIsThereAlreadyIsNotDoneAgain) {
  service.Always("DescribeFirewall", Description{.firewall = {{"Description", "new"}}}.Reply());
  ASSERT_TRUE(Update(FirewallInputs(), With(FirewallInputs(), "description", "new")).status.ok());
  EXPECT_THAT(Changes(service), IsEmpty());
}

TEST_F(FirewallTest, AStaleTokenIsFetchedAnew) {
  service.Then("DescribeFirewall", Description{}.Reply())
      .Fails("UpdateFirewallDescription", "InvalidTokenException")
      .Then("DescribeFirewall",
            Description{.token = "22222222-2222-3333-4444-555555555555"}.Reply())
      .Then("UpdateFirewallDescription", Token("1"))
      .Always("DescribeFirewall", Description{}.Reply());
  ASSERT_TRUE(Update(FirewallInputs(), With(FirewallInputs(), "description", "new")).status.ok());
  EXPECT_EQ(service.Body("UpdateFirewallDescription", 1).at("UpdateToken"),
            "22222222-2222-3333-4444-555555555555");
}

TEST_F(FirewallTest, TokensThatAreAlwaysStaleEndInASentence) {
  service.Always("DescribeFirewall", Description{}.Reply());
  for (int i = 0; i < kMostConflicts; ++i) {
    service.Fails("UpdateFirewallDescription", "InvalidTokenException");
  }
  const Made made = Update(FirewallInputs(), With(FirewallInputs(), "description", "new"));
  EXPECT_EQ(made.status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(service.Count("UpdateFirewallDescription"), 5u);
}

TEST_F(FirewallTest, NewEndpointsComeBeforeOldOnesGo) {
  const json a = Description{}.Reply();
  const json coming =
      Description{.status = "PROVISIONING", .subnets = {kSubnetA, kSubnetB}, .summary = "PENDING"}
          .Reply();
  const json both = Description{.subnets = {kSubnetA, kSubnetB}}.Reply();
  const json b = Description{.subnets = {kSubnetB}}.Reply();
  service.Then("DescribeFirewall", a)
      .Then("AssociateSubnets", json::object())
      // Still READY with what there was before.
      .Then("DescribeFirewall", a)
      .Then("DescribeFirewall", a)
      .Then("DescribeFirewall", coming)
      .Then("DescribeFirewall", both)
      .Then("DescribeFirewall", both)
      .Then("DisassociateSubnets", json::object())
      .Then("DescribeFirewall", both)
      .Then("DescribeFirewall", both)
      .Always("DescribeFirewall", b);
  const Made made =
      Update(FirewallInputs(), With(FirewallInputs(), "subnetMappings", Mappings({kSubnetB})));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(Changes(service), ElementsAre("AssociateSubnets", "DisassociateSubnets"));
  EXPECT_EQ(service.Body("AssociateSubnets").at("SubnetMappings"),
            json({{{"SubnetId", kSubnetB}}}));
  EXPECT_EQ(service.Body("DisassociateSubnets").at("SubnetIds"), json({kSubnetA}));
  EXPECT_EQ(made.outputs.at("endpointIds"), PropertyValue(PropertyArray{"eu-west-1a:vpce-b"}));
}

TEST_F(FirewallTest, AnotherAddressTypeTakesTheEndpointAwayFirst) {
  const auto typed = [](const std::string& kind) {
    return With(FirewallInputs(), "subnetMappings",
                PropertyArray{PropertyMap{{"subnetId", kSubnetA}, {"ipAddressType", kind}},
                              PropertyMap{{"subnetId", kSubnetB}}});
  };
  const json both = Description{.subnets = {kSubnetA, kSubnetB}}.Reply();
  json after = both;
  after["Firewall"]["SubnetMappings"][0]["IPAddressType"] = "DUALSTACK";
  service.Then("DescribeFirewall", both)
      .Then("DisassociateSubnets", json::object())
      .Then("DescribeFirewall", Description{.subnets = {kSubnetB}}.Reply())
      .Then("DescribeFirewall", Description{.subnets = {kSubnetB}}.Reply())
      .Then("DescribeFirewall", Description{.subnets = {kSubnetB}}.Reply())
      .Then("AssociateSubnets", json::object())
      .Always("DescribeFirewall", after);
  const Made made = Update(typed("IPV4"), typed("DUALSTACK"));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(Changes(service), ElementsAre("DisassociateSubnets", "AssociateSubnets"));
  EXPECT_EQ(service.Body("AssociateSubnets").at("SubnetMappings"),
            json({{{"SubnetId", kSubnetA}, {"IPAddressType", "DUALSTACK"}}}));
}

TEST_F(FirewallTest, AnAddressTypeThatIsLeftOutIsTheUsualOneAgain) {
  const PropertyMap untyped = With(FirewallInputs(), "subnetMappings", Mappings({kSubnetA}));
  const PropertyMap typed =
      With(FirewallInputs(), "subnetMappings",
           PropertyArray{PropertyMap{{"subnetId", kSubnetA}, {"ipAddressType", "DUALSTACK"}}});
  json before = Description{}.Reply();
  before["Firewall"]["SubnetMappings"][0]["IPAddressType"] = "DUALSTACK";
  const json none = Description{.subnets = {}}.Reply();
  service.Then("DescribeFirewall", before)
      .Then("DisassociateSubnets", json::object())
      .Then("DescribeFirewall", none)
      .Then("DescribeFirewall", none)
      .Then("DescribeFirewall", none)
      .Then("AssociateSubnets", json::object())
      .Always("DescribeFirewall", Description{}.Reply());
  const Made made = Update(typed, untyped);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(Changes(service), ElementsAre("DisassociateSubnets", "AssociateSubnets"));
  EXPECT_EQ(service.Body("AssociateSubnets").at("SubnetMappings"),
            json({{{"SubnetId", kSubnetA}, {"IPAddressType", "IPV4"}}}));
}

TEST_F(FirewallTest, AnAddressTypeThatNobodyGaveIsLeftAlone) {
  json dual = Description{}.Reply();
  dual["Firewall"]["SubnetMappings"][0]["IPAddressType"] = "DUALSTACK";
  service.Always("DescribeFirewall", dual).Then("UpdateFirewallDescription", Token("1"));
  ASSERT_TRUE(Update(FirewallInputs(), With(FirewallInputs(), "description", "x")).status.ok());
  EXPECT_THAT(Changes(service), ElementsAre("UpdateFirewallDescription"));
}

// The firewall has subnets A and C; B, in A's zone, is to come for A.
class ExchangeTest : public FirewallTest {
 protected:
  const json both = Description{.subnets = {kSubnetA, kSubnetC}}.Reply();
  const PropertyMap olds = With(FirewallInputs(), "subnetMappings", Mappings({kSubnetA, kSubnetC}));
  const PropertyMap news = With(FirewallInputs(), "subnetMappings", Mappings({kSubnetB, kSubnetC}));
};

TEST_F(ExchangeTest, ASubnetOfTheSameZoneComesAfterTheOldOneHasGone) {
  const json one = Description{.subnets = {kSubnetC}}.Reply();
  service.zones = {{kSubnetA, "a"}, {kSubnetB, "a"}};
  service.Then("DescribeFirewall", both)
      .Fails("AssociateSubnets", "InvalidRequestException", "a zone has one subnet")
      .Then("DescribeFirewall", both)
      .Then("DisassociateSubnets", json::object())
      .Then("DescribeFirewall", one)
      .Then("DescribeFirewall", one)
      .Then("DescribeFirewall", one)
      .Then("AssociateSubnets", json::object())
      .Always("DescribeFirewall", Description{.subnets = {kSubnetB, kSubnetC}}.Reply());
  const Made made = Update(olds, news);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(Changes(service),
              ElementsAre("AssociateSubnets", "DisassociateSubnets", "AssociateSubnets"));
  EXPECT_EQ(service.Body("DisassociateSubnets").at("SubnetIds"), json({kSubnetA}));
  EXPECT_EQ(service.Body("AssociateSubnets", 1).at("SubnetMappings"),
            json({{{"SubnetId", kSubnetB}}}));
}

TEST_F(ExchangeTest, ASubnetThatIsRefusedForAnotherReasonTakesNothingAway) {
  service.zones = {{kSubnetA, "a"}, {kSubnetB, "b"}};
  service.Always("DescribeFirewall", both)
      .Fails("AssociateSubnets", "InvalidRequestException", "no such subnet");
  const Made made = Update(olds, news);
  EXPECT_THAT(base::Message(made.status), HasSubstr("no such subnet"));
  EXPECT_THAT(Changes(service), ElementsAre("AssociateSubnets"));
  EXPECT_FALSE(made.recorded);
}

TEST_F(ExchangeTest, WithoutKnowingTheZonesNothingIsTakenAway) {
  service.Always("DescribeFirewall", both)
      .Fails("AssociateSubnets", "InvalidRequestException", "a zone has one subnet");
  const Made made = Update(olds, news);
  EXPECT_THAT(base::Message(made.status),
              testing::AllOf(HasSubstr("a zone has one subnet"), HasSubstr("ec2:DescribeSubnets")));
  EXPECT_THAT(Changes(service), ElementsAre("AssociateSubnets"));
}

TEST_F(ExchangeTest, TheLastEndpointThatMayNotGoIsExplained) {
  service.zones = {{kSubnetA, "a"}, {kSubnetB, "a"}};
  service.Always("DescribeFirewall", Description{}.Reply())
      .Fails("AssociateSubnets", "InvalidRequestException", "a zone has one subnet")
      .Fails("DisassociateSubnets", "InvalidRequestException", "one is needed");
  const Made made =
      Update(FirewallInputs(), With(FirewallInputs(), "subnetMappings", Mappings({kSubnetB})));
  EXPECT_THAT(base::Message(made.status),
              testing::AllOf(HasSubstr("one is needed"), HasSubstr(kSubnetA),
                             HasSubstr("first map a subnet of one more zone")));
  EXPECT_FALSE(made.recorded);
}

// The update that lifts the protection of deletion, and fails at the policy.
class BrokenOffTest : public FirewallTest {
 protected:
  BrokenOffTest() { news["firewallPolicyArn"] = kOtherPolicyArn; }
  const json lifted = Description{}.Reply();
  const PropertyMap olds = With(FirewallInputs(), "deleteProtection", true);
  PropertyMap news = With(FirewallInputs(), "deleteProtection", false);
};

TEST_F(BrokenOffTest, WhatWasDoneStandsInTheState) {
  service.Then("DescribeFirewall", Description{.firewall = {{"DeleteProtection", true}}}.Reply())
      .Then("UpdateFirewallDeleteProtection", Token("1"))
      .Fails("AssociateFirewallPolicy", "InvalidRequestException", "no such policy");
  const Made made = Update(olds, news);
  EXPECT_THAT(base::Message(made.status), HasSubstr("no such policy"));
  EXPECT_TRUE(made.recorded);
}

TEST_F(BrokenOffTest, TheProgramOfBeforeTurnsTheProtectionOnAgain) {
  service.Then("DescribeFirewall", lifted)
      .Then("UpdateFirewallDeleteProtection", Token("1"))
      .Always("DescribeFirewall", Description{.firewall = {{"DeleteProtection", true}}}.Reply());
  ASSERT_TRUE(Update(news, olds).status.ok());
  EXPECT_EQ(service.Body("UpdateFirewallDeleteProtection").at("DeleteProtection"), true);
  EXPECT_THAT(Changes(service), ElementsAre("UpdateFirewallDeleteProtection"));
}

TEST_F(BrokenOffTest, TheSameProgramFinishesIt) {
  service.Always("DescribeFirewall", lifted).Then("AssociateFirewallPolicy", Token("1"));
  ASSERT_TRUE(world.Finish(type, kFirewallArn, news).ok());
  EXPECT_THAT(Changes(service), ElementsAre("AssociateFirewallPolicy"));
  EXPECT_EQ(service.Body("AssociateFirewallPolicy").at("FirewallPolicyArn"), kOtherPolicyArn);
}

TEST_F(BrokenOffTest, WhatTheProgramDoesNotSayIsNotFinished) {
  const json others = {{"DeleteProtection", true}, {"Description", "somebody's"}};
  service.Always("DescribeFirewall", Description{.firewall = others}.Reply());
  ASSERT_TRUE(world.Finish(type, kFirewallArn, FirewallInputs()).ok());
  EXPECT_THAT(Changes(service), IsEmpty());
}

TEST_F(FirewallTest, AnUpdateWhoseFirstStepFailsLeavesTheStateAsItWas) {
  service.Then("DescribeFirewall", Description{}.Reply())
      .Fails("AssociateFirewallPolicy", "InvalidRequestException");
  const Made made =
      Update(FirewallInputs(), With(FirewallInputs(), "firewallPolicyArn", kOtherPolicyArn));
  EXPECT_FALSE(made.status.ok());
  EXPECT_FALSE(made.recorded);
}

TEST_F(FirewallTest, APolicyThatIsNotSeenYetIsWaitedFor) {
  service.Always("DescribeFirewall", Description{}.Reply())
      .Fails("AssociateFirewallPolicy", "ResourceNotFoundException")
      .Fails("AssociateFirewallPolicy", "ResourceNotFoundException")
      .Then("AssociateFirewallPolicy", Token("1"));
  const Made made =
      Update(FirewallInputs(), With(FirewallInputs(), "firewallPolicyArn", kOtherPolicyArn));
  EXPECT_TRUE(made.status.ok()) << made.status;
}

TEST_F(FirewallTest, ASubnetThatIsGoneNeedsNoTakingAway) {
  const json both = Description{.subnets = {kSubnetA, kSubnetB}}.Reply();
  service.Then("DescribeFirewall", both)
      .Fails("DisassociateSubnets", "InvalidRequestException", "the subnet is inaccessible")
      .Always("DescribeFirewall", Description{}.Reply());
  const PropertyMap olds = With(FirewallInputs(), "subnetMappings", Mappings({kSubnetA, kSubnetB}));
  EXPECT_TRUE(Update(olds, FirewallInputs()).status.ok());
}

TEST_F(FirewallTest, AnotherOrderOfSubnetsIsNoChange) {
  service.Always("DescribeFirewall", Description{.subnets = {kSubnetA, kSubnetB}}.Reply());
  ASSERT_TRUE(Update(With(FirewallInputs(), "subnetMappings", Mappings({kSubnetA, kSubnetB})),
                     With(FirewallInputs(), "subnetMappings", Mappings({kSubnetB, kSubnetA})))
                  .status.ok());
  EXPECT_THAT(Changes(service), IsEmpty());
}

TEST_F(FirewallTest, ASubnetThatSomebodyElseAddedIsNotWaitedAway) {
  service.Always("DescribeFirewall", Description{.subnets = {kSubnetA, kSubnetB}}.Reply());
  EXPECT_TRUE(Update(FirewallInputs(), With(FirewallInputs(), "tags", PropertyMap{{"a", "b"}}))
                  .status.ok());
  EXPECT_THAT(Changes(service), ElementsAre("TagResource"));
}

TEST_F(FirewallTest, ZonesOfATransitGatewayFirewall) {
  const auto zones = [](const std::string& zone) {
    return PropertyMap{
        {"firewallName", "egress"},
        {"firewallPolicyArn", kPolicyArn},
        {"transitGatewayId", "tgw-0123456789abcdef0"},
        {"availabilityZoneMappings", PropertyArray{PropertyMap{{"availabilityZone", zone}}}},
        {"region", "eu-west-1"}};
  };
  const auto reply = [](std::vector<std::string> zone_ids) {
    json mappings = json::array();
    std::vector<std::string> endpoints;
    for (const std::string& zone : zone_ids) {
      mappings.push_back({{"AvailabilityZone", zone}});
      endpoints.push_back("x-" + zone);
    }
    return Description{.subnets = endpoints,
                       .firewall = {{"TransitGatewayId", "tgw-0123456789abcdef0"},
                                    {"AvailabilityZoneMappings", mappings}}}
        .Reply();
  };
  service.Then("DescribeFirewall", reply({"az1"}))
      .Then("AssociateAvailabilityZones", json::object())
      .Then("DescribeFirewall", reply({"az1", "az2"}))
      .Then("DescribeFirewall", reply({"az1", "az2"}))
      .Then("DescribeFirewall", reply({"az1", "az2"}))
      .Then("DisassociateAvailabilityZones", json::object())
      .Always("DescribeFirewall", reply({"az2"}));
  const Made made = Update(zones("az1"), zones("az2"));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(service.Body("AssociateAvailabilityZones").at("AvailabilityZoneMappings"),
            json({{{"AvailabilityZone", "az2"}}}));
  EXPECT_EQ(service.Body("DisassociateAvailabilityZones").at("AvailabilityZoneMappings"),
            json({{{"AvailabilityZone", "az1"}}}));
}

TEST_F(FirewallTest, AProtectionThatStaysOnRefusesBeforeAnythingIsSent) {
  PropertyMap olds = With(FirewallInputs(), "subnetChangeProtection", true);
  const PropertyMap news = With(olds, "subnetMappings", Mappings({kSubnetB}));
  const Made made = Update(olds, news);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(base::Message(made.status), HasSubstr("set subnetChangeProtection to false"));
  EXPECT_THAT(service.asked, IsEmpty());

  resource::Findings findings;
  world.Diff(type, olds, news, findings);
  EXPECT_THAT(Told(findings.warnings()), ElementsAre("subnetMappings aws.nf.protected"));
}

TEST_F(FirewallTest, AProtectionLiftedInTheSameUpdateIsNoObstacle) {
  const PropertyMap olds = With(FirewallInputs(), "firewallPolicyChangeProtection", true);
  PropertyMap news = FirewallInputs();
  news["firewallPolicyArn"] = kOtherPolicyArn;
  resource::Findings findings;
  world.Diff(type, olds, news, findings);
  EXPECT_THAT(findings.warnings(), IsEmpty());
  service
      .Always("DescribeFirewall",
              Description{.firewall = {{"FirewallPolicyChangeProtection", true}}}.Reply())
      .Then("UpdateFirewallPolicyChangeProtection", Token("1"))
      .Then("AssociateFirewallPolicy", Token("2"));
  ASSERT_TRUE(Update(olds, news).status.ok());
  EXPECT_THAT(Changes(service),
              ElementsAre("UpdateFirewallPolicyChangeProtection", "AssociateFirewallPolicy"));
}

TEST_F(FirewallTest, AProtectionThatSomebodyElseSwitchedOnIsNamed) {
  service.Then("DescribeFirewall", Description{}.Reply())
      .Fails("AssociateFirewallPolicy", "InvalidOperationException", "not now")
      .Then("DescribeFirewall",
            Description{.firewall = {{"FirewallPolicyChangeProtection", true}}}.Reply());
  const Made made =
      Update(FirewallInputs(), With(FirewallInputs(), "firewallPolicyArn", kOtherPolicyArn));
  EXPECT_THAT(base::Message(made.status), HasSubstr("firewallPolicyChangeProtection"));
}

TEST_F(FirewallTest, DeleteProtectionBlocksAReplacement) {
  const PropertyMap olds = With(FirewallInputs(), "deleteProtection", true);
  resource::Changes changes{
      {value::PropertyPath("vpcId"), {resource::ChangeKind::kUpdate, /*replace=*/true, true}}};
  resource::Findings findings;
  type.Diff({"id", olds, {}, With(olds, "vpcId", "vpc-1"), world.clock}, changes, findings);
  EXPECT_THAT(Told(findings.warnings()), ElementsAre("deleteProtection aws.nf.protected"));
}

TEST_F(FirewallTest, CancelWhileEndpointsCome) {
  service.Then("DescribeFirewall", Description{}.Reply())
      .Then("AssociateSubnets", json::object())
      .Always("DescribeFirewall", Description{.status = "PROVISIONING"}.Reply());
  world.reporter.on_status = [&] { world.stop.request_stop(); };
  const Made made = Update(
      FirewallInputs(), With(FirewallInputs(), "subnetMappings", Mappings({kSubnetA, kSubnetB})));
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace palisade::aws::networkfirewall
