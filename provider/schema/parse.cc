#include "provider/schema/parse.h"

#include <nlohmann/json.hpp>

#include "provider/base/status.h"
#include "provider/schema/property_parser.h"

namespace palisade::schema {
namespace {

using nlohmann::json;

absl::StatusOr<json> ParseText(std::string_view text) {
  json fragment = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!fragment.is_object()) return base::Internal("an embedded fragment is not a JSON object");
  return fragment;
}

json TypesOf(const json& fragment) { return fragment.value("types", json::object()); }

absl::StatusOr<ObjectShape> ParseObject(PropertyParser& parser, const json& spec) {
  return parser.Object("", spec.value("properties", json::object()),
                       spec.value("required", json::array()));
}

}  // namespace

absl::StatusOr<ResourceShape> ParseResource(std::string_view text) {
  PALISADE_ASSIGN_OR_RETURN(const json fragment, ParseText(text));
  const json types = TypesOf(fragment);
  PropertyParser parser(types);
  const json& spec = fragment.at("resource");
  ResourceShape shape;
  shape.token = fragment.value("token", "");
  PALISADE_ASSIGN_OR_RETURN(shape.inputs,
                            parser.Object("", spec.value("inputProperties", json::object()),
                                          spec.value("requiredInputs", json::array())));
  PALISADE_ASSIGN_OR_RETURN(shape.outputs, ParseObject(parser, spec));
  PALISADE_ASSIGN_OR_RETURN(shape.list_inputs,
                            ParseObject(parser, spec.value("listInputs", json::object())));
  return shape;
}

absl::StatusOr<FunctionShape> ParseFunction(std::string_view text) {
  PALISADE_ASSIGN_OR_RETURN(const json fragment, ParseText(text));
  const json types = TypesOf(fragment);
  PropertyParser parser(types);
  const json& spec = fragment.at("function");
  FunctionShape shape;
  shape.token = fragment.value("token", "");
  PALISADE_ASSIGN_OR_RETURN(shape.inputs,
                            ParseObject(parser, spec.value("inputs", json::object())));
  PALISADE_ASSIGN_OR_RETURN(shape.outputs,
                            ParseObject(parser, spec.value("outputs", json::object())));
  return shape;
}

absl::StatusOr<ObjectShape> ParseConfig(std::string_view text) {
  PALISADE_ASSIGN_OR_RETURN(const json fragment, ParseText(text));
  const json types = TypesOf(fragment);
  PropertyParser parser(types);
  return ParseObject(parser, fragment.value("config", json::object()));
}

}  // namespace palisade::schema
