#include "provider/value/view.h"

#include "provider/value/number.h"
#include "provider/value/transform.h"

namespace palisade::value {

const PropertyValue* View::Get(std::string_view name) const {
  const auto it = bag_->find(name);
  return it == bag_->end() || it->second.IsNull() ? nullptr : &it->second;
}

bool View::Has(std::string_view name) const { return Get(name) != nullptr; }

bool View::IsUnknown(std::string_view name) const {
  const PropertyValue* value = Get(name);
  return value != nullptr && ContainsUnknown(*value);
}

std::optional<std::string> View::String(std::string_view name) const {
  const PropertyValue* value = Get(name);
  const auto* text = value == nullptr ? nullptr : value->If<std::string>();
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::optional<bool> View::Bool(std::string_view name) const {
  const PropertyValue* value = Get(name);
  const auto* flag = value == nullptr ? nullptr : value->If<bool>();
  return flag == nullptr ? std::nullopt : std::optional(*flag);
}

std::optional<double> View::Number(std::string_view name) const {
  const PropertyValue* value = Get(name);
  const auto* number = value == nullptr ? nullptr : value->If<double>();
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<std::int64_t> View::Integer(std::string_view name) const {
  const auto number = Number(name);
  return number ? ExactInteger(*number) : std::nullopt;
}

std::optional<std::vector<std::string>> View::Strings(std::string_view name) const {
  const PropertyArray* list = Array(name);
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const PropertyValue& item : *list) {
    const auto* text = item.If<std::string>();
    if (text == nullptr) return std::nullopt;
    texts.push_back(*text);
  }
  return texts;
}

const PropertyMap* View::Object(std::string_view name) const {
  const PropertyValue* value = Get(name);
  return value == nullptr ? nullptr : value->If<PropertyMap>();
}

const PropertyArray* View::Array(std::string_view name) const {
  const PropertyValue* value = Get(name);
  return value == nullptr ? nullptr : value->If<PropertyArray>();
}

}  // namespace palisade::value
