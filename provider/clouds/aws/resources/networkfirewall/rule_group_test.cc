#include "provider/clouds/aws/resources/networkfirewall/rule_group.h"

#include "provider/clouds/aws/resources/networkfirewall/testing.h"

namespace palisade::aws::networkfirewall {
namespace {

const std::string kArn = Arn("stateful-rulegroup");

PropertyMap DomainList(const std::string& target = ".example.com") {
  return {{"rulesSource",
           PropertyMap{{"rulesSourceList", PropertyMap{{"generatedRulesType", "ALLOWLIST"},
                                                       {"targetTypes", PropertyArray{"TLS_SNI"}},
                                                       {"targets", PropertyArray{target}}}}}}};
}

PropertyMap Inputs() {
  return {{"ruleGroupName", "egress"},
          {"type", "STATEFUL"},
          {"capacity", 100},
          {"ruleGroup", DomainList()},
          {"region", "eu-west-1"}};
}

json DomainListWire(const std::string& target = ".example.com") {
  return {{"RulesSource",
           {{"RulesSourceList",
             {{"GeneratedRulesType", "ALLOWLIST"},
              {"TargetTypes", {"TLS_SNI"}},
              {"Targets", {target}}}}}}};
}

json Described(json rule_group = DomainListWire(), json more = json::object(),
               const std::string& name = "egress") {
  json info{{"RuleGroupArn", Arn("stateful-rulegroup", name)},
            {"RuleGroupName", name},
            {"RuleGroupId", "99999999-2222-3333-4444-555555555555"},
            {"Type", "STATEFUL"},
            {"Capacity", 100},
            {"RuleGroupStatus", "ACTIVE"}};
  info.update(more);
  return {{"UpdateToken", kToken}, {"RuleGroup", rule_group}, {"RuleGroupResponse", info}};
}

json TagsWire(const std::string& marker) {
  return {{"Tags", {{{"Key", "palisade:creating"}, {"Value", marker}}}}};
}

std::string MarkerOf(const json& request) {
  for (const json& tag : request.at("Tags")) {
    if (tag.at("Key") == "palisade:creating") return tag.at("Value");
  }
  return "none";
}

class RuleGroupTest : public testing::Test {
 protected:
  World world;
  FakeService& service = world.service;
  const RuleGroup type{world.cloud};
};

TEST_F(RuleGroupTest, CreateSendsTheWholeGroupOnce) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Then("CreateRuleGroup", Described())
      .Then("DescribeRuleGroup", Described());
  PropertyMap inputs = Inputs();
  inputs["description"] = "where models may go";
  inputs["tags"] = PropertyMap{{"team", "serving"}};
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kArn);
  EXPECT_EQ(made.outputs.at("ruleGroupArn"), PropertyValue(kArn));
  EXPECT_EQ(made.outputs.at("ruleGroupId"), PropertyValue("99999999-2222-3333-4444-555555555555"));
  EXPECT_EQ(made.outputs.at("accountId"), PropertyValue("123456789012"));
  json request = service.Body("CreateRuleGroup");
  EXPECT_EQ(request.at("Tags").size(), 2u);
  request.erase("Tags");
  EXPECT_EQ(request, (json{{"RuleGroupName", "egress"},
                           {"Type", "STATEFUL"},
                           {"Capacity", 100},
                           {"Description", "where models may go"},
                           {"RuleGroup", DomainListWire()}}));
  EXPECT_EQ(service.Body("UntagResource"),
            (json{{"ResourceArn", kArn}, {"TagKeys", {"palisade:creating"}}}));
  EXPECT_THAT(service.operations(), ElementsAre("DescribeRuleGroup", "CreateRuleGroup",
                                                "DescribeRuleGroup", "UntagResource"));
}

