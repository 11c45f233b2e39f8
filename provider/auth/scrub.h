#pragma once

#include <initializer_list>
#include <string>

#include "provider/base/redacted.h"

namespace palisade::auth {

/// `text` without these secrets. For texts of others that go into an error: a cloud may send back
/// what it was given (SignatureDoesNotMatch quotes every signed header, the session token too).
std::string Scrub(std::string text, std::initializer_list<const base::Redacted*> secrets);

/// At most `limit` bytes, printable, in one line, for texts of others.
std::string Excerpt(const std::string& text, std::size_t limit = 500);

}  // namespace palisade::auth
