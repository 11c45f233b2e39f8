#include "provider/lifecycle/value_text.h"

#include <algorithm>
#include <cmath>

#include "provider/value/json.h"
#include "provider/value/number.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

constexpr std::size_t kMostShown = 80;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string Quoted(const std::string& text) {
  const std::string_view cut = FirstCodePoints(text, kMostShown);
  return "\"" + std::string(cut) + (cut.size() < text.size() ? "…\"" : "\"");
}

std::string KindName(const PropertyValue& value) {
  if (value.Is<bool>()) return "boolean";
  if (value.Is<double>()) return "number";
  if (value.Is<std::string>()) return "string";
  if (value.Is<value::PropertyArray>()) return "list";
  if (value.Is<value::PropertyMap>()) return "object";
  return "value";
}

std::string Plural(const PropertyShape& element) {
  switch (element.kind) {
    case Kind::kBoolean:
      return "booleans";
    case Kind::kInteger:
      return "whole numbers";
    case Kind::kNumber:
      return "numbers";
    case Kind::kString:
      return "strings";
    case Kind::kObject:
    case Kind::kMap:
      return "objects";
    case Kind::kArray:
      return "lists";
    case Kind::kAsset:
      return "assets";
    case Kind::kArchive:
      return "archives";
    case Kind::kAny:
    case Kind::kUnion:
      return "";
  }
  return "";
}

std::string Of(std::string_view container, const PropertyShape& shape) {
  const std::string plural = shape.element == nullptr ? "" : Plural(*shape.element);
  return std::string(container) + (plural.empty() ? "" : " of " + plural);
}

bool IsScalar(const PropertyValue& value) {
  return value.Is<bool>() || value.Is<double>() || value.Is<std::string>();
}

bool WantsNumber(Kind kind) { return kind == Kind::kNumber || kind == Kind::kInteger; }

// [{key: ..., value: ...}], in which some packages write what is a map here.
bool IsListOfEntries(const PropertyValue& value) {
  const auto* list = value.If<value::PropertyArray>();
  return list != nullptr && !list->empty() &&
         std::ranges::all_of(*list, [](const PropertyValue& item) {
           const auto* entry = item.If<value::PropertyMap>();
           if (entry == nullptr || entry->size() != 2) return false;
           return (entry->contains("key") && entry->contains("value")) ||
                  (entry->contains("Key") && entry->contains("Value"));
         });
}

// For a text in the place of something else.
std::string HintForText(const PropertyShape& shape, const std::string& text, bool hidden) {
  const bool is_number = value::ParseNumber(text).has_value();
  const bool is_boolean = text == "true" || text == "false";
  if ((WantsNumber(shape.kind) && is_number) || (shape.kind == Kind::kBoolean && is_boolean)) {
    return hidden ? "; write it without quotes" : "; write " + text + " without quotes";
  }
  const bool structured =
      shape.kind == Kind::kObject || shape.kind == Kind::kMap || shape.kind == Kind::kArray;
  if (structured && text.size() > 1 && (text.front() == '{' || text.front() == '[')) {
    if (!value::ParseJson(text)) return "; its text is not valid JSON";
    return "; write the value itself, not its JSON text";
  }
  return "";
}

}  // namespace

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::string_view FirstCodePoints(std::string_view text, std::size_t count) {
  std::size_t end = 0, seen = 0;
  while (end < text.size()) {
    if (!IsContinuation(text[end]) && seen++ == count) break;
    ++end;
  }
  return text.substr(0, end);
}

bool IsShowable(const PropertyValue& value) {
  const auto* text = value.If<std::string>();
  if (text == nullptr) return IsScalar(value);
  return text->size() <= 1000 && text->find_first_of("\r\n") == std::string::npos &&
         text->find("-----BEGIN") == std::string::npos;
}

std::string Shown(const PropertyValue& value, bool hidden) {
  if (hidden || !IsShowable(value)) return "the " + KindName(value);
  if (const auto* text = value.If<std::string>()) return Quoted(*text);
  if (const auto* number = value.If<double>()) return value::NumberText(*number);
  return *value.If<bool>() ? "true" : "false";
}

std::string FoundText(const PropertyValue& value, bool hidden) {
  if (value.IsNull()) return "nothing (null)";
  if (const auto* number = value.If<double>(); number != nullptr && !std::isfinite(*number)) {
    return "a number that is not finite";
  }
  if (hidden && IsScalar(value)) return "a " + KindName(value);
  return value::Describe(value);
}

std::string ExpectedText(const PropertyShape& shape) {
  switch (shape.kind) {
    case Kind::kAny:
      return "any value";
    case Kind::kBoolean:
      return "a boolean (true or false)";
    case Kind::kInteger:
      return "a whole number";
    case Kind::kNumber:
      return "a number";
    case Kind::kString:
      return "a string";
    case Kind::kArray:
      return Of("a list", shape);
    case Kind::kMap:
      return Of("a map", shape);
    case Kind::kObject:
      return "an object";
    case Kind::kAsset:
      return "an asset or an archive";
    case Kind::kArchive:
      return "an archive";
    case Kind::kUnion:
      break;
  }
  std::string text;
  for (const PropertyShape& alternative : shape.alternatives) {
    const std::string one = ExpectedText(alternative);
    if (text.find(one) == std::string::npos) text += (text.empty() ? "" : " or ") + one;
  }
  return text;
}

std::string TypeHint(const PropertyShape& shape, const PropertyValue& value, bool hidden) {
  if (value.Is<value::ResourceReference>() && shape.kind != Kind::kUnion) {
    return "; give one of its outputs instead of the whole resource, for example its `id`";
  }
  if (shape.kind == Kind::kArray && shape.element != nullptr && !value.IsNull()) {
    const bool fits = (shape.element->kind == Kind::kString && value.Is<std::string>()) ||
                      (shape.element->kind == Kind::kBoolean && value.Is<bool>()) ||
                      (WantsNumber(shape.element->kind) && value.Is<double>());
    const auto* text = value.If<std::string>();
    if (fits && (text == nullptr || !text->starts_with('['))) {
      return hidden || !IsShowable(value) ? "; write it as a list of one item, in brackets"
                                          : "; write [" + Shown(value, false) + "]";
    }
    if (value.Is<value::PropertyMap>() && shape.element->kind == Kind::kObject) {
      return "; write it as a list of one item, in brackets";
    }
  }
  if (shape.kind == Kind::kMap && shape.element != nullptr &&
      shape.element->kind == Kind::kString && IsListOfEntries(value)) {
    return "; write a map, {KEY: VALUE}, instead of objects with key and value";
  }
  if (const auto* text = value.If<std::string>()) return HintForText(shape, *text, hidden);
  if (shape.kind == Kind::kString) {
    if (value.Is<double>() || value.Is<bool>()) {
      return hidden ? "; write it in quotes" : "; write \"" + Shown(value, false) + "\", in quotes";
    }
    const bool wants_json =
        shape.same == schema::Same::kJson || shape.same == schema::Same::kPolicy;
    if (wants_json && (value.Is<value::PropertyMap>() || value.Is<value::PropertyArray>())) {
      return "; give it as JSON text (JSON.stringify, json.dumps, fn::toJSON)";
    }
  }
  return "";
}

}  // namespace palisade::lifecycle
