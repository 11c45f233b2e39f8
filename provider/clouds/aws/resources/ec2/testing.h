#pragma once

// What the tests of this folder share: requests and replies of EC2 as tables, without network and
// without waiting.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/testing.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"

namespace palisade::aws::ec2 {

using aws::testing::Element;
using aws::testing::Failure;
using value::PropertyPath;

inline const PropertyValue kUnknown{value::Unknown{}};

/// `<item>` of all these.
inline std::string Item(const std::string& inside) { return Element("item", inside); }
/// A list element of items.
inline std::string List(const std::string& name, const std::string& items) {
  return Element(name, items);
}

/// "CreateVpc CidrBlock=10.0.0.0/16&...": the operation and its decoded form parameters, in order.
inline std::string LineOf(const http::Request& request) {
  std::string operation, rest;
  std::string_view body = request.body;
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    const std::string text = aws::testing::Decoded(pair);
    if (text.starts_with("Action=")) {
      operation = text.substr(7);
    } else if (text != "Version=2016-11-15") {
      rest += (rest.empty() ? " " : "&") + text;
    }
  }
  return operation + rest;
}

struct Made {
  absl::Status status;
  std::string id;
  PropertyMap outputs;
  /// The create was recorded, so that lifecycle keeps the id although it failed.
  bool recorded = false;
};

struct Checked {
  std::vector<std::string> failures, warnings;  ///< "path rule"
  std::string text;                             ///< all reasons
};

/// A run of the provider, the requests that are expected of it, and what EC2 answers.
class World {
 public:
  using Answer = http::FakeTransport::Answer;

