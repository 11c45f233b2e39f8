#pragma once

#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

/// What all types of the established package need when their state becomes ours (version 0 to 1):
/// its own bookkeeping and the copied id go; `subjects` of one becomes `subject`; `keyAlgorithm`
/// and `caKeyAlgorithm`, once inputs, stay outputs only; a path length of -1 goes, because it is
/// none; and texts that versions before 4 kept only as a hash go, so that Diff holds what the
/// program says against the issued object instead.
void MigrateCommon(PropertyMap& inputs, PropertyMap& outputs);

}  // namespace palisade::tls
