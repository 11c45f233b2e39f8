#pragma once

#include <string>

#include "provider/schema/tool/fragments.h"

namespace palisade::schema::tool {

/// The schema that GetSchema answers: fragments merged, private keys gone, version set. The
/// package's configuration becomes the provider's inputs as well.
Json Publish(const Fragments& fragments, const std::string& version);

/// One fragment as it is embedded: with its private keys and every nested type that it reaches.
Json SelfContained(const Fragments& fragments, const Json& fragment);

/// The configuration as it is embedded: {"config": {"properties", "required"}, "types"}.
Json EmbeddedConfig(const Fragments& fragments);

}  // namespace palisade::schema::tool
