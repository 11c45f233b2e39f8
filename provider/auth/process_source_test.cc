#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

constexpr char kOutput[] =
    R"({"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"SEKRET-p",)"
    R"("SessionToken":"SEKRET-pt","Expiration":"2026-05-01T12:40:00Z","AccountId":"123456789012"})";

class ProcessSourceTest : public SourceTest {
 protected:
  ProcessSourceTest() {
    Config("[profile p]\ncredential_process = \"/opt/my tool\" --user 'ann b' --key=a=b\n");
    settings_.profile = "p";
  }
  void Answer(int exit_code, const std::string& output, const std::string& errors = "") {
    run_process_ = [=, this](const std::vector<std::string>& command,
                             std::stop_token) -> absl::StatusOr<ProcessResult> {
      command_ = command;
      return ProcessResult{exit_code, base::Redacted(output), errors};
    };
  }
  std::vector<std::string> command_;
};

TEST_F(ProcessSourceTest, ReadsTheOutput) {
  Answer(0, kOutput);
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(command_, (std::vector<std::string>{"/opt/my tool", "--user", "ann b", "--key=a=b"}));
  EXPECT_EQ(found->access_key_id, "ASIAPROC");
  EXPECT_EQ(found->secret_access_key.Reveal(), "SEKRET-p");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-pt");
  EXPECT_EQ(found->expires, At("2026-05-01T12:40:00Z"));
  EXPECT_EQ(found->account_id, "123456789012");
  EXPECT_EQ(found->source, "credential_process of the profile p");
}

TEST_F(ProcessSourceTest, TokenAndExpirationMayBeAbsent) {
  Answer(0, R"({"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"SEKRET-p"})");
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_FALSE(found->session_token);
  EXPECT_FALSE(found->expires);
}

TEST_F(ProcessSourceTest, AFailureCarriesTheErrorTextAndNeverTheOutput) {
  Answer(7, "SEKRET-p on stdout", "no\n  such user\x01 (SEKRET-p on stdout)\n");
  ExpectFailure(Find().status(), {"credential_process of the profile p", "/opt/my tool",
                                  "exit code 7", "It says: no such user (", "(hidden)"});
  Answer(1, "");
  ExpectFailure(Find().status(), {"exit code 1", "without an error text"});
}

TEST_F(ProcessSourceTest, OutputOfAnotherFormIsRefusedWithoutShowingIt) {
  Answer(0, "SEKRET-p");
  ExpectFailure(Find().status(), {"output of credential_process", "not a JSON object"});
  Answer(0, R"({"AccessKeyId":"A","SecretAccessKey":"SEKRET-p"})");
  ExpectFailure(Find().status(), {"\"Version\": 1"});
  Answer(0, R"({"Version":2,"AccessKeyId":"A","SecretAccessKey":"SEKRET-p"})");
  ExpectFailure(Find().status(), {"\"Version\": 1"});
  Answer(0, R"({"Version":1,"AccessKeyId":"SEKRET"})");
  ExpectFailure(Find().status(), {"no SecretAccessKey"});
  Answer(0, R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"SEKRET","Expiration":"SEKRET"})");
  ExpectFailure(Find().status(), {"Expiration in the output"});
}

TEST_F(ProcessSourceTest, ExpiredOutputIsRefused) {
  clock_.Advance(std::chrono::hours(1));
  Answer(0, kOutput);
  ExpectFailure(Find().status(), {"expired at 2026-05-01T12:40:00Z"});
}

TEST_F(ProcessSourceTest, ABrokenCommandLineIsSaid) {
  Config("[profile p]\ncredential_process = tool 'SEKRET\n");
  ExpectFailure(Find().status(), {"credential_process of the profile p", "is not closed"});
  Config("[profile p]\ncredential_process = ''\n");
  run_process_ = nullptr;
  ExpectFailure(Find().status(), {"cannot be started"});
}

TEST_F(ProcessSourceTest, WithoutARunnerTheRealOneRuns) {
  home_.Write("out.json", kOutput);
  Config("[profile p]\ncredential_process = cat \"" + home_.path() + "/out.json\"\n");
  run_process_ = nullptr;
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAPROC");
  Config("[profile p]\ncredential_process = cat /SEKRET-is-not-shown/x\n");
  const auto failed = Find();
  // What the program itself writes to its error stream is shown, by contract.
  EXPECT_NE(base::Message(failed.status()).find("exit code 1"), std::string::npos);
}

TEST_F(ProcessSourceTest, ACancelIsACancel) {
  run_process_ = [](const std::vector<std::string>&,
                    std::stop_token) -> absl::StatusOr<ProcessResult> {
    return base::Error(absl::StatusCode::kCancelled, "x was cancelled");
  };
  EXPECT_EQ(Find().status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace palisade::auth
