#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "provider/value/property_value.h"

namespace palisade::aws::networkfirewall {

using nlohmann::json;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;

/// A property's name in the service's API: its first letter raised, but for the acronyms of a
/// table, which no rule gives.
std::string WireName(std::string_view property);

/// The value of the property `name`, for a request. Numbers become integers, which is all that the
/// API knows; keys of maps that users name (variables, log destinations) stay as they are.
json ToWire(std::string_view name, const PropertyValue& value);

/// The value of the property `name`, from a reply.
PropertyValue FromWire(std::string_view name, const json& wire);

/// A request's members: those of `names` that `inputs` has.
json Body(const PropertyMap& inputs, std::initializer_list<const char*> names);

/// The properties of `names` that the reply's object has.
PropertyMap Properties(const json& object, std::initializer_list<const char*> names);

/// The member of an object, or a null where there is none. The object must outlive it.
const json& Member(const json& object, std::string_view name);
/// The text of a member, "" where there is none.
std::string Text(const json& object, std::string_view name);
/// Whether a member is true.
bool IsTrue(const json& object, std::string_view name);

}  // namespace palisade::aws::networkfirewall
