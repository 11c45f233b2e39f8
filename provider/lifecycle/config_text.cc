#include "provider/lifecycle/config_text.h"

#include <algorithm>
#include <utility>

#include "provider/lifecycle/type_match.h"
#include "provider/value/json.h"
#include "provider/value/number.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

// What generated SDKs make of a value that is none, such as Node's `aws: null`.
constexpr std::string_view kNull = "null";

PropertyValue Read(const PropertyShape& shape, const std::string& text) {
  if (text == kNull && !HasTypeOf(shape, text)) return value::Null{};
  switch (shape.kind) {
    case Kind::kBoolean:
      if (text == "true") return true;
      if (text == "false") return false;
      return text;
    case Kind::kInteger:
    case Kind::kNumber:
      if (const auto number = value::ParseNumber(text)) return *number;
      return text;
    case Kind::kArray:
    case Kind::kMap:
    case Kind::kObject: {
      // Also of the wrong kind, so that the message speaks of what the text holds.
      const auto parsed = value::ParseJson(text);
      const bool structured = parsed && (parsed->Is<PropertyMap>() || parsed->Is<PropertyArray>());
      return structured ? *parsed : PropertyValue(text);
    }
    case Kind::kUnion:
      // A text that suits as it stands is meant as it stands.
      if (HasTypeOf(shape, text)) return text;
      for (const PropertyShape& alternative : shape.alternatives) {
        PropertyValue read = Read(alternative, text);
        if (HasTypeOf(alternative, read)) return read;
      }
      return text;
    case Kind::kAny:
    case Kind::kString:
    case Kind::kAsset:
    case Kind::kArchive:
      break;
  }
  return text;
}

// `pulumi config set --path` takes whatever looks like a number or a truth value for one, also
// where a text is wanted (the id of an account).
PropertyValue Spelt(const PropertyShape& shape, const PropertyValue& value) {
  if (shape.kind != Kind::kString) return value;
  if (const auto* flag = value.If<bool>()) return *flag ? "true" : "false";
  const auto* number = value.If<double>();
  if (number != nullptr && value::ExactInteger(*number)) return value::NumberText(*number);
  return value;
}

void DropNulls(PropertyValue& value) {
  if (auto* list = value.If<PropertyArray>()) {
    for (PropertyValue& item : *list) DropNulls(item);
  } else if (auto* object = value.If<PropertyMap>()) {
    *object = WithoutNulls(std::move(*object));
  }
}

}  // namespace

PropertyValue FromText(const PropertyShape& shape, const PropertyValue& value) {
  const auto* text = value.If<std::string>();
  PropertyValue native = text == nullptr ? Spelt(shape, value) : Read(shape, *text);
  const PropertyShape* chosen = ChosenAlternative(shape, native);
  if (chosen == nullptr) return native;
  if (auto* list = native.If<PropertyArray>(); list != nullptr && chosen->element) {
    for (PropertyValue& item : *list) item = FromText(*chosen->element, item);
  } else if (auto* object = native.If<PropertyMap>()) {
    for (auto& [name, item] : *object) {
      const PropertyShape* inside = nullptr;
      if (chosen->kind == Kind::kMap) inside = chosen->element.get();
      if (chosen->kind == Kind::kObject && chosen->object) inside = chosen->object->Find(name);
      if (inside != nullptr) item = FromText(*inside, item);
    }
  }
  return native;
}

PropertyValue FromVariable(const PropertyShape& shape, const std::string& text) {
  // Programs encode nulls; in a variable, null is a word like any other.
  PropertyValue native = text == kNull ? PropertyValue(text) : FromText(shape, text);
  const bool strings =
      shape.kind == Kind::kArray && shape.element && shape.element->kind == Kind::kString;
  if (!strings || !native.Is<std::string>() || text.starts_with('[')) return native;
  PropertyArray items;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::size_t first = std::min(text.find_first_not_of(' ', start), end);
    std::size_t last = end;
    while (last > first && text[last - 1] == ' ') --last;
    if (last > first) items.emplace_back(text.substr(first, last - first));
    start = end + 1;
  }
  return items;
}

PropertyMap WithoutNulls(PropertyMap bag) {
  std::erase_if(bag, [](const auto& entry) { return entry.second.IsNull(); });
  for (auto& entry : bag) DropNulls(entry.second);
  return bag;
}

}  // namespace palisade::lifecycle
