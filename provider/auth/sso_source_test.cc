#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "provider/auth/source_testing.h"
#include "provider/auth/sso_token.h"

namespace palisade::auth {
namespace {

// SHA-1 of "corp" and of "https://d-1.awsapps.com/start", as sha1sum says.
constexpr char kSessionFile[] = ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
constexpr char kLegacyFile[] = ".aws/sso/cache/0c54b6c27e90660baa89eaad85ac1d5dae26cb7d.json";
constexpr char kSession[] =
    "[sso-session corp]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = eu-central-1\n"
    "[profile p]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Net Admin\n";
constexpr char kLegacy[] =
    "[profile p]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = eu-central-1\n"
    "sso_account_id = 123456789012\nsso_role_name = Admin\n";
constexpr char kCredentials[] =
    R"({"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"SEKRET-sso",)"
    R"("sessionToken":"SEKRET-sso-token","expiration":1777644000000}})";

class SsoSourceTest : public SourceTest {
 protected:
  SsoSourceTest() {
    settings_.profile = "p";
    Config(kSession);
  }
  void Cache(const char* file, const char* expires,
             const char* registration = "2026-06-01T00:00:00Z") {
    home_.Write(file, std::string(R"({"accessToken":"SEKRET-access","expiresAt":")") + expires +
                          R"(","refreshToken":"SEKRET-refresh","clientId":"SEKRET-id",)"
                          R"("clientSecret":"SEKRET-client","registrationExpiresAt":")" +
                          registration + R"(","scopes":["kept"]})");
  }
};

TEST_F(SsoSourceTest, ATokenOfASessionBuysCredentials) {
  Cache(kSessionFile, "2026-05-01T14:00:00Z");
  transport_.Then(200, kCredentials);
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIASSO");
  EXPECT_EQ(found->secret_access_key.Reveal(), "SEKRET-sso");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-sso-token");
  EXPECT_EQ(found->expires, At("2026-05-01T14:00:00Z"));
  EXPECT_EQ(found->account_id, "123456789012");
  EXPECT_EQ(Sent(0).method, "GET");
  EXPECT_EQ(Sent(0).url,
            "https://portal.sso.eu-central-1.amazonaws.com/federation/credentials"
            "?role_name=Net%20Admin&account_id=123456789012");
  EXPECT_EQ(Header(Sent(0), "x-amz-sso_bearer_token"), "SEKRET-access");
  EXPECT_EQ(Header(Sent(0), "Authorization"), "(none)");
  EXPECT_EQ(Sent(0).network, network_);
}

