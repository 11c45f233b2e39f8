#include "provider/auth/run_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "provider/auth/testing.h"

namespace palisade::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Real programs of every system: sh is run by its name, not used as a shell by us.
std::vector<std::string> Script(const std::string& text) { return {"sh", "-c", text}; }

TEST(RunProcessTest, KeepsTheTwoStreamsApartAndTheExitCode) {
  const auto result = RunProcess(Script("echo out; echo err >&2; exit 3"), {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->exit_code, 3);
  EXPECT_EQ(result->output.Reveal(), "out\n");
  EXPECT_EQ(result->error_output, "err\n");
}

TEST(RunProcessTest, ArgumentsArriveAsTheyAreAndThereIsNoInput) {
  const auto result =
      RunProcess({"sh", "-c", "printf '%s|' \"$@\"; cat", "x", "a b", "$HOME", "*"}, {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->output.Reveal(), "a b|$HOME|*|");
}

TEST(RunProcessTest, MuchOutputIsReadWhileItRuns) {
  const auto result =
      RunProcess(Script("yes 0123456789 | head -n 20000; yes e | head -n 50000 >&2"), {},
                 {seconds(60), 1U << 20U});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->output.Reveal().size(), 220000U);
  EXPECT_EQ(result->error_output.size(), 100000U);
}

TEST(RunProcessTest, AProgramThatDoesNotExistIsNamed) {
  const auto result = RunProcess({"no-such-program-of-palisade", "SEKRET"}, {});
  EXPECT_EQ(result.status().code(), absl::StatusCode::kNotFound);
  ExpectFailure(result.status(), {"no-such-program-of-palisade cannot be started"});
  ExpectFailure(RunProcess({"/"}, {}).status(), {"/ cannot be started", "ermission"});
  EXPECT_FALSE(RunProcess({}, {}).ok());
}

TEST(RunProcessTest, AProgramThatHangsIsKilledWithItsChildren) {
  const TempFolder folder;
  const std::string fifo = folder.path() + "/fifo";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const int reader = open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  const auto result = RunProcess(Script("exec 9> '" + fifo + "'; echo >&9; sleep 1000 & wait"), {},
                                 {milliseconds(500), 1U << 20U});
  EXPECT_EQ(result.status().code(), absl::StatusCode::kDeadlineExceeded);
  // The end of the fifo is seen when the last process that holds it has ended.
  char byte = 0;
  EXPECT_EQ(read(reader, &byte, 1), 1);
  pollfd ended{reader, 0, 0};
  EXPECT_EQ(poll(&ended, 1, 20000), 1);
  EXPECT_EQ(read(reader, &byte, 1), 0);
  close(reader);
}

TEST(RunProcessTest, ACancelEndsItAtOnce) {
  std::stop_source cancel;
  const TempFolder folder;
  const auto begin = std::chrono::steady_clock::now();
  // Cancelled once it runs, which its file tells.
  std::jthread canceller([&](const std::stop_token& stop) {
    while (folder.Read("started").empty() && !stop.stop_requested()) std::this_thread::yield();
    cancel.request_stop();
  });
  const auto result = RunProcess(
      Script("echo yes > '" + folder.path() + "/started'; exec sleep 1000"), cancel.get_token());
  EXPECT_EQ(result.status().code(), absl::StatusCode::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(30));
  EXPECT_EQ(RunProcess(Script("exit 0"), cancel.get_token()).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(RunProcessTest, EndlessOutputIsCutOff) {
  const auto result = RunProcess(Script("exec yes"), {}, {seconds(60), 100000});
  EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(RunProcessTest, WhatItLeavesRunningIsNotWaitedFor) {
  const auto begin = std::chrono::steady_clock::now();
  const auto result = RunProcess(Script("sleep 20 & echo done"), {});
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->output.Reveal(), "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(15));
}

TEST(RunProcessTest, BlockedSignalsAreNotPassedOn) {
  sigset_t blocked, old;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &blocked, &old);
  const auto result = RunProcess(Script("kill -TERM $$; echo alive"), {});
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->exit_code, 128 + SIGTERM);
  EXPECT_EQ(result->output.Reveal(), "");
}

}  // namespace
}  // namespace palisade::auth
