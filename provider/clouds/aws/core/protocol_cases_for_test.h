#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/core/service.h"
#include "provider/clouds/aws/core/xml.h"
#include "provider/http/message.h"
#include "provider/value/number.h"

#ifndef PALISADE_AWS_PROTOCOL_TESTS_DEFAULT
#error "CMake says where the cases are."
#endif

namespace palisade::aws::testing {

using nlohmann::json;

/// The folder that PALISADE_AWS_PROTOCOL_TESTS names, or else the shared one.
inline std::filesystem::path ProtocolFolder() {
  const char* named = std::getenv("PALISADE_AWS_PROTOCOL_TESTS");
  return named == nullptr ? PALISADE_AWS_PROTOCOL_TESTS_DEFAULT : named;
}

/// One file of AWS's protocol cases ("input/ec2.json").
inline json ProtocolCases(const std::string& file) {
  std::ifstream in(ProtocolFolder() / file);
  EXPECT_TRUE(in) << ProtocolFolder() / file << " cannot be read";
  return json::parse(in, nullptr, /*allow_exceptions=*/false);
}

/// The service that a group of cases speaks for; its texts live as long as `group`.
inline Service ServiceOf(const json& group, Dialect dialect) {
  Service service = kEc2;
  service.dialect = dialect;
  const json& metadata = group.at("metadata");
  if (metadata.contains("apiVersion")) {
    service.api_version = metadata.at("apiVersion").get_ref<const std::string&>();
  }
  if (metadata.contains("targetPrefix")) {
    service.target_prefix = metadata.at("targetPrefix").get_ref<const std::string&>();
  }
  return service;
}

inline http::Response ResponseOf(const json& given) {
  http::Response response;
  response.status = given.value("status_code", 200);
  const json headers = given.value("headers", json::object());
  for (const auto& [name, text] : headers.items()) {
    response.headers.push_back({name, text});
  }
  response.body = given.value("body", "");
  return response;
}

/// Puts a value of a shape into query parameters as the two query dialects do. The names and the
/// numbering are this test's reading of the model; adding and encoding are ours.
class QueryWriter {
 public:
  QueryWriter(const json& shapes, bool ec2) : shapes_(shapes), ec2_(ec2) {}

  void Structure(const std::string& prefix, const json& shape, const json& values) {
    for (const auto& [name, value] : values.items()) {
      const json& member = shape.at("members").at(name);
      Value(prefix + NameOf(name, member), member, value);
    }
  }
  Params params;

 private:
  std::string NameOf(const std::string& name, const json& member) const {
    if (ec2_ && member.contains("queryName")) return member.at("queryName");
    if (!member.contains("locationName")) return UpperFirst(name, ec2_);
    return UpperFirst(member.at("locationName"), ec2_);
  }
  static std::string UpperFirst(std::string name, bool upper) {
    if (upper) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return name;
  }
  void Value(const std::string& name, const json& reference, const json& value) {
    const json& shape = shapes_.at(reference.at("shape").get<std::string>());
    const std::string type = shape.at("type");
    const bool flat =
        ec2_ || reference.value("flattened", false) || shape.value("flattened", false);
    if (type == "structure") {
      Structure(name + ".", shape, value);
    } else if (type == "list") {
      List(name, shape, value, flat);
    } else if (type == "map") {
      Map(name, shape, value, flat);
    } else {
      Scalar(name, type, value);
    }
  }
  void List(std::string name, const json& shape, const json& value, bool flat) {
    if (value.empty() && !ec2_) params.Add(name, "");
    const json& member = shape.at("member");
    if (!flat) name += "." + member.value("locationName", "member");
    const json& element = shapes_.at(member.at("shape").get<std::string>());
    if (element.at("type") == "string") {
      params.AddList(name, value.get<std::vector<std::string>>());
      return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      Value(name + "." + std::to_string(i + 1), member, value[i]);
    }
  }
  void Map(const std::string& name, const json& shape, const json& value, bool flat) {
    int number = 0;
    for (const auto& [key, item] : value.items()) {
      const std::string entry = name + (flat ? "." : ".entry.") + std::to_string(++number);
      params.Add(entry + "." + shape.at("key").value("locationName", "key"), key);
      Value(entry + "." + shape.at("value").value("locationName", "value"), shape.at("value"),
            item);
    }
  }
  void Scalar(const std::string& name, const std::string& type, const json& value) {
    if (value.is_boolean()) {
      params.Add(name, value.get<bool>());
    } else if (value.is_number_integer() && type != "timestamp") {
      params.Add(name, value.get<std::int64_t>());
    } else if (value.is_number()) {
      params.Add(name, value::NumberText(value.get<double>()));
    } else {
      params.Add(name, value.get<std::string>());
    }
  }