TEST_F(SsoSourceTest, ARegionThatWouldNameAnotherHostIsRefused) {
  Cache(kSessionFile, "2026-05-01T14:00:00Z");
  std::string config = kSession;
  const std::string region = "eu-central-1";
  config.replace(config.find(region), region.size(), "x.example/");
  Config(config);
  ExpectFailure(Find().status(), {"sso_region of the profile p", "x.example/"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(SsoSourceTest, TheOlderFormIsNamedByItsStartUrlAndNeverRenewed) {
  Config(kLegacy);
  Cache(kLegacyFile, "2026-05-01T12:05:00UTC");
  transport_.Then(200, kCredentials);
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(transport_.sent().size(), 1U);
  clock_.Advance(std::chrono::minutes(6));
  ExpectFailure(Find().status(),
                {"the SSO session of the profile p expired at 2026-05-01T12:05:00Z",
                 "Run `aws sso login --profile p`"});
  EXPECT_EQ(transport_.sent().size(), 1U);
}

TEST_F(SsoSourceTest, ATokenNearItsEndIsRenewedAndWrittenBack) {
  Cache(kSessionFile, "2026-05-01T12:14:59Z");
  transport_.Then(200,
                  R"({"accessToken":"SEKRET-new","expiresIn":28800,"refreshToken":"SEKRET-r2"})");
  transport_.Then(200, kCredentials);
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(Sent(0).method, "POST");
  EXPECT_EQ(Sent(0).url, "https://oidc.eu-central-1.amazonaws.com/token");
  EXPECT_EQ(nlohmann::json::parse(Sent(0).body),
            nlohmann::json({{"grantType", "refresh_token"},
                            {"clientId", "SEKRET-id"},
                            {"clientSecret", "SEKRET-client"},
                            {"refreshToken", "SEKRET-refresh"}}));
  EXPECT_EQ(Sent(0).idempotency, http::Idempotency::kNonIdempotent);
  EXPECT_EQ(Header(Sent(1), "x-amz-sso_bearer_token"), "SEKRET-new");

  const auto cached = nlohmann::json::parse(home_.Read(kSessionFile));
  EXPECT_EQ(cached["accessToken"], "SEKRET-new");
  EXPECT_EQ(cached["expiresAt"], "2026-05-01T20:00:00Z");
  EXPECT_EQ(cached["refreshToken"], "SEKRET-r2");
  EXPECT_EQ(cached["clientSecret"], "SEKRET-client");
  EXPECT_EQ(cached["registrationExpiresAt"], "2026-06-01T00:00:00Z");
  EXPECT_EQ(cached["region"], "eu-central-1");
  EXPECT_EQ(cached["startUrl"], "https://d-1.awsapps.com/start");
  EXPECT_EQ(cached["scopes"][0], "kept");
  struct stat status{};
  ASSERT_EQ(stat((home_.path() + "/" + kSessionFile).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  // Nothing else is left in the folder.
  const std::filesystem::directory_iterator folder(home_.path() + "/.aws/sso/cache");
  EXPECT_EQ(std::distance(begin(folder), end(folder)), 1);
}

TEST_F(SsoSourceTest, AFailedRenewalIsNoFailureWhileTheOldTokenLives) {
  Cache(kSessionFile, "2026-05-01T12:10:00Z");
  transport_.Then(400, R"({"error":"invalid_grant","error_description":"SEKRET-refresh"})");
  transport_.Then(200, kCredentials);
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(1), "x-amz-sso_bearer_token"), "SEKRET-access");
  clock_.Advance(std::chrono::minutes(20));
  transport_.Then(400, R"({"error":"invalid_grant","error_description":"SEKRET-refresh"})");
  ExpectFailure(Find().status(), {"expired at", "could not be renewed", "invalid_grant",
                                  "Run `aws sso login --profile p`"});
}

TEST_F(SsoSourceTest, AnotherProcessMayHaveRenewedFirst) {
  Cache(kSessionFile, "2026-05-01T12:10:00Z");
  transport_.Then([this](const http::Request&) -> http::FakeTransport::Answer {
    home_.Write(kSessionFile,
                R"({"accessToken":"SEKRET-theirs","expiresAt":"2026-05-01T19:00:00Z"})");
    return http::Response{400, {}, R"({"error":"invalid_grant"})"};
  });
  transport_.Then(200, kCredentials);
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(1), "x-amz-sso_bearer_token"), "SEKRET-theirs");
}

TEST_F(SsoSourceTest, AnExpiredRegistrationCannotRenew) {
  Cache(kSessionFile, "2026-05-01T11:00:00Z", "2026-04-01T00:00:00Z");
  ExpectFailure(Find().status(), {"expired at 2026-05-01T11:00:00Z", "aws sso login"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(SsoSourceTest, NotSignedInYet) {
  ExpectFailure(Find().status(), {"the profile p is not signed in", kSessionFile,
                                  "Run `aws sso login --profile p`"});
  home_.Write(kSessionFile, "{\"accessToken\":\"SEKRET\"}");
  ExpectFailure(Find().status(), {"holds no SSO token", "aws sso login"});
  variables_.erase("HOME");
  variables_["AWS_CONFIG_FILE"] = home_.path() + "/.aws/config";
  ExpectFailure(Find().status(), {"HOME is not set"});
}

TEST_F(SsoSourceTest, RefusalsSayWhatToDo) {
  Cache(kSessionFile, "2026-05-01T14:00:00Z");
  transport_.Then(401, R"({"message":"Session token SEKRET-access not found or invalid"})",
                  {{"x-amzn-ErrorType", "UnauthorizedException:http://internal/"},
                   {"x-amzn-RequestId", "req-9"}});
  const absl::Status status = Find().status();
  ExpectFailure(status, {"sso GetRoleCredentials", "Net Admin", "123456789012", "(hidden)",
                         "[request req-9]", "aws sso login --profile p"});
  EXPECT_EQ(base::CloudCodeOf(status), "UnauthorizedException");
  transport_.Then(403, R"({"message":"No access","__type":"com.amazonaws#ForbiddenException"})");
  ExpectFailure(Find().status(), {"ForbiddenException", "No access", "needs the permission set"});
  transport_.Then(429, "").Then(500, "").Then(200, kCredentials);
  EXPECT_TRUE(Find().ok());
  transport_.Then(200, R"({"roleCredentials":{"accessKeyId":"SEKRET"}})");
  ExpectFailure(Find().status(), {"answered without credentials"});
}

TEST_F(SsoSourceTest, WhatIsMissingInTheFilesIsNamed) {
  Config("[profile p]\nsso_session = gone\nsso_account_id = 1\nsso_role_name = r\n");
  ExpectFailure(Find().status(),
                {"[sso-session gone]", "sso_start_url and sso_region", "aws configure sso"});
  Config("[profile p]\nsso_start_url = https://x\nsso_account_id = 1\nsso_role_name = r\n");
  ExpectFailure(Find().status(), {"the profile p needs sso_region"});
  Config(std::string(kSession) + "sso_region = us-east-1\n");
  ExpectFailure(Find().status(), {"corp disagree about sso_region"});
  Config("[profile p]\nsso_start_url = https://x\nsso_region = r\nsso_account_id = 1\n");
  ExpectFailure(Find().status(), {"needs sso_role_name"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(SsoSourceTest, EndpointsFollowThePartitionAndTheConfiguration) {
  const AwsAuthServices services = Services();
  const auto endpoint = [&](const char* region) {
    Search search(settings_, services, {});
    return SsoEndpoint(search, "sso_oidc", "oidc", region);
  };
  EXPECT_EQ(endpoint("us-gov-west-1"), "https://oidc.us-gov-west-1.amazonaws.com");
  EXPECT_EQ(endpoint("cn-north-1"), "https://oidc.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(endpoint("us-isob-east-1"), "https://oidc.us-isob-east-1.sc2s.sgov.gov");
  EXPECT_EQ(endpoint("eusc-de-east-1"), "https://oidc.eusc-de-east-1.amazonaws.eu");
  Config("[profile p]\nendpoint_url = http://profile/\n");
  EXPECT_EQ(endpoint("x"), "http://profile");
  Config(
      "[profile p]\nservices = s\nendpoint_url = http://profile/\n[services s]\n"
      "sso_oidc =\n  endpoint_url = http://section\n");
  EXPECT_EQ(endpoint("x"), "http://section");
  variables_["AWS_ENDPOINT_URL"] = "http://all";
  EXPECT_EQ(endpoint("x"), "http://all");
  variables_["AWS_ENDPOINT_URL_SSO_OIDC"] = "http://one";
  EXPECT_EQ(endpoint("x"), "http://one");
  variables_["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
  EXPECT_EQ(endpoint("x"), "https://oidc.x.amazonaws.com");
  variables_ = {{"HOME", home_.path()}};
  Config("[profile p]\nignore_configured_endpoint_urls = true\nendpoint_url = http://profile/\n");
  EXPECT_EQ(endpoint("x"), "https://oidc.x.amazonaws.com");
}

TEST_F(SsoSourceTest, ItCanBeTheSourceOfARole) {
  Config(std::string(kSession) +
         "[profile top]\nrole_arn = arn:aws:iam::1:role/top\nsource_profile = p\n");
  settings_.profile = "top";
  Cache(kSessionFile, "2026-05-01T14:00:00Z");
  transport_.Then(200, kCredentials).Then(200, StsReply("AssumeRole", "TOP"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIATOP");
  EXPECT_NE(Header(Sent(1), "Authorization").find("Credential=ASIASSO/"), std::string::npos);
}

}  // namespace
}  // namespace palisade::auth
