#include "provider/value/property_path.h"

#include <algorithm>
#include <charconv>

#include "provider/base/status.h"

namespace palisade::value {
namespace {

bool IsPlain(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// The engine's rule, but for the empty name, which it could not read back.
bool NeedsQuotes(std::string_view name) {
  return name.empty() || !std::ranges::all_of(name, IsPlain);
}

// The engine escapes the quote and nothing else, so a backslash is a character like any other. At
// the end of a name it escapes the closing quote: such a path nobody can read, the engine included.
std::string Quoted(std::string_view name) {
  std::string text = "[\"";
  for (const char c : name) {
    if (c == '"') text += '\\';
    text += c;
  }
  return text + "\"]";
}

absl::Status Malformed(std::string_view text, std::string_view why) {
  return base::InvalidArgument("\"" + std::string(text) + "\" is not a property path: " +
                               std::string(why) + "; expected a form such as a.b[0][\"c.d\"]");
}

// Reads ["..."] from just after the bracket; `text` is left after the closing bracket.
bool TakeQuoted(std::string_view& text, std::string& name) {
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    if (text.starts_with("\\\"")) text.remove_prefix(1);
    name += text.front();
    text.remove_prefix(1);
  }
  if (!text.starts_with("\"]")) return false;
  text.remove_prefix(2);
  return true;
}

}  // namespace

absl::StatusOr<PropertyPath> PropertyPath::Parse(std::string_view whole) {
  PropertyPath path;
  std::string_view text = whole;
  while (!text.empty()) {
    if (text.front() == '[') {
      text.remove_prefix(1);
      if (text.starts_with('"')) {
        std::string name;
        if (!TakeQuoted(text, name)) return Malformed(whole, "a quoted name has no end");
        path.steps_.emplace_back(std::move(name));
      } else {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return Malformed(whole, "a bracket is not closed");
        const std::string_view inside = text.substr(0, end);
        std::size_t index = 0;
        const auto result = std::from_chars(inside.data(), inside.data() + end, index);
        if (inside == "*") {
          path.steps_.emplace_back(std::string("*"));
        } else if (result.ec == std::errc() && result.ptr == inside.data() + end && end > 0) {
          path.steps_.emplace_back(index);
        } else {
          return Malformed(whole, "an index is neither a number nor *");
        }
        text.remove_prefix(end + 1);
      }
      text.remove_prefix(std::min(text.find_first_not_of('.'), text.size()));
    } else {
      const auto end = std::min(text.find_first_of(".["), text.size());
      if (end == 0) return Malformed(whole, "it begins with a dot");
      path.steps_.emplace_back(std::string(text.substr(0, end)));
      text.remove_prefix(end);
      if (text.starts_with('.')) {
        text.remove_prefix(std::min(text.find_first_not_of('.'), text.size()));
        if (text.empty()) return Malformed(whole, "it ends with a dot");
      }
    }
  }
  return path;
}

PropertyPath PropertyPath::Child(std::string_view name) const {
  PropertyPath child = *this;
  child.steps_.emplace_back(std::string(name));
  return child;
}

PropertyPath PropertyPath::Child(std::size_t index) const {
  PropertyPath child = *this;
  child.steps_.emplace_back(index);
  return child;
}

std::string PropertyPath::top() const {
  if (steps_.empty() || !std::holds_alternative<std::string>(steps_.front())) return "";
  return std::get<std::string>(steps_.front());
}

std::string PropertyPath::Text() const {
  std::string text;
  for (const Step& step : steps_) {
    if (const auto* index = std::get_if<std::size_t>(&step)) {
      text += "[" + std::to_string(*index) + "]";
    } else if (const auto& name = std::get<std::string>(step); NeedsQuotes(name)) {
      text += Quoted(name);
    } else {
      if (!text.empty()) text += '.';
      text += name;
    }
  }
  return text;
}

PropertyPath PropertyPath::Readable() const {
  PropertyPath readable;
  for (const Step& step : steps_) {
    const auto* name = std::get_if<std::string>(&step);
    if (name != nullptr && name->ends_with('\\') && !readable.empty()) break;
    readable.steps_.push_back(step);
  }
  return readable;
}

bool PropertyPath::Covers(const PropertyPath& path) const {
  if (steps_.size() > path.steps_.size()) return false;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const auto* name = std::get_if<std::string>(&steps_[i]);
    if (name != nullptr && *name == "*") continue;
    if (steps_[i] != path.steps_[i]) return false;
  }
  return true;
}

const PropertyValue* Find(const PropertyMap& bag, const PropertyPath& path) {
  const PropertyValue* found = nullptr;
  const PropertyMap* object = &bag;
  const PropertyArray* list = nullptr;
  for (const auto& step : path.steps()) {
    if (const auto* index = std::get_if<std::size_t>(&step)) {
      if (list == nullptr || *index >= list->size()) return nullptr;
      found = &(*list)[*index];
    } else {
      if (object == nullptr) return nullptr;
      const auto it = object->find(std::get<std::string>(step));
      if (it == object->end()) return nullptr;
      found = &it->second;
    }
    while (const auto* secret = found->If<Secret>()) found = &*secret->value;
    object = found->If<PropertyMap>();
    list = found->If<PropertyArray>();
  }
  return found;
}

}  // namespace palisade::value
