#pragma once

#include <set>
#include <string_view>

#include "provider/schema/shape.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// A provider input that the engine or an SDK adds and that is no configuration: `version`,
/// `pluginDownloadURL`, and the engine's own names, which begin with "__".
bool IsEngineKey(std::string_view name);

/// What the configuration says: unwrapped (with the paths of secrets in `secret_paths` if given),
/// without nulls and engine keys, every known key in native form.
value::PropertyMap NativeConfig(const schema::ObjectShape& shape, const value::PropertyMap& raw,
                                std::set<value::PropertyPath>* secret_paths);

}  // namespace palisade::lifecycle
