#include "provider/value/property_value.h"

#include "provider/value/number.h"

namespace palisade::value {

Box::Box(PropertyValue content)
    : content_(std::make_shared<const PropertyValue>(std::move(content))) {}

bool operator==(const Box& a, const Box& b) { return a.content_ == b.content_ || *a == *b; }

bool operator==(const Archive& a, const Archive& b) {
  const bool same_assets = a.assets == b.assets || (a.assets && b.assets && *a.assets == *b.assets);
  return same_assets && a.hash == b.hash && a.path == b.path && a.uri == b.uri;
}

PropertyValue MakeSecret(PropertyValue value) {
  if (value.Is<Secret>()) return value;
  return Secret{Box(std::move(value))};
}

namespace {

struct Describer {
  std::string operator()(Null) const { return "nothing"; }
  std::string operator()(bool v) const { return v ? "the boolean true" : "the boolean false"; }
  std::string operator()(double v) const { return "the number " + NumberText(v); }
  std::string operator()(const std::string&) const { return "a string"; }
  std::string operator()(const PropertyArray&) const { return "a list"; }
  std::string operator()(const PropertyMap&) const { return "an object"; }
  std::string operator()(Unknown) const { return "a value not known yet"; }
  std::string operator()(const Secret& v) const { return WithoutContent(*v.value); }
  std::string operator()(const Bytes&) const { return "a byte string"; }
  std::string operator()(const Asset&) const { return "an asset"; }
  std::string operator()(const Archive&) const { return "an archive"; }
  std::string operator()(const ResourceReference& v) const {
    return "a reference to the resource " + v.urn;
  }
  std::string operator()(const Output& v) const {
    if (!v.value) return "a value not known yet";
    return v.secret ? WithoutContent(**v.value) : Describe(**v.value);
  }

  static std::string WithoutContent(const PropertyValue& value) {
    if (value.Is<bool>()) return "a secret boolean";
    if (value.Is<double>()) return "a secret number";
    const std::string text = Describe(value);
    const auto space = text.find(' ');
    return space == std::string::npos ? "a secret" : "a secret" + text.substr(space);
  }
};

}  // namespace

std::string Describe(const PropertyValue& value) {
  return std::visit(Describer{}, value.variant());
}

}  // namespace palisade::value
