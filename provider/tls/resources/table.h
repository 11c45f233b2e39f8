#pragma once

#include <span>

#include "provider/resource/resource.h"

namespace palisade::tls {

/// The types and functions of `palisade:tls`, sorted by token; they live for ever.
std::span<const resource::ResourceRow> ResourceRows();
std::span<const resource::FunctionRow> FunctionRows();

}  // namespace palisade::tls
