#include "provider/clouds/aws/core/placement.h"

#include <algorithm>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/cloud_impl.h"
#include "provider/value/view.h"

namespace palisade::aws {
namespace {

using value::PropertyMap;
using value::PropertyPath;
using value::View;

constexpr char kRegionRule[] = "aws.region";

enum ArnPart { kArnRegion = 3, kArnAccount = 4 };

// Of "arn:aws:network-firewall:eu-west-1:111122223333:firewall/name"; "" of what is no ARN.
std::string PartOfArn(std::string_view text, ArnPart part) {
  if (!text.starts_with("arn:")) return "";
  for (int i = 0; i < part; ++i) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return "";
    text.remove_prefix(colon + 1);
  }
  return std::string(text.substr(0, text.find(':')));
}

std::string RegionOfArn(const std::string& text) {
  std::string region = PartOfArn(text, kArnRegion);
  return IsRegion(region) ? region : "";
}

// What is wrong with the code of a region; empty when nothing is.
std::string WrongRegion(const std::string& region, bool lenient) {
  if (IsRegion(region)) return "";
  const std::string without_last = region.substr(0, region.empty() ? 0 : region.size() - 1);
  if (IsRegion(without_last)) {
    return "is an availability zone; its region is \"" + without_last + "\"";
  }
  return std::string("is not the code of an AWS region; expected one such as \"eu-west-1\"") +
         (lenient ? "" : " (skipRegionValidation takes a code that is newer than this version)");
}

void CheckRegion(const PropertyMap& inputs, bool lenient, resource::Findings& findings) {
  const View view(inputs);
  const PropertyPath path(kRegionKey);
  if (!view.Has(kRegionKey)) {
    findings.Fail(path, kRegionRule,
                  "no AWS region is known: set it here, or `region` in the configuration "
                  "palisade:aws, or the environment variable AWS_REGION");
    return;
  }
  const auto region = view.String(kRegionKey);
  const std::string reason = region ? WrongRegion(*region, lenient) : "";
  if (reason.empty()) return;
  if (lenient) {
    findings.Warn(path, kRegionRule, reason);
  } else {
    findings.Fail(path, kRegionRule, reason);
  }
}

}  // namespace

Placement PlacementOf(const PropertyMap& bag) {
  const View view(bag);
  return {view.String(kRegionKey).value_or(""), view.String(kAccountKey).value_or("")};
}

Placement PlacementOfState(const PropertyMap* inputs, const PropertyMap* outputs) {
  Placement placement;
  for (const PropertyMap* bag : {outputs, inputs}) {
    if (bag == nullptr) continue;
    Placement told = PlacementOf(*bag);
    if (placement.region.empty()) placement.region = std::move(told.region);
    if (placement.account.empty()) placement.account = std::move(told.account);
  }
  return placement;
}

ImportId SplitImportId(const std::string& text) {
  const auto at = text.rfind('@');
  if (at != std::string::npos && IsRegion(std::string_view(text).substr(at + 1))) {
    return {text.substr(0, at), text.substr(at + 1)};
  }
  return {text, RegionOfArn(text)};
}

void CheckPlacement(Cloud& cloud, const resource::CheckRequest& request,
                    resource::Findings& findings) {
  const View view(request.inputs);
  if (view.IsUnknown(kAccountKey)) return;
  const auto account =
      cloud.impl().AccountOf(request.settings, view.String(kAccountKey).value_or(""));
  if (!account.ok()) {
    findings.Fail(PropertyPath(kAccountKey), "aws.account", base::Message(account.status()));
    return;
  }
  CheckRegion(request.inputs, (*account)->settings().skip_region_validation, findings);
}

absl::Status CheckRegionOf(Session& session) {
  const resource::Settings& settings = session.call().settings();
  PALISADE_ASSIGN_OR_RETURN(
      const auto account, session.cloud().impl().AccountOf(settings, session.placement().account));
  const bool lenient = account->settings().skip_region_validation;
  const std::string wrong = WrongRegion(session.region(), lenient);
  if (wrong.empty() || settings.skip_checks.contains(kRegionRule)) return absl::OkStatus();
  const std::string reason = "region: \"" + session.region() + "\" " + wrong;
  if (!lenient) return base::InvalidArgument(reason);
  session.call().Warn(reason);
  return absl::OkStatus();
}

absl::Status GuardAccount(Session& session, const std::string& id, const PropertyMap* outputs,
                          const std::string& consequence) {
  std::string made_by = outputs == nullptr ? "" : View(*outputs).String(kAccountIdKey).value_or("");
  if (made_by.empty()) made_by = PartOfArn(id, kArnAccount);
  PALISADE_ASSIGN_OR_RETURN(
      const auto settings,
      session.cloud().impl().AccountOf(session.call().settings(), session.placement().account));
  if (made_by.empty() && !settings->settings().ChoosesAccounts()) return absl::OkStatus();
  // Asking also holds it against the accounts that the configuration allows and forbids.
  PALISADE_ASSIGN_OR_RETURN(const std::string now, session.AccountId());
  if (made_by.empty() || now.empty() || now == made_by) return absl::OkStatus();
  const std::string& account = session.placement().account;
  return base::FailedPrecondition(
      id + ": it was made in the account " + made_by +
      ", but the credentials are those of the account " + now +
      (account.empty() ? "" : " (account \"" + account + "\" of the configuration)") + ": " +
      consequence + ". Use credentials of " + made_by);
}

}  // namespace palisade::aws
