#include "provider/clouds/aws/resources/ec2/vpc_endpoint_parts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "provider/clouds/aws/core/xml.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/value/json.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

constexpr std::array<IdList, 3> kIdLists{{
    {names::kRouteTableIds, "RouteTableId", "AddRouteTableId", "RemoveRouteTableId",
     "routeTableIdSet", nullptr, true},
    {names::kSubnetIds, "SubnetId", "AddSubnetId", "RemoveSubnetId", "subnetIdSet", nullptr, true},
    {names::kSecurityGroupIds, "SecurityGroupId", "AddSecurityGroupId", "RemoveSecurityGroupId",
     "groupSet", "groupId", false},
}};

constexpr char kOnlyInbound[] = "OnlyInboundResolver";

PropertyValue Parsed(const PropertyValue& policy) {
  const auto* text = policy.If<std::string>();
  if (text == nullptr) return policy;
  return value::ParseJson(*text).value_or(policy);
}

// "x" and ["x"] are alike in a policy.
bool IsWord(const PropertyMap& statement, std::string_view name, std::string_view word) {
  const auto it = statement.find(name);
  if (it == statement.end()) return false;
  const auto* list = it->second.If<PropertyArray>();
  if (list != nullptr && list->size() != 1) return false;
  const auto* text = (list == nullptr ? it->second : list->front()).If<std::string>();
  return text != nullptr && *text == word;
}

bool SamePolicy(const PropertyMap& olds, const PropertyMap& news) {
  const auto before = olds.find(names::kPolicyDocument), now = news.find(names::kPolicyDocument);
  const bool had = before != olds.end() && !IsFullAccess(before->second);
  const bool has = now != news.end() && !IsFullAccess(now->second);
  if (!had || !has) return had == has;
  return value::ToJsonText(Parsed(before->second)) == value::ToJsonText(Parsed(now->second));
}

std::vector<std::string> Without(const std::vector<std::string>& all,
                                 const std::vector<std::string>& some) {
  std::vector<std::string> left;
  std::ranges::set_difference(all, some, std::back_inserter(left));
  return left;
}

const PropertyMap& OptionsOf(const PropertyMap& inputs) {
  static const PropertyMap kNone;
  const PropertyMap* options = value::View(inputs).Object(names::kDnsOptions);
  return options == nullptr ? kNone : *options;
}

// What the inputs ask for. An interface endpoint of which they say nothing has none, as in
// CloudFormation, while EC2's own default is to have it; of other types EC2 decides.
std::optional<bool> PrivateDnsOf(const PropertyMap& inputs) {
  const value::View view(inputs);
  const auto said = view.Bool(names::kPrivateDnsEnabled);
  const bool silent = !said && view.String(names::kVpcEndpointType) == "Interface";
  return silent ? false : said;
}

// A word that left it to EC2 stays that word.
void PutDecided(PropertyMap& inputs, const PropertyMap* prior, const char* name, std::string seen) {
  const std::string before = prior == nullptr ? "" : TextOf(*prior, name);
  const bool left = !before.empty() && IsUndecided(before);
  PutText(inputs, name, left ? before : std::move(seen));
}

void AddDnsOptions(Params& params, const PropertyMap& options) {
  const std::string records = TextOf(options, names::kDnsRecordIpType);
  if (!IsUndecided(records)) params.Add("DnsOptions.DnsRecordIpType", records);
  const std::string only = TextOf(options, names::kPrivateDnsOnlyForInboundResolverEndpoint);
  if (!IsUndecided(only)) {
    params.Add("DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint", only == kOnlyInbound);
  }
  const std::string preference = TextOf(options, names::kPrivateDnsPreference);
  if (!preference.empty()) params.Add("DnsOptions.PrivateDnsPreference", preference);
  if (const auto domains = value::View(options).Strings(names::kPrivateDnsSpecifiedDomains)) {
    params.AddList("DnsOptions.PrivateDnsSpecifiedDomain", *domains);
  }
}

