#include "provider/schema/tool/publish.h"

#include <set>

namespace palisade::schema::tool {
namespace {

Json WithoutPrivateKeys(const Json& spec) {
  if (spec.is_array()) {
    Json list = Json::array();
    for (const Json& item : spec) list.push_back(WithoutPrivateKeys(item));
    return list;
  }
  if (!spec.is_object()) return spec;
  Json object = Json::object();
  for (const auto& [key, item] : spec.items()) {
    if (!key.starts_with("x-")) object[key] = WithoutPrivateKeys(item);
  }
  return object;
}

void CollectTypes(const Fragments& fragments, const Json& spec, std::set<std::string>& types) {
  ForEachTypeReference(spec, [&](const std::string& token) {
    if (types.insert(token).second) CollectTypes(fragments, fragments.types.at(token), types);
  });
}

Json TypesFor(const Fragments& fragments, const Json& spec) {
  std::set<std::string> tokens;
  CollectTypes(fragments, spec, tokens);
  Json types = Json::object();
  for (const std::string& token : tokens) types[token] = fragments.types.at(token);
  return types;
}

// Descriptions are for readers of the published schema; shapes do not need them.
void DropDescriptions(Json& spec) {
  if (spec.is_object() && spec.contains("description") && spec["description"].is_string()) {
    spec.erase("description");
  }
  if (spec.is_structured()) {
    for (Json& item : spec) DropDescriptions(item);
  }
}

}  // namespace

Json Publish(const Fragments& fragments, const std::string& version) {
  Json schema = WithoutPrivateKeys(fragments.package);
  schema["version"] = version;
  if (schema.contains("config")) {
    Json& config = schema["config"];
    // Pulumi's metaschema calls the list of required keys "defaults".
    const Json required = config.value("required", Json::array());
    config.erase("required");
    if (!required.empty()) config["defaults"] = required;
    Json provider = schema.value("provider", Json::object());
    provider["inputProperties"] = config.value("variables", Json::object());
    if (!required.empty()) provider["requiredInputs"] = required;
    schema["provider"] = std::move(provider);
  }
  schema["types"] = Json::object();
  for (const auto& [token, type] : fragments.types) {
    schema["types"][token] = WithoutPrivateKeys(type);
  }
  schema["resources"] = Json::object();
  for (const auto& [token, fragment] : fragments.resources) {
    schema["resources"][token] = WithoutPrivateKeys(fragment["resource"]);
  }
  schema["functions"] = Json::object();
  for (const auto& [token, fragment] : fragments.functions) {
    schema["functions"][token] = WithoutPrivateKeys(fragment["function"]);
  }
  return schema;
}

Json SelfContained(const Fragments& fragments, const Json& fragment) {
  Json whole = fragment;
  whole["types"] = TypesFor(fragments, fragment);
  DropDescriptions(whole);
  return whole;
}

Json EmbeddedConfig(const Fragments& fragments) {
  const Json config = fragments.package.value("config", Json::object());
  Json whole = Json::object();
  whole["config"]["properties"] = config.value("variables", Json::object());
  whole["config"]["required"] = config.value("required", Json::array());
  whole["types"] = TypesFor(fragments, whole["config"]);
  return whole;
}

}  // namespace palisade::schema::tool
