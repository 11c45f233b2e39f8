#include "provider/clouds/aws/resources/networkfirewall/logging_configuration.h"

#include "provider/clouds/aws/resources/networkfirewall/logging_steps.h"
#include "provider/clouds/aws/resources/networkfirewall/testing.h"

namespace palisade::aws::networkfirewall {
namespace {

const std::string kArn = Arn("firewall");

PropertyValue Config(const std::string& log, const std::string& group) {
  return PropertyMap{{"logType", log},
                     {"logDestinationType", "CloudWatchLogs"},
                     {"logDestination", PropertyMap{{"logGroup", group}}}};
}

PropertyMap Inputs(PropertyArray configs) {
  return {{"firewallArn", kArn},
          {"loggingConfiguration", PropertyMap{{"logDestinationConfigs", std::move(configs)}}},
          {"region", "eu-west-1"}};
}

json ConfigWire(const std::string& log, const std::string& group) {
  return {{"LogType", log},
          {"LogDestinationType", "CloudWatchLogs"},
          {"LogDestination", {{"logGroup", group}}}};
}

json Described(json configs, bool dashboard = false) {
  return {{"FirewallArn", kArn},
          {"EnableMonitoringDashboard", dashboard},
          {"LoggingConfiguration", {{"LogDestinationConfigs", std::move(configs)}}}};
}

const PropertyMap kTwo = Inputs({Config("ALERT", "/a"), Config("FLOW", "/f")});

class LoggingTest : public testing::Test {
 protected:
  LoggingTest() {
    // The service: what was set last is what is told.
    service.on_request = [this](const std::string& operation) {
      if (operation != "UpdateLoggingConfiguration") return;
      const json& body = service.asked.back().body;
      if (refuse == 0) {
        configs = body.contains("LoggingConfiguration")
                      ? body["LoggingConfiguration"]["LogDestinationConfigs"]
                      : json::array();
        dashboard = body.value("EnableMonitoringDashboard", dashboard);
        service.Then(operation, Described(configs, dashboard));
      } else {
        --refuse;
        service.Fails(operation, code);
      }
      service.Always("DescribeLoggingConfiguration", Described(configs, dashboard));
    };
    Holds(json::array());
  }
  void Holds(json now) {
    configs = std::move(now);
    service.Always("DescribeLoggingConfiguration", Described(configs, dashboard));
  }
  // The lists that were sent, as the log types in them.
  std::vector<std::string> Sent() const {
    std::vector<std::string> lists;
    for (const Asked& one : service.asked) {
      if (one.operation != "UpdateLoggingConfiguration") continue;
      std::string list;
      const json& logging = Member(one.body, "LoggingConfiguration");
      for (const json& config : Member(logging, "LogDestinationConfigs")) {
        list += Text(config, "LogType") + Text(Member(config, "LogDestination"), "logGroup") + " ";
      }
      lists.push_back(list);
    }
    return lists;
  }

