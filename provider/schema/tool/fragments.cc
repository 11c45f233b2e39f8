#include "provider/schema/tool/fragments.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "provider/schema/tool/lint.h"

namespace palisade::schema::tool {
namespace {

namespace fs = std::filesystem;

constexpr char kCommonFile[] = "common.json";

Json ReadJson(const fs::path& path) {
  std::ifstream file(path);
  if (!file) throw FragmentError(path.string() + ": cannot be read");
  try {
    return Json::parse(file);
  } catch (const Json::parse_error& error) {
    throw FragmentError(path.string() + ": " + error.what());
  }
}

std::vector<fs::path> FragmentFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const bool in_module = entry.path().parent_path() != folder;
    if (!in_module || entry.path().extension() != ".json") continue;
    if (entry.path().filename() != kCommonFile) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// Nested types stand in types.json, or in <anything>.types.json where those of a module are many.
bool IsTypesFile(const std::string& name) {
  return name == "types.json" || name.ends_with(".types.json");
}

// What the resource says itself wins.
void AddAbsent(Json& object, const char* key, const Json& common) {
  const Json properties = common.value(key, Json::object());
  if (properties.empty()) return;
  if (!object.contains(key)) object[key] = Json::object();
  for (const auto& [name, spec] : properties.items()) {
    if (!object[key].contains(name)) object[key][name] = spec;
  }
}

// Adds what the common.json files of the folders between `folder` and the fragment say of every
// resource below them.
void MergeCommonOfFolders(const fs::path& folder, const fs::path& path, Json& resource) {
  for (fs::path at = path.parent_path(); at != folder; at = at.parent_path()) {
    const fs::path file = at / kCommonFile;
    if (!fs::exists(file)) continue;
    const Json common = ReadJson(file);
    LintCommon(file.string(), common);
    AddAbsent(resource, "inputProperties", common);
    AddAbsent(resource, "properties", common);
    const Json lists = common.value("listInputs", Json::object());
    if (!lists.empty()) AddAbsent(resource["listInputs"], "properties", lists);
    Json required = resource.value("required", Json::array());
    const Json always = common.value("required", Json::array());
    required.insert(required.end(), always.begin(), always.end());
    if (!required.empty()) resource["required"] = std::move(required);
  }
}

// Pulumi's outputs hold the inputs too; a fragment names only what is computed.
void MergeInputsIntoOutputs(Json& resource, const Json& common) {
  Json outputs = Json::object();
  Json required = resource.value("required", Json::array());
  const Json required_inputs = resource.value("requiredInputs", Json::array());
  const Json computed = resource.value("properties", Json::object());
  for (const auto& [name, spec] : resource["inputProperties"].items()) {
    if (spec.value("x-writeOnly", false) || computed.contains(name)) continue;
    outputs[name] = spec;
    const bool always = std::ranges::find(required_inputs, Json(name)) != required_inputs.end();
    if (always || spec.contains("default")) required.push_back(name);
  }
  outputs.update(computed);
  resource["properties"] = std::move(outputs);
  resource["required"] = std::move(required);
  // Named: items() refers to its object, and a temporary would be gone in the loop.
  const Json shared = common.value("inputProperties", Json::object());
  for (const auto& [name, spec] : shared.items()) {
    resource["inputProperties"][name] = spec;
  }
}

void AddTypes(const fs::path& path, const Json& file, Fragments& fragments) {
  for (const auto& [token, type] : file.items()) {
    if (!type.contains("$ref")) LintType(path.string() + ": " + token, type);
    if (!fragments.types.emplace(token, type).second) {
      throw FragmentError(path.string() + ": the type " + token + " exists twice");
    }
  }
}

// A type that is only a reference is another name of that type, in whichever file it stands.
void ExpandAliases(Fragments& fragments) {
  for (auto& [token, type] : fragments.types) {
    if (!type.contains("$ref")) continue;
    const std::string target = type["$ref"].get<std::string>().substr(8);
    const auto it = fragments.types.find(target);
    if (it == fragments.types.end() || it->second.contains("$ref")) {
      throw FragmentError(token + " refers to " + target + ", which no types.json defines");
    }
    type = it->second;
  }
}

void AddFragment(const fs::path& folder, const fs::path& path, Json file, Fragments& fragments) {
  const std::string token = file.value("token", "");
  const std::string where = path.string() + ": " + token;
  if (token.empty()) throw FragmentError(path.string() + ": \"token\" is missing");
  if (token.substr(token.rfind(':') + 1) != path.stem().string()) {
    throw FragmentError(where + ": the file has to be named after the token's last part");
  }
  bool added = false;
  if (file.contains("resource")) {
    Json& resource = file["resource"];
    MergeCommonOfFolders(folder, path, resource);
    LintResource(where, resource);
    if (!resource.contains("inputProperties")) resource["inputProperties"] = Json::object();
    MergeInputsIntoOutputs(resource, fragments.common);
    added = fragments.resources.emplace(token, std::move(file)).second;
  } else if (file.contains("function")) {
    LintFunction(where, file["function"]);
    added = fragments.functions.emplace(token, std::move(file)).second;
  } else {
    throw FragmentError(where + ": expected \"resource\" or \"function\"");
  }
  if (!added) throw FragmentError(where + ": the token exists twice");
}

void CheckReferences(const Fragments& fragments) {
  const auto check = [&fragments](const std::string& where, const Json& spec) {
    ForEachTypeReference(spec, [&](const std::string& type) {
      if (!fragments.types.contains(type)) {
        throw FragmentError(where + ": refers to the type " + type + ", which does not exist");
      }
    });
  };
  for (const auto& [token, spec] : fragments.resources) check(token, spec);
  for (const auto& [token, spec] : fragments.functions) check(token, spec);
  for (const auto& [token, spec] : fragments.types) check(token, spec);
  check("package.json", fragments.package);
}

}  // namespace

std::string ModuleOf(const std::string& token) {
  const auto first = token.find(':');
  const auto last = token.rfind(':');
  if (first == last) throw FragmentError(token + ": expected <package>:<module>:<Name>");
  return token.substr(first + 1, last - first - 1);
}

Fragments ReadFragments(const std::string& folder) {
  Fragments fragments;
  fragments.package = ReadJson(fs::path(folder) / "package.json");
  LintConfig("package.json", fragments.package);
  fragments.common = Json::object();
  if (const fs::path common = fs::path(folder) / kCommonFile; fs::exists(common)) {
    fragments.common = ReadJson(common);
  }
  for (const fs::path& path : FragmentFiles(folder)) {
    Json file = ReadJson(path);
    if (IsTypesFile(path.filename().string())) {
      AddTypes(path, file, fragments);
    } else {
      AddFragment(folder, path, std::move(file), fragments);
    }
  }
  ExpandAliases(fragments);
  CheckReferences(fragments);
  return fragments;
}

}  // namespace palisade::schema::tool
