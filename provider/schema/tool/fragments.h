#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace palisade::schema::tool {

// A host program: it runs at build time and may throw.
using Json = nlohmann::ordered_json;

/// A mistake in a fragment: which file, where in it, and what to do.
struct FragmentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A schema folder as it was read and checked.
struct Fragments {
  Json package;                           ///< package.json
  Json common;                            ///< {"inputProperties": {...}}, added to every resource
  std::map<std::string, Json> resources;  ///< token -> {"token", "resource"}, inputs merged in
  std::map<std::string, Json> functions;  ///< token -> {"token", "function"}
  std::map<std::string, Json> types;      ///< token -> type spec, aliases expanded
};

/// Reads package.json, common.json and every <module>/*.json below `folder`. A common.json further
/// down adds its properties to the resources below it: also to their outputs, which the one at the
/// top does not.
Fragments ReadFragments(const std::string& folder);

/// The module of a token: "aws/networkfirewall" of "palisade:aws/networkfirewall:Firewall".
std::string ModuleOf(const std::string& token);

/// Calls `visit(reference)` for every "#/types/..." inside `spec`.
template <typename Visit>
void ForEachTypeReference(const Json& spec, const Visit& visit) {
  if (spec.is_object()) {
    if (const auto it = spec.find("$ref"); it != spec.end() && it->is_string()) {
      const std::string reference = it->get<std::string>();
      if (reference.starts_with("#/types/")) visit(reference.substr(8));
    }
  }
  if (spec.is_structured()) {
    for (const Json& item : spec) ForEachTypeReference(item, visit);
  }
}

}  // namespace palisade::schema::tool
