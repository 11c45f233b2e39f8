#include "provider/clouds/aws/core/xml.h"

#include "provider/base/status.h"
#include "provider/value/number.h"

namespace palisade::aws {
namespace {

// Blanks inside an element's text are part of it; only between elements they mean nothing, and
// there pugixml drops them.
constexpr unsigned kParse = pugi::parse_default | pugi::parse_ws_pcdata_single;

}  // namespace

absl::StatusOr<Xml> ParseXml(const std::string& text) {
  auto document = std::make_shared<pugi::xml_document>();
  const pugi::xml_parse_result result =
      document->load_buffer(text.data(), text.size(), kParse, pugi::encoding_utf8);
  if (!result) {
    return base::InvalidArgument(std::string(result.description()) + " at byte " +
                                 std::to_string(result.offset) + " of " +
                                 std::to_string(text.size()));
  }
  Xml xml;
  xml.root = document->document_element();
  if (!xml.root) return base::InvalidArgument("there is no element");
  xml.document = std::move(document);
  return xml;
}

std::string Text(pugi::xml_node node, const char* child) { return node.child(child).text().get(); }

std::optional<std::string> OptionalText(pugi::xml_node node, const char* child) {
  const pugi::xml_node found = node.child(child);
  if (!found) return std::nullopt;
  return std::string(found.text().get());
}

bool Flag(pugi::xml_node node, const char* child) { return Text(node, child) == "true"; }

std::optional<std::int64_t> Number(pugi::xml_node node, const char* child) {
  const auto number = value::ParseNumber(Text(node, child));
  return number ? value::ExactInteger(*number) : std::nullopt;
}

std::vector<pugi::xml_node> Items(pugi::xml_node node, const char* list, const char* item) {
  std::vector<pugi::xml_node> items;
  for (const pugi::xml_node each : node.child(list).children(item)) items.push_back(each);
  return items;
}

std::vector<std::string> TextItems(pugi::xml_node node, const char* list, const char* item) {
  std::vector<std::string> texts;
  for (const pugi::xml_node each : Items(node, list, item)) texts.emplace_back(each.text().get());
  return texts;
}

Tags TagSet(pugi::xml_node node, const char* list) {
  Tags tags;
  for (const pugi::xml_node tag : Items(node, list)) {
    tags.insert_or_assign(Text(tag, "key"), Text(tag, "value"));
  }
  return tags;
}

}  // namespace palisade::aws
