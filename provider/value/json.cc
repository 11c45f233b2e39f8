#include "provider/value/json.h"

#include <nlohmann/json.hpp>

#include "provider/value/number.h"

namespace palisade::value {
namespace {

template <typename Json>
PropertyValue Convert(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return json.template get<bool>();
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return json.template get<double>();
    case Json::value_t::string:
      return json.template get_ref<const std::string&>();
    case Json::value_t::array: {
      PropertyArray list;
      list.reserve(json.size());
      for (const auto& item : json) list.push_back(Convert(item));
      return list;
    }
    case Json::value_t::object: {
      PropertyMap object;
      for (auto it = json.begin(); it != json.end(); ++it) object[it.key()] = Convert(it.value());
      return object;
    }
    default:
      return Null{};
  }
}

nlohmann::json ToJson(const PropertyValue& value) {
  if (const auto* v = value.If<bool>()) return *v;
  if (const auto* v = value.If<double>()) {
    if (auto integer = ExactInteger(*v)) return *integer;
    return *v;
  }
  if (const auto* v = value.If<std::string>()) return *v;
  if (const auto* v = value.If<Secret>()) return ToJson(*v->value);
  if (const auto* v = value.If<PropertyArray>()) {
    auto list = nlohmann::json::array();
    for (const auto& item : *v) list.push_back(ToJson(item));
    return list;
  }
  if (const auto* v = value.If<PropertyMap>()) {
    auto object = nlohmann::json::object();
    for (const auto& [name, item] : *v) object[name] = ToJson(item);
    return object;
  }
  return nullptr;
}

// nlohmann's parser keeps no stack of its own per level, but what is built from its tree recurses.
constexpr int kDeepest = 1000;

}  // namespace

PropertyValue FromJson(const nlohmann::json& json) { return Convert(json); }
PropertyValue FromJson(const nlohmann::ordered_json& json) { return Convert(json); }

std::optional<PropertyValue> ParseJson(std::string_view text) {
  bool too_deep = false;
  const auto watch_depth = [&too_deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    too_deep = too_deep || depth > kDeepest;
    return !too_deep;
  };
  const auto json = nlohmann::json::parse(text, watch_depth, /*allow_exceptions=*/false);
  if (json.is_discarded() || too_deep) return std::nullopt;
  return Convert(json);
}

std::string ToJsonText(const PropertyValue& value) {
  return ToJson(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace palisade::value
