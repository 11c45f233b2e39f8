#include "provider/tls/resources/inputs.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace palisade::tls {
namespace {

namespace names = keys::tls;

using Member = std::optional<std::string> Subject::*;
constexpr std::array<std::pair<const char*, Member>, 9> kSubjectMembers = {{
    {names::kCommonName, &Subject::common_name},
    {names::kCountry, &Subject::country},
    {names::kProvince, &Subject::province},
    {names::kLocality, &Subject::locality},
    {names::kOrganization, &Subject::organization},
    {names::kOrganizationalUnit, &Subject::organizational_unit},
    {names::kPostalCode, &Subject::postal_code},
    {names::kSerialNumber, &Subject::serial_number},
    {names::kEmailAddress, &Subject::email_address},
}};

using List = std::vector<std::string> AltNames::*;
constexpr std::array<std::pair<const char*, List>, 3> kAltNameLists = {{
    {names::kDnsNames, &AltNames::dns_names},
    {names::kIpAddresses, &AltNames::ip_addresses},
    {names::kUris, &AltNames::uris},
}};

}  // namespace

std::optional<std::string_view> TextOf(const PropertyMap& bag, std::string_view name) {
  const auto it = bag.find(name);
  if (it == bag.end()) return std::nullopt;
  const auto* text = it->second.If<std::string>();
  return text == nullptr ? std::nullopt : std::optional<std::string_view>(*text);
}

bool IsTrue(const PropertyMap& bag, std::string_view name) {
  return value::View(bag).Bool(name).value_or(false);
}

bool IsFalse(const PropertyMap& bag, std::string_view name) {
  const value::View view(bag);
  return !view.Has(name) || view.Bool(name) == false;
}

std::optional<std::int64_t> HoursOf(const PropertyMap& bag, std::string_view name) {
  const value::View view(bag);
  return view.Has(name) ? view.Integer(name) : std::int64_t{0};
}

Subject SubjectOf(const PropertyMap& inputs) {
  Subject subject;
  const PropertyMap* object = value::View(inputs).Object(names::kSubject);
  if (object == nullptr) return subject;
  const value::View view(*object);
  for (const auto& [name, member] : kSubjectMembers) subject.*member = view.String(name);
  subject.street_addresses =
      view.Strings(names::kStreetAddresses).value_or(std::vector<std::string>{});
  return subject;
}

AltNames AltNamesOf(const PropertyMap& inputs) {
  AltNames result;
  const value::View view(inputs);
  for (const auto& [name, list] : kAltNameLists) {
    result.*list = view.Strings(name).value_or(std::vector<std::string>{});
  }
  return result;
}

void PutSubject(const Subject& subject, PropertyMap& inputs) {
  PropertyMap object;
  for (const auto& [name, member] : kSubjectMembers) {
    if (subject.*member) object.emplace(name, *(subject.*member));
  }
  if (!subject.street_addresses.empty()) {
    object.emplace(names::kStreetAddresses, ListOf(subject.street_addresses));
  }
  if (!object.empty()) inputs[names::kSubject] = std::move(object);
}

void PutAltNames(const AltNames& alt_names, PropertyMap& inputs) {
  for (const auto& [name, list] : kAltNameLists) {
    if (!(alt_names.*list).empty()) inputs[name] = ListOf(alt_names.*list);
  }
}

value::PropertyArray ListOf(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

void PutEffective(const PropertyMap& inputs, std::string_view name, value::PropertyValue standard,
                  PropertyMap& outputs) {
  if (!value::View(inputs).Has(name)) outputs[std::string(name)] = std::move(standard);
}

Seconds NowOf(const base::Clock& clock) {
  return std::chrono::floor<std::chrono::seconds>(clock.Now());
}

}  // namespace palisade::tls
