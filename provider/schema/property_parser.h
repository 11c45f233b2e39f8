#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "provider/schema/shape.h"

namespace palisade::schema {

/// Turns property specs of one fragment into shapes. Nested types are made once each, so a type
/// that contains itself ends.
class PropertyParser {
 public:
  /// `types` maps full tokens to type specs and must outlive the parser.
  explicit PropertyParser(const nlohmann::json& types) : types_(types) {}

  absl::StatusOr<ObjectShape> Object(const std::string& token, const nlohmann::json& properties,
                                     const nlohmann::json& required);
  absl::StatusOr<PropertyShape> Property(const nlohmann::json& spec);

 private:
  absl::Status Type(const nlohmann::json& spec, PropertyShape& shape);
  absl::Status Reference(const std::string& reference, PropertyShape& shape);

  const nlohmann::json& types_;
  std::map<std::string, std::shared_ptr<ObjectShape>> objects_;
  /// Those of them that are being filled.
  std::map<std::string, const ObjectShape*> open_;
};

}  // namespace palisade::schema
