#include "provider/clouds/aws/core/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/testing.h"
#include "provider/http/exchange.h"

namespace palisade::aws {
namespace {

using http::Idempotency;
using testing::Asked;
using ::testing::Contains;
using testing::Failure;
using ::testing::HasSubstr;
using testing::World;
using value::PropertyArray;
using value::PropertyMap;
using Answer = std::optional<http::FakeTransport::Answer>;

// A session of one call, and EC2's answers to a read.
class SessionTest : public ::testing::Test {
 protected:
  absl::StatusOr<Session> Open(Placement placement = {"eu-west-1", ""}) {
    call_.emplace(world.MakeCall(stop.get_token(), timeout));
    return Session::Open(*world.cloud, *call_, std::move(placement));
  }
  absl::Status Describe(Idempotency idempotency = Idempotency::kIdempotent) {
    auto session = Open();
    if (!session.ok()) return session.status();
    session->set_subject("vpc-1");
    return session->Ec2("DescribeThings", {}, idempotency).status();
  }
  static std::string HeaderOf(const http::Request& request, std::string_view name) {
    for (const auto& header : request.headers) {
      if (http::SameHeaderName(header.name, name)) return header.value;
    }
    return "";
  }

  World world;
  std::stop_source stop;
  std::chrono::milliseconds timeout{0};
  std::optional<resource::Call> call_;
};

TEST_F(SessionTest, SignsForTheRegionAndSaysWhoItIs) {
  ASSERT_TRUE(Describe().ok());
  const http::Request sent = world.transport.sent().back();
  EXPECT_EQ(sent.url, "https://ec2.eu-west-1.amazonaws.com/");
  EXPECT_THAT(HeaderOf(sent, "authorization"), HasSubstr("/eu-west-1/ec2/aws4_request"));
  EXPECT_EQ(HeaderOf(sent, "user-agent"), "palisade");
  EXPECT_EQ(sent.body, "Action=DescribeThings&Version=2016-11-15");
}

TEST_F(SessionTest, AWrongClockIsCorrectedOnceAndRemembered) {
  // Our clock stands at 1,790,000,000 s, Mon, 21 Sep 2026 14:13:20 GMT; theirs is an hour ahead.
  world.ec2.before = [](const Asked&) -> Answer {
    http::Response refused = Failure(401, "AuthFailure");
    refused.headers.push_back({"Date", "Mon, 21 Sep 2026 15:13:20 GMT"});
    return refused;
  };
  EXPECT_EQ(base::CloudCodeOf(Describe()), "AuthFailure");
  auto sent = world.transport.sent();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(HeaderOf(sent[0], "x-amz-date"), "20260921T141320Z");
  EXPECT_EQ(HeaderOf(sent[1], "x-amz-date").substr(0, 11), "20260921T15");
  world.ec2.before = nullptr;
  ASSERT_TRUE(Describe().ok());
  EXPECT_EQ(HeaderOf(world.transport.sent().back(), "x-amz-date").substr(0, 11), "20260921T15");
}

TEST_F(SessionTest, TwoCallsCorrectTheClockTheyShareOnce) {
  // The second call's refusal comes when the first has set the clock right already.
  http::Response refused = Failure(401, "AuthFailure");
  refused.headers.push_back({"Date", "Mon, 21 Sep 2026 15:13:20 GMT"});
  int number = 0;
  world.ec2.before = [&](const Asked&) -> Answer {
    const int mine = ++number;
    if (mine == 1) {
      auto other = world.MakeCall();
      auto session = Session::Open(*world.cloud, other, {"eu-west-1", ""});
      EXPECT_TRUE(session->Ec2("DescribeThings", {}, Idempotency::kIdempotent).ok());
    }
    if (mine > 2) return std::nullopt;
    return refused;
  };
  EXPECT_TRUE(Describe().ok());
  EXPECT_EQ(HeaderOf(world.transport.sent().back(), "x-amz-date").substr(0, 11), "20260921T15");
}

TEST_F(SessionTest, WhatAServiceQuotesOfTheRequestIsNotShown) {
  world.environment["AWS_SESSION_TOKEN"] = "a-session-token-of-the-test";
  world.ec2.before = [](const Asked&) -> Answer {
    return Failure(403, "SignatureDoesNotMatch",
                   "The canonical request: x-amz-security-token:a-session-token-of-the-test end");
  };
  const std::string text = base::Message(Describe());
  EXPECT_THAT(text, HasSubstr("SignatureDoesNotMatch"));
  EXPECT_THAT(text, HasSubstr("The canonical request"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("a-session-token-of-the-test")));
}

TEST_F(SessionTest, ABadSignatureWithARightClockIsNoClock) {
  world.ec2.before = [](const Asked&) -> Answer {
    http::Response refused = Failure(401, "AuthFailure");
    refused.headers.push_back({"Date", "Mon, 21 Sep 2026 14:14:00 GMT"});
    return refused;
  };
  const absl::Status status = Describe();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(world.transport.sent().size(), 1u);
}

TEST_F(SessionTest, ExpiredCredentialsAreTriedOnceMore) {
  world.ec2.before = [](const Asked&) -> Answer { return Failure(400, "ExpiredToken"); };
  const absl::Status status = Describe();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(world.transport.sent().size(), 2u);
}

TEST_F(SessionTest, CredentialsThatExpireOnTheWayAreRenewedAgain) {
  world.environment = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/creds"},
                       {"HOME", "/nowhere"}};
  int served = 0, refused = 0;
  world.transport.Otherwise([&](const http::Request& request) -> http::FakeTransport::Answer {
    if (request.url.find("/creds") != std::string::npos) {
      const std::string key = "ASIA" + std::to_string(++served);
      return http::Response{200,
                            {},
                            R"({"AccessKeyId":")" + key +
                                R"(","SecretAccessKey":"SEKRET","Token":"SEKRET",)"
                                R"("Expiration":"2026-09-21T20:00:00Z"})"};
    }
    if (++refused <= 2) return Failure(400, "ExpiredToken");
    return world.ec2.Answer(request);
  });
  EXPECT_TRUE(Describe().ok());
  EXPECT_EQ(served, 3);
  EXPECT_THAT(HeaderOf(world.transport.sent().back(), "authorization"), HasSubstr("ASIA3"));
}

