#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/random.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/core/fake_ec2_for_test.h"
#include "provider/http/fake_transport.h"
#include "provider/resource/call.h"
#include "provider/resource/settings.h"

namespace palisade::aws::testing {

/// Counts up, so that tests repeat.
class CountingRandom final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    std::lock_guard lock(mutex_);
    for (auto& byte : bytes) byte = next_++;
  }

 private:
  std::mutex mutex_;
  std::uint8_t next_ = 0;
};

/// Keeps what was said.
class KeepingReporter final : public resource::Reporter {
 public:
  void Log(resource::Severity severity, std::string_view, std::string_view message) override {
    std::lock_guard lock(mutex_);
    if (severity == resource::Severity::kWarning) warnings.emplace_back(message);
    if (severity == resource::Severity::kDebug) debug.emplace_back(message);
  }
  void Status(std::string_view, std::string_view message) override {
    std::lock_guard lock(mutex_);
    statuses.emplace_back(message);
  }
  std::vector<std::string> warnings, debug, statuses;

 private:
  std::mutex mutex_;
};

/// Everything that a handler needs, without network and without waiting.
class World {
 public:
  World();

  /// A provider call of a run. Calls with the same settings belong to one run.
  resource::Call MakeCall(std::stop_token cancel = {}, std::chrono::milliseconds timeout = {});
  /// Another run: the same configuration, configured anew. `process`: in a new process.
  void NextRun(bool new_process = false);
  /// As in a real process; a new one starts now.
  void KeepMarkers() {
    keep_markers = true;
    NextRun(true);
  }
  /// `aws` of the configuration.
  void Configure(value::PropertyMap aws);

  base::FakeClock clock;
  CountingRandom random;
  KeepingReporter reporter;
  FakeEc2 ec2;
  http::FakeTransport transport;
  std::map<std::string, std::string> environment{{"AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"},
                                                 {"AWS_SECRET_ACCESS_KEY", "SEKRET"},
                                                 {"HOME", "/nowhere"}};
  std::shared_ptr<const resource::Settings> settings;
  std::unique_ptr<Cloud> cloud;
  bool keep_markers = false;
  std::string urn = "urn:pulumi:dev::shop::palisade:aws/test:Thing::mine";
};

inline World::World() : clock(base::Time(std::chrono::seconds(1'790'000'000))) {
  transport.Otherwise([this](const http::Request& request) { return ec2.Answer(request); });
  Configure({{"region", "eu-west-1"}});
  NextRun(true);
}

inline resource::Call World::MakeCall(std::stop_token cancel, std::chrono::milliseconds timeout) {
  return resource::Call(clock, random, reporter, {urn, std::move(cancel), timeout, settings});
}

inline void World::NextRun(bool new_process) {
  settings = std::make_shared<resource::Settings>(*settings);
  if (!new_process) return;
  cloud = std::make_unique<Cloud>(
      Cloud::Services{transport, clock, random,
                      [this](const std::string& name) -> std::optional<std::string> {
                        const auto it = environment.find(name);
                        if (it == environment.end()) return std::nullopt;
                        return it->second;
                      },
                      "palisade", keep_markers, /*verbose=*/true});
}

inline void World::Configure(value::PropertyMap aws) {
  auto configured = std::make_shared<resource::Settings>();
  configured->id = "0b9c3f3e-stack";
  configured->values["aws"] = std::move(aws);
  settings = std::move(configured);
}

}  // namespace palisade::aws::testing
