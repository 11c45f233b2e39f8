#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

constexpr char kRole[] = "arn:aws:iam::123456789012:role/deploy";

// The roles of the provider's configuration, assumed on top of the environment's keys.
class StsTest : public SourceTest {
 protected:
  StsTest() {
    variables_["AWS_ACCESS_KEY_ID"] = "AKIABASE";
    variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-base";
    AwsAssumeRole role;
    role.role_arn = kRole;
    settings_.assume_roles = {role};
  }
  AwsAssumeRole& role() { return settings_.assume_roles[0]; }
};

TEST_F(StsTest, SendsEverySettingSigned) {
  role().session_name = "me@work";
  role().external_id = "x/1";
  role().policy = R"({"a":1})";
  role().source_identity = "ann";
  role().duration = std::chrono::hours(2);
  role().policy_arns = {"arn:p1", "arn:p2"};
  role().tags = {{"team", "net"}, {"env", "prod & test"}};
  role().transitive_tag_keys = {"team"};
  transport_.Then(200, StsReply("AssumeRole", "ONE"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAONE");
  EXPECT_EQ(found->source,
            "the role " + std::string(kRole) + ", assumed by AWS_ACCESS_KEY_ID of the environment");
  EXPECT_EQ(Sent(0).body,
            "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole"
            "%2Fdeploy&RoleSessionName=me%40work&DurationSeconds=7200&Policy=%7B%22a%22%3A1%7D&"
            "PolicyArns.member.1.arn=arn%3Ap1&PolicyArns.member.2.arn=arn%3Ap2&"
            "Tags.member.1.Key=env&Tags.member.2.Key=team&"
            "Tags.member.1.Value=prod%20%26%20test&Tags.member.2.Value=net&"
            "TransitiveTagKeys.member.1=team&ExternalId=x%2F1&SourceIdentity=ann");
  EXPECT_EQ(Header(Sent(0), "Authorization")
                .rfind("AWS4-HMAC-SHA256 Credential=AKIABASE/20260501/eu-west-1/sts/aws4_request, "
                       "SignedHeaders=content-type;host;x-amz-date, Signature=",
                       0),
            0U);
}

TEST_F(StsTest, RolesAreChained) {
  AwsAssumeRole second;
  second.role_arn = "arn:aws:iam::210987654321:role/second";
  second.session_name = "second";
  settings_.assume_roles.push_back(second);
  transport_.Then(200, StsReply("AssumeRole", "ONE")).Then(200, StsReply("AssumeRole", "TWO"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIATWO");
  EXPECT_NE(Header(Sent(1), "Authorization").find("Credential=ASIAONE/"), std::string::npos);
  EXPECT_EQ(Header(Sent(1), "X-Amz-Security-Token"), "SEKRET-token-ONE");
  EXPECT_NE(Sent(0).body.find("RoleSessionName=palisade-1777636800"), std::string::npos);

  settings_.assume_roles[1].duration = std::chrono::hours(2);
  transport_.Then(200, StsReply("AssumeRole", "ONE"));
  ExpectFailure(Find().status(), {"second", "900 to 3600", "by a role's session", "not 7200"});
}

TEST_F(StsTest, ChecksWhatStsWouldRefuse) {
  role().duration = std::chrono::seconds(60);
  ExpectFailure(Find().status(), {kRole, "900 to 43200", "not 60"});
  role().duration.reset();
  role().session_name = "a b";
  ExpectFailure(Find().status(), {"session name \"a b\"", "2 to 64"});
  role().session_name.clear();
  role().role_arn = "deploy";
  ExpectFailure(Find().status(), {"\"deploy\" is not the ARN of a role"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(StsTest, ThrottlingAndServerErrorsAreRetried) {
  transport_.Then(400, StsError("Throttling", "Rate exceeded"))
      .Then(503, "<html>busy</html>")
      .Then(http::NotSent(base::Error(absl::StatusCode::kUnavailable, "no route")))
      .Then(200, StsReply("AssumeRole", "ONE"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(transport_.sent().size(), 4U);
}

TEST_F(StsTest, ADenialNamesTheRoleWhoAskedAndWhatToDo) {
  transport_.Then(403, StsError("AccessDenied", "User: x is not authorized"));
  const absl::Status status = Find().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  ExpectFailure(status, {"sts AssumeRole of the role " + std::string(kRole), "AccessDenied",
                         "User: x is not authorized", "trust policy",
                         "AWS_ACCESS_KEY_ID of the environment", "[request req-7]"});
  EXPECT_EQ(base::CloudErrorOf(status)->service, "sts");
  EXPECT_EQ(transport_.sent().size(), 1U);
}

// AWS quotes the canonical request, with the token in it.
TEST_F(StsTest, WhatTheCloudQuotesIsHidden) {
  variables_["AWS_SESSION_TOKEN"] = "SEKRET-session";
  transport_.Then(403, StsError("SignatureDoesNotMatch",
                                "The Canonical String should have been 'POST x-amz-security-token:"
                                "SEKRET-session' and not SEKRET-base"));
  ExpectFailure(Find().status(),
                {"SignatureDoesNotMatch", "token:(hidden)", "does not belong to its access key"});
}

TEST_F(StsTest, AWrongClockIsCorrectedOnce) {
  transport_.Then(403, StsError("SignatureDoesNotMatch", "Signature expired"),
                  {{"Date", "Fri, 01 May 2026 13:00:00 GMT"}});
  transport_.Then(200, StsReply("AssumeRole", "ONE"));
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(0), "X-Amz-Date"), "20260501T120000Z");
  EXPECT_EQ(Header(Sent(1), "X-Amz-Date").substr(0, 11), "20260501T13");
  // The same answer with a right clock is final.
  transport_.Then(403, StsError("SignatureDoesNotMatch", "wrong"),
                  {{"Date", "Fri, 01 May 2026 12:00:01 GMT"}});
  ExpectFailure(Find().status(), {"SignatureDoesNotMatch"});
}

TEST_F(StsTest, AnAnswerThatIsNotStsIsAnError) {
  transport_.Then(200, "<html>Welcome to the hotel</html>");
  ExpectFailure(Find().status(), {"AssumeRole answered without credentials"});
  transport_.Then(418, "not even XML");
  ExpectFailure(Find().status(), {"sts AssumeRole", "HTTP 418"});
}

TEST_F(StsTest, TheRegionIsNeeded) {
  settings_.sts_region.clear();
  ExpectFailure(Find().status(), {"STS of a region", "AWS_REGION"});
  for (const char* source : {"profile", "AWS_DEFAULT_REGION", "AWS_REGION"}) {
    if (std::string(source) == "profile") {
      Config("[default]\nregion = profile\n");
    } else {
      variables_[source] = source;
    }
    transport_.Then(200, StsReply("AssumeRole", "ONE"));
    ASSERT_TRUE(Find().ok());
    EXPECT_EQ(transport_.sent().back().url,
              "https://sts." + std::string(source) + ".amazonaws.com/");
  }
  // Whatever the shell says, the configuration means its own region.
  settings_.region = "cn-north-1";
  transport_.Then(200, StsReply("AssumeRole", "ONE"));
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(transport_.sent().back().url, "https://sts.cn-north-1.amazonaws.com/");
}

TEST_F(StsTest, ACancelEndsTheSearch) {
  transport_.Then([this](const http::Request&) -> http::FakeTransport::Answer {
    cancel_.request_stop();
    return http::Response{500, {}, ""};
  });
  EXPECT_EQ(Find().status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace palisade::auth
