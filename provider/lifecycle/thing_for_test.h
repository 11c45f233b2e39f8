#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/status.h"
#include "provider/lifecycle/provider.h"

// A provider over one type whose handler is told by each test what to do.
namespace palisade::lifecycle {

using resource::Created;
using value::MakeSecret;
using value::PropertyArray;
using value::Unknown;

inline constexpr char kThing[] = R"({
  "token": "p:m:Thing",
  "resource": {
    "inputProperties": {
      "name": {"type": "string", "willReplaceOnChanges": true, "x-name": {"maxLength": 20}},
      "size": {"type": "integer"},
      "zone": {"type": "string", "willReplaceOnChanges": true},
      "secretText": {"type": "string", "secret": true},
      "spec": {"$ref": "#/types/p:m:Spec"},
      "passwordWo": {"type": "string", "x-writeOnly": true, "secret": true},
      "tier": {"type": "string", "x-server": "standard"},
      "labels": {"type": "object", "additionalProperties": {"type": "string"}}
    },
    "properties": {
      "name": {"type": "string"}, "size": {"type": "integer"}, "tier": {"type": "string"},
      "secretText": {"type": "string", "secret": true}, "spec": {"$ref": "#/types/p:m:Spec"},
      "labels": {"type": "object", "additionalProperties": {"type": "string"}},
      "labelsAll": {"type": "object", "additionalProperties": {"type": "string"},
                    "x-mirrors": "labels"},
      "arn": {"type": "string"}, "token": {"type": "string", "secret": true}
    },
    "required": ["arn"],
    "listInputs": {"properties": {"prefix": {"type": "string"}}}
  },
  "types": {"p:m:Spec": {"type": "object", "properties": {
      "key": {"type": "string", "secret": true}, "note": {"type": "string"}}}}
})";

inline constexpr char kEcho[] = R"({
  "token": "p:m:echo",
  "function": {
    "inputs": {"properties": {"text": {"type": "string"}}, "required": ["text"]},
    "outputs": {"properties": {"text": {"type": "string"},
                               "hidden": {"type": "string", "secret": true}}}
  }
})";

// What the next call of the handler does.
struct Script {
  std::function<absl::StatusOr<Created>(resource::Call&, const PropertyMap&)> create =
      [](resource::Call&, const PropertyMap&) {
        return Created{"id-1", {{"arn", "arn-1"}, {"token", "t"}}};
      };
  std::function<absl::StatusOr<PropertyMap>(PropertyMap)> await = [](PropertyMap outputs) {
    return outputs;
  };
  std::function<absl::StatusOr<std::optional<resource::ReadResult>>(const resource::ReadRequest&)>
      read;
  std::function<absl::StatusOr<PropertyMap>(resource::Call&, const resource::UpdateRequest&)>
      update = [](resource::Call&, const resource::UpdateRequest& request) {
        return request.old_outputs;
      };
  std::function<absl::Status(resource::Call&)> invoke = [](resource::Call&) {
    return absl::OkStatus();
  };
  std::function<void(resource::Findings&)> diff = [](resource::Findings&) {};
  std::function<void(resource::Changes&)> changes = [](resource::Changes&) {};
  absl::Status deleted, list_failure;
  resource::Traits traits;
  int updates = 0, awaits = 0;
  // Pages of a list are never smaller, whatever was asked for; and what was asked for.
  std::size_t least_page = 0;
  std::vector<std::string> asked;
  bool just_imported = false;  // what the last Diff was told
};
inline Script* script = nullptr;

class Thing final : public resource::Resource {
 public:
  resource::Traits traits() const override { return script->traits; }
  void Diff(const resource::DiffRequest& request, resource::Changes& changes,
            resource::Findings& findings) const override {
    script->just_imported = request.just_imported;
    script->diff(findings);
    script->changes(changes);
  }
  absl::StatusOr<Created> Create(resource::Call& call, const PropertyMap& inputs) const override {
    return script->create(call, inputs);
  }
  absl::StatusOr<PropertyMap> Await(resource::Call&, const std::string&, const PropertyMap&,
                                    PropertyMap outputs) const override {
    ++script->awaits;
    return script->await(std::move(outputs));
  }
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      resource::Call&, const resource::ReadRequest& request) const override {
    return script->read(request);
  }
  absl::StatusOr<PropertyMap> Update(resource::Call& call,
                                     const resource::UpdateRequest& request) const override {
    ++script->updates;
    return script->update(call, request);
  }
  absl::Status Delete(resource::Call&, const resource::DeleteRequest&) const override {
    return script->deleted;
  }
  absl::StatusOr<resource::ListPage> List(resource::Call&,
                                          const resource::ListRequest& request) const override {
    PALISADE_RETURN_IF_ERROR(script->list_failure);
    // Ten objects, numbered; the continuation is the next number.
    resource::ListPage page;
    script->asked.push_back(request.continuation + ":" + std::to_string(request.page_size));
    const std::size_t size = std::max(request.page_size, script->least_page);
    int next = request.continuation.empty() ? 0 : std::stoi(request.continuation);
    for (; next < 10 && page.items.size() < size; ++next) {
      page.items.push_back({"id-" + std::to_string(next), ""});
    }
    if (next < 10) page.continuation = std::to_string(next);
    return page;
  }
  void Migrate(int version, PropertyMap& inputs, PropertyMap& outputs) const override {
    if (version != 0) return;
    if (auto old = inputs.extract("oldName")) inputs["name"] = old.mapped();
    if (auto old = outputs.extract("oldName")) outputs["name"] = old.mapped();
  }
};

class Echo final : public resource::Function {
 public:
  absl::StatusOr<PropertyMap> Invoke(resource::Call& call,
                                     const resource::FunctionRequest& request) const override {
    PALISADE_RETURN_IF_ERROR(script->invoke(call));
    return PropertyMap{{"text", request.args.at("text")},
                       {"hidden", request.preview ? "preview" : "real"}};
  }
};

class Recorder final : public resource::Reporter {
 public:
  void Log(resource::Severity severity, std::string_view, std::string_view message) override {
    if (severity == resource::Severity::kWarning) warnings.emplace_back(message);
    all.emplace_back(message);
  }
  void Status(std::string_view, std::string_view message) override { all.emplace_back(message); }

  std::vector<std::string> warnings, all;
};

inline const schema::Embedded& TestPackage() {
  static const schema::Embedded::Fragment resources[] = {{"p:m:Thing", kThing}};
  static const schema::Embedded::Fragment functions[] = {{"p:m:echo", kEcho}};
  static const schema::Embedded package = {
      "p", "1.0.0", "{}", R"({"config": {"properties": {}}})", resources, functions};
  return package;
}

class ProviderTest : public testing::Test {
 protected:
  ProviderTest() { script = &script_; }
  ~ProviderTest() override { script = nullptr; }

  static Registry Handlers() {
    static const resource::ResourceRow resources[] = {{"p:m:Thing", resource::MakeResource<Thing>}};
    static const resource::FunctionRow functions[] = {{"p:m:echo", resource::MakeFunction<Echo>}};
    Registry registry;
    registry.Add(resources);
    registry.Add(functions);
    return registry;
  }

  const Subject subject_{"urn:pulumi:s::p::p:m:Thing::n", "n", "p:m:Thing"};
  Script script_;
  const base::FakeClock clock_{base::Time(std::chrono::seconds(1000))};
  Recorder reporter_;
  const schema::Package package_{TestPackage()};
  Provider provider_{
      package_, Handlers(), {clock_, base::SystemRandom(), reporter_, [](const std::string&) {
                               return std::nullopt;
                             }}};
};

}  // namespace palisade::lifecycle