PropertyMap DnsOptionsInput(pugi::xml_node endpoint, const PropertyMap* prior) {
  const pugi::xml_node seen = endpoint.child("dnsOptions");
  PropertyMap options;
  PutDecided(options, prior, names::kDnsRecordIpType, Text(seen, "dnsRecordIpType"));
  if (const auto only = OptionalText(seen, "privateDnsOnlyForInboundResolverEndpoint")) {
    const char* name = names::kPrivateDnsOnlyForInboundResolverEndpoint;
    const bool said = prior != nullptr && prior->contains(name);
    if (*only == "true" || said) {
      PutDecided(options, prior, name, *only == "true" ? kOnlyInbound : "AllResolvers");
    }
  }
  PutText(options, names::kPrivateDnsPreference, Text(seen, "privateDnsPreference"));
  const auto domains = TextItems(seen, "privateDnsSpecifiedDomainSet");
  if (!domains.empty()) options[names::kPrivateDnsSpecifiedDomains] = ListOf(domains);
  return options;
}

}  // namespace

const char kFullAccessPolicy[] =
    R"({"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"})";

std::string PolicyText(const PropertyValue& policy) {
  const auto* text = policy.If<std::string>();
  return text != nullptr ? *text : value::ToJsonText(policy);
}

bool IsFullAccess(const PropertyValue& policy) {
  const PropertyValue parsed = Parsed(policy);
  const auto* document = parsed.If<PropertyMap>();
  if (document == nullptr || !document->contains("Statement")) return false;
  const PropertyValue& statements = document->find("Statement")->second;
  const auto* list = statements.If<PropertyArray>();
  if (list != nullptr && list->size() != 1) return false;
  const auto* only = (list == nullptr ? statements : list->front()).If<PropertyMap>();
  if (only == nullptr) return false;
  const std::size_t members = only->size() - (only->contains("Sid") ? 1 : 0);
  return members == 4 && IsWord(*only, "Effect", "Allow") && IsWord(*only, "Principal", "*") &&
         IsWord(*only, "Action", "*") && IsWord(*only, "Resource", "*");
}

bool IsUndecided(std::string_view text) {
  return text.empty() || text == "not-specified" || text == "NotSpecified";
}

std::span<const IdList> IdLists() { return kIdLists; }

