// palisade_bench [--prove | --only PART] COMMAND...
//
// Plays the engine against the plugin that COMMAND starts and prints figures as JSON: all of them
// or one part, named as in the output. --prove only makes one key and prints its id: what a plugin
// in an empty folder has to show.

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <latch>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "nlohmann/json.hpp"
#include "tests/bench/client.h"
#include "tests/bench/plugin_process.h"

namespace palisade::bench {
namespace {

using nlohmann::json;

constexpr int kStarts = 50;
constexpr int kCallers = 500;

double Percentile(std::vector<double> samples, double percent) {
  std::sort(samples.begin(), samples.end());
  const auto last = static_cast<double>(samples.size() - 1);
  return samples[static_cast<std::size_t>(std::lround(last * percent / 100))];
}

template <typename Call>
std::vector<double> Timed(int times, const Call& call) {
  std::vector<double> milliseconds;
  for (int i = 0; i < times; ++i) {
    const Clock::time_point start = Clock::now();
    call();
    milliseconds.push_back(MillisecondsSince(start));
  }
  return milliseconds;
}

json Summary(const std::vector<double>& samples, double scale = 1) {
  return {{"p50", Percentile(samples, 50) * scale},
          {"p99", Percentile(samples, 99) * scale},
          {"samples", samples.size()}};
}

/// A plugin, introduced and configured, with a channel to it.
struct Session {
  Session(const std::vector<std::string>& command, const EngineDouble& engine)
      : process(command, engine.address()), client(process.port()) {
    client.Handshake(engine.address());
    first_rpc_milliseconds = MillisecondsSince(process.started());
    client.Configure();
  }
  PluginProcess process;
  Client client;
  double first_rpc_milliseconds = 0;
};

json Starts(const std::vector<std::string>& command, const EngineDouble& engine) {
  std::vector<double> port;
  std::vector<double> rpc;
  for (int i = 0; i < kStarts; ++i) {
    Session session(command, engine);
    port.push_back(session.process.port_milliseconds());
    rpc.push_back(session.first_rpc_milliseconds);
  }
  return {{"port_ms", Summary(port)}, {"first_rpc_ms", Summary(rpc)}};
}

json Memory(const std::vector<std::string>& command, const EngineDouble& engine) {
  Session session(command, engine);
  const double idle = session.process.ResidentMegabytes();
  for (int i = 0; i < 1000; ++i) session.client.Make(kPrivateKey, EcKeyInputs());
  return {{"idle", idle}, {"after_1000", session.process.ResidentMegabytes()}};
}

json Calls(const std::vector<std::string>& command, const EngineDouble& engine) {
  Session session(command, engine);
  Client& client = session.client;
  json result;
  result["configure_ms"] = Summary(Timed(200, [&] { client.Configure(); }));
  result["schema_bytes"] = client.GetSchema().size();
  result["get_schema_ms"] = Summary(Timed(200, [&] { client.GetSchema(); }));

  const Created key = client.Make(kPrivateKey, EcKeyInputs());
  const Bag news = CertificateInputs(TextOf(key.outputs, "privateKeyPem"));
  const Created certificate = client.Make(kSelfSignedCert, news);
  result["bag_bytes"] = news.ByteSizeLong();
  const auto measure = [&](const std::string& name, const auto& call) {
    Timed(200, call);
    const double before = session.process.CpuMicroseconds();
    const std::vector<double> samples = Timed(3000, call);
    const double cpu = session.process.CpuMicroseconds() - before;
    result[name + "_us"] = Summary(samples, 1000);
    // What other processes take away does not count here.
    result[name + "_cpu_us"] = cpu / static_cast<double>(samples.size());
  };
  measure("check", [&] { client.Check(kSelfSignedCert, certificate.inputs, news); });
  measure("diff", [&] {
    const auto response = client.Diff(kSelfSignedCert, certificate, certificate.inputs);
    if (response.changes() != pulumirpc::DiffResponse::DIFF_NONE) Fail("Diff(x, x) is not none");
  });
  return result;
}

json Concurrent(const std::vector<std::string>& command, const EngineDouble& engine) {
  Session session(command, engine);
  const Bag inputs = session.client.Check(kPrivateKey, {}, EcKeyInputs());
  std::mutex mutex;
  std::vector<double> milliseconds;
  std::latch ready(kCallers + 1);
  std::vector<std::thread> callers;
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      ready.arrive_and_wait();
      const Clock::time_point start = Clock::now();
      session.client.CreateChecked(kPrivateKey, inputs);
      const double took = MillisecondsSince(start);
      const std::lock_guard lock(mutex);
      milliseconds.push_back(took);
    });
  }
  ready.arrive_and_wait();
  const Clock::time_point start = Clock::now();
  for (std::thread& caller : callers) caller.join();
  const double wall = MillisecondsSince(start);
  return {{"callers", kCallers},
          {"wall_ms", wall},
          {"create_ms", Summary(milliseconds)},
          {"peak_rss_mb", session.process.PeakMegabytes()}};
}

/// Check, Create and a Diff of `count` keys, one after the other.
json PerResource(const std::vector<std::string>& command, const EngineDouble& engine, int count,
                 double idle_cpu) {
  Session session(command, engine);
  const Clock::time_point start = Clock::now();
  for (int i = 0; i < count; ++i) {
    const Created key = session.client.Make(kPrivateKey, EcKeyInputs());
    session.client.Diff(kPrivateKey, key, key.inputs);
  }
  const double wall = MillisecondsSince(start) * 1000;
  const double rss = session.process.ResidentMegabytes();
  const double cpu = session.process.Stop() - idle_cpu;
  return {{"count", count}, {"wall_us", wall / count}, {"cpu_us", cpu / count}, {"rss_mb", rss}};
}

json Growth(const std::vector<std::string>& command, const EngineDouble& engine) {
  Session idle(command, engine);
  const double idle_cpu = idle.process.Stop();
  json rows = json::array();
  for (int count : {10, 100, 1000, 10000}) {
    rows.push_back(PerResource(command, engine, count, idle_cpu));
  }
  return rows;
}

int Main(std::vector<std::string> arguments) {
  const EngineDouble engine;
  std::string only;
  if (arguments.size() > 1 && arguments.front() == "--only") {
    only = arguments[1];
    arguments.erase(arguments.begin(), arguments.begin() + 2);
  }
  const bool prove = !arguments.empty() && arguments.front() == "--prove";
  if (prove) arguments.erase(arguments.begin());
  if (arguments.empty()) Fail("usage: palisade_bench [--prove | --only PART] COMMAND...");
  if (prove) {
    Session session(arguments, engine);
    std::printf("%s\n", session.client.Make(kPrivateKey, EcKeyInputs()).id.c_str());
    return 0;
  }
  using Part = json (*)(const std::vector<std::string>&, const EngineDouble&);
  const std::vector<std::pair<std::string, Part>> parts = {{"start", Starts},
                                                           {"rss_mb", Memory},
                                                           {"calls", Calls},
                                                           {"concurrent", Concurrent},
                                                           {"per_resource", Growth}};
  json result;
  for (const auto& [name, part] : parts) {
    if (only.empty() || only == name) result[name] = part(arguments, engine);
  }
  std::printf("%s\n", result.dump(2).c_str());
  return 0;
}

}  // namespace
}  // namespace palisade::bench

int main(int argc, char** argv) {
  return palisade::bench::Main(std::vector<std::string>(argv + 1, argv + argc));
}
