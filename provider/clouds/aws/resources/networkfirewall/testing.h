#pragma once

// What the tests of this folder share: a service that answers from a table, and a world in which
// clock, randomness and messages are ours.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/resources/networkfirewall/wire.h"
#include "provider/http/fake_transport.h"
#include "provider/resource/resource.h"

namespace palisade::aws::networkfirewall {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

inline constexpr char kUrn[] = "urn:pulumi:dev::seed::palisade:aws/networkfirewall:Type::egress";
inline constexpr char kToken[] = "11111111-2222-3333-4444-555555555555";

inline std::string Arn(const std::string& kind, const std::string& name = "egress") {
  return "arn:aws:network-firewall:eu-west-1:123456789012:" + kind + "/" + name;
}

/// A request that the service got.
struct Asked {
  std::string operation;
  json body;
};

/// Network Firewall as a table of answers, operation by operation; STS answers by itself.
class FakeService {
 public:
  using Answer = std::function<http::FakeTransport::Answer()>;

  explicit FakeService(http::FakeTransport& transport) {
    transport.Otherwise([this](const http::Request& request) { return Handle(request); });
  }

  /// The next answer to this operation.
  FakeService& Then(const std::string& operation, json reply) {
    next_[operation].push_back([body = reply.dump()] { return http::Response{200, {}, body}; });
    return *this;
  }
  FakeService& Fails(const std::string& operation, const std::string& code,
                     const std::string& message = "the service's own words", int status = 400) {
    const json body{{"__type", "com.amazonaws.networkfirewall#" + code}, {"message", message}};
    next_[operation].push_back(
        [text = body.dump(), status] { return http::Response{status, {}, text}; });
    return *this;
  }
  /// Carries the next one out, and its reply is lost.
  FakeService& Loses(const std::string& operation) {
    next_[operation].push_back(
        [] { return base::Error(absl::StatusCode::kUnavailable, "the connection broke"); });
    return *this;
  }
  /// The answer to every further request of this operation.
  FakeService& Always(const std::string& operation, json reply) {
    always_[operation] = std::move(reply);
    return *this;
  }

  /// What EC2 says of subnets: subnet -> zone. Without, it refuses to tell.
  std::optional<std::map<std::string, std::string>> zones;

  std::vector<std::string> operations() const {
    std::vector<std::string> names;
    for (const Asked& one : asked) names.push_back(one.operation);
    return names;
  }
  /// The body of the n-th request of this operation.
  json Body(const std::string& operation, std::size_t n = 0) const {
    for (const Asked& one : asked) {
      if (one.operation == operation && n-- == 0) return one.body;
    }
    return "there was no such request";
  }
  std::size_t Count(const std::string& operation) const {
    std::size_t count = 0;
    for (const Asked& one : asked) count += one.operation == operation ? 1 : 0;
    return count;
  }

  std::vector<Asked> asked;
  std::function<void(const std::string& operation)> on_request;

 private:
  http::FakeTransport::Answer Handle(const http::Request& request) {
    const http::Response as_response{0, request.headers, ""};
    const std::string* target = as_response.Find("X-Amz-Target");
    if (target == nullptr && request.body.find("Action=DescribeSubnets") != std::string::npos) {
      asked.push_back({"DescribeSubnets", request.body});
      return Subnets();
    }
    if (target == nullptr) {
      return http::Response{
          200,
          {},
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/"
          "u"
          "</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult>"
          "</GetCallerIdentityResponse>"};
    }
    const std::string operation = target->substr(target->rfind('.') + 1);
    asked.push_back({operation, json::parse(request.body, nullptr, false)});
    if (on_request) on_request(operation);
    if (auto& queue = next_[operation]; !queue.empty()) {
      const Answer answer = std::move(queue.front());
      queue.pop_front();
      return answer();
    }
    if (const auto it = always_.find(operation); it != always_.end()) {
      return http::Response{200, {}, it->second.dump()};
    }
    if (operation == "TagResource" || operation == "UntagResource") {
      return http::Response{200, {}, "{}"};
    }
    ADD_FAILURE() << "no answer to " << operation << " " << request.body;
    return base::Internal("no answer to " + operation);
  }

  http::Response Subnets() const {
    if (!zones) {
      return {403,
              {},
              "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message>"
              "</Error></Errors><RequestID>r</RequestID></Response>"};
    }
    std::string items;
    for (const auto& [subnet, zone] : *zones) {
      items += "<item><subnetId>" + subnet + "</subnetId><availabilityZone>" + zone +
               "</availabilityZone></item>";
    }
    return {
        200,
        {},
        "<DescribeSubnetsResponse><subnetSet>" + items + "</subnetSet></DescribeSubnetsResponse>"};
  }

  std::map<std::string, std::deque<Answer>> next_;
  std::map<std::string, json> always_;
};

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
  void Log(resource::Severity severity, std::string_view, std::string_view message) override {
    if (severity == resource::Severity::kWarning) warnings.emplace_back(message);
  }
  void Status(std::string_view, std::string_view message) override {
    statuses.emplace_back(message);
    if (on_status) on_status();
  }
  std::vector<std::string> warnings, statuses;
  std::function<void()> on_status;
};

