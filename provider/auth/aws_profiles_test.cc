#include "provider/auth/aws_profiles.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "provider/auth/ini_file.h"
#include "provider/auth/testing.h"

namespace palisade::auth {
namespace {

class AwsProfilesTest : public testing::Test {
 protected:
  AwsProfiles Load(const std::string& config, const std::string& credentials = "") {
    folder_.Write(".aws/config", config);
    folder_.Write(".aws/credentials", credentials);
    auto profiles = AwsProfiles::Load({}, {}, EnvironmentOf(variables_));
    EXPECT_TRUE(profiles.ok()) << profiles.status();
    return *std::move(profiles);
  }
  std::string Value(const AwsProfiles& profiles, const char* profile, const char* key) {
    return profiles.Value(profile, key).value_or("(none)");
  }
  TempFolder folder_;
  std::map<std::string, std::string> variables_{{"HOME", folder_.path()}};
};

TEST_F(AwsProfilesTest, ReadsEverySyntaxOfTheConfigurationFile) {
  const AwsProfiles p = Load(
      "\xEF\xBB\xBF# a comment\r\n"
      "; another\r\n"
      "stray = before any section\r\n"
      "[default]\r\n"
      "Region = us-east-1   ; not this\r\n"
      "output=json#kept\r\n"
      "[ profile   dev ]  # trailing\n"
      "  # an indented comment\n"
      "sso_start_url = https://d-1.awsapps.com/start?a=b=c\n"
      "credential_process = /bin/tool --a=1 \"x y\"\n"
      "a line that is nothing\n"
      "s3 =\n"
      "    Addressing_Style = path\n"
      "    max_concurrent_requests=10 # not this\n"
      "    broken\n"
      "region = eu-west-1\n"
      "empty =\n"
      "[profile \"my name\"]\n"
      "region = r3\n"
      "[sso-session corp]\n"
      "sso_region = eu-central-1\n"
      "[services local]\n"
      "ec2 =\n"
      "  endpoint_url = http://localhost:4566\n"
      "[preview]\n"
      "cloudfront = true\n");
  EXPECT_EQ(Value(p, "default", "region"), "us-east-1");
  EXPECT_EQ(Value(p, "default", "output"), "json#kept");
  EXPECT_EQ(Value(p, "dev", "sso_start_url"), "https://d-1.awsapps.com/start?a=b=c");
  EXPECT_EQ(Value(p, "dev", "credential_process"), "/bin/tool --a=1 \"x y\"");
  EXPECT_EQ(Value(p, "dev", "s3.addressing_style"), "path");
  EXPECT_EQ(Value(p, "dev", "s3.max_concurrent_requests"), "10");
  EXPECT_EQ(Value(p, "dev", "region"), "eu-west-1");
  EXPECT_EQ(Value(p, "dev", "empty"), "(none)");
  EXPECT_EQ(Value(p, "my name", "region"), "r3");
  EXPECT_EQ(p.SsoSession("corp", "sso_region"), "eu-central-1");
  EXPECT_EQ(p.Services("local", "ec2.endpoint_url"), "http://localhost:4566");
  EXPECT_EQ(p.Names(), (std::vector<std::string>{"default", "dev", "my name"}));
  EXPECT_FALSE(p.Has("preview"));
  EXPECT_FALSE(p.Has("corp"));
}

TEST_F(AwsProfilesTest, IndentedKeysAndLongValues) {
  const AwsProfiles p = Load(
      "[default]\n"
      "  region = a\n"
      "  output = b\n"
      "  policy = {\n"
      "     \"x\"\n"
      "  role_session_name = c\n");
  EXPECT_EQ(Value(p, "default", "region"), "a");
  EXPECT_EQ(Value(p, "default", "output"), "b");
  EXPECT_EQ(Value(p, "default", "policy"), "{\n\"x\"");
  EXPECT_EQ(Value(p, "default", "role_session_name"), "c");
}

// As pasted from YAML. A header that is passed over would give its keys to the profile above.
TEST_F(AwsProfilesTest, IndentedHeadersBeginSections) {
  const AwsProfiles p = Load(
      "  [default]  # the usual one\n"
      "  region = a\n"
      "    [profile prod]\n"
      "    region = b\n"
      "[profile dev]\n"
      "policy = {\n"
      "   [\"x\", 1\n"
      "region = c\n");
  EXPECT_EQ(Value(p, "default", "region"), "a");
  EXPECT_EQ(Value(p, "prod", "region"), "b");
  EXPECT_EQ(Value(p, "dev", "region"), "c");
  EXPECT_EQ(Value(p, "dev", "policy"), "{\n[\"x\", 1");
}

TEST_F(AwsProfilesTest, TrueIsTheWordAlone) {
  for (const char* text : {"true", "True", "TRUE", "tRUE"}) EXPECT_TRUE(IsTrue(text)) << text;
  for (const char* text : {"1", "yes", "", "truest", "tru"}) EXPECT_FALSE(IsTrue(text)) << text;
  EXPECT_FALSE(IsTrue(std::nullopt));
}

TEST_F(AwsProfilesTest, TheLongDefaultWinsAndSectionsOfOneNameAreJoined) {
  const AwsProfiles p = Load(
      "[profile default]\nregion = long\n[default]\nregion = short\noutput = text\n"
      "[profile a]\nregion = first\noutput = json\n[profile a]\nregion = second\n");
  EXPECT_EQ(Value(p, "default", "region"), "long");
  EXPECT_EQ(Value(p, "default", "output"), "(none)");
  EXPECT_EQ(Value(p, "a", "region"), "second");
  EXPECT_EQ(Value(p, "a", "output"), "json");
}

TEST_F(AwsProfilesTest, CredentialsFileWinsAndKeysAreNotMixed) {
  const AwsProfiles p = Load(
      "[profile a]\naws_access_key_id = C1\naws_secret_access_key = SEKRET1\n"
      "aws_session_token = SEKRET2\nregion = from-config\n",
      "[a]\naws_access_key_id = F1\naws_secret_access_key = SEKRET3\n[b]\nregion = only-here\n");
  EXPECT_EQ(Value(p, "a", "aws_access_key_id"), "F1");
  EXPECT_EQ(Value(p, "a", "aws_secret_access_key"), "SEKRET3");
  EXPECT_EQ(Value(p, "a", "aws_session_token"), "(none)");
  EXPECT_EQ(Value(p, "a", "region"), "from-config");
  EXPECT_EQ(Value(p, "b", "region"), "only-here");
}

TEST_F(AwsProfilesTest, VariablesAndArgumentsNameOtherFiles) {
  Load("[default]\nregion = home\n");
  variables_["AWS_CONFIG_FILE"] = "~/other/config";
  folder_.Write("other/config", "[default]\nregion = other\n");
  auto p = AwsProfiles::Load({}, {}, EnvironmentOf(variables_));
  ASSERT_TRUE(p.ok());
  EXPECT_EQ(Value(*p, "default", "region"), "other");
  EXPECT_EQ(p->files(), (std::vector<std::string>{folder_.path() + "/other/config",
                                                  folder_.path() + "/.aws/credentials"}));

  const std::string one = folder_.Write("one", "[default]\nregion = one\noutput = x\n");
  const std::string two = folder_.Write("two", "[default]\nregion = two\n");
  p = AwsProfiles::Load({one, two}, {}, EnvironmentOf(variables_));
  ASSERT_TRUE(p.ok());
  EXPECT_EQ(Value(*p, "default", "region"), "two");
  EXPECT_EQ(Value(*p, "default", "output"), "x");
}

TEST_F(AwsProfilesTest, MissingFilesAreEmptyUnlessAnArgumentNamesThem) {
  EXPECT_TRUE(AwsProfiles::Load({}, {}, EnvironmentOf(variables_)).ok());
  variables_["AWS_SHARED_CREDENTIALS_FILE"] = folder_.path() + "/nowhere/at/all";
  EXPECT_TRUE(AwsProfiles::Load({}, {}, EnvironmentOf(variables_)).ok());
  ExpectFailure(AwsProfiles::Load({folder_.path() + "/gone"}, {}, EnvironmentOf({})).status(),
                {"there is no file", "/gone"});
  // No HOME and nothing named: nothing is read.
  const auto p = AwsProfiles::Load({}, {}, EnvironmentOf({}));
  ASSERT_TRUE(p.ok());
  EXPECT_TRUE(p->files().empty());
}

// A container runs as a user who may not look into HOME, or a mount made a folder of the file.
TEST_F(AwsProfilesTest, AUsualFileThatCannotBeReadIsEmptyButNamed) {
  folder_.Write(".aws/config/x", "");
  const auto p = AwsProfiles::Load({}, {}, EnvironmentOf(variables_));
  ASSERT_TRUE(p.ok()) << p.status();
  ASSERT_EQ(p->files().size(), 2U);
  EXPECT_NE(p->files()[0].find("config cannot be read: Is a directory)"), std::string::npos)
      << p->files()[0];
  variables_["AWS_CONFIG_FILE"] = folder_.path() + "/.aws/config";
  ExpectFailure(AwsProfiles::Load({}, {}, EnvironmentOf(variables_)).status(),
                {"/.aws/config cannot be read"});
}

TEST_F(AwsProfilesTest, AFileThatCannotBeReadOrParsedSaysWhichAndWhere) {
  folder_.Write("folder/x", "");
  ExpectFailure(
      AwsProfiles::Load({folder_.path() + "/folder"}, {}, EnvironmentOf(variables_)).status(),
      {"/folder cannot be read", "directory"});
  const std::string broken = folder_.Write("broken", "[default]\na = SEKRET\n\n[profile x\n");
  ExpectFailure(AwsProfiles::Load({broken}, {}, EnvironmentOf(variables_)).status(),
                {broken + ", line 4", "closing bracket"});
}

TEST_F(AwsProfilesTest, TheProfileInForce) {
  EXPECT_EQ(AwsProfileName("", EnvironmentOf({})), "default");
  variables_["AWS_PROFILE"] = "";
  EXPECT_EQ(AwsProfileName("", EnvironmentOf(variables_)), "default");
  variables_["AWS_DEFAULT_PROFILE"] = "old";
  EXPECT_EQ(AwsProfileName("", EnvironmentOf(variables_)), "old");
  variables_["AWS_PROFILE"] = "env";
  EXPECT_EQ(AwsProfileName("", EnvironmentOf(variables_)), "env");
  EXPECT_EQ(AwsProfileName("mine", EnvironmentOf(variables_)), "mine");
}

}  // namespace
}  // namespace palisade::auth