  World() : clock(base::Time(std::chrono::seconds(1'790'000'000))) {
    Configure({});
    cloud = std::make_unique<Cloud>(
        Cloud::Services{transport, clock, random, [](const std::string&) { return std::nullopt; }});
    transport.Otherwise([this](const http::Request& request) { return Serve(request); });
  }
  ~World() { EXPECT_TRUE(script_.empty()) << "not asked: " << script_.front().first; }

  /// The configuration `palisade:aws` beside a region and keys. Begins another run.
  void Configure(PropertyMap more) {
    auto configured = std::make_shared<resource::Settings>();
    configured->id = "stack";
    PropertyMap aws{{"region", "eu-west-1"},
                    {"accessKey", "AKIDEXAMPLE"},
                    {"secretKey", "SEKRET"},
                    {"skipRequestingAccountId", true},
                    {"creationMarker", false}};
    for (auto& [name, item] : more) aws.insert_or_assign(name, std::move(item));
    configured->values["aws"] = std::move(aws);
    settings = std::move(configured);
  }

  /// The next request has to be this one; a line that ends with `*` says how it begins.
  World& On(std::string line, std::function<Answer()> answer) {
    script_.emplace_back(std::move(line), std::move(answer));
    return *this;
  }
  World& On(const std::string& line, const std::string& inside = "<return>true</return>") {
    const std::string operation = line.substr(0, line.find(' '));
    return On(line, [=] { return aws::testing::Reply(operation, inside); });
  }
  /// EC2 refuses.
  World& Refuse(const std::string& line, const std::string& code, int status = 400) {
    return On(line, [=] { return Failure(status, code); });
  }
  /// The connection breaks after the request was sent.
  World& Lose(const std::string& line) {
    return On(line, [] { return base::Error(absl::StatusCode::kUnavailable, "it broke"); });
  }
  /// The user cancels while this is answered.
  World& Cancel(const std::string& line, const std::string& inside) {
    const std::string operation = line.substr(0, line.find(' '));
    return On(line, [this, operation, inside] {
      stop.request_stop();
      return aws::testing::Reply(operation, inside);
    });
  }

  resource::Call Call(std::chrono::milliseconds timeout = {}) {
    return resource::Call(clock, random, reporter, {urn, stop.get_token(), timeout, settings});
  }

  Made Create(const resource::Resource& type, const PropertyMap& inputs) {
    resource::Call call = Call();
    auto created = type.Create(call, Placed(inputs));
    if (!created.ok()) return {created.status(), "", {}, call.recorded().has_value()};
    auto outputs = type.Await(call, created->id, Placed(inputs), created->outputs);
    Made made{outputs.status(), created->id, {}, call.recorded().has_value()};
    if (outputs.ok()) made.outputs = *std::move(outputs);
    return made;
  }
  /// The Update without a difference that finishes a creation.
  absl::StatusOr<PropertyMap> Finish(const resource::Resource& type, const std::string& id,
                                     const PropertyMap& inputs) {
    resource::Call call = Call();
    return type.Await(call, id, Placed(inputs), {});
  }
  absl::StatusOr<PropertyMap> Update(const resource::Resource& type, const std::string& id,
                                     const PropertyMap& olds, const PropertyMap& news,
                                     PropertyMap outputs = {}) {
    resource::Call call = Call();
    outputs.emplace("tagsAll", PropertyMap{});
    call.set_ignored(ignored);
    auto updated = type.Update(call, {id, Placed(olds), outputs, Placed(news), ignored});
    last_recorded = call.recorded().has_value();
    if (!updated.ok()) return updated;
    return type.Await(call, id, Placed(news), *std::move(updated));
  }
  absl::StatusOr<std::optional<resource::ReadResult>> Read(const resource::Resource& type,
                                                           const std::string& id,
                                                           const PropertyMap& inputs) {
    resource::Call call = Call();
    const PropertyMap placed = Placed(inputs);
    const PropertyMap outputs{{"region", "eu-west-1"}};
    return type.Read(call, {id, &placed, &outputs});
  }
  absl::StatusOr<std::optional<resource::ReadResult>> Import(const resource::Resource& type,
                                                             const std::string& id) {
    resource::Call call = Call();
    return type.Read(call, {id, nullptr, nullptr});
  }
  absl::Status Delete(const resource::Resource& type, const std::string& id,
                      const PropertyMap& inputs = {}, std::chrono::milliseconds timeout = {}) {
    resource::Call call = Call(timeout);
    return type.Delete(call, {id, Placed(inputs), {{"region", "eu-west-1"}}});
  }
  absl::StatusOr<resource::ListPage> List(const resource::Resource& type,
                                          const std::string& continuation = "",
                                          std::size_t page_size = 50) {
    resource::Call call = Call();
    return type.List(call, {{}, continuation, page_size});
  }
  Checked Check(const resource::Resource& type, const PropertyMap& inputs) const {
    resource::Findings findings;
    type.Check({Placed(inputs), clock, *settings}, findings);
    Checked checked;
    for (const auto& [from, to] : {std::pair(&findings.failures(), &checked.failures),
                                   {&findings.warnings(), &checked.warnings}}) {
      for (const auto& one : *from) {
        to->push_back(one.path.Text() + " " + one.rule);
        checked.text += one.reason + "\n";
      }
    }
    return checked;
  }
  /// What the handler makes of changes of these inputs; `replacing` are those that the fragment
  /// marks. "name" for a change in place, "name!" for a replacement.
  std::vector<std::string> Diff(const resource::Resource& type, const PropertyMap& olds,
                                const PropertyMap& news,
                                const std::vector<std::string>& replacing) const {
    resource::Changes changes;
    const auto add = [&](const std::string& name) {
      const bool replace = std::ranges::find(replacing, name) != replacing.end();
      changes[PropertyPath(name)] = {resource::ChangeKind::kUpdate, replace, true};
    };
    for (const auto& [name, item] : olds) {
      const auto now = news.find(name);
      if (now == news.end() || !(now->second == item)) add(name);
    }
    for (const auto& [name, item] : news) {
      if (!olds.contains(name)) add(name);
    }
    resource::Findings findings;
    type.Diff({"id", Placed(olds), {}, Placed(news), clock, *settings}, changes, findings);
    std::vector<std::string> texts;
    for (const auto& [path, change] : changes) {
      texts.push_back(path.Text() + (change.replace ? "!" : ""));
    }
    return texts;
  }

  base::FakeClock clock;
  aws::testing::CountingRandom random;
  aws::testing::KeepingReporter reporter;
  http::FakeTransport transport;
  std::shared_ptr<const resource::Settings> settings;
  std::unique_ptr<Cloud> cloud;
  std::stop_source stop;
  std::string urn = "urn:pulumi:dev::shop::palisade:aws/ec2:Any::mine";
  bool last_recorded = false;
  /// `ignoreChanges` of updates.
  std::vector<PropertyPath> ignored;

 private:
  static PropertyMap Placed(PropertyMap inputs) {
    inputs.emplace("region", "eu-west-1");
    return inputs;
  }

  Answer Serve(const http::Request& request) {
    const std::string line = LineOf(request);
    if (script_.empty()) {
      ADD_FAILURE() << "unexpected: " << line;
      return base::Internal("unexpected: " + line);
    }
    auto [expected, answer] = std::move(script_.front());
    script_.pop_front();
    if (expected.ends_with('*')) {
      EXPECT_THAT(line, ::testing::StartsWith(expected.substr(0, expected.size() - 1)));
    } else {
      EXPECT_EQ(line, expected);
    }
    return answer();
  }

  std::deque<std::pair<std::string, std::function<Answer()>>> script_;
};

/// No part of good inputs that is unknown makes Check fail.
inline void ExpectUnknownsPass(const World& world, const resource::Resource& type,
                               const PropertyMap& good) {
  EXPECT_THAT(world.Check(type, good).failures, ::testing::IsEmpty());
  for (const auto& [name, item] : good) {
    PropertyMap inputs = good;
    inputs[name] = kUnknown;
    const Checked checked = world.Check(type, inputs);
    EXPECT_THAT(checked.failures, ::testing::IsEmpty()) << name << ": " << checked.text;
  }
}

}  // namespace palisade::aws::ec2
