#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

using StaticSourceTest = SourceTest;

TEST_F(StaticSourceTest, ConfigurationComesFirst) {
  settings_.access_key = "AKIACONFIG";
  settings_.secret_key = base::Redacted("SEKRET-c");
  settings_.token = base::Redacted("SEKRET-t");
  variables_["AWS_ACCESS_KEY_ID"] = "AKIAENV";
  variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-e";
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "AKIACONFIG");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-t");
  EXPECT_FALSE(found->expires);
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(StaticSourceTest, HalfAConfigurationIsAnError) {
  settings_.access_key = "AKIACONFIG";
  ExpectFailure(Find().status(), {"accessKey without secretKey"});
  settings_.access_key.clear();
  settings_.secret_key = base::Redacted("SEKRET-c");
  ExpectFailure(Find().status(), {"secretKey without accessKey"});
  settings_.secret_key = base::Redacted();
  settings_.token = base::Redacted("SEKRET-t");
  ExpectFailure(Find().status(), {"token without accessKey"});
}

TEST_F(StaticSourceTest, TheEnvironmentBeatsAProfileOfTheEnvironment) {
  Credentials("[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = SEKRET-w\n");
  variables_["AWS_PROFILE"] = "work";
  variables_["AWS_ACCESS_KEY_ID"] = "AKIAENV";
  variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-e";
  variables_["AWS_SESSION_TOKEN"] = "SEKRET-t";
  variables_["AWS_ACCOUNT_ID"] = "123456789012";
  auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "AKIAENV");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-t");
  EXPECT_EQ(found->account_id, "123456789012");
  settings_.profile = "work";  // Named in the configuration, it is meant.
  found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "AKIAWORK");
}

TEST_F(StaticSourceTest, HalfAnEnvironmentIsAnError) {
  variables_["AWS_ACCESS_KEY_ID"] = "AKIAENV";
  ExpectFailure(Find().status(), {"AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"});
  variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-e";
  variables_["AWS_ACCESS_KEY_ID"] = "";
  ExpectFailure(Find().status(), {"AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID"});
}

TEST_F(StaticSourceTest, AnEnvironmentMayExpire) {
  variables_["AWS_ACCESS_KEY_ID"] = "AKIAENV";
  variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-e";
  variables_["AWS_CREDENTIAL_EXPIRATION"] = "2026-05-01T12:30:00Z";
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->expires, At("2026-05-01T12:30:00Z"));
  clock_.Advance(std::chrono::hours(1));
  ExpectFailure(Find().status(), {"expired at 2026-05-01T12:30:00Z", "Renew"});
  variables_["AWS_CREDENTIAL_EXPIRATION"] = "soon";
  ExpectFailure(Find().status(), {"AWS_CREDENTIAL_EXPIRATION is \"soon\""});
}

TEST_F(StaticSourceTest, KeysOfAProfile) {
  Config("[profile work]\nregion = eu-west-1\naws_account_id = 123456789012\n");
  Credentials(
      "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = SEKRET-w==\n"
      "aws_session_token = SEKRET-t\n[half]\naws_access_key_id = AKIAHALF\n");
  variables_["AWS_PROFILE"] = "work";
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->secret_access_key.Reveal(), "SEKRET-w==");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-t");
  EXPECT_EQ(found->account_id, "123456789012");
  EXPECT_EQ(found->source, "the keys of the profile work");
  variables_["AWS_PROFILE"] = "half";
  ExpectFailure(Find().status(), {"the profile half", "without aws_secret_access_key"});
}

TEST_F(StaticSourceTest, NothingFoundNamesAllThatWasTriedAndWhatToDo) {
  settings_.skip_metadata = true;
  const absl::Status status = Find().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
  ExpectFailure(status, {"no accessKey", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE",
                         "profile default", ".aws/config", ".aws/credentials",
                         "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "skipMetadataApiCheck",
                         "aws sso login", "AWS_PROFILE"});
}

TEST_F(StaticSourceTest, AProfileThatDoesNotExistNamesThoseThatDo) {
  Config("[default]\nregion = x\n[profile dev]\nregion = x\n");
  settings_.profile = "prod";
  ExpectFailure(Find().status(), {"the profile prod of the configuration does not exist",
                                  ".aws/config", "There are: default, dev"});
  settings_.profile.clear();
  variables_["AWS_PROFILE"] = "prod";
  ExpectFailure(Find().status(), {"the profile prod of AWS_PROFILE does not exist"});
  EXPECT_TRUE(transport_.sent().empty());
}

}  // namespace
}  // namespace palisade::auth
