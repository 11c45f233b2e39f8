#include "provider/clouds/aws/resources/networkfirewall/firewall_policy.h"

#include "provider/clouds/aws/resources/networkfirewall/testing.h"

namespace palisade::aws::networkfirewall {
namespace {

const std::string kArn = Arn("firewall-policy");
const std::string kGroup = Arn("stateful-rulegroup", "domains");

PropertyMap Content() {
  return {{"statelessDefaultActions", PropertyArray{"aws:forward_to_sfe"}},
          {"statelessFragmentDefaultActions", PropertyArray{"aws:drop"}},
          {"statefulRuleGroupReferences", PropertyArray{PropertyMap{{"resourceArn", kGroup}}}}};
}

json ContentWire() {
  return {{"StatelessDefaultActions", {"aws:forward_to_sfe"}},
          {"StatelessFragmentDefaultActions", {"aws:drop"}},
          {"StatefulRuleGroupReferences", {{{"ResourceArn", kGroup}}}}};
}

PropertyMap Inputs() {
  return {{"firewallPolicyName", "egress"}, {"firewallPolicy", Content()}, {"region", "eu-west-1"}};
}

json Described(json more = json::object()) {
  json info{{"FirewallPolicyArn", kArn},
            {"FirewallPolicyName", "egress"},
            {"FirewallPolicyId", "99999999-2222-3333-4444-555555555555"},
            {"FirewallPolicyStatus", "ACTIVE"}};
  info.update(more);
  return {
      {"UpdateToken", kToken}, {"FirewallPolicy", ContentWire()}, {"FirewallPolicyResponse", info}};
}

class FirewallPolicyTest : public testing::Test {
 protected:
  World world;
  FakeService& service = world.service;
  const FirewallPolicy type{world.cloud};
};

TEST_F(FirewallPolicyTest, Create) {
  service.Fails("DescribeFirewallPolicy", "ResourceNotFoundException")
      .Then("CreateFirewallPolicy", Described())
      .Then("DescribeFirewallPolicy", Described());
  const Made made = world.Create(type, Inputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kArn);
  EXPECT_EQ(made.outputs.at("firewallPolicyArn"), PropertyValue(kArn));
  EXPECT_FALSE(made.outputs.contains("arn"));
  json request = service.Body("CreateFirewallPolicy");
  request.erase("Tags");
  EXPECT_EQ(request, (json{{"FirewallPolicyName", "egress"}, {"FirewallPolicy", ContentWire()}}));
}

TEST_F(FirewallPolicyTest, TheFreshPolicyMayBeUnseen) {
  service.Fails("DescribeFirewallPolicy", "ResourceNotFoundException")
      .Then("CreateFirewallPolicy", Described())
      .Fails("DescribeFirewallPolicy", "ResourceNotFoundException")
      .Fails("DescribeFirewallPolicy", "ResourceNotFoundException")
      .Then("DescribeFirewallPolicy", Described());
  EXPECT_TRUE(world.Create(type, Inputs()).status.ok());
}

TEST_F(FirewallPolicyTest, ReadGivesBackWhatWasSent) {
  service.Then("DescribeFirewallPolicy", Described({{"Description", "why"}}));
  const auto read = world.Read(type, kArn);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("firewallPolicy"), PropertyValue(Content()));
  EXPECT_EQ((*read)->inputs.at("description"), PropertyValue("why"));
  EXPECT_THAT((*read)->init_failures, IsEmpty());
}

TEST_F(FirewallPolicyTest, ReadTellsAnError) {
  service.Then(
      "DescribeFirewallPolicy",
      Described(
          {{"FirewallPolicyStatus", "ERROR"},
           {"Errors",
            {{{"Code", "DNS_FIREWALL_RULE_GROUP_UNAVAILABLE"}, {"Message", "it is gone"}}}}}));
  const auto read = world.Read(type, kArn);
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_THAT((*read)->init_failures, testing::Contains(HasSubstr("it is gone")));
}

TEST_F(FirewallPolicyTest, GoneOnReadAndOnDelete) {
  service.Fails("DescribeFirewallPolicy", "ResourceNotFoundException")
      .Fails("DeleteFirewallPolicy", "ResourceNotFoundException");
  const PropertyMap inputs = Inputs();
  const auto read = world.Read(type, kArn, &inputs);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->has_value());
  EXPECT_TRUE(world.Delete(type, kArn).ok());
}

