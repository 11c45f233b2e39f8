#pragma once

#include <string>

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// The native form of a value that may come as text: stack configuration and the environment hold
/// nothing but strings, and generated SDKs encode every provider input that is no string as JSON.
/// "5", "true" and JSON documents are read where the shape wants a number, a boolean, or a list,
/// map or object, also inside such values; integers and booleans are written out where it wants a
/// text, because the CLI guesses types when it sets parts of an object. The JSON text "null" is
/// null, but for a text. What cannot be read is left as it is: the shape's rules then say what is
/// wrong.
value::PropertyValue FromText(const schema::PropertyShape& shape,
                              const value::PropertyValue& value);

/// The same for the text of an environment variable, where a list of strings may also be written
/// with commas: "pattern, range".
value::PropertyValue FromVariable(const schema::PropertyShape& shape, const std::string& text);

/// Without nulls in objects and maps at any depth: null means absent. Items of lists keep their
/// places, nulls included.
value::PropertyMap WithoutNulls(value::PropertyMap bag);

}  // namespace palisade::lifecycle