TEST_F(SessionTest, ErrorsSayWhatWasTriedAndWhatToDo) {
  const auto with = [&](int http_status, const char* code) {
    world.ec2.before = [=](const Asked&) -> Answer { return Failure(http_status, code, "no way"); };
    return Describe();
  };
  absl::Status status = with(403, "UnauthorizedOperation");
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  for (const char* part : {"ec2 DescribeThings of vpc-1", "UnauthorizedOperation", "HTTP 403",
                           "no way", "req-bad", "Allow ec2:DescribeThings"}) {
    EXPECT_THAT(base::Message(status), HasSubstr(part));
  }
  status = with(400, "VpcLimitExceeded");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(base::Message(status), HasSubstr("Service Quotas"));
  EXPECT_EQ(with(403, "OptInRequired").code(), absl::StatusCode::kFailedPrecondition);
  // Never NOT_FOUND: a Delete would take it for success.
  EXPECT_EQ(with(400, "InvalidVpcID.NotFound").code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(with(404, "Nothing").code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(SessionTest, AServersErrorsAreRepeatedForReadsOnly) {
  world.ec2.before = [](const Asked&) -> Answer { return Failure(500, "InternalError"); };
  absl::Status status = Describe();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(world.transport.sent().size(), 5u);
  status = Describe(Idempotency::kNonIdempotent);
  EXPECT_EQ(world.transport.sent().size(), 6u);
  EXPECT_TRUE(http::MayHaveHappened(status));
}

TEST_F(SessionTest, ThrottlingIsWaitedOut) {
  int left = 20;
  world.ec2.before = [&](const Asked&) -> Answer {
    if (left-- > 0) return Failure(503, "RequestLimitExceeded");
    return std::nullopt;
  };
  EXPECT_TRUE(Describe(Idempotency::kNonIdempotent).ok());
  EXPECT_EQ(world.transport.sent().size(), 21u);
}

TEST_F(SessionTest, TheEnvironmentOrTheProfileMayNameTheAttempts) {
  world.ec2.before = [](const Asked&) -> Answer { return Failure(503, "RequestLimitExceeded"); };
  const auto attempts = [&](PropertyMap configuration = {{"region", "eu-west-1"}}) {
    world.Configure(std::move(configuration));
    world.NextRun(true);
    const std::size_t before = world.transport.sent().size();
    EXPECT_FALSE(Describe().ok());
    return world.transport.sent().size() - before;
  };
  world.environment["AWS_MAX_ATTEMPTS"] = "2";
  EXPECT_EQ(attempts(), 2u);
  EXPECT_EQ(attempts({{"region", "eu-west-1"}, {"maxRetries", 2}}), 3u);
  world.environment["AWS_MAX_ATTEMPTS"] = "many";
  EXPECT_EQ(attempts(), 25u);
  world.environment.erase("AWS_MAX_ATTEMPTS");
  const std::string file = ::testing::TempDir() + "/attempts";
  std::ofstream(file) << "[default]\nmax_attempts = 4\n";
  world.environment["AWS_CONFIG_FILE"] = file;
  EXPECT_EQ(attempts(), 4u);
}

TEST_F(SessionTest, AQuotaOfAJsonServiceIsNotRepeated) {
  world.transport.Otherwise([](const http::Request&) {
    return http::Response{400, {}, R"({"__type":"LimitExceededException","message":"full"})"};
  });
  auto session = Open();
  ASSERT_TRUE(session.ok());
  const auto reply = session->Json(kNetworkFirewall, "CreateRuleGroup", {{"Capacity", 1}},
                                   Idempotency::kNonIdempotent);
  EXPECT_EQ(reply.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(world.transport.sent().size(), 1u);
  EXPECT_EQ(HeaderOf(world.transport.sent()[0], "x-amz-target"),
            "NetworkFirewall_20201112.CreateRuleGroup");
  EXPECT_EQ(HeaderOf(world.transport.sent()[0], "content-type"), "application/x-amz-json-1.0");
}

TEST_F(SessionTest, ARepliesThatCannotBeReadIsAnError) {
  world.transport.Otherwise([](const http::Request&) {
    return http::Response{200, {{"content-type", "text/html"}}, "<html><title>Sign in</title>"};
  });
  auto session = Open();
  ASSERT_TRUE(session.ok());
  const auto xml = session->Ec2("CreateThing", {}, Idempotency::kNonIdempotent);
  EXPECT_THAT(base::Message(xml.status()), HasSubstr("proxy"));
  EXPECT_TRUE(http::MayHaveHappened(xml.status()));
  const auto json = session->Json(kNetworkFirewall, "X", {}, Idempotency::kNonIdempotent);
  EXPECT_TRUE(http::MayHaveHappened(json.status()));
}

TEST_F(SessionTest, PagesAreFollowed) {
  world.ec2.before = [](const Asked& asked) -> Answer {
    const std::string token = asked.Get("NextToken");
    const std::string next = token.empty() ? "<nextToken>2</nextToken>" : "";
    return testing::Reply("DescribeThings", "<page>" + token + "</page>" + next);
  };
  auto session = Open();
  ASSERT_TRUE(session.ok());
  std::vector<std::string> pages;
  Params params;
  params.Add("MaxResults", std::int64_t{5});
  EXPECT_TRUE(session
                  ->Ec2Pages("DescribeThings", params,
                             [&](const Xml& xml) { pages.push_back(Text(xml.root, "page")); })
                  .ok());
  EXPECT_EQ(pages, (std::vector<std::string>{"", "2"}));
  EXPECT_THAT(world.transport.sent().back().body, HasSubstr("MaxResults=5&NextToken=2"));
}

TEST_F(SessionTest, PagesThatNeverEndAreAnError) {
  world.ec2.before = [](const Asked&) -> Answer {
    return testing::Reply("DescribeThings", "<nextToken>2</nextToken>");
  };
  auto session = Open();
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->Ec2Pages("DescribeThings", {}, [](const Xml&) {}).code(),
            absl::StatusCode::kInternal);
}

TEST_F(SessionTest, RetryWhileEndsWithTheLastErrorAtItsLimit) {
  auto session = Open();
  ASSERT_TRUE(session.ok());
  int calls = 0;
  const auto busy = [&] {
    ++calls;
    return base::CloudStatus(absl::StatusCode::kInvalidArgument,
                             {"ec2", "DeleteThing", 400, "DependencyViolation", "in use", "r"}, "");
  };
  const absl::Status status = session->RetryWhile({"DependencyViolation"}, std::chrono::seconds(60),
                                                  "what uses it to go", busy);
  EXPECT_EQ(base::CloudCodeOf(status), "DependencyViolation");
  EXPECT_GT(calls, 5);
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("waiting for what uses it to go")));
  calls = 0;
  EXPECT_FALSE(session->RetryWhile({"Other"}, std::chrono::seconds(60), "x", busy).ok());
  EXPECT_EQ(calls, 1);
}

TEST_F(SessionTest, RetryWhileHeedsTheCallsLimitAndItsCancel) {
  timeout = std::chrono::seconds(10);
  auto session = Open();
  ASSERT_TRUE(session.ok());
  const auto busy = [&] {
    return base::CloudStatus(absl::StatusCode::kInvalidArgument,
                             {"ec2", "DeleteThing", 400, "DependencyViolation", "in use", "r"}, "");
  };
  EXPECT_EQ(base::CloudCodeOf(
                session->RetryWhile({"DependencyViolation"}, std::chrono::seconds(600), "x", busy)),
            "DependencyViolation");
  stop.request_stop();
  EXPECT_EQ(
      session->RetryWhile({"DependencyViolation"}, std::chrono::seconds(600), "x", busy).code(),
      absl::StatusCode::kCancelled);
}

TEST_F(SessionTest, IdentityIsAskedOnceForEqualSettings) {
  for (int i = 0; i < 3; ++i) {
    world.NextRun();
    auto session = Open();
    ASSERT_TRUE(session.ok());
    EXPECT_EQ(*session->AccountId(), "111122223333");
  }
  EXPECT_EQ(world.ec2.Count("GetCallerIdentity"), 1);
  EXPECT_EQ(world.transport.sent()[0].url, "https://sts.eu-west-1.amazonaws.com/");
}

TEST_F(SessionTest, AFailureToTellTheIdentityIsNotKept) {
  int left = 1;
  world.ec2.before = [&](const Asked&) -> Answer {
    if (left-- > 0) return Failure(403, "AccessDenied");
    return std::nullopt;
  };
  auto session = Open();
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->AccountId().status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(*session->AccountId(), "111122223333");
}

TEST_F(SessionTest, NotAskingAndGuardingContradict) {
  world.Configure({{"skipRequestingAccountId", true}});
  auto session = Open();
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(*session->AccountId(), "");
  EXPECT_TRUE(world.transport.sent().empty());
  world.Configure(
      {{"skipRequestingAccountId", true}, {"allowedAccountIds", PropertyArray{"111122223333"}}});
  session = Open();
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->AccountId().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(SessionTest, AccountsHaveTheirOwnKeys) {
  world.Configure({{"accounts", PropertyMap{{"other", PropertyMap{{"accessKey", "AKIDOTHER"},
                                                                  {"secretKey", "SEKRET2"},
                                                                  {"region", "us-east-1"}}}}}});
  auto session = Open({"", "other"});
  ASSERT_TRUE(session.ok()) << session.status();
  EXPECT_EQ(session->region(), "us-east-1");
  ASSERT_TRUE(session->AccountId().ok());
  EXPECT_THAT(HeaderOf(world.transport.sent().back(), "authorization"),
              HasSubstr("Credential=AKIDOTHER/"));
  const auto unknown = Open({"", "nobody"});
  EXPECT_THAT(base::Message(unknown.status()), HasSubstr("its `accounts` has other"));
}

TEST_F(SessionTest, WithoutARegionSaysWhereItMayStand) {
  world.Configure({});
  const auto session = Open({});
  EXPECT_EQ(session.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(base::Message(session.status()), HasSubstr("AWS_REGION"));
}

TEST_F(SessionTest, DangerousAndIdleSettingsAreWarnedOfOnce) {
  world.Configure({{"insecure", true}, {"endpoints", PropertyMap{{"ecs", "http://127.0.0.1:1"}}}});
  ASSERT_TRUE(Describe().ok());
  ASSERT_TRUE(Describe().ok());
  ASSERT_EQ(world.reporter.warnings.size(), 2u);
  EXPECT_THAT(world.reporter.warnings[0], HasSubstr("not verified"));
  EXPECT_THAT(world.reporter.warnings[1], HasSubstr("ecs"));
  EXPECT_TRUE(world.transport.sent().back().network->insecure);
}

TEST_F(SessionTest, AuthoritiesByConfigurationVariableOrProfile) {
  const auto bundle = [this] {
    EXPECT_TRUE(Describe().ok());
    return world.transport.sent().back().network->ca_bundle;
  };
  EXPECT_EQ(bundle(), "");
  const std::string config = ::testing::TempDir() + "palisade-ca-bundle";
  std::ofstream(config) << "[default]\nca_bundle = /profile.pem\n";
  world.environment["AWS_CONFIG_FILE"] = config;
  world.NextRun(true);
  EXPECT_EQ(bundle(), "/profile.pem");
  world.environment["AWS_CA_BUNDLE"] = "~/variable.pem";
  world.NextRun(true);
  EXPECT_EQ(bundle(), "/nowhere/variable.pem");
  world.Configure({{"region", "eu-west-1"}, {"customCaBundle", "~/configured.pem"}});
  EXPECT_EQ(bundle(), "/nowhere/configured.pem");
}

// A tool writes the keys of another account into the profile while the process runs.
TEST_F(SessionTest, OtherCredentialsAreAskedAgainWhoTheyAre) {
  const std::string file = ::testing::TempDir() + "palisade-two-accounts";
  const auto write = [&file](const std::string& key) {
    std::ofstream(file) << "[default]\naws_access_key_id = " << key
                        << "\naws_secret_access_key = SEKRET\n";
  };
  write("AKIDONE");
  world.environment = {{"AWS_SHARED_CREDENTIALS_FILE", file}, {"HOME", "/nowhere"}};
  world.Configure({{"region", "eu-west-1"}, {"allowedAccountIds", PropertyArray{"111122223333"}}});
  ASSERT_TRUE(Open()->AccountId().ok());
  write("AKIDTWO");
  world.ec2.account = "999988887777";
  bool expired = false;
  world.ec2.before = [&expired](const Asked&) -> Answer {
    if (std::exchange(expired, true)) return std::nullopt;
    return Failure(400, "ExpiredToken");
  };
  ASSERT_TRUE(Describe().ok());
  const absl::Status guarded = Open()->AccountId().status();
  EXPECT_THAT(base::Message(guarded), HasSubstr("999988887777, which is not among"));
}

TEST_F(SessionTest, AnEmptyVariableIsNoSetting) {
  const std::string config = ::testing::TempDir() + "palisade-fips";
  std::ofstream(config) << "[default]\nuse_fips_endpoint = true\n";
  world.environment["AWS_CONFIG_FILE"] = config;
  world.environment["AWS_USE_FIPS_ENDPOINT"] = "";
  world.NextRun(true);
  ASSERT_TRUE(Describe().ok());
  EXPECT_EQ(world.transport.sent().back().url, "https://ec2-fips.eu-west-1.amazonaws.com/");
}

TEST_F(SessionTest, EndpointsOfOnesOwnAreUsed) {
  world.Configure({{"endpoints", PropertyMap{{"ec2", "http://127.0.0.1:5000/"}}}});
  ASSERT_TRUE(Describe().ok());
  EXPECT_EQ(world.transport.sent().back().url, "http://127.0.0.1:5000/");
}

}  // namespace
}  // namespace palisade::aws
