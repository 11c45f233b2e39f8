#include "provider/clouds/aws/core/marker.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/core/digest.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/value/json.h"
#include "provider/value/property_path.h"

namespace palisade::aws {
namespace {

using value::PropertyMap;

constexpr std::size_t kDigits = 16;

// "palisade:aws/ec2:Vpc" of "urn:pulumi:stack::project::parent$palisade:aws/ec2:Vpc::name".
std::string TypeOf(const std::string& urn) {
  const auto end = urn.rfind("::");
  if (end == std::string::npos || end == 0) return urn;
  auto begin = urn.rfind("::", end - 1);
  begin = begin == std::string::npos ? 0 : begin + 2;
  const std::string types = urn.substr(begin, end - begin);
  return types.substr(types.rfind('$') + 1);
}

absl::StatusOr<MarkedList> DescribeMarked(Session& session, Params filters) {
  MarkedList found;
  PALISADE_RETURN_IF_ERROR(
      session.Ec2Pages("DescribeTags", std::move(filters), [&found](const Xml& page) {
        for (const pugi::xml_node item : Items(page.root, "tagSet")) {
          found.push_back(
              {Text(item, "resourceId"), Text(item, "resourceType"), Text(item, "value")});
        }
      }));
  return found;
}

}  // namespace

CreationId CreationIdOf(const resource::Call& call, const PropertyMap& inputs,
                        const Placement& placement) {
  PropertyMap owner;
  owner["id"] = call.settings().id;
  owner["urn"] = call.urn();
  PropertyMap given = inputs;
  for (const std::string& text : call.filled()) {
    const auto path = value::PropertyPath::Parse(text);
    if (path.ok()) given.erase(path->top());
  }
  PropertyMap what;
  what["type"] = TypeOf(call.urn());
  what["inputs"] = std::move(given);
  what["region"] = placement.region;
  what["account"] = placement.account;
  return {Sha256Hex(value::ToJsonText(owner)).substr(0, kDigits),
          Sha256Hex(value::ToJsonText(what)).substr(0, kDigits)};
}

absl::StatusOr<std::shared_ptr<const MarkedList>> MarkedObjects(Session& session, Run& run,
                                                                const std::string& account_id) {
  const Placement& place = session.placement();
  return run.Leftovers(account_id + "/" + place.account + "/" + place.region)
      .Get(session.call().cancel(), session.call().Left(), [&session] {
        Params filters;
        filters.AddFilter("key", {kMarkerKey});
        return DescribeMarked(session, std::move(filters));
      });
}

absl::StatusOr<MarkedList> FindMarkedNow(Session& session, const std::string& marker) {
  Params filters;
  filters.AddFilter("key", {kMarkerKey}).AddFilter("value", {marker});
  return DescribeMarked(session, std::move(filters));
}

}  // namespace palisade::aws
