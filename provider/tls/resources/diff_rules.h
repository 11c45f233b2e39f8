#pragma once

#include <string_view>

#include "provider/resource/resource.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

/// Removes what was found to differ at or below a top-level property.
void Forget(resource::Changes& changes, std::string_view top);

/// Whether anything at or below a top-level property differs.
bool Changed(const resource::Changes& changes, std::string_view top);

/// Removes differences of subject, alternative names, allowedUses and the constraints that would
/// give the same bytes in a request or certificate: another spelling of an address, another order
/// of key usages, an empty list for none, a key identifier that an authority has anyway.
void ForgetEqualContent(const resource::DiffRequest& request, resource::Changes& changes);

}  // namespace palisade::tls
