#pragma once

#include <map>
#include <string>

#include "provider/schema/tool/fragments.h"

namespace palisade::schema::tool {

/// The generated files of a package, by path below the output folder: package.h, package.cc, one
/// keys/<module>.h per module, and schema.json.
std::map<std::string, std::string> Emit(const Fragments& fragments, const std::string& version);

}  // namespace palisade::schema::tool
