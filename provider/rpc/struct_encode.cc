#include <cmath>
#include <string>

#include "provider/base/utf8.h"
#include "provider/rpc/base64.h"
#include "provider/rpc/signatures.h"
#include "provider/rpc/struct_codec.h"

namespace palisade::rpc {
namespace {

using google::protobuf::Struct;
using WireValue = google::protobuf::Value;
using value::PropertyMap;
using value::PropertyValue;

class Encoder {
 public:
  explicit Encoder(const EncodeOptions& options) : options_(options) {}

  void Bag(const PropertyMap& bag, Struct* wire) const {
    auto& fields = *wire->mutable_fields();
    for (const auto& [name, member] : bag) {
      if (base::IsUtf8(name)) {
        Any(member, &fields[name]);
      } else {
        Any(member, &fields[base::ToUtf8(name)]);
      }
    }
  }

 private:
  struct Writer {
    const Encoder& encoder;
    WireValue* wire;

    void operator()(value::Null) const { wire->set_null_value({}); }
    void operator()(bool v) const { wire->set_bool_value(v); }
    void operator()(double v) const {
      if (std::isfinite(v)) {
        wire->set_number_value(v);
      } else {
        wire->set_null_value({});
      }
    }
    void operator()(const std::string& v) const { encoder.TextOrBytes(v, wire); }
    void operator()(const value::Bytes& v) const {
      // Bytes that spell an unknown's sentinel are not unknown.
      if (FindUnknown(v.data) && encoder.options_.byte_strings) return encoder.Bytes(v.data, wire);
      encoder.TextOrBytes(v.data, wire);
    }
    void operator()(const value::PropertyArray& v) const {
      auto& list = *wire->mutable_list_value();
      for (const PropertyValue& item : v) encoder.Any(item, list.add_values());
    }
    void operator()(const PropertyMap& v) const { encoder.Bag(v, wire->mutable_struct_value()); }
    void operator()(value::Unknown v) const { encoder.Unknown(v, wire); }
    void operator()(const value::Secret& v) const {
      encoder.Any(*v.value, encoder.Member(Mark(wire, kSecretSignature), "value"));
    }
    void operator()(const value::Asset& v) const {
      Struct* marked = Mark(wire, kAssetSignature);
      encoder.Text(v.hash, marked, "hash");
      encoder.Text(v.text, marked, "text");
      encoder.Text(v.path, marked, "path");
      encoder.Text(v.uri, marked, "uri");
    }
    void operator()(const value::Archive& v) const {
      Struct* marked = Mark(wire, kArchiveSignature);
      encoder.Text(v.hash, marked, "hash");
      encoder.Text(v.path, marked, "path");
      encoder.Text(v.uri, marked, "uri");
      if (v.assets) {
        encoder.Bag(*v.assets, encoder.Member(marked, "assets")->mutable_struct_value());
      }
    }
    void operator()(const value::ResourceReference& v) const {
      Struct* marked = Mark(wire, kReferenceSignature);
      encoder.Text(v.urn, marked, "urn");
      if (v.id) {
        const auto* id = (*v.id)->If<std::string>();
        encoder.Text(std::optional(id != nullptr ? *id : std::string()), marked, "id");
      }
      if (!v.name.empty()) encoder.Text(v.name, marked, "name");
      if (!v.type.empty()) encoder.Text(v.type, marked, "type");
      if (!v.package_version.empty()) encoder.Text(v.package_version, marked, "packageVersion");
    }
    void operator()(const value::Output& v) const { encoder.Output(v, wire); }
  };

  void Any(const PropertyValue& value, WireValue* wire) const {
    std::visit(Writer{*this, wire}, value.variant());
  }

  static Struct* Mark(WireValue* wire, std::string_view signature) {
    Struct* marked = wire->mutable_struct_value();
    Member(marked, kSignatureKey)->set_string_value(std::string(signature));
    return marked;
  }

  static WireValue* Member(Struct* wire, std::string_view name) {
    return &(*wire->mutable_fields())[std::string(name)];
  }

  static void Text(const std::string& text, Struct* wire, std::string_view name) {
    Member(wire, name)->set_string_value(base::ToUtf8(text));
  }
  static void Text(const std::optional<std::string>& text, Struct* wire, std::string_view name) {
    if (text) Text(*text, wire, name);
  }

  void TextOrBytes(const std::string& bytes, WireValue* wire) const {
    if (base::IsUtf8(bytes)) {
      wire->set_string_value(bytes);
    } else if (options_.byte_strings) {
      Bytes(bytes, wire);
    } else {
      wire->set_string_value(base::ToUtf8(bytes));
    }
  }

  static void Bytes(const std::string& bytes, WireValue* wire) {
    Member(Mark(wire, kBytesSignature), "value")->set_string_value(EncodeBase64(bytes));
  }

  void Unknown(value::Unknown unknown, WireValue* wire) const {
    if (options_.unknowns) {
      wire->set_string_value(std::string(SentinelOf(unknown.kind)));
    } else {
      wire->set_null_value({});
    }
  }

  void Output(const value::Output& output, WireValue* wire) const {
    if (options_.outputs) {
      Struct* marked = Mark(wire, kOutputSignature);
      if (output.value) Any(**output.value, Member(marked, "value"));
      if (output.secret) Member(marked, "secret")->set_bool_value(true);
      if (output.dependencies.empty()) return;
      auto& urns = *Member(marked, "dependencies")->mutable_list_value();
      for (const std::string& urn : output.dependencies) {
        urns.add_values()->set_string_value(base::ToUtf8(urn));
      }
      return;
    }
    if (!output.value) {
      Unknown({}, wire);
    } else if (output.secret) {
      Any(value::MakeSecret(**output.value), wire);
    } else {
      Any(**output.value, wire);
    }
  }

  const EncodeOptions& options_;
};

}  // namespace

void Encode(const PropertyMap& bag, const EncodeOptions& options, Struct* wire) {
  Encoder(options).Bag(bag, wire);
}

}  // namespace palisade::rpc
