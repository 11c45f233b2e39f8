#pragma once

// What the tests of this folder share: a world in which clock, randomness and messages are ours.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/random.h"
#include "provider/base/status.h"
#include "provider/resource/resource.h"
#include "provider/tls/resources/cert_request_resource.h"
#include "provider/tls/resources/inputs.h"
#include "provider/tls/resources/locally_signed_cert_resource.h"
#include "provider/tls/resources/private_key_resource.h"
#include "provider/tls/resources/self_signed_cert_resource.h"

namespace palisade::tls {

using value::PropertyArray;
using value::PropertyValue;
using value::Unknown;

/// 2025-03-04T12:00:00Z.
inline constexpr Seconds kNoon{std::chrono::seconds(1'741'089'600)};

/// Counts upwards, so that serial numbers differ and repeat from run to run.
class CountingRandom final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = ++last_;
  }

 private:
  std::uint8_t last_ = 0;
};

class RecordingReporter final : public resource::Reporter {
 public:
  void Log(resource::Severity, std::string_view, std::string_view message) override {
    messages.emplace_back(message);
  }
  void Status(std::string_view, std::string_view message) override {
    statuses.emplace_back(message);
    if (stop_on_status) stop.request_stop();
  }
  std::vector<std::string> messages, statuses;
  bool stop_on_status = false;
  std::stop_source stop;
};

struct Checked {
  std::set<std::string> failures, warnings;  ///< "path rule"
  std::string text;                          ///< all reasons
};

struct Diffed {
  resource::Changes changes;
  std::string warnings;
  bool replaces() const {
    return std::ranges::any_of(changes, [](const auto& entry) { return entry.second.replace; });
  }
};

class World {
 public:
  base::FakeClock clock{kNoon};
  CountingRandom random;
  RecordingReporter reporter;

  resource::Call Call() {
    return resource::Call(clock, random, reporter, {"urn:test", reporter.stop.get_token(), {}});
  }

  /// `olds` are null when the object is going to be made.
  Checked Check(const resource::Resource& type, const PropertyMap& inputs,
                const PropertyMap* olds = nullptr) const {
    resource::Findings findings;
    type.Check({inputs, clock, resource::NoSettings(), olds}, findings);
    Checked checked;
    for (const auto& one : findings.failures()) {
      checked.failures.insert(one.path.Text() + " " + one.rule);
      checked.text += one.reason + "\n";
    }
    for (const auto& one : findings.warnings()) {
      checked.warnings.insert(one.path.Text() + " " + one.rule);
      checked.text += one.reason + "\n";
    }
    return checked;
  }

  /// Creates and merges the inputs into the outputs, as lifecycle does.
  resource::Created Create(const resource::Resource& type, const PropertyMap& inputs) {
    resource::Call call = Call();
    auto created = type.Create(call, inputs);
    EXPECT_TRUE(created.ok()) << created.status();
    if (!created.ok()) return {};
    for (const auto& entry : inputs) created->outputs.insert(entry);
    return *std::move(created);
  }

  /// Compares whole top-level properties, then asks the type. All replace but those that change in
  /// place; write-only texts are not compared.
  Diffed Diff(const resource::Resource& type, const std::string& id, const PropertyMap& old_inputs,
              const PropertyMap& old_outputs, const PropertyMap& new_inputs,
              bool just_imported = false) const {
    static const std::set<std::string> kInPlace = {
        keys::tls::kEarlyRenewalHours, keys::tls::kPkcs12Password, keys::tls::kPkcs12PrivateKeyPem};
    Diffed diffed;
    const auto add = [&diffed](const std::string& name, resource::ChangeKind kind) {
      if (name.ends_with("Wo")) return;
      diffed.changes[PropertyPath(name)] = {kind, !kInPlace.contains(name), true};
    };
    for (const auto& [name, member] : old_inputs) {
      const auto now = new_inputs.find(name);
      if (now == new_inputs.end()) add(name, resource::ChangeKind::kDelete);
      if (now != new_inputs.end() && !(now->second == member)) {
        add(name, resource::ChangeKind::kUpdate);
      }
    }
    for (const auto& [name, member] : new_inputs) {
      if (!old_inputs.contains(name)) add(name, resource::ChangeKind::kAdd);
    }
    resource::Findings findings;
    type.Diff(
        {id, old_inputs, old_outputs, new_inputs, clock, resource::NoSettings(), just_imported},
        diffed.changes, findings);
    for (const auto& one : findings.warnings()) diffed.warnings += one.rule + ": " + one.reason;
    EXPECT_TRUE(findings.failures().empty());
    return diffed;
  }

  absl::StatusOr<std::optional<resource::ReadResult>> Read(const resource::Resource& type,
                                                           const std::string& id,
                                                           const PropertyMap* inputs = nullptr,
                                                           const PropertyMap* outputs = nullptr) {
    resource::Call call = Call();
    return type.Read(call, {id, inputs, outputs});
  }

  std::string Key(std::string_view algorithm, std::string_view curve = "P256") {
    PropertyMap inputs{{"algorithm", algorithm}};
    if (algorithm == "ECDSA") inputs["ecdsaCurve"] = curve;
    return Text(Create(PrivateKeyResource(), inputs).outputs, "privateKeyPem");
  }

  static std::string Text(const PropertyMap& bag, std::string_view name) {
    return std::string(TextOf(bag, name).value_or("(none)"));
  }
};

inline std::set<std::string> PathsOf(const resource::Changes& changes) {
  std::set<std::string> paths;
  for (const auto& [path, change] : changes) paths.insert(path.Text());
  return paths;
}

inline PropertyMap With(PropertyMap bag, const std::string& name, PropertyValue item) {
  bag[name] = std::move(item);
  return bag;
}
inline PropertyMap Without(PropertyMap bag, const std::string& name) {
  bag.erase(name);
  return bag;
}

/// A root, and a request and what it takes to sign it.
inline PropertyMap RootInputs(const std::string& key) {
  return {{"privateKeyPem", key},
          {"subject", PropertyMap{{"commonName", "Test Root"}}},
          {"isCaCertificate", true},
          {"allowedUses", PropertyArray{"cert_signing", "crl_signing"}},
          {"validityPeriodHours", 1000}};
}

/// A temporary folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "palisade_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = Path(name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace palisade::tls
