#pragma once

#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "provider/clouds/aws/core/params.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// What EC2 gives an endpoint without a policy: everything is allowed.
extern const char kFullAccessPolicy[];

/// A policy, given as an object or as JSON text, as text.
std::string PolicyText(const value::PropertyValue& policy);
/// Whether it allows everything, as the policy does that EC2 gives.
bool IsFullAccess(const value::PropertyValue& policy);

/// Whether a word of `ipAddressType` or `dnsOptions` leaves it to EC2, as none does.
bool IsUndecided(std::string_view text);

/// One of the lists of ids that an endpoint has and that can be changed.
struct IdList {
  const char* input;
  std::string_view create, add, remove;  ///< the lists of CreateVpcEndpoint and ModifyVpcEndpoint
  const char* reply;                     ///< of DescribeVpcEndpoints
  const char* text;                      ///< of an item of it; null: the item is the id
  /// Whether a program that leaves it out wants none; otherwise EC2 decides.
  bool none_by_default;
};
std::span<const IdList> IdLists();

/// The known ids of the inputs, sorted and each once.
std::vector<std::string> WantedIds(const value::PropertyMap& inputs, const IdList& list);
std::vector<std::string> SeenIds(pugi::xml_node endpoint, const IdList& list);
/// The subnets that the endpoint has and a program does not name.
std::vector<std::string> OtherSubnets(pugi::xml_node endpoint, const value::PropertyMap& inputs);
/// Whether the endpoint shows all lists that the inputs give.
bool ShowsIds(pugi::xml_node endpoint, const value::PropertyMap& inputs);

/// Policy, addresses and names that `news` ask for and `olds` did not; the same parameters for
/// CreateVpcEndpoint and ModifyVpcEndpoint.
void AddSettings(Params& params, const value::PropertyMap& olds, const value::PropertyMap& news);

/// What has to be sent to ModifyVpcEndpoint, besides the id, so that `news` hold of the endpoint
/// as it is; `olds` say what has changed.
Params EndpointChanges(const value::PropertyMap& olds, const value::PropertyMap& news,
                       pugi::xml_node endpoint);

/// What a program would write for the endpoint. `prior` is null on import.
value::PropertyMap EndpointInputs(pugi::xml_node endpoint, const value::PropertyMap* prior,
                                  const std::string& region);

/// State of aws-native and aws, brought to ours.
void MoveEndpoint(value::PropertyMap& inputs, value::PropertyMap& outputs);

}  // namespace palisade::aws::ec2
