#include <algorithm>
#include <charconv>
#include <string>

#include "keys/test.h"
#include "provider/base/status.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// Objects that can be listed, at most three to a page, optionally by the beginning of their name;
/// or at least so many to a page, as some services have it, whatever was asked for.
class Listed final : public Stored {
 public:
  Listed() : Stored("listed") {}

  absl::StatusOr<resource::ListPage> List(Call&,
                                          const resource::ListRequest& request) const override {
    const std::string prefix = value::View(request.query).String(key::kPrefix).value_or("");
    std::vector<resource::ListPage::Item> all;
    for (const auto& [id, object] : World::Instance().All(kind())) {
      const std::string name = value::View(object.inputs).String(key::kTitle).value_or("");
      if (name.starts_with(prefix)) all.push_back({id, name});
    }
    std::size_t first = 0;
    const std::string& token = request.continuation;
    if (!token.empty()) {
      const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), first);
      if (error != std::errc() || end != token.data() + token.size()) {
        return base::InvalidArgument("the continuation token is not one that a page answered");
      }
    }
    const double least = value::View(request.query).Number(key::kLeastPage).value_or(0);
    const std::size_t size =
        std::max(std::clamp<std::size_t>(request.page_size, 1, 3), static_cast<std::size_t>(least));
    resource::ListPage page;
    for (std::size_t i = first; i < std::min(first + size, all.size()); ++i) {
      page.items.push_back(all[i]);
    }
    if (first + size < all.size()) page.continuation = std::to_string(first + size);
    return page;
  }

 protected:
  std::string NewId(Call&, const PropertyMap& inputs) const override {
    return "listed-" + value::View(inputs).String(key::kTitle).value_or("");
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeListed() { return std::make_unique<const Listed>(); }

}  // namespace palisade::behaviour
