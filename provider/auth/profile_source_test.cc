#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

constexpr char kKeys[] = "aws_access_key_id = AKIASTATIC\naws_secret_access_key = SEKRET-s\n";

class ProfileSourceTest : public SourceTest {
 protected:
  ProfileSourceTest() { settings_.profile = "a"; }
  void AnswerRole(const std::string& name) { transport_.Then(200, StsReply("AssumeRole", name)); }
  std::string SignedBy(std::size_t index) {
    const std::string header = Header(Sent(index), "Authorization");
    const std::size_t begin = header.find('=') + 1;
    return header.substr(begin, header.find('/') - begin);
  }
};

TEST_F(ProfileSourceTest, ARoleOnTopOfAnotherProfile) {
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\nexternal_id = e1\n"
      "role_session_name = s1\nduration_seconds = 1200\n");
  Credentials(std::string("[b]\n") + kKeys);
  AnswerRole("A");
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAA");
  EXPECT_EQ(SignedBy(0), "AKIASTATIC");
  EXPECT_NE(Sent(0).body.find("RoleSessionName=s1&DurationSeconds=1200&ExternalId=e1"),
            std::string::npos)
      << Sent(0).body;
  EXPECT_NE(found->source.find("the keys of the profile b"), std::string::npos);
}

TEST_F(ProfileSourceTest, ThreeProfilesDeep) {
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = c\n"
      "[profile c]\n" +
      std::string(kKeys));
  AnswerRole("B");
  AnswerRole("A");
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAA");
  EXPECT_EQ(SignedBy(0), "AKIASTATIC");
  EXPECT_EQ(SignedBy(1), "ASIAB");
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "duration_seconds = 7200\n"
      "[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = c\n"
      "[profile c]\n" +
      std::string(kKeys));
  AnswerRole("B");
  ExpectFailure(Find().status(), {"900 to 3600", "not 7200"});
}

TEST_F(ProfileSourceTest, AProfileMayAssumeItsRoleWithItsOwnKeys) {
  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = a\n" +
         std::string(kKeys));
  AnswerRole("A");
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(SignedBy(0), "AKIASTATIC");
  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = a\n");
  ExpectFailure(Find().status(), {"source_profile of the profile a names itself"});
}

TEST_F(ProfileSourceTest, ASourceWithKeysGivesThemWhateverRoleItDescribes) {
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = a\n" +
      std::string(kKeys));
  AnswerRole("A");
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(SignedBy(0), "AKIASTATIC");
  EXPECT_EQ(transport_.sent().size(), 1U);
}

TEST_F(ProfileSourceTest, ACircleIsNamed) {
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = c\n"
      "[profile c]\nrole_arn = arn:aws:iam::1:role/c\nsource_profile = b\n");
  ExpectFailure(Find().status(), {"a -> b -> c -> b", "circle"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(ProfileSourceTest, CredentialSources) {
  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = Environment\n");
  ExpectFailure(Find().status(), {"the profile a", "Environment", "no AWS_ACCESS_KEY_ID"});
  variables_["AWS_ACCESS_KEY_ID"] = "AKIAENV";
  variables_["AWS_SECRET_ACCESS_KEY"] = "SEKRET-e";
  AnswerRole("A");
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(SignedBy(0), "AKIAENV");

  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = EcsContainer\n");
  variables_["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c";
  transport_.Then(200, JsonReply("2026-05-01T18:00:00Z"));
  AnswerRole("A");
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(SignedBy(2), "ASIAJSON");

  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = Ec2InstanceMetadata\n");
  transport_.Then(200, "SEKRET-imds")
      .Then(200, "role")
      .Then(200, JsonReply("2026-05-01T18:00:00Z"));
  AnswerRole("A");
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(SignedBy(6), "ASIAJSON");

  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = Moon\n");
  ExpectFailure(Find().status(), {"\"Moon\"", "Environment, EcsContainer or Ec2InstanceMetadata"});
}

TEST_F(ProfileSourceTest, WhatIsWrongWithAProfileIsSaid) {
  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\n");
  ExpectFailure(Find().status(), {"the profile a has role_arn", "source_profile"});
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "credential_source = Environment\n");
  ExpectFailure(Find().status(), {"both source_profile and credential_source"});
  Config("[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n");
  ExpectFailure(Find().status(), {"the profile b, source_profile of a, does not exist"});
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n[profile b]\nregion=x\n");
  ExpectFailure(Find().status(), {"the profile b, source_profile of a, holds no credentials"});
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\nduration_seconds = 1h\n"
      "[profile b]\n" +
      std::string(kKeys));
  ExpectFailure(Find().status(), {"duration_seconds", "\"1h\"", "not a number"});
}

TEST_F(ProfileSourceTest, MfaAndAwsLoginAreRefusedWithAWayOut) {
  Config(
      "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n"
      "mfa_serial = arn:aws:iam::1:mfa/me\n[profile b]\n" +
      std::string(kKeys));
  ExpectFailure(Find().status(), {"the profile a has mfa_serial", "aws sts", "SSO"});
  Config("[profile a]\nlogin_session = arn:aws:iam::1:user/me\n");
  ExpectFailure(Find().status(), {"the profile a was made by `aws login`", "not support",
                                  "export-credentials --profile a"});
}

TEST_F(ProfileSourceTest, AProfileWithoutCredentialsFallsThrough) {
  Config("[profile a]\nregion = eu-west-1\n");
  variables_["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c";
  transport_.Then(200, JsonReply("2026-05-01T18:00:00Z"));
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAJSON");
  variables_.erase("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  settings_.skip_metadata = true;
  ExpectFailure(Find().status(),
                {"the profile a (it holds no credentials)",
                 "not the environment, because the configuration names a profile"});
}

}  // namespace
}  // namespace palisade::auth
