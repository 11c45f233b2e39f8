#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace palisade::value {

class PropertyValue;
using PropertyArray = std::vector<PropertyValue>;
/// Sorted by name, so that everything derived from one (hashes, texts, wire order) is stable.
using PropertyMap = std::map<std::string, PropertyValue, std::less<>>;

struct Null {
  friend bool operator==(const Null&, const Null&) = default;
};

/// A value that a preview cannot know yet. The engine has one sentinel per kind; in practice the
/// string one stands for any type (protocol reference, section 2).
struct Unknown {
  enum class Kind { kBool, kNumber, kString, kArray, kAsset, kArchive, kObject };
  Kind kind = Kind::kString;
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

/// Shares an immutable PropertyValue; copying a Secret or an Output never copies its content.
class Box {
 public:
  explicit Box(PropertyValue content);
  const PropertyValue& operator*() const { return *content_; }
  const PropertyValue* operator->() const { return content_.get(); }
  friend bool operator==(const Box& a, const Box& b);

 private:
  std::shared_ptr<const PropertyValue> content_;
};

struct Secret {
  Box value;
  friend bool operator==(const Secret&, const Secret&) = default;
};

/// Text that is not UTF-8: bytes, carried as base64 on the wire.
struct Bytes {
  std::string data;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

/// One file. With none of text, path and uri it is an empty text or an elided asset: the engine
/// sends only the hash of assets that it has seen before.
struct Asset {
  std::string hash;
  std::optional<std::string> text, path, uri;
  friend bool operator==(const Asset&, const Asset&) = default;
};

/// A tree of assets and archives, a file in an archive format, or a folder.
struct Archive {
  std::string hash;
  /// Values are Asset or Archive; null when the archive is a path, a uri or elided.
  std::shared_ptr<const PropertyMap> assets;
  std::optional<std::string> path, uri;
  friend bool operator==(const Archive& a, const Archive& b);
};

/// Another resource, as a value. A missing id means that it is not a custom resource; an Unknown
/// one that a preview has not made it yet.
struct ResourceReference {
  std::string urn;
  std::optional<Box> id;
  std::string name, type, package_version;
  friend bool operator==(const ResourceReference&, const ResourceReference&) = default;
};

/// A value with its dependencies; only Construct and Call carry them. No value means unknown.
struct Output {
  std::optional<Box> value;
  bool secret = false;
  std::vector<std::string> dependencies;
  friend bool operator==(const Output&, const Output&) = default;
};

/// Any value that crosses the protocol. A regular type: cheap to move, deep equality.
class PropertyValue {
 public:
  using Variant = std::variant<Null, bool, double, std::string, PropertyArray, PropertyMap, Unknown,
                               Secret, Bytes, Asset, Archive, ResourceReference, Output>;

  PropertyValue() = default;
  PropertyValue(Null) {}  // NOLINT: values are meant to convert
  PropertyValue(bool v) : value_(v) {}
  PropertyValue(double v) : value_(v) {}
  PropertyValue(int v) : value_(static_cast<double>(v)) {}
  PropertyValue(std::string v) : value_(std::move(v)) {}
  PropertyValue(std::string_view v) : value_(std::string(v)) {}
  PropertyValue(const char* v) : value_(std::string(v)) {}
  PropertyValue(PropertyArray v) : value_(std::move(v)) {}
  PropertyValue(PropertyMap v) : value_(std::move(v)) {}
  PropertyValue(Unknown v) : value_(v) {}
  PropertyValue(Secret v) : value_(std::move(v)) {}
  PropertyValue(Bytes v) : value_(std::move(v)) {}
  PropertyValue(Asset v) : value_(std::move(v)) {}
  PropertyValue(Archive v) : value_(std::move(v)) {}
  PropertyValue(ResourceReference v) : value_(std::move(v)) {}
  PropertyValue(Output v) : value_(std::move(v)) {}

  const Variant& variant() const { return value_; }
  Variant& variant() { return value_; }

  template <typename T>
  bool Is() const {
    return std::holds_alternative<T>(value_);
  }
  /// The content if it is a T, else null; valid while this value lives unchanged.
  template <typename T>
  const T* If() const {
    return std::get_if<T>(&value_);
  }
  template <typename T>
  T* If() {
    return std::get_if<T>(&value_);
  }

  bool IsNull() const { return Is<Null>(); }
  bool IsUnknown() const { return Is<Unknown>(); }

  friend bool operator==(const PropertyValue&, const PropertyValue&) = default;

 private:
  Variant value_;
};

/// `value` as a secret; a secret stays the one secret that it is.
PropertyValue MakeSecret(PropertyValue value);

/// "a string", "the number 5", "a list": what a message says was found. Never shows the content of
/// a string, which may be a secret.
std::string Describe(const PropertyValue& value);

}  // namespace palisade::value
