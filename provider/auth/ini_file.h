#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace palisade::auth {

/// A section of a file in AWS's dialect of ini: its header's words and its values.
struct IniSection {
  /// "profile prod", blanks between words made one space, quotes removed.
  std::string name;
  /// Keys in lower case; a nested one is "s3.addressing_style".
  std::map<std::string, std::string, std::less<>> values;
};

/// The sections of `text` in order; those of one name are not joined.
///
/// Comments begin with `#` or `;`, at the start of a line or after a blank. A value runs from the
/// first `=` to the end of the line. A line that is indented deeper than the key above it belongs
/// to that key: a nested value where the key has none of its own, else more lines of the value.
/// What stands in brackets begins a section, however far it is indented.
/// Lines that are nothing of this are passed over, as the established readers do; a broken section
/// header is an error, because what follows it would land in another section. `name` is for
/// messages.
absl::StatusOr<std::vector<IniSection>> ParseIni(std::string_view text, const std::string& name);

}  // namespace palisade::auth
