#include "provider/lifecycle/compare.h"

#include <algorithm>
#include <string>

#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/normal.h"
#include "provider/lifecycle/replaces.h"
#include "provider/lifecycle/set_difference.h"

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
      // Nothing inside one side can be told from its like on the other, so all of it counts.
      Add(at, ChangeKind::kUpdate,
          replace || Replaces(shape, old_value) || Replaces(shape, new_value));
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
      Whole(shape, old_it->second, path, ChangeKind::kDelete, replace);
    } else if (has && Normal(shape, new_it->second)) {
      Whole(shape, new_it->second, path, ChangeKind::kAdd, replace);
    }
  }

  void List(const PropertyShape& element, const PropertyArray& olds, const PropertyArray& news,
            const PropertyPath& at, bool replace) {
    for (std::size_t i = 0; i < std::max(olds.size(), news.size()); ++i) {
      if (i >= olds.size()) {
        Whole(element, news[i], at.Child(i), ChangeKind::kAdd, replace);
      } else if (i >= news.size()) {
        Whole(element, olds[i], at.Child(i), ChangeKind::kDelete, replace);
      } else {
        Value(element, olds[i], news[i], at.Child(i), replace);
      }
    }
  }

  // What both sides have is no difference wherever it stands, so that a reorder is silent. The rest
  // is told at its own index, where a display looks for the old and for the new value.
  void Set(const PropertyShape& element, const PropertyArray& olds, const PropertyArray& news,
           const PropertyPath& at, bool replace) {
    const auto [gone, come] = DifferenceOfSets(element, olds, news);
    for (std::size_t i = 0; i < std::max(gone.size(), come.size()); ++i) {
      const bool went = i < gone.size() && gone[i];
      const bool came = i < come.size() && come[i];
      if (went && came) {
        Value(element, olds[i], news[i], at.Child(i), replace);
      } else if (went) {
        Whole(element, olds[i], at.Child(i), ChangeKind::kDelete, replace);
      } else if (came) {
        Whole(element, news[i], at.Child(i), ChangeKind::kAdd, replace);
      }
    }
  }

  // A value that is there on one side only.
  void Whole(const PropertyShape& shape, const PropertyValue& value, const PropertyPath& at,
             ChangeKind kind, bool replace) {
    Add(at, kind, replace || shape.replaces || Replaces(shape, value));
  }

  void Add(const PropertyPath& at, ChangeKind kind, bool replace) {
    changes_.emplace(at, Change{kind, replace, true});
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
