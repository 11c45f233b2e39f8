#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "provider/base/status.h"
#include "provider/base/utf8.h"
#include "provider/rpc/base64.h"
#include "provider/rpc/signatures.h"
#include "provider/rpc/struct_codec.h"
#include "provider/value/property_path.h"

namespace palisade::rpc {
namespace {

using google::protobuf::Struct;
using WireValue = google::protobuf::Value;
using value::PropertyMap;
using value::PropertyValue;

// A thousand steps or a megabyte of names help nobody, and a status has to fit into a trailer.
constexpr std::size_t kShownSteps = 6;
constexpr std::size_t kShownBytes = 400;

// Where the decoder is: a chain through its stack frames, so that good values cost nothing.
struct Place {
  const Place* parent = nullptr;
  std::variant<std::string_view, std::size_t> step;
  int depth = 0;

  Place Child(std::string_view name) const { return {this, name, depth + 1}; }
  Place Child(std::size_t index) const { return {this, index, depth + 1}; }
  // What a secret or an output holds: a level deeper, but on the path that the user knows.
  Place Content() const { return {parent, step, depth + 1}; }

  std::string Text() const {
    std::vector<const Place*> chain;
    for (const Place* at = this; at->parent != nullptr; at = at->parent) chain.push_back(at);
    value::PropertyPath path;
    for (std::size_t i = 0; i < chain.size() && i < kShownSteps; ++i) {
      const auto& next = chain[chain.size() - 1 - i]->step;
      path = std::visit([&path](auto part) { return path.Child(part); }, next);
    }
    std::string text = path.Text();
    const bool cut = text.size() > kShownBytes || chain.size() > kShownSteps;
    if (text.size() > kShownBytes) text.resize(kShownBytes);
    return base::ToUtf8(text) + (cut ? "..." : "");
  }
};

class Decoder {
 public:
  explicit Decoder(std::string_view field) : field_(field) {}

  absl::StatusOr<PropertyMap> Bag(const Struct& wire) const {
    const Place root;
    if (wire.fields().contains(std::string(kSignatureKey))) {
      return base::InvalidArgument(std::string(field_) +
                                   ": a property bag was expected, and found was a single secret, "
                                   "asset or another marked object");
    }
    return Members(wire, root);
  }

 private:
  absl::Status Error(const Place& at, std::string_view problem) const {
    return base::InvalidArgument(std::string(field_) + ": the value of `" + at.Text() + "` " +
                                 std::string(problem));
  }

  absl::StatusOr<PropertyMap> Members(const Struct& wire, const Place& at) const {
    PropertyMap bag;
    for (const auto& [name, member] : wire.fields()) {
      PALISADE_ASSIGN_OR_RETURN(PropertyValue decoded, Any(member, at.Child(name)));
      bag.emplace(name, std::move(decoded));
    }
    return bag;
  }

  absl::StatusOr<PropertyValue> Any(const WireValue& wire, const Place& at) const {
    switch (wire.kind_case()) {
      case WireValue::kNullValue:
        return PropertyValue();
      case WireValue::kBoolValue:
        return PropertyValue(wire.bool_value());
      case WireValue::kNumberValue:
        if (!std::isfinite(wire.number_value())) {
          return Error(at,
                       "is not a finite number (NaN or infinite); give a number or leave it out");
        }
        return PropertyValue(wire.number_value());
      case WireValue::kStringValue:
        if (const auto kind = FindUnknown(wire.string_value())) {
          return PropertyValue(value::Unknown{*kind});
        }
        return PropertyValue(wire.string_value());
      case WireValue::kListValue:
        return List(wire, at);
      case WireValue::kStructValue:
        return Object(wire.struct_value(), at);
      case WireValue::KIND_NOT_SET:
        break;
    }
    return Error(at, "has no kind; the request is malformed");
  }

  // A bag at the top is the first level, its members the second.
  absl::Status CheckDepth(const Place& at) const {
    if (at.depth < kMaxDepth) return absl::OkStatus();
    return Error(at, "is nested deeper than the " + std::to_string(kMaxDepth) +
                         " levels of objects and lists that palisade accepts; flatten it, or pass "
                         "it as a JSON text");
  }