  World world;
  FakeService& service = world.service;
  const LoggingConfiguration type{world.cloud};
  json configs;
  bool dashboard = false;
  int refuse = 0;
  std::string code = "LogDestinationPermissionException";
};

TEST_F(LoggingTest, CreateTakesOneCallForEachDestination) {
  const Made made = world.Create(type, kTwo);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kArn);
  EXPECT_THAT(Sent(), ElementsAre("ALERT/a ", "ALERT/a FLOW/f "));
  EXPECT_EQ(
      service.Body("UpdateLoggingConfiguration"),
      (json{{"FirewallArn", kArn},
            {"LoggingConfiguration", {{"LogDestinationConfigs", {ConfigWire("ALERT", "/a")}}}}}));
  EXPECT_EQ(service.Count("UntagResource"), 0u);
}

TEST_F(LoggingTest, AFirewallThatIsNotSeenYetIsWaitedFor) {
  service.Fails("DescribeLoggingConfiguration", "ResourceNotFoundException")
      .Fails("DescribeLoggingConfiguration", "ResourceNotFoundException")
      .Fails("DescribeLoggingConfiguration", "ResourceNotFoundException");
  const Made made = world.Create(type, kTwo);
  EXPECT_TRUE(made.status.ok()) << made.status;
}

TEST_F(LoggingTest, TheDashboardIsAChangeOfItsOwn) {
  ASSERT_TRUE(world.Create(type, With(kTwo, "enableMonitoringDashboard", true)).status.ok());
  EXPECT_THAT(Sent(), ElementsAre("ALERT/a ", "ALERT/a FLOW/f ", "ALERT/a FLOW/f "));
  EXPECT_EQ(service.Body("UpdateLoggingConfiguration", 2).at("EnableMonitoringDashboard"), true);
  service.asked.clear();
  ASSERT_TRUE(
      world.Update(type, kArn, With(kTwo, "enableMonitoringDashboard", true), kTwo).status.ok());
  EXPECT_EQ(service.Body("UpdateLoggingConfiguration").at("EnableMonitoringDashboard"), false);
}

TEST_F(LoggingTest, SomebodyElsesLoggingIsLeftAlone) {
  Holds(json::array({ConfigWire("ALERT", "/theirs")}));
  const Made made = world.Create(type, kTwo);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(base::Message(made.status), HasSubstr("pulumi import"));
  EXPECT_THAT(Sent(), IsEmpty());
}

// The engine creates before it deletes for a taint, a rename or --target-replace, and asks for no
// difference: the id of both is the firewall's.
TEST_F(LoggingTest, WhatWasFoundInPlaceStaysWhenItsPredecessorIsDeleted) {
  Holds(json::array({ConfigWire("ALERT", "/a"), ConfigWire("FLOW", "/f")}));
  ASSERT_TRUE(world.Create(type, kTwo).status.ok());
  EXPECT_TRUE(world.Delete(type, kArn, std::chrono::minutes(5), kTwo).ok());
  EXPECT_THAT(Sent(), IsEmpty());
  EXPECT_THAT(world.reporter.warnings, testing::Contains(HasSubstr("not deleted")));
}

TEST_F(LoggingTest, WhatThisRunMadeIsDeleted) {
  ASSERT_TRUE(world.Create(type, kTwo).status.ok());
  EXPECT_TRUE(world.Delete(type, kArn, std::chrono::minutes(5), kTwo).ok());
  EXPECT_THAT(configs, IsEmpty());
}

TEST_F(LoggingTest, AReplacementDeletesFirst) { EXPECT_TRUE(type.traits().delete_before_replace); }

TEST_F(LoggingTest, ThatTheProgramNamesTheSameFirewallIsNoChange) {
  resource::Findings findings;
  const PropertyMap named = With(kTwo, "firewallName", "egress");
  EXPECT_THAT(world.Diff(type, kTwo, named, findings), IsEmpty());
  EXPECT_THAT(world.Diff(type, named, kTwo, findings), IsEmpty());
  EXPECT_EQ(world.Diff(type, named, With(named, "firewallName", "other"), findings).size(), 1u);
  const std::string other = Arn("firewall", "other");
  EXPECT_EQ(world.Diff(type, named, With(kTwo, "firewallArn", other), findings).size(), 2u);
  const PropertyMap unknown = With(named, "firewallArn", value::Unknown{});
  EXPECT_EQ(world.Diff(type, kTwo, unknown, findings).size(), 2u);
}

TEST_F(LoggingTest, WhatAnInterruptedCreateLeftIsFinished) {
  Holds(json::array({ConfigWire("ALERT", "/a")}));
  ASSERT_TRUE(world.Create(type, kTwo).status.ok());
  EXPECT_THAT(Sent(), ElementsAre("ALERT/a FLOW/f "));
}

TEST_F(LoggingTest, APartialCreateKeepsItsId) {
  int calls = 0;
  const auto serve = service.on_request;
  service.on_request = [&](const std::string& operation) {
    if (operation == "UpdateLoggingConfiguration" && ++calls == 2) {
      service.Fails(operation, "LimitExceededException");
      return;
    }
    serve(operation);
  };
  const Made made = world.Create(type, kTwo);
  EXPECT_FALSE(made.status.ok());
  EXPECT_EQ(made.id, kArn);
}

TEST_F(LoggingTest, PermissionsThatAreNotThereYetAreWaitedFor) {
  refuse = 3;
  ASSERT_TRUE(world.Create(type, kTwo).status.ok());
  EXPECT_THAT(world.reporter.statuses, testing::Contains(HasSubstr("permitted")));
}

TEST_F(LoggingTest, PermissionsThatNeverComeFailAfterTwoMinutes) {
  refuse = 1000;
  const Made made = world.Create(type, kTwo);
  EXPECT_THAT(base::Message(made.status), HasSubstr("LogDestinationPermissionException"));
  EXPECT_LE(world.Elapsed(), std::chrono::minutes(3));
}

TEST_F(LoggingTest, CancelWhileItIsNotPermitted) {
  refuse = 1000;
  world.reporter.on_status = [&] { world.stop.request_stop(); };
  EXPECT_EQ(world.Create(type, kTwo).status.code(), absl::StatusCode::kCancelled);
}

TEST_F(LoggingTest, UpdateAltersThenRemovesThenAdds) {
  Holds(json::array({ConfigWire("ALERT", "/a"), ConfigWire("FLOW", "/f")}));
  const PropertyMap news = Inputs({Config("ALERT", "/other"), Config("TLS", "/t")});
  ASSERT_TRUE(world.Update(type, kArn, kTwo, news).status.ok());
  EXPECT_THAT(Sent(), ElementsAre("ALERT/other FLOW/f ", "ALERT/other ", "ALERT/other TLS/t "));
}

TEST_F(LoggingTest, ATokenConflictBeginsAnew) {
  Holds(json::array({ConfigWire("ALERT", "/a")}));
  refuse = 1;
  code = "InvalidTokenException";
  ASSERT_TRUE(world.Update(type, kArn, Inputs({Config("ALERT", "/a")}), kTwo).status.ok());
  EXPECT_THAT(Sent(), ElementsAre("ALERT/a FLOW/f ", "ALERT/a FLOW/f "));
}

TEST_F(LoggingTest, ALostReplyIsAskedForAgain) {
  service.Loses("UpdateLoggingConfiguration");
  const Made made = world.Create(type, kTwo);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(configs.size(), 2u);
}

TEST_F(LoggingTest, ThrottlingIsRetried) {
  refuse = 1;
  code = "ThrottlingException";
  EXPECT_TRUE(world.Create(type, kTwo).status.ok());
}

TEST_F(LoggingTest, ReadAndImport) {
  Holds(json::array({ConfigWire("ALERT", "/a"), ConfigWire("FLOW", "/f")}));
  const auto imported = world.Read(type, kArn);
  ASSERT_TRUE(imported.ok() && *imported) << imported.status();
  EXPECT_EQ((*imported)->inputs.at("firewallArn"), PropertyValue(kArn));
  EXPECT_EQ((*imported)->inputs.at("loggingConfiguration"), kTwo.at("loggingConfiguration"));
  EXPECT_FALSE((*imported)->inputs.contains("firewallName"));
  const PropertyMap named = With(kTwo, "firewallName", "egress");
  const auto read = world.Read(type, kArn, &named);
  EXPECT_EQ((*read)->inputs.at("firewallName"), PropertyValue("egress"));
}

TEST_F(LoggingTest, NothingLoggedIsGoneAndSoIsWhatHasNoFirewall) {
  auto read = world.Read(type, kArn, &kTwo);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->has_value());
  service.Fails("DescribeLoggingConfiguration", "ResourceNotFoundException");
  read = world.Read(type, kArn, &kTwo);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->has_value());
}

