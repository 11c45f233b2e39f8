#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palisade::aws {

/// A resource's tags as the service holds them.
using Tags = std::map<std::string, std::string>;

/// The parameters of a query or ec2Query call, in order and not yet encoded.
class Params {
 public:
  Params& Add(std::string name, std::string text) {
    items_.emplace_back(std::move(name), std::move(text));
    return *this;
  }
  Params& Add(std::string name, bool flag) { return Add(std::move(name), flag ? "true" : "false"); }
  Params& Add(std::string name, const char* text) {
    return Add(std::move(name), std::string(text));
  }
  Params& Add(std::string name, std::int64_t number) {
    return Add(std::move(name), std::to_string(number));
  }
  /// `name`.1, `name`.2, ... (ec2Query's flat lists).
  Params& AddList(const std::string& name, const std::vector<std::string>& texts);
  /// The next Filter.N.Name with its Filter.N.Value.M (EC2).
  Params& AddFilter(std::string_view name, const std::vector<std::string>& values);
  /// TagSpecification.1 for objects of `resource_type` (EC2); nothing without tags.
  Params& AddTagSpecification(std::string_view resource_type, const Tags& tags);
  /// `name`.N.Key and `name`.N.Value.
  Params& AddTags(const std::string& name, const Tags& tags);

  const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
  int filters_ = 0;
};

/// The body of a query call: application/x-www-form-urlencoded, a blank as %20.
std::string FormEncoded(const Params& params);

/// Every byte but the unreserved ones of RFC 3986 as %XX.
std::string UriEncoded(std::string_view text);

}  // namespace palisade::aws