std::vector<std::string> WantedIds(const PropertyMap& inputs, const IdList& list) {
  auto ids = value::View(inputs).Strings(list.input).value_or(std::vector<std::string>{});
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<std::string> SeenIds(pugi::xml_node endpoint, const IdList& list) {
  std::vector<std::string> ids;
  for (const pugi::xml_node item : Items(endpoint, list.reply)) {
    ids.push_back(list.text == nullptr ? item.text().as_string() : Text(item, list.text));
  }
  std::ranges::sort(ids);
  return ids;
}

std::vector<std::string> OtherSubnets(pugi::xml_node endpoint, const PropertyMap& inputs) {
  const auto* list =
      std::ranges::find(kIdLists, std::string_view(names::kSubnetIds),
                        [](const IdList& each) { return std::string_view(each.input); });
  return Without(SeenIds(endpoint, *list), WantedIds(inputs, *list));
}

bool ShowsIds(pugi::xml_node endpoint, const PropertyMap& inputs) {
  return std::ranges::all_of(kIdLists, [&](const IdList& list) {
    const auto wanted = WantedIds(inputs, list);
    return wanted.empty() || wanted == SeenIds(endpoint, list);
  });
}

void AddSettings(Params& params, const PropertyMap& olds, const PropertyMap& news) {
  if (!SamePolicy(olds, news)) {
    const auto policy = news.find(names::kPolicyDocument);
    params.Add("PolicyDocument",
               policy == news.end() ? kFullAccessPolicy : PolicyText(policy->second));
  }
  const std::string addresses = TextOf(news, names::kIpAddressType);
  if (!IsUndecided(addresses) && addresses != TextOf(olds, names::kIpAddressType)) {
    params.Add("IpAddressType", addresses);
  }
  if (OptionsOf(olds) != OptionsOf(news)) AddDnsOptions(params, OptionsOf(news));
  const auto before = PrivateDnsOf(olds), now = PrivateDnsOf(news);
  if (now ? now != before : before == true) {
    params.Add("PrivateDnsEnabled", now.value_or(false));
  }
}

Params EndpointChanges(const PropertyMap& olds, const PropertyMap& news, pugi::xml_node endpoint) {
  Params params;
  for (const IdList& list : kIdLists) {
    const auto wanted = WantedIds(news, list);
    if (wanted == WantedIds(olds, list) || (wanted.empty() && !list.none_by_default)) continue;
    const auto seen = SeenIds(endpoint, list);
    params.AddList(std::string(list.add), Without(wanted, seen));
    params.AddList(std::string(list.remove), Without(seen, wanted));
  }
  AddSettings(params, olds, news);
  return params;
}

PropertyMap EndpointInputs(pugi::xml_node endpoint, const PropertyMap* prior,
                           const std::string& region) {
  const auto said = [prior](const char* name) { return prior != nullptr && prior->contains(name); };
  PropertyMap inputs;
  for (const char* name : {names::kVpcId, names::kServiceName, names::kVpcEndpointType,
                           names::kResourceConfigurationArn, names::kServiceNetworkArn}) {
    PutText(inputs, name, Text(endpoint, name));
  }
  const std::string place = Text(endpoint, names::kServiceRegion);
  if (said(names::kServiceRegion) || place != region) {
    PutText(inputs, names::kServiceRegion, place);
  }
  for (const IdList& list : kIdLists) {
    const auto ids = SeenIds(endpoint, list);
    if (!ids.empty() || said(list.input)) inputs[list.input] = ListOf(ids);
  }
  const std::string policy = Text(endpoint, "policyDocument");
  if (said(names::kPolicyDocument) || !IsFullAccess(policy)) {
    PutText(inputs, names::kPolicyDocument, policy);
  }
  // A gateway endpoint has no addresses and names, whatever EC2 says of them.
  const bool gateway = Text(endpoint, names::kVpcEndpointType) == "Gateway";
  const auto told = [&](const char* name) { return said(name) || !gateway; };
  if (told(names::kPrivateDnsEnabled) && endpoint.child("privateDnsEnabled")) {
    inputs[names::kPrivateDnsEnabled] = Flag(endpoint, "privateDnsEnabled");
  }
  if (told(names::kIpAddressType)) {
    PutDecided(inputs, prior, names::kIpAddressType, Text(endpoint, "ipAddressType"));
  }
  if (told(names::kDnsOptions)) {
    PropertyMap options =
        DnsOptionsInput(endpoint, said(names::kDnsOptions) ? &OptionsOf(*prior) : nullptr);
    if (!options.empty()) inputs[names::kDnsOptions] = std::move(options);
  }
  return inputs;
}

void MoveEndpoint(PropertyMap& inputs, PropertyMap& outputs) {
  for (PropertyMap* bag : {&inputs, &outputs}) {
    const auto options = bag->find(names::kDnsOptions);
    auto* map = options == bag->end() ? nullptr : options->second.If<PropertyMap>();
    if (map == nullptr) continue;
    const char* name = names::kPrivateDnsOnlyForInboundResolverEndpoint;
    if (const auto only = value::View(*map).Bool(name)) {
      (*map)[name] = *only ? kOnlyInbound : "AllResolvers";
    }
  }
  if (const PropertyArray* entries = value::View(outputs).Array(names::kDnsEntries)) {
    PropertyArray texts;
    for (const PropertyValue& item : *entries) {
      const auto* entry = item.If<PropertyMap>();
      texts.push_back(entry == nullptr ? item
                                       : PropertyValue(TextOf(*entry, "hostedZoneId") + ":" +
                                                       TextOf(*entry, "dnsName")));
    }
    outputs[names::kDnsEntries] = std::move(texts);
  }
  const Moved moved{
      .renamed = {{"policy", names::kPolicyDocument}, {"awsId", names::kVpcEndpointId}},
      .inputs = {names::kVpcId, names::kServiceName, names::kVpcEndpointType, names::kServiceRegion,
                 names::kResourceConfigurationArn, names::kServiceNetworkArn, names::kRouteTableIds,
                 names::kSubnetIds, names::kSecurityGroupIds, names::kPolicyDocument,
                 names::kPrivateDnsEnabled, names::kIpAddressType, names::kDnsOptions}};
  const std::string id = MoveBags(moved, inputs, outputs);
  if (!outputs.contains(names::kVpcEndpointId)) PutText(outputs, names::kVpcEndpointId, id);
}

}  // namespace palisade::aws::ec2
