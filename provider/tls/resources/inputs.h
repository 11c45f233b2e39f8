#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "keys/tls.h"
#include "provider/base/clock.h"
#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/time_text.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"
#include "provider/value/view.h"

namespace palisade::tls {

using value::PropertyMap;
using value::PropertyPath;

/// A known text of a bag, without a copy, because it may be a private key; lives as long as the
/// bag. nullopt for anything else.
std::optional<std::string_view> TextOf(const PropertyMap& bag, std::string_view name);

/// Whether a flag is known to be set.
bool IsTrue(const PropertyMap& bag, std::string_view name);
/// Whether it is certain that a flag is not set: absent, or known to be false.
bool IsFalse(const PropertyMap& bag, std::string_view name);

/// A number that counts as 0 when absent; nullopt when it is unknown or no integer.
std::optional<std::int64_t> HoursOf(const PropertyMap& bag, std::string_view name);

/// The input `subject`; members that are absent, unknown or no text are unset.
Subject SubjectOf(const PropertyMap& inputs);
/// The inputs dnsNames, ipAddresses and uris; a list with an unknown in it is empty.
AltNames AltNamesOf(const PropertyMap& inputs);

/// The way back, for imports: adds what is not empty.
void PutSubject(const Subject& subject, PropertyMap& inputs);
void PutAltNames(const AltNames& names, PropertyMap& inputs);
value::PropertyArray ListOf(const std::vector<std::string>& texts);

/// An output that shows the effective value of an input that was left out.
void PutEffective(const PropertyMap& inputs, std::string_view name, value::PropertyValue standard,
                  PropertyMap& outputs);

/// The clock's time in whole seconds, as certificates have it.
Seconds NowOf(const base::Clock& clock);

}  // namespace palisade::tls
