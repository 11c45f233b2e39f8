#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "provider/value/property_value.h"

namespace palisade::schema {

struct ObjectShape;

/// What counts as the same value (`x-same` of a fragment).
enum class Same {
  kExact,
  kSet,     ///< a list whose order and repetitions mean nothing
  kJson,    ///< a text that holds a JSON document: blanks and key order mean nothing
  kPolicy,  ///< a JSON policy: also, a one-item list equals its item, and lists are sets
  kPem,     ///< blanks around the blocks and line lengths mean nothing
  kCidr,    ///< an address range: the spelling of the address means nothing
  kCase,    ///< letter case means nothing
};

/// `x-check`: limits of a string's length (in Unicode code points), a list's or map's item count,
/// or a number, and a pattern in RE2 syntax that the whole string has to match.
struct Limits {
  std::optional<double> minimum, maximum;
  std::optional<std::size_t> min_length, max_length;
  std::optional<std::size_t> min_items, max_items;
  std::optional<std::string> pattern;
  /// What the pattern means, for the message: "lower-case letters, digits and hyphens".
  std::string pattern_means;
};

/// `x-name`: how a name is made when the user gives none: the logical name, `separator`, and
/// `random_length` characters from `charset`, cut to `max_length`.
struct NameRule {
  std::size_t max_length = 64;
  std::size_t random_length = 7;
  std::string separator = "-";
  std::string charset = "0123456789abcdef";
  /// Lower-case the logical name first.
  bool lower_case = false;
  /// What no name may begin with, because the service keeps it for names or ids of its own.
  std::vector<std::string> forbidden_prefixes;
};

struct EnumValue {
  value::PropertyValue value;
  std::string name;
};

/// One property, list item or map value.
struct PropertyShape {
  enum class Kind {
    kAny,
    kBoolean,
    kInteger,
    kNumber,
    kString,
    kArray,
    kMap,
    kObject,
    kAsset,
    kArchive,
    kUnion,
  };
  Kind kind = Kind::kAny;
  std::shared_ptr<const ObjectShape> object;     ///< kObject; owned by the outermost if in itself
  std::shared_ptr<const PropertyShape> element;  ///< kArray, kMap
  std::vector<PropertyShape> alternatives;       ///< kUnion, in the fragment's order

  bool required = false;
  bool secret = false;
  /// `willReplaceOnChanges`: a change of it, or of anything inside it, replaces the resource.
  bool replaces = false;
  /// `x-writeOnly`: stays in the inputs, never appears in outputs, and is not compared.
  bool write_only = false;
  /// `x-closed`: the service will not extend this enum, so an unknown value fails.
  bool closed = false;
  Same same = Same::kExact;
  std::optional<value::PropertyValue> default_value;   ///< Check fills it
  std::vector<std::string> default_environment;        ///< variables, first set one wins
  std::optional<value::PropertyValue> server_default;  ///< `x-server`: equal to absent, not filled
  std::optional<value::PropertyValue> constant;
  std::vector<EnumValue> enum_values;
  Limits limits;
  std::optional<NameRule> name_rule;
  /// `x-mirrors`: the input whose values this output holds too, so that a secret of the one is a
  /// secret of the other, under the same path; empty for none.
  std::string mirrors;
  std::string deprecation;
  /// Kept for configuration keys only, whose absence is explained with it.
  std::string description;
};

struct ObjectShape {
  std::string token;  ///< empty for a resource's own property list
  std::map<std::string, PropertyShape, std::less<>> properties;

  const PropertyShape* Find(std::string_view name) const;
};

/// A resource type. `outputs` holds the inputs too, as Pulumi's outputs do.
struct ResourceShape {
  std::string token;
  ObjectShape inputs, outputs, list_inputs;
};

struct FunctionShape {
  std::string token;
  ObjectShape inputs, outputs;
};

}  // namespace palisade::schema
