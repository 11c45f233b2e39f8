#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "provider/base/clock.h"
#include "provider/base/fake_clock.h"
#include "provider/base/random.h"
#include "provider/lifecycle/provider.h"
#include "provider/resource/call.h"
#include "provider/schema/shape.h"

// Shapes written by hand and services that remember, for the tests of this room.
namespace palisade::lifecycle {

using Kind = schema::PropertyShape::Kind;
using schema::ObjectShape;
using schema::PropertyShape;
using value::MakeSecret;
using value::Null;
using value::PropertyArray;
using value::PropertyPath;
using value::PropertyValue;
using value::Unknown;

inline PropertyShape Of(Kind kind) {
  PropertyShape shape;
  shape.kind = kind;
  return shape;
}
inline PropertyShape String() { return Of(Kind::kString); }
inline PropertyShape Boolean() { return Of(Kind::kBoolean); }
inline PropertyShape Integer() { return Of(Kind::kInteger); }
inline PropertyShape Number() { return Of(Kind::kNumber); }
inline PropertyShape List(PropertyShape element) {
  PropertyShape shape = Of(Kind::kArray);
  shape.element = std::make_shared<const PropertyShape>(std::move(element));
  return shape;
}
inline PropertyShape MapOf(PropertyShape element) {
  PropertyShape shape = List(std::move(element));
  shape.kind = Kind::kMap;
  return shape;
}
inline PropertyShape OneOf(std::vector<PropertyShape> alternatives) {
  PropertyShape shape = Of(Kind::kUnion);
  shape.alternatives = std::move(alternatives);
  return shape;
}

using Properties = std::map<std::string, PropertyShape, std::less<>>;
inline ObjectShape Object(Properties properties) { return {"", std::move(properties)}; }
inline PropertyShape Nested(Properties properties) {
  PropertyShape shape = Of(Kind::kObject);
  shape.object = std::make_shared<const ObjectShape>(Object(std::move(properties)));
  return shape;
}

inline PropertyShape Required(PropertyShape shape) {
  shape.required = true;
  return shape;
}
inline PropertyShape SecretOf(PropertyShape shape) {
  shape.secret = true;
  return shape;
}
inline PropertyShape Default(PropertyShape shape, PropertyValue value) {
  shape.default_value = std::move(value);
  return shape;
}
inline PropertyShape FromEnvironment(PropertyShape shape, std::vector<std::string> names) {
  shape.default_environment = std::move(names);
  return shape;
}
inline PropertyShape Enum(std::vector<std::string> values, bool closed) {
  PropertyShape shape = String();
  for (std::string& text : values) shape.enum_values.push_back({PropertyValue(text), text});
  shape.closed = closed;
  return shape;
}
inline PropertyShape Pattern(std::string pattern, std::string means = "") {
  PropertyShape shape = String();
  shape.limits.pattern = std::move(pattern);
  shape.limits.pattern_means = std::move(means);
  return shape;
}
inline PropertyShape Named(schema::NameRule rule = {}) {
  PropertyShape shape = String();
  shape.name_rule = std::move(rule);
  return shape;
}

/// 0, 1, 2, ... in every draw.
class CountingRandom final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    ++calls;
    std::uint8_t next = 0;
    for (std::uint8_t& byte : bytes) byte = next++;
  }
  int calls = 0;
};

class RecordingReporter final : public resource::Reporter {
 public:
  struct Line {
    resource::Severity severity;
    std::string urn, message;
  };
  void Log(resource::Severity severity, std::string_view urn, std::string_view message) override {
    lines.push_back({severity, std::string(urn), std::string(message)});
  }
  void Status(std::string_view, std::string_view) override {}

  std::vector<std::string> Messages(resource::Severity severity) const {
    std::vector<std::string> messages;
    for (const Line& line : lines) {
      if (line.severity == severity) messages.push_back(line.message);
    }
    return messages;
  }
  std::vector<std::string> Warnings() const { return Messages(resource::Severity::kWarning); }

  std::vector<Line> lines;
};

struct TestServices {
  base::FakeClock clock{base::Time{}};
  CountingRandom random;
  RecordingReporter reporter;
  std::map<std::string, std::string> variables;
  Services services{clock, random, reporter, [this](const std::string& name) {
                      const auto it = variables.find(name);
                      return it == variables.end() ? std::nullopt : std::optional(it->second);
                    }};
};

}  // namespace palisade::lifecycle