TEST_F(RuleGroupTest, ATextOfRulesIsSentAsRulesAndReadAsRules) {
  const std::string rules = "pass tcp any any -> any 443 (sid:1;)";
  const json stored{{"RulesSource", {{"RulesString", rules}}}};
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Then("CreateRuleGroup", Described(stored))
      .Always("DescribeRuleGroup", Described(stored));
  const PropertyMap inputs = With(Without(Inputs(), "ruleGroup"), "rules", rules);
  ASSERT_TRUE(world.Create(type, inputs).status.ok());
  EXPECT_EQ(service.Body("CreateRuleGroup").at("Rules"), rules);
  EXPECT_FALSE(service.Body("CreateRuleGroup").contains("RuleGroup"));

  const auto read = world.Read(type, kArn, &inputs);
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_EQ((*read)->inputs.at("rules"), PropertyValue(rules));
  EXPECT_FALSE((*read)->inputs.contains("ruleGroup"));
  const auto imported = world.Read(type, kArn);
  ASSERT_TRUE(imported.ok() && *imported);
  EXPECT_FALSE((*imported)->inputs.contains("rules"));
  EXPECT_EQ((*imported)->inputs.at("ruleGroup"),
            PropertyValue(PropertyMap{{"rulesSource", PropertyMap{{"rulesString", rules}}}}));
}

TEST_F(RuleGroupTest, ReadTellsOneSourceOnly) {
  json both = DomainListWire();
  both["RulesSource"]["RulesString"] = "pass tls any any -> any any (sid:1;)";
  both["RulesSource"]["StatefulRules"] = json::array();
  service.Then("DescribeRuleGroup", Described(both));
  const auto read = world.Read(type, kArn);
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_EQ((*read)->inputs.at("ruleGroup"), PropertyValue(DomainList()));
}

TEST_F(RuleGroupTest, ASelectionOfFieldsThatIsLeftOutIsEmptied) {
  json selected = Described();
  selected["RuleGroupResponse"]["SummaryConfiguration"] = {{"RuleOptions", {"SID"}}};
  json none = selected;
  none["RuleGroupResponse"]["SummaryConfiguration"] = {{"RuleOptions", json::array()}};
  service.Then("DescribeRuleGroup", selected)
      .Then("UpdateRuleGroup", none)
      .Always("DescribeRuleGroup", none);
  const PropertyMap olds =
      With(Inputs(), "summaryConfiguration", PropertyMap{{"ruleOptions", PropertyArray{"SID"}}});
  ASSERT_TRUE(world.Update(type, kArn, olds, Inputs()).status.ok());
  EXPECT_EQ(service.Body("UpdateRuleGroup").at("SummaryConfiguration"),
            (json{{"RuleOptions", json::array()}}));
  const auto imported = world.Read(type, kArn);
  ASSERT_TRUE(imported.ok() && *imported);
  EXPECT_FALSE((*imported)->inputs.contains("summaryConfiguration"));
}

TEST_F(RuleGroupTest, GoneOnRead) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException");
  const PropertyMap inputs = Inputs();
  const auto read = world.Read(type, kArn, &inputs);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(read->has_value());
}

TEST_F(RuleGroupTest, ImportNeedsAnArnOfARuleGroup) {
  for (const auto& [id, word] : {std::pair<std::string, std::string>{"egress", "is no ARN"},
                                 {Arn("firewall-policy"), "is the ARN of something else"}}) {
    const auto read = world.Read(type, id);
    EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument) << id;
    EXPECT_THAT(base::Message(read.status()), HasSubstr(word));
  }
  EXPECT_THAT(service.asked, IsEmpty());
}

TEST_F(RuleGroupTest, ImportAsksInTheRegionOfTheArnAndStateKeepsItsOwn) {
  const std::string far =
      "arn:aws:network-firewall:us-east-1:123456789012:stateful-rulegroup/egress";
  service.Then("DescribeRuleGroup", Described());
  const auto imported = world.Read(type, far);
  ASSERT_TRUE(imported.ok() && *imported) << imported.status();
  EXPECT_EQ((*imported)->inputs.at("region"), PropertyValue("us-east-1"));
  // An object of another region would look as if it were gone.
  const PropertyMap inputs = Inputs();
  const auto read = world.Read(type, far, &inputs);
  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(base::Message(read.status()), HasSubstr("us-east-1"));
}

