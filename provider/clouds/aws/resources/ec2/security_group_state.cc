#include "provider/clouds/aws/resources/ec2/security_group_state.h"

#include <utility>

#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

// "111122223333/sg-1" or "sg-1".
void PutGroup(PropertyMap& rule, Direction direction, const std::string& text) {
  const std::size_t slash = text.find('/');
  const std::string id = slash == std::string::npos ? text : text.substr(slash + 1);
  if (direction == Direction::kEgress) {
    rule[names::kDestinationSecurityGroupId] = id;
    return;
  }
  rule[id.starts_with("sg-") ? names::kSourceSecurityGroupId : names::kSourceSecurityGroupName] =
      id;
  if (slash != std::string::npos) {
    rule[names::kSourceSecurityGroupOwnerId] = text.substr(0, slash);
  }
}

// One of aws's blocks, which holds any number of ranges and groups, as rules of one each.
void AddRulesOfBlock(const PropertyMap& block, Direction direction, const std::string& group,
                     PropertyArray& rules) {
  const value::View view(block);
  PropertyMap common;
  common[names::kIpProtocol] = view.String("protocol").value_or("-1");
  for (const char* name : {names::kFromPort, names::kToPort}) {
    if (const auto port = view.Number(name)) common[name] = *port;
  }
  PutText(common, names::kDescription, view.String(names::kDescription).value_or(""));
  const auto add = [&](const char* list, const auto& put) {
    for (const std::string& text : view.Strings(list).value_or(std::vector<std::string>{})) {
      PropertyMap rule = common;
      put(rule, text);
      rules.emplace_back(std::move(rule));
    }
  };
  const char* prefix_list = direction == Direction::kIngress ? names::kSourcePrefixListId
                                                             : names::kDestinationPrefixListId;
  add("cidrBlocks",
      [](PropertyMap& rule, const std::string& text) { rule[names::kCidrIp] = text; });
  add("ipv6CidrBlocks",
      [](PropertyMap& rule, const std::string& text) { rule[names::kCidrIpv6] = text; });
  add("prefixListIds",
      [&](PropertyMap& rule, const std::string& text) { rule[prefix_list] = text; });
  add("securityGroups",
      [&](PropertyMap& rule, const std::string& text) { PutGroup(rule, direction, text); });
  if (view.Bool("self") == true && !group.empty()) {
    PropertyMap rule = common;
    PutGroup(rule, direction, group);
    rules.emplace_back(std::move(rule));
  }
}

void MoveBlocks(PropertyMap& bag, const char* from, const char* to, Direction direction,
                const std::string& group) {
  auto node = bag.extract(from);
  const auto* blocks = node.empty() ? nullptr : node.mapped().If<PropertyArray>();
  if (blocks == nullptr || bag.contains(to)) return;
  PropertyArray rules;
  for (const PropertyValue& item : *blocks) {
    if (const auto* block = item.If<PropertyMap>()) {
      AddRulesOfBlock(*block, direction, group, rules);
    }
  }
  bag[to] = std::move(rules);
}

}  // namespace

void MoveSecurityGroup(PropertyMap& inputs, PropertyMap& outputs) {
  const std::string group = TextOf(outputs, "id");
  for (PropertyMap* bag : {&inputs, &outputs}) {
    MoveBlocks(*bag, "ingress", names::kSecurityGroupIngress, Direction::kIngress, group);
    MoveBlocks(*bag, "egress", names::kSecurityGroupEgress, Direction::kEgress, group);
  }
  const Moved moved{.renamed = {{"name", names::kGroupName},
                                {"description", names::kGroupDescription},
                                {"awsId", names::kGroupId}},
                    .inputs = {names::kGroupName, names::kGroupDescription, names::kVpcId,
                               names::kSecurityGroupIngress, names::kSecurityGroupEgress}};
  const std::string id = MoveBags(moved, inputs, outputs);
  if (!outputs.contains(names::kGroupId)) PutText(outputs, names::kGroupId, id);
}

void MoveSecurityGroupRule(Direction direction, PropertyMap& inputs, PropertyMap& outputs) {
  for (PropertyMap* bag : {&inputs, &outputs}) {
    auto node = bag->extract("referencedSecurityGroupId");
    const auto* group = node.empty() ? nullptr : node.mapped().If<std::string>();
    if (group != nullptr && !group->empty()) PutGroup(*bag, direction, *group);
  }
  const bool ingress = direction == Direction::kIngress;
  Moved moved{.renamed = {{"securityGroupId", names::kGroupId},
                          {"cidrIpv4", names::kCidrIp},
                          {"awsId", names::kSecurityGroupRuleId},
                          {"prefixListId",
                           ingress ? names::kSourcePrefixListId : names::kDestinationPrefixListId}},
              .inputs = {names::kGroupId, names::kIpProtocol, names::kFromPort, names::kToPort,
                         names::kCidrIp, names::kCidrIpv6, names::kDescription}};
  if (ingress) {
    for (const char* name :
         {names::kGroupName, names::kSourcePrefixListId, names::kSourceSecurityGroupId,
          names::kSourceSecurityGroupName, names::kSourceSecurityGroupOwnerId}) {
      moved.inputs.emplace_back(name);
    }
  } else {
    moved.inputs.emplace_back(names::kDestinationPrefixListId);
    moved.inputs.emplace_back(names::kDestinationSecurityGroupId);
  }
  const std::string id = MoveBags(moved, inputs, outputs);
  if (!outputs.contains(names::kSecurityGroupRuleId)) {
    PutText(outputs, names::kSecurityGroupRuleId, id);
  }
}

}  // namespace palisade::aws::ec2