  absl::StatusOr<PropertyValue> List(const WireValue& wire, const Place& at) const {
    PALISADE_RETURN_IF_ERROR(CheckDepth(at));
    value::PropertyArray items;
    items.reserve(static_cast<std::size_t>(wire.list_value().values_size()));
    for (const WireValue& item : wire.list_value().values()) {
      PALISADE_ASSIGN_OR_RETURN(PropertyValue decoded, Any(item, at.Child(items.size())));
      items.push_back(std::move(decoded));
    }
    return PropertyValue(std::move(items));
  }

  absl::StatusOr<PropertyValue> Object(const Struct& wire, const Place& at) const {
    PALISADE_RETURN_IF_ERROR(CheckDepth(at));
    const WireValue* mark = Member(wire, kSignatureKey);
    if (mark == nullptr) {
      PALISADE_ASSIGN_OR_RETURN(PropertyMap members, Members(wire, at));
      return PropertyValue(std::move(members));
    }
    if (mark->kind_case() != WireValue::kStringValue) {
      return Error(at, "is a marked object whose signature is not a string");
    }
    const std::string& signature = mark->string_value();
    if (signature == kSecretSignature) return Secret(wire, at);
    if (signature == kAssetSignature) return Asset(wire, at);
    if (signature == kArchiveSignature) return Archive(wire, at);
    if (signature == kReferenceSignature) return Reference(wire, at);
    if (signature == kOutputSignature) return Output(wire, at);
    if (signature == kBytesSignature) return Bytes(wire, at);
    return Error(at, "is a marked object with the signature \"" + signature.substr(0, 32) +
                         "\", which palisade does not know; a newer palisade may be needed");
  }

  absl::StatusOr<PropertyValue> Secret(const Struct& wire, const Place& at) const {
    const WireValue* content = Member(wire, "value");
    if (content == nullptr) return Error(at, "is a secret without its member \"value\"");
    PALISADE_ASSIGN_OR_RETURN(PropertyValue decoded, Any(*content, at.Content()));
    return value::MakeSecret(std::move(decoded));
  }

  absl::StatusOr<PropertyValue> Asset(const Struct& wire, const Place& at) const {
    value::Asset asset;
    PALISADE_ASSIGN_OR_RETURN(asset.hash, Text(wire, "hash", "an asset", at));
    PALISADE_ASSIGN_OR_RETURN(asset.text, OptionalText(wire, "text", "an asset", at));
    PALISADE_ASSIGN_OR_RETURN(asset.path, OptionalText(wire, "path", "an asset", at));
    PALISADE_ASSIGN_OR_RETURN(asset.uri, OptionalText(wire, "uri", "an asset", at));
    return PropertyValue(std::move(asset));
  }

  absl::StatusOr<PropertyValue> Archive(const Struct& wire, const Place& at) const {
    value::Archive archive;
    PALISADE_ASSIGN_OR_RETURN(archive.hash, Text(wire, "hash", "an archive", at));
    PALISADE_ASSIGN_OR_RETURN(archive.path, OptionalText(wire, "path", "an archive", at));
    PALISADE_ASSIGN_OR_RETURN(archive.uri, OptionalText(wire, "uri", "an archive", at));
    if (const WireValue* assets = Member(wire, "assets")) {
      if (assets->kind_case() != WireValue::kStructValue) {
        return Error(at, "is an archive whose \"assets\" is not an object");
      }
      PALISADE_ASSIGN_OR_RETURN(PropertyMap members, Members(assets->struct_value(), at));
      for (const auto& [name, member] : members) {
        if (!member.Is<value::Asset>() && !member.Is<value::Archive>()) {
          return Error(at.Child(name),
                       "is inside an archive, and so must be an asset or an "
                       "archive; found was " +
                           value::Describe(member));
        }
      }
      archive.assets = std::make_shared<const PropertyMap>(std::move(members));
    }
    return PropertyValue(std::move(archive));
  }

