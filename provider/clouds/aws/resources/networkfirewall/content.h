#pragma once

#include <initializer_list>
#include <string>

#include "provider/clouds/aws/resources/networkfirewall/named.h"

namespace palisade::aws::networkfirewall {

// What rule groups and policies share: both are updated by sending their whole content.

/// Whether one of `names` differs between the old and the new inputs; false when only tags do.
bool Differs(const resource::UpdateRequest& request, std::initializer_list<const char*> names);

/// Keeps in `request` what this version does not manage and an update without it would reset: an
/// encryption key of the user's own, and where a copied group came from.
void CarryOver(const json& info, json& request);

/// Warns when the new inputs leave out a description that there was.
void WarnIfDescriptionStays(Session& session, const resource::UpdateRequest& request);

/// Fills in what a status says: the state's word, and why an object is not finished.
void ReadStatus(const json& info, std::string_view status_member, Found& found);

/// A sentence for the name of an output or input that other packages have; nullopt for others.
/// `arn` is our name of the ARN, `name` that of the name.
std::optional<std::string> ExplainForeignName(std::string_view given, const std::string& arn,
                                              const std::string& name);

}  // namespace palisade::aws::networkfirewall
