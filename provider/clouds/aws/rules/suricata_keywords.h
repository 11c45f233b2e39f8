#pragma once

#include <optional>
#include <string_view>

namespace palisade::aws::rules {

/// What is known of an option's keyword.
struct KeywordFacts {
  bool known = false;
  /// Why Network Firewall does not take it, with what to do; empty when it does.
  std::string_view refused;
  /// It is said to be unsupported, without a word on whether such a rule is refused.
  std::string_view doubtful;
  /// Suricata refuses a value without quotes. For pcre, tls.subject and others they are optional.
  bool quoted = false;
};

/// Keywords are an open set (each version of Suricata adds some), so unknown ones are worth a
/// warning at most. What the service refuses comes from the developer guide's page on limitations
/// of stateful rules: datasets, IP reputation and file extraction "aren't allowed"; Lua,
/// thresholds and ENIP/CIP are "not supported".
KeywordFacts FactsOf(std::string_view keyword);

/// The known keyword that differs from `keyword` by one slip.
std::optional<std::string_view> NearestKeyword(std::string_view keyword);

}  // namespace palisade::aws::rules
