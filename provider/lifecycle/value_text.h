#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// How many Unicode code points `text` holds; it is valid UTF-8, as the wire demands.
std::size_t CodePoints(std::string_view text);

/// The first `count` code points.
std::string_view FirstCodePoints(std::string_view text, std::size_t count);

/// Whether a message may show this value: a scalar of one short line that does not look like a PEM
/// block, which may be a private key in the wrong place.
bool IsShowable(const value::PropertyValue& value);

/// `"kms"`, `5`, `true` if it may be shown and is not `hidden`, cut to 80 characters; else what it
/// is: "the string", "the number".
std::string Shown(const value::PropertyValue& value, bool hidden);

/// What was found, for "expected ..., found ...": "a string", "the number 5".
std::string FoundText(const value::PropertyValue& value, bool hidden);

/// What the shape wants: "a string", "a list of whole numbers", "a boolean or an object".
std::string ExpectedText(const schema::PropertyShape& shape);

/// "; write ..." when a value of the wrong type is easily put right; else empty.
std::string TypeHint(const schema::PropertyShape& shape, const value::PropertyValue& value,
                     bool hidden);

}  // namespace palisade::lifecycle