struct Made {
  absl::Status status;
  std::string id;  ///< also of a create that failed after the object was there
  PropertyMap outputs;
  bool recorded = false;  ///< a failure leaves the new inputs in the state
};

class World {
 public:
  resource::Call Call(std::chrono::milliseconds timeout = std::chrono::minutes(30)) {
    resource::Call call(clock, random, reporter, {kUrn, stop.get_token(), timeout, settings});
    call.set_filled(filled);
    return call;
  }

  /// Create and Await, as lifecycle does.
  Made Create(const resource::Resource& type, const PropertyMap& inputs) {
    resource::Call call = Call();
    auto created = type.Create(call, inputs);
    Made made;
    if (call.recorded()) made.id = call.recorded()->id;
    if (!created.ok()) {
      made.status = created.status();
      return made;
    }
    auto outputs = type.Await(call, created->id, inputs, created->outputs);
    made.status = outputs.status();
    if (outputs.ok()) made.outputs = *std::move(outputs);
    return made;
  }

  absl::StatusOr<std::optional<resource::ReadResult>> Read(const resource::Resource& type,
                                                           const std::string& id,
                                                           const PropertyMap* inputs = nullptr) {
    resource::Call call = Call();
    const PropertyMap outputs{{"region", "eu-west-1"}};
    return type.Read(call, {id, inputs, inputs == nullptr ? nullptr : &outputs});
  }

  Made Update(const resource::Resource& type, const std::string& id, const PropertyMap& olds,
              const PropertyMap& news) {
    resource::Call call = Call();
    const PropertyMap outputs{{"region", "eu-west-1"}};
    auto updated = type.Update(call, {id, olds, outputs, news});
    Made made{updated.status(), id, {}, call.recorded().has_value()};
    if (!updated.ok()) return made;
    auto awaited = type.Await(call, id, news, *std::move(updated));
    made.status = awaited.status();
    if (awaited.ok()) made.outputs = *std::move(awaited);
    return made;
  }

  /// The update without a difference that follows one that broke off.
  absl::Status Finish(const resource::Resource& type, const std::string& id,
                      const PropertyMap& inputs) {
    resource::Call call = Call();
    return type.Await(call, id, inputs, {{"region", "eu-west-1"}}).status();
  }

  absl::Status Delete(const resource::Resource& type, const std::string& id,
                      std::chrono::milliseconds timeout = std::chrono::minutes(30),
                      const PropertyMap& inputs = {}) {
    resource::Call call = Call(timeout);
    return type.Delete(call, {id, inputs, {{"region", "eu-west-1"}}});
  }

  resource::Findings Check(const resource::Resource& type, const PropertyMap& inputs) {
    resource::Findings findings;
    type.Check({inputs, clock}, findings);
    return findings;
  }

  /// The changes of whole top-level properties, as the type leaves them.
  resource::Changes Diff(const resource::Resource& type, const PropertyMap& olds,
                         const PropertyMap& news, resource::Findings& findings) {
    resource::Changes changes;
    const auto add = [&](const std::string& name, resource::ChangeKind kind) {
      changes[value::PropertyPath(name)] = {kind, false, true};
    };
    for (const auto& [name, item] : olds) {
      const auto now = news.find(name);
      if (now == news.end()) add(name, resource::ChangeKind::kDelete);
      if (now != news.end() && now->second != item) add(name, resource::ChangeKind::kUpdate);
    }
    for (const auto& [name, item] : news) {
      if (!olds.contains(name)) add(name, resource::ChangeKind::kAdd);
    }
    type.Diff({"id", olds, {}, news, clock}, changes, findings);
    return changes;
  }

  std::chrono::seconds Elapsed() const {
    return std::chrono::duration_cast<std::chrono::seconds>(clock.Steady() - start_);
  }

  base::FakeClock clock{base::Time(std::chrono::seconds(1'750'000'000))};
  CountingRandom random;
  RecordingReporter reporter;
  http::FakeTransport transport;
  FakeService service{transport};
  std::stop_source stop;
  std::set<std::string> filled;
  std::shared_ptr<const resource::Settings> settings = std::make_shared<resource::Settings>();
  Cloud cloud{{transport, clock, random, [](const std::string& name) -> std::optional<std::string> {
                 if (name == "AWS_ACCESS_KEY_ID") return "AKIDEXAMPLE";
                 if (name == "AWS_SECRET_ACCESS_KEY") return "not-a-real-secret";
                 if (name == "AWS_REGION") return "eu-west-1";
                 return std::nullopt;
               }}};

 private:
  const base::SteadyTime start_ = clock.Steady();
};

inline bool Replaces(const resource::Changes& changes) {
  for (const auto& [path, change] : changes) {
    if (change.replace) return true;
  }
  return false;
}

inline std::vector<std::string> Told(const std::vector<resource::Finding>& findings) {
  std::vector<std::string> told;
  for (const auto& one : findings) told.push_back(one.path.Text() + " " + one.rule);
  return told;
}

inline PropertyMap With(PropertyMap bag, const std::string& name, PropertyValue item) {
  bag[name] = std::move(item);
  return bag;
}
inline PropertyMap Without(PropertyMap bag, const std::string& name) {
  bag.erase(name);
  return bag;
}

}  // namespace palisade::aws::networkfirewall
