#include "provider/lifecycle/registry.h"

#include <utility>

namespace palisade::lifecycle {

void Registry::Add(std::span<const resource::ResourceRow> rows) {
  for (const auto& row : rows) resources_.emplace(row.token, row.make());
}

void Registry::Add(std::span<const resource::FunctionRow> rows) {
  for (const auto& row : rows) functions_.emplace(row.token, row.make());
}

void Registry::Add(std::vector<resource::MadeResource> made) {
  for (auto& row : made) resources_.emplace(row.token, std::move(row.handler));
}

void Registry::Add(std::vector<resource::MadeFunction> made) {
  for (auto& row : made) functions_.emplace(row.token, std::move(row.handler));
}

const resource::Resource* Registry::FindResource(std::string_view token) const {
  const auto it = resources_.find(token);
  return it == resources_.end() ? nullptr : it->second.get();
}

const resource::Function* Registry::FindFunction(std::string_view token) const {
  const auto it = functions_.find(token);
  return it == functions_.end() ? nullptr : it->second.get();
}

}  // namespace palisade::lifecycle