TEST_F(LoggingTest, DeleteTakesDestinationsAwayOneByOne) {
  Holds(json::array({ConfigWire("ALERT", "/a"), ConfigWire("FLOW", "/f")}));
  EXPECT_TRUE(world.Delete(type, kArn, std::chrono::minutes(5), kTwo).ok());
  EXPECT_THAT(Sent(), ElementsAre("FLOW/f ", ""));
  EXPECT_EQ(service.Body("UpdateLoggingConfiguration", 1), (json{{"FirewallArn", kArn}}));
}

TEST_F(LoggingTest, GoneOnDelete) {
  service.Fails("DescribeLoggingConfiguration", "ResourceNotFoundException");
  EXPECT_TRUE(world.Delete(type, kArn).ok());
}

TEST_F(LoggingTest, ListShowsFirewallsThatLog) {
  service
      .Then("ListFirewalls", {{"Firewalls",
                               {{{"FirewallName", "a"}, {"FirewallArn", kArn}},
                                {{"FirewallName", "b"}, {"FirewallArn", Arn("firewall", "b")}}}}})
      .Then("DescribeLoggingConfiguration", Described({ConfigWire("ALERT", "/a")}))
      .Then("DescribeLoggingConfiguration", Described(json::array()));
  resource::Call call = world.Call();
  const auto page = type.List(call, {{{"region", "eu-west-1"}}, "", 10});
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].id, kArn);
}

TEST_F(LoggingTest, CheckFindsKeysOfAnotherDestination) {
  const PropertyMap wrong{{"logType", "ALERT"},
                          {"logDestinationType", "S3"},
                          {"logDestination", PropertyMap{{"logGroup", "/a"}}}};
  EXPECT_FALSE(world.Check(type, Inputs({wrong})).failures().empty());
  EXPECT_THAT(world.Check(type, kTwo).failures(), IsEmpty());
  EXPECT_THAT(world.Check(type, With(kTwo, "loggingConfiguration", value::Unknown{})).failures(),
              IsEmpty());
}

TEST(LoggingSteps, EachIsOneChangeAwayFromTheOneBefore) {
  const Destinations a{{{"ALERT", "S3"}, {{"bucketName", "a"}}}};
  const Destinations b{{{"ALERT", "CloudWatchLogs"}, {{"logGroup", "b"}}}};
  EXPECT_THAT(Steps(a, a), IsEmpty());
  EXPECT_THAT(Steps({}, a), ElementsAre(a));
  EXPECT_THAT(Steps(a, {}), ElementsAre(Destinations{}));
  // A log type has one destination at a time, so the old one goes first.
  EXPECT_THAT(Steps(a, b), ElementsAre(Destinations{}, b));
}

}  // namespace
}  // namespace palisade::aws::networkfirewall