  absl::StatusOr<PropertyValue> Reference(const Struct& wire, const Place& at) const {
    constexpr std::string_view kWhat = "a resource reference";
    value::ResourceReference reference;
    PALISADE_ASSIGN_OR_RETURN(reference.urn, Text(wire, "urn", kWhat, at));
    if (reference.urn.empty()) return Error(at, "is a resource reference without its \"urn\"");
    PALISADE_ASSIGN_OR_RETURN(reference.name, Text(wire, "name", kWhat, at));
    PALISADE_ASSIGN_OR_RETURN(reference.type, Text(wire, "type", kWhat, at));
    PALISADE_ASSIGN_OR_RETURN(reference.package_version, Text(wire, "packageVersion", kWhat, at));
    PALISADE_ASSIGN_OR_RETURN(const auto id, OptionalText(wire, "id", kWhat, at));
    if (id) {
      // An id that a preview does not know is the empty text.
      const bool unknown = id->empty() || FindUnknown(*id);
      reference.id = value::Box(unknown ? PropertyValue(value::Unknown{}) : PropertyValue(*id));
    }
    return PropertyValue(std::move(reference));
  }

  absl::StatusOr<PropertyValue> Output(const Struct& wire, const Place& at) const {
    value::Output output;
    if (const WireValue* content = Member(wire, "value")) {
      PALISADE_ASSIGN_OR_RETURN(PropertyValue decoded, Any(*content, at.Content()));
      output.value = value::Box(std::move(decoded));
    }
    if (const WireValue* secret = Present(wire, "secret")) {
      if (secret->kind_case() != WireValue::kBoolValue) {
        return Error(at, "is an output whose \"secret\" is not a boolean");
      }
      output.secret = secret->bool_value();
    }
    if (const WireValue* dependencies = Present(wire, "dependencies")) {
      if (dependencies->kind_case() != WireValue::kListValue) {
        return Error(at, "is an output whose \"dependencies\" is not a list");
      }
      for (const WireValue& urn : dependencies->list_value().values()) {
        if (urn.kind_case() != WireValue::kStringValue) {
          return Error(at, "is an output whose \"dependencies\" are not all strings");
        }
        output.dependencies.push_back(urn.string_value());
      }
    }
    return PropertyValue(std::move(output));
  }

  absl::StatusOr<PropertyValue> Bytes(const Struct& wire, const Place& at) const {
    PALISADE_ASSIGN_OR_RETURN(const auto text, OptionalText(wire, "value", "a byte string", at));
    if (!text) return Error(at, "is a byte string without its member \"value\"");
    auto data = DecodeBase64(*text);
    if (!data) return Error(at, "is a byte string whose \"value\" is not base64");
    // Only what is not text stays bytes, as on the way out.
    if (base::IsUtf8(*data) && !FindUnknown(*data)) return PropertyValue(std::move(*data));
    return PropertyValue(value::Bytes{std::move(*data)});
  }

  static const WireValue* Member(const Struct& wire, std::string_view name) {
    const auto found = wire.fields().find(std::string(name));
    return found == wire.fields().end() ? nullptr : &found->second;
  }

  static const WireValue* Present(const Struct& wire, std::string_view name) {
    const WireValue* member = Member(wire, name);
    const bool null = member != nullptr && member->kind_case() == WireValue::kNullValue;
    return null ? nullptr : member;
  }

  absl::StatusOr<std::optional<std::string>> OptionalText(const Struct& wire, std::string_view name,
                                                          std::string_view what,
                                                          const Place& at) const {
    const WireValue* member = Present(wire, name);
    if (member == nullptr) return std::optional<std::string>();
    if (member->kind_case() != WireValue::kStringValue) {
      return Error(
          at, "is " + std::string(what) + " whose \"" + std::string(name) + "\" is not a string");
    }
    return std::optional<std::string>(member->string_value());
  }

  absl::StatusOr<std::string> Text(const Struct& wire, std::string_view name, std::string_view what,
                                   const Place& at) const {
    PALISADE_ASSIGN_OR_RETURN(auto text, OptionalText(wire, name, what, at));
    return text ? *std::move(text) : std::string();
  }

  const std::string_view field_;
};

}  // namespace

absl::StatusOr<PropertyMap> Decode(const Struct& wire, std::string_view field) {
  return Decoder(field).Bag(wire);
}

}  // namespace palisade::rpc
