#include "provider/clouds/aws/core/params.h"

namespace palisade::aws {

Params& Params::AddList(const std::string& name, const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) Add(name + "." + std::to_string(i + 1), texts[i]);
  return *this;
}

Params& Params::AddFilter(std::string_view name, const std::vector<std::string>& values) {
  const std::string filter = "Filter." + std::to_string(++filters_);
  Add(filter + ".Name", std::string(name));
  return AddList(filter + ".Value", values);
}

Params& Params::AddTagSpecification(std::string_view resource_type, const Tags& tags) {
  if (tags.empty()) return *this;
  Add("TagSpecification.1.ResourceType", std::string(resource_type));
  return AddTags("TagSpecification.1.Tag", tags);
}

Params& Params::AddTags(const std::string& name, const Tags& tags) {
  int number = 0;
  for (const auto& [key, text] : tags) {
    const std::string tag = name + "." + std::to_string(++number);
    Add(tag + ".Key", key);
    Add(tag + ".Value", text);
  }
  return *this;
}

std::string FormEncoded(const Params& params) {
  std::string text;
  for (const auto& [name, value] : params.items()) {
    if (!text.empty()) text += '&';
    text += UriEncoded(name) + '=' + UriEncoded(value);
  }
  return text;
}

std::string UriEncoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

}  // namespace palisade::aws
