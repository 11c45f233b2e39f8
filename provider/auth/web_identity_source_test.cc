#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

constexpr char kRole[] = "arn:aws:iam::123456789012:role/ci";
constexpr char kOperation[] = "AssumeRoleWithWebIdentity";

class WebIdentitySourceTest : public SourceTest {
 protected:
  void FromEnvironmentVariables() {
    variables_["AWS_WEB_IDENTITY_TOKEN_FILE"] = home_.Write("token", "SEKRET-jwt\n");
    variables_["AWS_ROLE_ARN"] = kRole;
  }
};

TEST_F(WebIdentitySourceTest, TheEnvironmentsTokenIsSentUnsigned) {
  FromEnvironmentVariables();
  variables_["AWS_ROLE_SESSION_NAME"] = "pipeline";
  transport_.Then(200, StsReply(kOperation, "WEB"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAWEB");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-token-WEB");
  EXPECT_EQ(found->account_id, "123456789012");
  EXPECT_EQ(found->expires, At("2026-05-01T13:00:00Z"));
  const http::Request request = Sent(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://sts.eu-west-1.amazonaws.com/");
  EXPECT_EQ(request.body,
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A"
            "123456789012%3Arole%2Fci&RoleSessionName=pipeline&WebIdentityToken=SEKRET-jwt");
  EXPECT_EQ(Header(request, "Content-Type"), "application/x-www-form-urlencoded; charset=utf-8");
  EXPECT_EQ(Header(request, "Authorization"), "(none)");
  EXPECT_EQ(request.network, network_);
}

TEST_F(WebIdentitySourceTest, ATokenWithoutARoleIsAnError) {
  FromEnvironmentVariables();
  variables_.erase("AWS_ROLE_ARN");
  ExpectFailure(Find().status(), {"AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN"});
}

TEST_F(WebIdentitySourceTest, ATokenFileThatIsGoneOrEmptyIsAnError) {
  FromEnvironmentVariables();
  home_.Write("token", "\n");
  ExpectFailure(Find().status(), {"token", "is empty"});
  variables_["AWS_WEB_IDENTITY_TOKEN_FILE"] = home_.path() + "/gone";
  ExpectFailure(Find().status(), {"there is no file", "/gone"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(WebIdentitySourceTest, OfAProfile) {
  Config("[profile ci]\nrole_arn = " + std::string(kRole) +
         "\nrole_session_name = nightly\nweb_identity_token_file = ~/jwt\n");
  home_.Write("jwt", "SEKRET-jwt");
  settings_.profile = "ci";
  transport_.Then(200, StsReply(kOperation, "WEB"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_NE(Sent(0).body.find("RoleSessionName=nightly&WebIdentityToken=SEKRET-jwt"),
            std::string::npos);
  Config("[profile ci]\nweb_identity_token_file = ~/jwt\n");
  ExpectFailure(Find().status(), {"the profile ci", "without role_arn"});
}

TEST_F(WebIdentitySourceTest, OfTheConfigurationItComesBeforeKeys) {
  variables_["AWS_ACCESS_KEY_ID"] = "AKIAENV";
  variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-e";
  AwsWebIdentity identity;
  identity.role_arn = kRole;
  identity.token = base::Redacted("SEKRET-inline");
  identity.policy = "{}";
  identity.policy_arns = {"arn:aws:iam::aws:policy/ReadOnlyAccess"};
  identity.duration = std::chrono::minutes(30);
  settings_.web_identity = identity;
  transport_.Then(200, StsReply(kOperation, "WEB"));
  ASSERT_TRUE(Find().ok());
  EXPECT_NE(Sent(0).body.find(
                "WebIdentityToken=SEKRET-inline&DurationSeconds=1800&Policy=%7B%7D&PolicyArns."
                "member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess"),
            std::string::npos)
      << Sent(0).body;
  settings_.web_identity->token = base::Redacted();
  ExpectFailure(Find().status(), {"webIdentityToken or webIdentityTokenFile"});
}

TEST_F(WebIdentitySourceTest, AFreshProviderIsAskedAgainAndTheFileReadAgain) {
  FromEnvironmentVariables();
  transport_.Then(400, StsError("InvalidIdentityToken", "no provider"));
  transport_.Then([this](const http::Request&) -> http::FakeTransport::Answer {
    home_.Write("token", "SEKRET-renewed");
    return http::Response{400, {}, StsError("IDPCommunicationError", "try again")};
  });
  transport_.Then(200, StsReply(kOperation, "WEB"));
  ASSERT_TRUE(Find().ok());
  EXPECT_NE(Sent(2).body.find("SEKRET-renewed"), std::string::npos);
}

TEST_F(WebIdentitySourceTest, ARefusedTokenSaysSoAfterAFewTries) {
  FromEnvironmentVariables();
  transport_.Otherwise([](const http::Request&) -> http::FakeTransport::Answer {
    return http::Response{
        400, {}, StsError("InvalidIdentityToken", "the token SEKRET-jwt is not known")};
  });
  const absl::Status status = Find().status();
  ExpectFailure(status, {kRole, "InvalidIdentityToken", "HTTP 400", "(hidden) is not known",
                         "[request req-7]", "identity provider for the issuer"});
  EXPECT_EQ(base::CloudCodeOf(status), "InvalidIdentityToken");
  EXPECT_EQ(transport_.sent().size(), 4U);
}

TEST_F(WebIdentitySourceTest, AnExpiredTokenIsNotSentAgain) {
  FromEnvironmentVariables();
  transport_.Then(400, StsError("ExpiredTokenException", "Token expired"));
  ExpectFailure(Find().status(), {"ExpiredTokenException", "has to write a fresh one"});
  EXPECT_EQ(transport_.sent().size(), 1U);
}

}  // namespace
}  // namespace palisade::auth