TEST_F(RuleGroupTest, AGroupOfANewerTypeCannotBeImported) {
  json described = Described(nullptr, {{"Type", "IPS"}});
  service.Then("DescribeRuleGroup", described);
  const auto read = world.Read(type, kArn);
  EXPECT_EQ(read.status().code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(base::Message(read.status()), HasSubstr("IPS"));
}

TEST_F(RuleGroupTest, UpdateSendsTheFreshTokenAndKeepsAKeyOfTheUsers) {
  const json key{{"EncryptionConfiguration", {{"Type", "CUSTOMER_KMS"}, {"KeyId", "alias/k"}}}};
  service.Then("DescribeRuleGroup", Described(DomainListWire(), key))
      .Then("UpdateRuleGroup", Described())
      .Then("DescribeRuleGroup", Described(DomainListWire("a.com")));
  const Made made =
      world.Update(type, kArn, Inputs(), With(Inputs(), "ruleGroup", DomainList("a.com")));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(service.Body("UpdateRuleGroup"),
            (json{{"RuleGroupArn", kArn},
                  {"UpdateToken", kToken},
                  {"RuleGroup", DomainListWire("a.com")},
                  {"EncryptionConfiguration", key["EncryptionConfiguration"]}}));
}

TEST_F(RuleGroupTest, TagsAloneAreNoUpdateOfTheRules) {
  service.Always("DescribeRuleGroup", Described());
  const Made made =
      world.Update(type, kArn, Inputs(), With(Inputs(), "tags", PropertyMap{{"team", "serving"}}));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(service.operations(), ElementsAre("TagResource", "DescribeRuleGroup"));
}

TEST_F(RuleGroupTest, AStaleTokenIsFetchedAnew) {
  json newer = Described();
  newer["UpdateToken"] = "22222222-2222-3333-4444-555555555555";
  service.Then("DescribeRuleGroup", Described())
      .Fails("UpdateRuleGroup", "InvalidTokenException")
      .Then("DescribeRuleGroup", newer)
      .Then("UpdateRuleGroup", newer)
      .Then("DescribeRuleGroup", newer);
  ASSERT_TRUE(world.Update(type, kArn, Inputs(), With(Inputs(), "ruleGroup", DomainList("a.com")))
                  .status.ok());
  EXPECT_EQ(service.Body("UpdateRuleGroup", 1).at("UpdateToken"), newer["UpdateToken"]);
}

TEST_F(RuleGroupTest, TokensThatAreAlwaysStaleEndInASentence) {
  service.Always("DescribeRuleGroup", Described());
  for (int i = 0; i < 5; ++i) service.Fails("UpdateRuleGroup", "InvalidTokenException");
  const Made made =
      world.Update(type, kArn, Inputs(), With(Inputs(), "ruleGroup", DomainList("a.com")));
  EXPECT_EQ(made.status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(base::Message(made.status), HasSubstr("changed by somebody else"));
  EXPECT_EQ(service.Count("UpdateRuleGroup"), 5u);
}

TEST_F(RuleGroupTest, ADroppedDescriptionIsNeverSentEmpty) {
  service.Always("DescribeRuleGroup", Described()).Then("UpdateRuleGroup", Described());
  const Made made = world.Update(type, kArn, With(Inputs(), "description", "old"), Inputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_FALSE(service.Body("UpdateRuleGroup").contains("Description"));
  EXPECT_THAT(world.reporter.warnings, ElementsAre(HasSubstr("description")));
  resource::Findings findings;
  world.Diff(type, With(Inputs(), "description", "old"), Inputs(), findings);
  EXPECT_THAT(Told(findings.warnings()), ElementsAre("description aws.nf.description-kept"));
}

TEST_F(RuleGroupTest, AnotherRuleOrderReplaces) {
  const auto with_order = [](const std::string& order) {
    PropertyMap group = DomainList();
    group["statefulRuleOptions"] = PropertyMap{{"ruleOrder", order}};
    return With(Inputs(), "ruleGroup", group);
  };
  resource::Findings findings;
  EXPECT_TRUE(Replaces(world.Diff(type, Inputs(), with_order("STRICT_ORDER"), findings)));
  EXPECT_TRUE(Replaces(world.Diff(type, with_order("STRICT_ORDER"), Inputs(), findings)));
  EXPECT_FALSE(Replaces(world.Diff(type, Inputs(), with_order("DEFAULT_ACTION_ORDER"), findings)));
  const PropertyMap text =
      With(Without(Inputs(), "ruleGroup"), "rules", "pass ip any any (sid:1;)");
  EXPECT_TRUE(Replaces(world.Diff(type, text, with_order("STRICT_ORDER"), findings)));
  PropertyMap unknown = DomainList();
  unknown["statefulRuleOptions"] = value::Unknown{};
  EXPECT_FALSE(
      Replaces(world.Diff(type, Inputs(), With(Inputs(), "ruleGroup", unknown), findings)));
}

TEST_F(RuleGroupTest, DeleteWaitsForTheLastUserAndUntilItIsGone) {
  service.Fails("DeleteRuleGroup", "InvalidOperationException", "still in use")
      .Fails("DeleteRuleGroup", "InvalidOperationException", "still in use")
      .Then("DeleteRuleGroup", Described())
      .Then("DescribeRuleGroup", Described(DomainListWire(), {{"RuleGroupStatus", "DELETING"}}))
      .Fails("DescribeRuleGroup", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kArn).ok());
  EXPECT_EQ(service.Count("DeleteRuleGroup"), 3u);
  EXPECT_THAT(world.reporter.statuses, testing::Contains(HasSubstr("let it go")));
}

TEST_F(RuleGroupTest, AGroupInUseFailsAfterTenMinutes) {
  service.on_request = [&](const std::string&) {
    service.Fails("DeleteRuleGroup", "InvalidOperationException", "still in use");
  };
  service.Fails("DeleteRuleGroup", "InvalidOperationException", "still in use");
  const absl::Status status = world.Delete(type, kArn);
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(base::Message(status), HasSubstr("InvalidOperationException"));
  EXPECT_GE(world.Elapsed(), std::chrono::minutes(10));
  EXPECT_LE(world.Elapsed(), std::chrono::minutes(11));
}

TEST_F(RuleGroupTest, GoneOnDelete) {
  service.Fails("DeleteRuleGroup", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kArn).ok());
  EXPECT_THAT(service.operations(), ElementsAre("DeleteRuleGroup"));
}

TEST_F(RuleGroupTest, CancelEndsTheWaitForADelete) {
  service.Then("DeleteRuleGroup", Described()).Always("DescribeRuleGroup", Described());
  world.reporter.on_status = [&] { world.stop.request_stop(); };
  EXPECT_EQ(world.Delete(type, kArn).code(), absl::StatusCode::kCancelled);
}

TEST_F(RuleGroupTest, ThrottlingIsRetried) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Fails("CreateRuleGroup", "ThrottlingException")
      .Then("CreateRuleGroup", Described())
      .Then("DescribeRuleGroup", Described());
  EXPECT_TRUE(world.Create(type, Inputs()).status.ok());
  EXPECT_EQ(service.Count("CreateRuleGroup"), 2u);
}

