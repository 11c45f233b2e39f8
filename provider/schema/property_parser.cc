#include "provider/schema/property_parser.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "provider/base/status.h"
#include "provider/value/json.h"

namespace palisade::schema {
namespace {

using nlohmann::json;
using Kind = PropertyShape::Kind;

constexpr std::string_view kTypePrefix = "#/types/";

template <typename T>
void Read(const json& spec, const char* key, std::optional<T>& target) {
  if (const auto it = spec.find(key); it != spec.end()) target = it->template get<T>();
}

void ReadValue(const json& spec, const char* key, std::optional<value::PropertyValue>& target) {
  if (const auto it = spec.find(key); it != spec.end()) target = value::FromJson(*it);
}

Limits ParseLimits(const json& spec) {
  Limits limits;
  Read(spec, "minimum", limits.minimum);
  Read(spec, "maximum", limits.maximum);
  Read(spec, "minLength", limits.min_length);
  Read(spec, "maxLength", limits.max_length);
  Read(spec, "minItems", limits.min_items);
  Read(spec, "maxItems", limits.max_items);
  Read(spec, "pattern", limits.pattern);
  limits.pattern_means = spec.value("patternMeans", "");
  return limits;
}

NameRule ParseNameRule(const json& spec) {
  NameRule rule;
  rule.max_length = spec.value("maxLength", rule.max_length);
  rule.random_length = spec.value("randomLength", rule.random_length);
  rule.separator = spec.value("separator", rule.separator);
  rule.charset = spec.value("charset", rule.charset);
  rule.lower_case = spec.value("lowerCase", rule.lower_case);
  rule.forbidden_prefixes = spec.value("forbiddenPrefixes", rule.forbidden_prefixes);
  return rule;
}

absl::StatusOr<Same> ParseSame(const std::string& text) {
  if (text == "set") return Same::kSet;
  if (text == "json") return Same::kJson;
  if (text == "policy") return Same::kPolicy;
  if (text == "pem") return Same::kPem;
  if (text == "cidr") return Same::kCidr;
  if (text == "case") return Same::kCase;
  return base::Internal("x-same is \"" + text +
                        "\"; expected set, json, policy, pem, cidr or case");
}

void ParseEnum(const json& spec, PropertyShape& shape) {
  for (const json& item : spec.value("enum", json::array())) {
    shape.enum_values.push_back({value::FromJson(item.at("value")), item.value("name", "")});
  }
}

absl::StatusOr<Kind> ScalarKind(const std::string& type) {
  if (type == "boolean") return Kind::kBoolean;
  if (type == "integer") return Kind::kInteger;
  if (type == "number") return Kind::kNumber;
  if (type == "string") return Kind::kString;
  return base::Internal("a fragment has a property of the unknown type \"" + type + "\"");
}

}  // namespace

absl::StatusOr<ObjectShape> PropertyParser::Object(const std::string& token, const json& properties,
                                                   const json& required) {
  ObjectShape object;
  object.token = token;
  for (const auto& [name, spec] : properties.items()) {
    absl::StatusOr<PropertyShape> shape = Property(spec);
    if (!shape.ok()) return base::Annotate(shape.status(), name);
    object.properties.emplace(name, *std::move(shape));
  }
  for (const json& name : required) {
    const auto it = object.properties.find(name.get<std::string>());
    if (it == object.properties.end()) {
      return base::Internal(name.get<std::string>() + " is required but is no property");
    }
    it->second.required = true;
  }
  return object;
}

absl::StatusOr<PropertyShape> PropertyParser::Property(const json& spec) {
  PropertyShape shape;
  PALISADE_RETURN_IF_ERROR(Type(spec, shape));
  shape.secret = spec.value("secret", false);
  shape.replaces = spec.value("willReplaceOnChanges", false);
  shape.write_only = spec.value("x-writeOnly", false);
  shape.closed = shape.closed || spec.value("x-closed", false);
  shape.mirrors = spec.value("x-mirrors", "");
  shape.deprecation = spec.value("deprecationMessage", "");
  shape.description = spec.value("description", "");
  ReadValue(spec, "default", shape.default_value);
  ReadValue(spec, "x-server", shape.server_default);
  ReadValue(spec, "const", shape.constant);
  if (const auto info = spec.find("defaultInfo"); info != spec.end()) {
    shape.default_environment = info->value("environment", std::vector<std::string>{});
  }
  if (const auto same = spec.find("x-same"); same != spec.end()) {
    PALISADE_ASSIGN_OR_RETURN(shape.same, ParseSame(same->get<std::string>()));
  }
  if (const auto check = spec.find("x-check"); check != spec.end()) {
    shape.limits = ParseLimits(*check);
  }
  if (const auto name = spec.find("x-name"); name != spec.end()) {
    shape.name_rule = ParseNameRule(*name);
  }
  return shape;
}

absl::Status PropertyParser::Type(const json& spec, PropertyShape& shape) {
  if (const auto reference = spec.find("$ref"); reference != spec.end()) {
    return Reference(reference->get<std::string>(), shape);
  }
  if (const auto one_of = spec.find("oneOf"); one_of != spec.end()) {
    shape.kind = Kind::kUnion;
    for (const json& alternative : *one_of) {
      PALISADE_ASSIGN_OR_RETURN(PropertyShape parsed, Property(alternative));
      shape.alternatives.push_back(std::move(parsed));
    }
    return absl::OkStatus();
  }
  const std::string type = spec.value("type", "");
  if (type == "array") {
    shape.kind = Kind::kArray;
    PALISADE_ASSIGN_OR_RETURN(PropertyShape element, Property(spec.at("items")));
    shape.element = std::make_shared<const PropertyShape>(std::move(element));
  } else if (type == "object") {
    shape.kind = Kind::kMap;
    PropertyShape element;
    if (const auto values = spec.find("additionalProperties"); values != spec.end()) {
      PALISADE_ASSIGN_OR_RETURN(element, Property(*values));
    } else {
      element.kind = Kind::kString;  // Pulumi's metaschema: a map without a type holds strings
    }
    shape.element = std::make_shared<const PropertyShape>(std::move(element));
  } else {
    PALISADE_ASSIGN_OR_RETURN(shape.kind, ScalarKind(type));
  }
  return absl::OkStatus();
}

absl::Status PropertyParser::Reference(const std::string& reference, PropertyShape& shape) {
  if (reference == "pulumi.json#/Any") return absl::OkStatus();
  if (reference == "pulumi.json#/Json") {
    shape.kind = Kind::kString;
    shape.same = Same::kJson;
    return absl::OkStatus();
  }
  if (reference == "pulumi.json#/Asset" || reference == "pulumi.json#/Archive") {
    shape.kind = reference.ends_with("Asset") ? Kind::kAsset : Kind::kArchive;
    return absl::OkStatus();
  }
  const auto type = reference.starts_with(kTypePrefix)
                        ? types_.find(reference.substr(kTypePrefix.size()))
                        : types_.end();
  if (type == types_.end()) {
    return base::Internal("a fragment refers to \"" + reference + "\", which is no type");
  }
  if (type->contains("enum")) {
    PALISADE_ASSIGN_OR_RETURN(shape.kind, ScalarKind(type->value("type", "")));
    shape.closed = type->value("x-closed", false);
    ParseEnum(*type, shape);
    return absl::OkStatus();
  }
  shape.kind = Kind::kObject;
  if (const auto open = open_.find(type.key()); open != open_.end()) {
    // The type contains itself. Sharing would make a ring that is never freed, and the whole shape
    // owns the object already: this one only points at it.
    shape.object = std::shared_ptr<const ObjectShape>(std::shared_ptr<void>(), open->second);
    return absl::OkStatus();
  }
  std::shared_ptr<ObjectShape>& object = objects_[type.key()];
  if (object == nullptr) {
    object = std::make_shared<ObjectShape>();
    const std::shared_ptr<ObjectShape> filled = object;
    open_.emplace(type.key(), filled.get());
    PALISADE_ASSIGN_OR_RETURN(*filled, Object(type.key(), type->value("properties", json::object()),
                                              type->value("required", json::array())));
    open_.erase(type.key());
  }
  shape.object = objects_[type.key()];
  return absl::OkStatus();
}

}  // namespace palisade::schema
