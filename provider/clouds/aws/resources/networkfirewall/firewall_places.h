#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "provider/clouds/aws/resources/networkfirewall/wire.h"

namespace palisade::aws::networkfirewall {

/// Where a firewall has endpoints: subnet -> address type, "" where none is given; or zone -> "".
using Places = std::map<std::string, std::string>;

/// The two lists of endpoints differ in words only.
struct PlaceList {
  const char* property;
  std::string_view associate, disassociate;
  const char* key;  ///< the property that names a place
};
extern const PlaceList kSubnetList;
extern const PlaceList kZoneList;

Places PlacesOf(const PropertyMap& bag, const PlaceList& list);

/// The address type of an endpoint that a program gives none.
inline constexpr std::string_view kUsualType = "IPV4";

/// What inputs mean: the usual type where they give none. For comparing inputs with inputs.
Places MeantPlaces(const PropertyMap& inputs, const PlaceList& list);

/// What an update has to lead to: a type that the old inputs gave and the new ones do not is the
/// usual one again. A type that neither gives is "": whatever the service has made is right.
Places WantedPlaces(const PropertyMap& olds, const PropertyMap& news, const PlaceList& list);

std::set<std::string> KeysOf(const Places& places);

/// Those of `places` that `others` does not have. With `same_type`, one whose address type differs
/// is another place; a type that one side leaves to the service is no difference.
Places Without(const Places& places, const Places& others, bool same_type = true);

/// The members of a request that adds, or that removes, these places.
json Coming(const Places& places, const PlaceList& list);
json Going(const Places& places, const PlaceList& list);

}  // namespace palisade::aws::networkfirewall
