#include "provider/tls/resources/upgrade.h"

#include <algorithm>
#include <string>
#include <utility>

namespace palisade::tls {
namespace {

namespace names = keys::tls;

// The bridge of the established package kept `__defaults` inside nested objects too.
void DropBookkeeping(value::PropertyValue& value) {
  if (auto* list = value.If<value::PropertyArray>()) {
    for (value::PropertyValue& item : *list) DropBookkeeping(item);
  }
  auto* object = value.If<PropertyMap>();
  if (object == nullptr) return;
  std::erase_if(*object, [](const auto& entry) { return entry.first.starts_with("__"); });
  for (auto& [name, member] : *object) DropBookkeeping(member);
}

void MoveSubjects(PropertyMap& bag) {
  auto node = bag.extract("subjects");
  if (node.empty() || bag.contains(names::kSubject)) return;
  auto* list = node.mapped().If<value::PropertyArray>();
  if (list != nullptr && !list->empty()) bag[names::kSubject] = std::move(list->front());
}

bool IsHash(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void MigrateBag(PropertyMap& bag) {
  std::erase_if(bag, [](const auto& entry) { return entry.first.starts_with("__"); });
  for (auto& [name, member] : bag) DropBookkeeping(member);
  MoveSubjects(bag);
  if (value::View(bag).Integer(names::kMaxPathLength) == -1) bag.erase(names::kMaxPathLength);
  for (const char* name : {names::kPrivateKeyPem, names::kCertRequestPem, names::kCaCertPem,
                           names::kCaPrivateKeyPem}) {
    if (const auto text = TextOf(bag, name); text && IsHash(*text)) bag.erase(name);
  }
}

}  // namespace

void MigrateCommon(PropertyMap& inputs, PropertyMap& outputs) {
  MigrateBag(inputs);
  MigrateBag(outputs);
  inputs.erase(names::kKeyAlgorithm);
  inputs.erase(names::kCaKeyAlgorithm);
  outputs.erase("id");
}

}  // namespace palisade::tls
