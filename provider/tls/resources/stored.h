#pragma once

#include <optional>
#include <string>

#include "provider/resource/resource.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

/// What a Read is asked for, judged by `core`, the output without which the object is nothing.
enum class ReadShape {
  kImport,   ///< nothing but an id, or `.get()` without the core output: the id has to be a file
  kStated,   ///< `.get()` with the core output among its arguments
  kRefresh,  ///< state that a create or an import made
};
ReadShape ShapeOf(const resource::ReadRequest& request, const char* core);

/// The answer of a refresh: what is there. Inputs that also are outputs say in both what the
/// program says: after an import, or another spelling of the same, the outputs did not.
resource::ReadResult Unchanged(const resource::ReadRequest& request);

/// `derived` for everything that the arguments of `.get()` leave out.
PropertyMap Completed(const PropertyMap& stated, PropertyMap derived);

/// Warns that an imported object has properties that no input stands for; `what` names it.
void WarnOfLosses(const resource::Call& call, const std::string& what,
                  const std::vector<std::string>& sentences);

}  // namespace palisade::tls
