#include "provider/rpc/main.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/base/random.h"
#include "provider/base/status.h"
#include "provider/rpc/channel.h"
#include "provider/rpc/command_line.h"
#include "provider/rpc/engine_log.h"
#include "provider/rpc/engine_watch.h"
#include "provider/rpc/otlp_exporter.h"
#include "provider/rpc/server.h"
#include "provider/rpc/service.h"

namespace palisade::rpc {
namespace {

// With a second for the last spans, below the five that the engine gives between SIGINT and
// SIGKILL.
constexpr std::chrono::milliseconds kDrainPatience(3500);

void Print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// Before the first thread, so that every thread inherits it and only sigwait sees the signals.
sigset_t BlockSignals() {
  sigset_t awaited;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGINT);
  sigaddset(&awaited, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &awaited, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return awaited;
}

// gRPC's threads get the default stack, which `ulimit -s` may have made too small for a property
// bag of a thousand levels.
void EnsureStacks() {
  constexpr std::size_t kStack = 8 << 20;
  pthread_attr_t attributes;
  if (pthread_getattr_default_np(&attributes) != 0) return;
  std::size_t size = 0;
  pthread_attr_getstacksize(&attributes, &size);
  if (size < kStack && pthread_attr_setstacksize(&attributes, kStack) == 0) {
    pthread_setattr_default_np(&attributes);
  }
  pthread_attr_destroy(&attributes);
}

// The port line is all that stdout ever carries. What libraries may print there later goes to
// stderr; the engine's pipe stays open, so that it sees no end of it.
void AnnouncePort(int port) {
  Print(std::to_string(port) + "\n");
  std::fflush(stdout);
  const int kept = dup(STDOUT_FILENO);
  if (kept >= 0) fcntl(kept, F_SETFD, FD_CLOEXEC);
  dup2(STDERR_FILENO, STDOUT_FILENO);
}

std::unique_ptr<OtlpExporter> MakeExporter(const schema::Embedded& embedded) {
  const auto endpoint = base::SystemEnvironment("PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT");
  if (!endpoint || endpoint->empty()) return nullptr;
  const auto target = ToTarget(*endpoint);
  if (!target) {
    std::fprintf(stderr,
                 "PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT: expected host:port, found \"%s\"; no "
                 "spans are sent\n",
                 endpoint->c_str());
    return nullptr;
  }
  OtlpExporter::Options options;
  options.target = *target;
  options.service_name = "pulumi-resource-" + std::string(embedded.name);
  options.service_version = std::string(embedded.version);
  return std::make_unique<OtlpExporter>(std::move(options), base::SystemRandom());
}

std::unique_ptr<EngineWatch> WatchEngine(const std::string& address) {
  const auto target = ToTarget(address);
  // In attach mode engines come and go.
  if (!target) return nullptr;
  EngineWatch::Options options;
  options.target = *target;
  return std::make_unique<EngineWatch>(std::move(options), [] { kill(getpid(), SIGTERM); });
}

int Serve(const CommandLine& line, const schema::Embedded& embedded,
          const std::function<lifecycle::Registry(const Telling&)>& make) {
  const sigset_t awaited = BlockSignals();
  EnsureStacks();
  // Debian builds Abseil with its search for deadlocks, which costs gRPC a graph look-up for every
  // mutex that it takes.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  EngineLog engine;
  if (!line.engine.empty()) engine.Connect(line.engine);
  const schema::Package package(embedded);
  const bool verbose = line.verbosity > 0 || base::SystemEnvironment("PALISADE_DEBUG");
  lifecycle::Provider provider(
      package, make({engine, verbose}),
      {base::SystemClock(), base::SystemRandom(), engine, base::SystemEnvironment});
  const auto exporter = MakeExporter(embedded);
  const Edge edge(base::SystemClock(), exporter.get());
  Service service(provider, engine, edge);
  auto server = Server::Start(service);
  if (!server.ok()) {
    std::fprintf(stderr, "%s\n", base::Message(server.status()).c_str());
    return 1;
  }
  AnnouncePort((*server)->port());
  const auto watch = WatchEngine(line.engine);

  int signal_number = 0;
  sigwait(&awaited, &signal_number);
  if ((*server)->Drain(kDrainPatience, [&provider] { provider.Cancel(); })) return 0;
  std::fprintf(stderr, "a call did not end in time and was given up\n");
  std::_Exit(1);
}

}  // namespace

int Main(int argc, char** argv, const schema::Embedded& embedded,
         const std::function<lifecycle::Registry(const Telling&)>& make) {
  const CommandLine line = ParseCommandLine({argv + 1, argv + argc});
  switch (line.action) {
    case CommandLine::Action::kVersion:
      Print(std::string(embedded.version) + "\n");
      return 0;
    case CommandLine::Action::kHelp:
      Print(HelpText(embedded.name, embedded.version));
      return 0;
    case CommandLine::Action::kSchema:
      Print(embedded.published);
      Print("\n");
      return 0;
    case CommandLine::Action::kMistake:
      std::fprintf(stderr, "\"%s\" is neither a command nor the engine's host:port; try --help\n",
                   line.mistake.c_str());
      return 2;
    case CommandLine::Action::kServe:
      break;
  }
  return Serve(line, embedded, make);
}

}  // namespace palisade::rpc
