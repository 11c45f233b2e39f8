#include "provider/schema/tool/lint.h"

#include <initializer_list>
#include <set>

namespace palisade::schema::tool {
namespace {

using Keys = std::set<std::string>;

const Keys kPropertyKeys = {
    "type", "$ref", "items", "additionalProperties", "oneOf", "discriminator", "plain",
    "description", "const", "default", "defaultInfo", "deprecationMessage", "language", "secret",
    "willReplaceOnChanges",
    // Private keys, stripped from the published schema. A further one needs an ADR.
    "x-check", "x-name", "x-wire", "x-createOnly", "x-writeOnly", "x-same", "x-server", "x-closed",
    "x-mirrors"};
const Keys kCheckKeys = {"pattern", "patternMeans", "minLength", "maxLength",
                         "minimum", "maximum",      "minItems",  "maxItems"};
const Keys kNameKeys = {"maxLength", "randomLength", "separator",
                        "charset",   "lowerCase",    "forbiddenPrefixes"};
const Keys kResourceKeys = {"description", "inputProperties",    "requiredInputs",
                            "properties",  "required",           "listInputs",
                            "aliases",     "deprecationMessage", "language"};
const Keys kFunctionKeys = {"description", "inputs", "outputs", "deprecationMessage", "language"};
const Keys kTypeKeys = {"type", "description", "properties", "required",
                        "enum", "x-closed",    "language"};
const Keys kCommonKeys = {"inputProperties", "properties", "required", "listInputs"};
const Keys kObjectKeys = {"properties", "required", "description", "type"};

void OnlyKeys(const std::string& where, const Json& spec, const Keys& known) {
  for (const auto& [key, unused] : spec.items()) {
    if (!known.contains(key)) {
      throw FragmentError(where + ": \"" + key + "\" is not part of the vocabulary here");
    }
  }
}

void LintTypeSpec(const std::string& where, const Json& spec) {
  OnlyKeys(where, spec, kPropertyKeys);
  if (spec.contains("x-check")) OnlyKeys(where + ": x-check", spec["x-check"], kCheckKeys);
  if (spec.contains("x-name")) OnlyKeys(where + ": x-name", spec["x-name"], kNameKeys);
  if (spec.contains("items")) LintTypeSpec(where + "[]", spec["items"]);
  if (spec.contains("additionalProperties")) {
    LintTypeSpec(where + "{}", spec["additionalProperties"]);
  }
  if (spec.contains("oneOf")) {
    for (const Json& alternative : spec["oneOf"]) LintTypeSpec(where + " oneOf", alternative);
  }
}

void NeedDescription(const std::string& where, const Json& spec) {
  if (spec.value("description", "").empty()) {
    throw FragmentError(where + ": \"description\" is missing");
  }
}

void LintProperties(const std::string& where, const Json& properties, const Json& required) {
  for (const auto& [name, spec] : properties.items()) {
    LintTypeSpec(where + "." + name, spec);
    NeedDescription(where + "." + name, spec);
  }
  for (const Json& name : required) {
    if (!properties.contains(name.get<std::string>())) {
      throw FragmentError(where + ": " + name.get<std::string>() +
                          " is required but is no property");
    }
  }
}

// Its secrets are those of an input of the same resource, so there has to be one.
void LintMirrors(const std::string& where, const Json& resource) {
  // Named: items() refers to its object, and a temporary would be gone in the loop.
  const Json outputs = resource.value("properties", Json::object());
  const Json inputs = resource.value("inputProperties", Json::object());
  for (const auto& [name, spec] : outputs.items()) {
    if (spec.contains("x-mirrors") && !inputs.contains(spec["x-mirrors"].get<std::string>())) {
      throw FragmentError(where + "." + name + ": x-mirrors has to name an input");
    }
  }
}

void LintObject(const std::string& where, const Json& parent, const char* key) {
  if (!parent.contains(key)) return;
  const Json& object = parent[key];
  OnlyKeys(where + ": " + key, object, kObjectKeys);
  LintProperties(where + ": " + key, object.value("properties", Json::object()),
                 object.value("required", Json::array()));
}

}  // namespace

void LintResource(const std::string& where, const Json& resource) {
  OnlyKeys(where, resource, kResourceKeys);
  NeedDescription(where, resource);
  LintProperties(where, resource.value("inputProperties", Json::object()),
                 resource.value("requiredInputs", Json::array()));
  LintProperties(where, resource.value("properties", Json::object()),
                 resource.value("required", Json::array()));
  LintMirrors(where, resource);
  LintObject(where, resource, "listInputs");
}

void LintFunction(const std::string& where, const Json& function) {
  OnlyKeys(where, function, kFunctionKeys);
  NeedDescription(where, function);
  LintObject(where, function, "inputs");
  LintObject(where, function, "outputs");
}

void LintType(const std::string& where, const Json& type) {
  OnlyKeys(where, type, kTypeKeys);
  NeedDescription(where, type);
  LintProperties(where, type.value("properties", Json::object()),
                 type.value("required", Json::array()));
  for (const Json& item : type.value("enum", Json::array())) {
    NeedDescription(where + ": " + item.value("name", item.dump()), item);
  }
}

void LintCommon(const std::string& where, const Json& common) {
  OnlyKeys(where, common, kCommonKeys);
}

void LintConfig(const std::string& where, const Json& package) {
  const Json config = package.value("config", Json::object());
  LintProperties(where + ": config", config.value("variables", Json::object()),
                 config.value("required", Json::array()));
}

}  // namespace palisade::schema::tool
