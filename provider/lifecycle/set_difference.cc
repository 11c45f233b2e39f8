#include "provider/lifecycle/set_difference.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "provider/lifecycle/normal.h"
#include "provider/value/json.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using value::PropertyArray;
using value::PropertyValue;

// Elements by the text of their normal form, which is made once for each. Values that JSON lacks
// share a text (unknowns, assets), so a text only says where to look for an equal.
class Elements {
  using ByText = std::unordered_multimap<std::string, std::optional<PropertyValue>>;

 public:
  Elements(const PropertyShape& element, const PropertyArray& items) {
    all_.reserve(items.size());
    for (const PropertyValue& item : items) {
      std::optional<PropertyValue> normal = Normal(element, item);
      std::string text = normal ? value::ToJsonText(*normal) : "";
      all_.push_back(&*by_text_.emplace(std::move(text), std::move(normal)));
    }
  }

  std::vector<bool> NotIn(const Elements& others) const {
    std::vector<bool> missing;
    missing.reserve(all_.size());
    for (const ByText::value_type* item : all_) missing.push_back(!others.Has(*item));
    return missing;
  }

 private:
  bool Has(const ByText::value_type& wanted) const {
    const auto [first, last] = by_text_.equal_range(wanted.first);
    return std::any_of(first, last,
                       [&wanted](const auto& entry) { return entry.second == wanted.second; });
  }

  ByText by_text_;
  std::vector<const ByText::value_type*> all_;  // in their order
};

}  // namespace

SetDifference DifferenceOfSets(const PropertyShape& element, const PropertyArray& olds,
                               const PropertyArray& news) {
  const Elements before(element, olds);
  const Elements after(element, news);
  return {before.NotIn(after), after.NotIn(before)};
}

}  // namespace palisade::lifecycle
