#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/params.h"

namespace palisade::aws {

/// A parsed reply; nodes live as long as it does.
struct Xml {
  std::shared_ptr<const pugi::xml_document> document;
  /// The element that holds the members: the operation's response, or its result where the dialect
  /// wraps one.
  pugi::xml_node root;
};

/// Reads a document; `root` is its element. INVALID_ARGUMENT, with where it went wrong but without
/// the text, for what is no well-formed XML.
absl::StatusOr<Xml> ParseXml(const std::string& text);

/// A child element's text; "" when there is none.
std::string Text(pugi::xml_node node, const char* child);
/// nullopt when there is no such child.
std::optional<std::string> OptionalText(pugi::xml_node node, const char* child);
/// "true" of a child element.
bool Flag(pugi::xml_node node, const char* child);
/// The number in a child element; nullopt when there is none.
std::optional<std::int64_t> Number(pugi::xml_node node, const char* child);
/// The children called `item` ("member" in awsQuery) of the list element `list`.
std::vector<pugi::xml_node> Items(pugi::xml_node node, const char* list, const char* item = "item");
/// The texts of those.
std::vector<std::string> TextItems(pugi::xml_node node, const char* list,
                                   const char* item = "item");
/// EC2's tagSet.
Tags TagSet(pugi::xml_node node, const char* list = "tagSet");

}  // namespace palisade::aws