  const json& shapes_;
  const bool ec2_;
};

/// Whether a value of the shape holds something that no handler reads from XML by our helpers:
/// timestamps and blobs stay texts there, maps do not occur, attributes neither.
inline bool HoldsOther(const json& shapes, const json& reference, int depth = 0) {
  const json& shape = shapes.at(reference.at("shape").get<std::string>());
  const std::string type = shape.at("type");
  if (type == "timestamp" || type == "blob" || type == "map" || depth > 8) return true;
  if (reference.value("xmlAttribute", false)) return true;
  if (type == "list") return HoldsOther(shapes, shape.at("member"), depth + 1);
  if (type != "structure") return false;
  for (const auto& member : shape.at("members")) {
    const json& inner = shapes.at(member.at("shape").get<std::string>());
    // What contains itself is read as deep as the document goes.
    if (inner == shape) continue;
    if (HoldsOther(shapes, member, depth + 1)) return true;
  }
  return false;
}

/// Reads a structure with the helpers that handlers use.
class XmlReader {
 public:
  explicit XmlReader(const json& shapes) : shapes_(shapes) {}

  json Structure(const json& shape, pugi::xml_node node) const {
    json read = json::object();
    for (const auto& [name, member] : shape.at("members").items()) {
      const std::string wire = member.value("locationName", name);
      const json& inner = shapes_.at(member.at("shape").get<std::string>());
      const std::string type = inner.at("type");
      if (type == "list") {
        if (auto list = List(inner, member, wire, node); !list.is_null()) read[name] = list;
      } else if (type == "structure") {
        if (const auto child = node.child(wire.c_str())) read[name] = Structure(inner, child);
      } else if (auto scalar = Scalar(type, node, wire); !scalar.is_null()) {
        read[name] = scalar;
      }
    }
    return read;
  }

 private:
  json List(const json& shape, const json& member, const std::string& wire,
            pugi::xml_node node) const {
    const json& element = shape.at("member");
    const json& inner = shapes_.at(element.at("shape").get<std::string>());
    const bool flat = member.value("flattened", false) || shape.value("flattened", false);
    if (!flat && !node.child(wire.c_str())) return nullptr;
    json list = json::array();
    std::vector<pugi::xml_node> items;
    if (flat) {
      for (const auto each : node.children(wire.c_str())) items.push_back(each);
      if (items.empty()) return nullptr;
    } else {
      const std::string item = element.value("locationName", "member");
      items = Items(node, wire.c_str(), item.c_str());
    }
    for (const auto each : items) {
      if (inner.at("type") == "structure") {
        list.push_back(Structure(inner, each));
      } else if (inner.at("type") == "list") {
        json nested = json::array();
        for (const auto text : each.children()) nested.push_back(text.text().get());
        list.push_back(std::move(nested));
      } else {
        list.push_back(Scalar(inner.at("type"), each.parent(), each.name(), each));
      }
    }
    return list;
  }
  static json Scalar(const std::string& type, pugi::xml_node node, const std::string& wire,
                     pugi::xml_node self = {}) {
    if (self) {
      if (type == "boolean") return std::string(self.text().get()) == "true";
      if (type == "integer") return self.text().as_llong();
      return std::string(self.text().get());
    }
    const char* name = wire.c_str();
    if (!node.child(name)) return nullptr;
    if (type == "boolean") return Flag(node, name);
    if (type == "integer" || type == "long") return Number(node, name).value_or(-424242);
    if (type == "float" || type == "double") {
      const auto number = value::ParseNumber(Text(node, name));
      return number ? json(*number) : json(Text(node, name));
    }
    return *OptionalText(node, name);
  }

  const json& shapes_;
};

}  // namespace palisade::aws::testing
