#pragma once

#include <string>

#include "provider/schema/tool/fragments.h"

namespace palisade::schema::tool {

// Each throws FragmentError, naming `where`, for a key that is not in the vocabulary (Pulumi's, or
// the closed list of private "x-" keys) and for a type or property without a description.
void LintResource(const std::string& where, const Json& resource);
void LintFunction(const std::string& where, const Json& function);
void LintType(const std::string& where, const Json& type);
/// Only what a common.json may say; its properties are looked at in each resource that gets them.
void LintCommon(const std::string& where, const Json& common);
void LintConfig(const std::string& where, const Json& package);

}  // namespace palisade::schema::tool
