#pragma once

#include <span>
#include <vector>

#include "provider/http/transport.h"
#include "provider/resource/resource.h"

namespace palisade::tls {

/// The types of `palisade:tls`, sorted by token; they live for ever.
std::span<const resource::ResourceRow> ResourceRows();

/// Its functions. `transport` outlives them.
std::vector<resource::MadeFunction> MakeFunctions(http::Transport& transport);

}  // namespace palisade::tls
