#include "provider/schema/package.h"

#include <algorithm>

#include "provider/base/status.h"
#include "provider/schema/parse.h"

namespace palisade::schema {
namespace {

// Parses outside the lock: two threads may both do it, and the first result stays.
template <typename Shape, typename Parse>
absl::StatusOr<const Shape*> Lookup(
    std::span<const Embedded::Fragment> fragments, std::string_view token, std::mutex& mutex,
    std::map<std::string, std::unique_ptr<const Shape>, std::less<>>& cache, Parse parse) {
  {
    std::lock_guard lock(mutex);
    if (const auto it = cache.find(token); it != cache.end()) return it->second.get();
  }
  const auto fragment = std::ranges::lower_bound(fragments, token, {}, &Embedded::Fragment::token);
  if (fragment == fragments.end() || fragment->token != token) {
    return base::NotFound("there is no \"" + std::string(token) + "\" in this package");
  }
  absl::StatusOr<Shape> shape = parse(fragment->json);
  if (!shape.ok()) return base::Annotate(shape.status(), token);
  std::lock_guard lock(mutex);
  const auto [it, inserted] =
      cache.try_emplace(std::string(token), std::make_unique<const Shape>(*std::move(shape)));
  return it->second.get();
}

}  // namespace

absl::StatusOr<const ResourceShape*> Package::Resource(std::string_view token) const {
  return Lookup(embedded_.resources, token, mutex_, resources_, ParseResource);
}

absl::StatusOr<const FunctionShape*> Package::Function(std::string_view token) const {
  return Lookup(embedded_.functions, token, mutex_, functions_, ParseFunction);
}

absl::StatusOr<const ObjectShape*> Package::Config() const {
  std::lock_guard lock(mutex_);
  if (config_ == nullptr) {
    PALISADE_ASSIGN_OR_RETURN(ObjectShape shape, ParseConfig(embedded_.config));
    config_ = std::make_unique<const ObjectShape>(std::move(shape));
  }
  return config_.get();
}

}  // namespace palisade::schema