TEST_F(RuleGroupTest, AShortageOfCapacityIsWaitedOut) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Fails("CreateRuleGroup", "InsufficientCapacityException")
      .Then("CreateRuleGroup", Described())
      .Then("DescribeRuleGroup", Described());
  EXPECT_TRUE(world.Create(type, Inputs()).status.ok());
}

TEST_F(RuleGroupTest, AQuotaIsNotRetried) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Fails("CreateRuleGroup", "LimitExceededException");
  const Made made = world.Create(type, Inputs());
  EXPECT_THAT(base::Message(made.status), HasSubstr("LimitExceededException"));
  EXPECT_EQ(service.Count("CreateRuleGroup"), 1u);
  EXPECT_EQ(made.id, "");
}

TEST_F(RuleGroupTest, AfterALostReplyTheGroupIsFoundByNameAndMarker) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException").Loses("CreateRuleGroup");
  service.on_request = [&](const std::string& operation) {
    if (operation != "CreateRuleGroup") return;
    const json marked = TagsWire(MarkerOf(service.asked.back().body));
    service.Always("DescribeRuleGroup", Described(DomainListWire(), marked));
  };
  const Made made = world.Create(type, Inputs());
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kArn);
  EXPECT_EQ(service.Count("CreateRuleGroup"), 1u);
  EXPECT_EQ(service.Count("UntagResource"), 1u);
}