TEST_F(FirewallPolicyTest, UpdateSendsTheWholePolicyWithItsToken) {
  service.Then("DescribeFirewallPolicy", Described())
      .Then("UpdateFirewallPolicy", Described())
      .Then("DescribeFirewallPolicy", Described());
  PropertyMap content = Content();
  content.erase("statefulRuleGroupReferences");
  const Made made = world.Update(type, kArn, Inputs(), With(Inputs(), "firewallPolicy", content));
  ASSERT_TRUE(made.status.ok()) << made.status;
  json sent = ContentWire();
  sent.erase("StatefulRuleGroupReferences");
  EXPECT_EQ(service.Body("UpdateFirewallPolicy"),
            (json{{"FirewallPolicyArn", kArn}, {"UpdateToken", kToken}, {"FirewallPolicy", sent}}));
}

TEST_F(FirewallPolicyTest, TokenConflict) {
  service.Always("DescribeFirewallPolicy", Described())
      .Fails("UpdateFirewallPolicy", "InvalidTokenException")
      .Then("UpdateFirewallPolicy", Described());
  EXPECT_TRUE(world.Update(type, kArn, Inputs(), With(Inputs(), "description", "new")).status.ok());
  EXPECT_EQ(service.Count("UpdateFirewallPolicy"), 2u);
}

TEST_F(FirewallPolicyTest, ThrottledUpdate) {
  service.Always("DescribeFirewallPolicy", Described())
      .Fails("UpdateFirewallPolicy", "ThrottlingException")
      .Then("UpdateFirewallPolicy", Described());
  EXPECT_TRUE(world.Update(type, kArn, Inputs(), With(Inputs(), "description", "new")).status.ok());
}

TEST_F(FirewallPolicyTest, LostReply) {
  service.Fails("DescribeFirewallPolicy", "ResourceNotFoundException")
      .Loses("CreateFirewallPolicy");
  service.on_request = [&](const std::string& operation) {
    if (operation != "CreateFirewallPolicy") return;
    service.Always("DescribeFirewallPolicy",
                   Described({{"Tags", service.asked.back().body.at("Tags")}}));
  };
  const Made made = world.Create(type, Inputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kArn);
  EXPECT_EQ(service.Count("CreateFirewallPolicy"), 1u);
}

TEST_F(FirewallPolicyTest, AnotherRuleOrderReplaces) {
  const auto with_engine = [](PropertyMap options) {
    return With(Inputs(), "firewallPolicy",
                With(Content(), "statefulEngineOptions", std::move(options)));
  };
  resource::Findings findings;
  EXPECT_TRUE(
      Replaces(world.Diff(type, Inputs(), with_engine({{"ruleOrder", "STRICT_ORDER"}}), findings)));
  EXPECT_FALSE(Replaces(
      world.Diff(type, Inputs(), with_engine({{"streamExceptionPolicy", "REJECT"}}), findings)));
}

TEST_F(FirewallPolicyTest, DeleteWaitsForTheFirewall) {
  service.Fails("DeleteFirewallPolicy", "InvalidOperationException", "still in use")
      .Then("DeleteFirewallPolicy", Described())
      .Then("DescribeFirewallPolicy", Described({{"FirewallPolicyStatus", "DELETING"}}))
      .Fails("DescribeFirewallPolicy", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kArn).ok());
  EXPECT_EQ(service.Count("DeleteFirewallPolicy"), 2u);
}

TEST_F(FirewallPolicyTest, CancelWhileItIsInUse) {
  for (int i = 0; i < 3; ++i) {
    service.Fails("DeleteFirewallPolicy", "InvalidOperationException", "still in use");
  }
  world.reporter.on_status = [&] { world.stop.request_stop(); };
  EXPECT_EQ(world.Delete(type, kArn).code(), absl::StatusCode::kCancelled);
}

TEST_F(FirewallPolicyTest, List) {
  service.Then("ListFirewallPolicies",
               {{"FirewallPolicies", {{{"Name", "egress"}, {"Arn", kArn}}}}});
  resource::Call call = world.Call();
  const auto page = type.List(call, {{{"region", "eu-west-1"}}, "", 10});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->items.at(0).name, "egress");
  EXPECT_EQ(page->continuation, "");
}

TEST_F(FirewallPolicyTest, CheckFindsStrictActionsInADefaultOrder) {
  PropertyMap content = Content();
  content["statefulDefaultActions"] = PropertyArray{"aws:drop_strict"};
  EXPECT_THAT(Told(world.Check(type, With(Inputs(), "firewallPolicy", content)).failures()),
              testing::Contains("firewallPolicy.statefulDefaultActions aws.nf.strict-order"));
  EXPECT_THAT(world.Check(type, With(Inputs(), "firewallPolicy", value::Unknown{})).failures(),
              IsEmpty());
  EXPECT_THAT(*type.ExplainUnknown("arn"), HasSubstr("firewallPolicyArn"));
}

}  // namespace
}  // namespace palisade::aws::networkfirewall
