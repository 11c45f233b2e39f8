#include "provider/clouds/aws/core/aws_resource.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/marker.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/value/view.h"

namespace palisade::aws {

using value::PropertyMap;

std::shared_ptr<Account> AccountFor(Cloud& cloud, const resource::Settings& settings,
                                    const PropertyMap& bag) {
  const value::View view(bag);
  if (view.IsUnknown(kAccountKey)) return nullptr;
  auto account = cloud.impl().AccountOf(settings, view.String(kAccountKey).value_or(""));
  return account.ok() ? *std::move(account) : nullptr;
}

std::string NameOf(const std::string& urn) {
  const auto at = urn.rfind("::");
  return at == std::string::npos ? urn : urn.substr(at + 2);
}

absl::StatusOr<std::optional<Found>> AbsenceOrFound(const AwsTraits& traits,
                                                    absl::StatusOr<std::optional<Found>> looked) {
  if (!looked.ok() && HasCode(looked.status(), traits.not_found)) return std::optional<Found>();
  return looked;
}

PropertyMap OutputsOf(const Found& found, const AccountSettings& settings, const AwsTraits& traits,
                      const std::string& account_id) {
  PropertyMap outputs = found.outputs;
  if (!account_id.empty()) outputs[kAccountIdKey] = account_id;
  if (traits.tagging != Tagging::kNone) {
    outputs[kTagsAllKey] = TagsValue(VisibleTags(settings, found.tags));
  }
  return outputs;
}

std::string Joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "; ") + sentence;
  return text;
}

resource::Traits AwsResource::traits() const {
  resource::Traits traits;
  traits.create_timeout = aws().create_timeout;
  traits.update_timeout = aws().update_timeout;
  traits.delete_timeout = aws().delete_timeout;
  traits.delete_before_replace = aws().delete_before_replace;
  return traits;
}

std::map<std::string, resource::Default> AwsResource::Defaults(
    const resource::DefaultsRequest& request) const {
  const value::View view(request.inputs);
  // The account decides.
  if (view.IsUnknown(kAccountKey)) return {{kRegionKey, {value::Unknown{}}}};
  const auto choice =
      cloud_.impl().RegionOf(request.settings, view.String(kAccountKey).value_or(""));
  if (!choice) return {};
  return {{kRegionKey, {choice->region, /*keep_old=*/!choice->configured}}};
}

void AwsResource::Check(const resource::CheckRequest& request, resource::Findings& findings) const {
  CheckPlacement(cloud_, request, findings);
  if (aws().tagging != Tagging::kNone) {
    const auto account = AccountFor(cloud_, request.settings, request.inputs);
    CheckTags(request.inputs, account == nullptr ? nullptr : &account->settings(), findings);
  }
  CheckInputs(request, findings);
}

absl::Status AwsResource::Change(Session&, const resource::UpdateRequest&) const {
  return absl::OkStatus();
}

void AwsResource::TookOver(Session& session, const std::string& id) const {
  cloud_.impl().RunOf(session.call().shared_settings())->Adopted({&aws(), id});
}

absl::StatusOr<std::optional<std::string>> AwsResource::FindMarked(Session& session,
                                                                   const std::string& marker,
                                                                   const PropertyMap&) const {
  if (aws().tagging != Tagging::kEc2Id) return std::optional<std::string>();
  PALISADE_ASSIGN_OR_RETURN(const MarkedList list, FindMarkedNow(session, marker));
  for (const Marked& each : list) {
    if (each.resource_type == aws().resource_type) return each.id;
  }
  return std::optional<std::string>();
}

absl::StatusOr<resource::ListPage> AwsResource::List(resource::Call& call,
                                                     const resource::ListRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(Session session,
                            Session::Open(cloud_, call, PlacementOf(request.query)));
  const auto usual = cloud_.impl().RegionOf(call.settings(), session.placement().account);
  PALISADE_ASSIGN_OR_RETURN(ListedPage page,
                            Enumerate(session, request.continuation, request.page_size));
  resource::ListPage list;
  list.continuation = std::move(page.continuation);
  for (Listed& item : page.items) {
    const bool told = SplitImportId(item.id).region == session.region();
    const bool elsewhere = !told && (!usual || usual->region != session.region());
    std::string id = elsewhere ? item.id + "@" + session.region() : std::move(item.id);
    list.items.push_back({std::move(id), std::move(item.name)});
  }
  return list;
}

}  // namespace palisade::aws