TEST_F(RuleGroupTest, AnInterruptedRunsGroupIsFoundUnderTheNameThatItHad) {
  world.filled = {"ruleGroupName"};
  const std::string before = Arn("stateful-rulegroup", "egress-0ld0ld0");
  // Whose marker it is shows once the create would be sent; so ask for one first.
  service.Then("ListRuleGroups", {{"RuleGroups", json::array()}})
      .Fails("CreateRuleGroup", "LimitExceededException");
  const PropertyMap first = With(Inputs(), "ruleGroupName", "egress-aaaaaaa");
  EXPECT_FALSE(world.Create(type, first).status.ok());
  const std::string marker = MarkerOf(service.Body("CreateRuleGroup"));
  service.asked.clear();

  service
      .Then("ListRuleGroups", {{"RuleGroups", {{{"Name", "other"}, {"Arn", Arn("x", "other")}}}},
                               {"NextToken", "more"}})
      .Then("ListRuleGroups", {{"RuleGroups", {{{"Name", "egress-0ld0ld0"}, {"Arn", before}}}}})
      .Always("DescribeRuleGroup", Described(DomainListWire(), TagsWire(marker), "egress-0ld0ld0"));
  const Made made = world.Create(type, With(Inputs(), "ruleGroupName", "egress-bbbbbbb"));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, before);
  EXPECT_EQ(service.Count("CreateRuleGroup"), 0u);
  EXPECT_EQ(service.Body("ListRuleGroups", 1).at("NextToken"), "more");
}

TEST_F(RuleGroupTest, ANameThatSomebodyElseHasLeadsToImport) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Fails("CreateRuleGroup", "InvalidRequestException", "a resource of this name exists")
      .Then("DescribeRuleGroup", Described());
  const Made made = world.Create(type, Inputs());
  EXPECT_EQ(made.status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(base::Message(made.status),
              testing::AllOf(HasSubstr("\"egress\""), HasSubstr("pulumi import"), HasSubstr(kArn)));
}

TEST_F(RuleGroupTest, AnotherRefusalIsTheServicesOwn) {
  service.Fails("DescribeRuleGroup", "ResourceNotFoundException")
      .Fails("CreateRuleGroup", "InvalidRequestException", "the rules are wrong")
      .Fails("DescribeRuleGroup", "ResourceNotFoundException");
  EXPECT_THAT(base::Message(world.Create(type, Inputs()).status), HasSubstr("the rules are wrong"));
}

TEST_F(RuleGroupTest, ListLeavesOutManagedGroups) {
  service.Then("ListRuleGroups",
               {{"RuleGroups", {{{"Name", "egress"}, {"Arn", kArn}}}}, {"NextToken", "next"}});
  resource::Call call = world.Call();
  const auto page = type.List(call, {{{"region", "eu-west-1"}}, "", 500});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->items.at(0).id, kArn);
  EXPECT_EQ(page->continuation, "next");
  EXPECT_EQ(service.Body("ListRuleGroups"), (json{{"Scope", "ACCOUNT"}, {"MaxResults", 100}}));
}

TEST_F(RuleGroupTest, CheckTellsTheSeedsMistakesAndLetsUnknownsPass) {
  PropertyMap list{{"generatedRulesType", "ALLOWLIST"},
                   {"targetTypes", PropertyArray{"HTTP", "HTTPS"}},
                   {"targets", PropertyArray{"203.0.113.0/24"}}};
  const PropertyMap source{{"rulesSource", PropertyMap{{"rulesSourceList", list}}}};
  const auto findings = world.Check(type, With(Inputs(), "ruleGroup", source));
  EXPECT_EQ(findings.failures().size(), 3u);
  EXPECT_THAT(world.Check(type, Inputs()).failures(), IsEmpty());
  EXPECT_THAT(world.Check(type, With(Inputs(), "ruleGroup", value::Unknown{})).failures(),
              IsEmpty());
}

TEST_F(RuleGroupTest, NamesOfOtherPackagesAreExplained) {
  EXPECT_THAT(*type.ExplainUnknown("arn"), HasSubstr("ruleGroupArn"));
  EXPECT_THAT(*type.ExplainUnknown("name"), HasSubstr("ruleGroupName"));
  EXPECT_FALSE(type.ExplainUnknown("capacitty").has_value());
}

}  // namespace
}  // namespace palisade::aws::networkfirewall
