#include "provider/lifecycle/compare.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/normal.h"

namespace palisade::lifecycle {
namespace {

using resource::Change;
using resource::ChangeKind;
using resource::Changes;
using schema::PropertyShape;
using schema::Same;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

const PropertyShape& AnyShape() {
  static const PropertyShape any;
  return any;
}

class Comparison {
 public:
  explicit Comparison(Changes& changes) : changes_(changes) {}

  void Object(const schema::ObjectShape& shape, const PropertyMap& olds, const PropertyMap& news,
              const PropertyPath& at, bool replace) {
    Names(olds, news, [&](const std::string& name) {
      const PropertyShape* property = shape.Find(name);
      if (property != nullptr && property->write_only) return;
      Member(property == nullptr ? AnyShape() : *property, olds, news, name, at, replace);
    });
  }

  void Value(const PropertyShape& shape, const PropertyValue& old_value,
             const PropertyValue& new_value, const PropertyPath& at, bool replace) {
    replace = replace || shape.replaces;
    if (SameMeaning(shape, old_value, new_value)) return;
    const auto* old_object = old_value.If<PropertyMap>();
    const auto* new_object = new_value.If<PropertyMap>();
    const auto* old_list = old_value.If<PropertyArray>();
    const auto* new_list = new_value.If<PropertyArray>();
    const std::size_t before = changes_.size();
    if (old_object != nullptr && new_object != nullptr) {
      if (shape.kind == Kind::kObject) {
        Object(*shape.object, *old_object, *new_object, at, replace);
      } else {
        const PropertyShape& element = shape.element ? *shape.element : AnyShape();
        Names(*old_object, *new_object, [&](const std::string& name) {
          Member(element, *old_object, *new_object, name, at, replace);
        });
      }
    } else if (old_list != nullptr && new_list != nullptr) {
      const PropertyShape& element = shape.element ? *shape.element : AnyShape();
      shape.same == Same::kSet ? Set(element, *old_list, *new_list, at, replace)
                               : List(element, *old_list, *new_list, at, replace);
    } else {
      Add(at, ChangeKind::kUpdate, replace);
    }
    // A union or a default of a whole object can differ although no member does.
    if (changes_.size() == before) Add(at, ChangeKind::kUpdate, replace);
  }

 private:
  template <typename Visit>
  static void Names(const PropertyMap& olds, const PropertyMap& news, const Visit& visit) {
    for (const auto& [name, unused] : olds) visit(name);
    for (const auto& [name, unused] : news) {
      if (!olds.contains(name)) visit(name);
    }
  }

  void Member(const PropertyShape& shape, const PropertyMap& olds, const PropertyMap& news,
              const std::string& name, const PropertyPath& at, bool replace) {
    const auto old_it = olds.find(name);
    const auto new_it = news.find(name);
    const bool had = old_it != olds.end() && !old_it->second.IsNull();
    const bool has = new_it != news.end() && !new_it->second.IsNull();
    const PropertyPath path = at.Child(name);
    if (had && has) {
      Value(shape, old_it->second, new_it->second, path, replace);
    } else if (had && Normal(shape, old_it->second)) {
      Add(path, ChangeKind::kDelete, replace || shape.replaces);
    } else if (has && Normal(shape, new_it->second)) {
      Add(path, ChangeKind::kAdd, replace || shape.replaces);
    }
  }

  void List(const PropertyShape& element, const PropertyArray& olds, const PropertyArray& news,
            const PropertyPath& at, bool replace) {
    for (std::size_t i = 0; i < std::max(olds.size(), news.size()); ++i) {
      if (i >= olds.size()) {
        Add(at.Child(i), ChangeKind::kAdd, replace || element.replaces);
      } else if (i >= news.size()) {
        Add(at.Child(i), ChangeKind::kDelete, replace || element.replaces);
      } else {
        Value(element, olds[i], news[i], at.Child(i), replace);
      }
    }
  }

  // Equal elements are taken out first, so that a reorder is silent and an insertion is one change.
  // Of the rest, the n-th old one is said to have become the n-th new one.
  void Set(const PropertyShape& element, const PropertyArray& olds, const PropertyArray& news,
           const PropertyPath& at, bool replace) {
    const auto unmatched = [&element](const PropertyArray& items, const PropertyArray& others) {
      std::vector<std::size_t> left;
      for (std::size_t i = 0; i < items.size(); ++i) {
        const bool found = std::ranges::any_of(others, [&](const PropertyValue& other) {
          return SameMeaning(element, items[i], other);
        });
        if (!found) left.push_back(i);
      }
      return left;
    };
    const std::vector<std::size_t> gone = unmatched(olds, news);
    const std::vector<std::size_t> come = unmatched(news, olds);
    const std::size_t pairs = std::min(gone.size(), come.size());
    for (std::size_t i = 0; i < pairs; ++i) {
      Value(element, olds[gone[i]], news[come[i]], at.Child(come[i]), replace);
    }
    for (std::size_t i = pairs; i < come.size(); ++i) {
      Add(at.Child(come[i]), ChangeKind::kAdd, replace || element.replaces);
    }
    for (std::size_t i = pairs; i < gone.size(); ++i) {
      Add(at.Child(gone[i]), ChangeKind::kDelete, replace || element.replaces);
    }
  }

  void Add(const PropertyPath& path, ChangeKind kind, bool replace) {
    // A set's deletion may name an index at which something new stands: both are then one update.
    const auto [it, inserted] = changes_.try_emplace(path, Change{kind, replace, true});
    if (!inserted) it->second = Change{ChangeKind::kUpdate, it->second.replace || replace, true};
  }

  Changes& changes_;
};

// The bag itself, unless there is something in it that is never compared.
const PropertyMap& Comparable(const PropertyMap& bag, PropertyMap& copy) {
  const auto apart = [](const auto& entry) {
    return IsInternalName(entry.first) || entry.first == kSkipChecksName;
  };
  if (std::ranges::none_of(bag, apart)) return bag;
  copy = bag;
  std::erase_if(copy, apart);
  return copy;
}

}  // namespace

Changes Compare(const schema::ObjectShape& shape, const PropertyMap& olds,
                const PropertyMap& news) {
  Changes changes;
  PropertyMap old_copy, new_copy;
  Comparison(changes).Object(shape, Comparable(olds, old_copy), Comparable(news, new_copy),
                             PropertyPath(), false);
  return changes;
}

}  // namespace palisade::lifecycle
