#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>

#include "provider/lifecycle/config.h"
#include "provider/lifecycle/provider.h"

namespace palisade::lifecycle {

/// What changes while the provider lives: the configuration, which Configure replaces as a whole,
/// and the stop source, which Cancel replaces. One of the process's three mutable shared objects.
struct Provider::State {
  /// What calls that begin now go by; immutable, so a Configure under way does not disturb them.
  std::shared_ptr<const Configuration> Current() const {
    std::lock_guard lock(mutex);
    return configuration;
  }
  std::stop_token CancelToken() const {
    std::lock_guard lock(mutex);
    return stop.get_token();
  }

  mutable std::mutex mutex;
  std::shared_ptr<const Configuration> configuration = std::make_shared<Configuration>();
  std::stop_source stop;
};

/// A type's shape and behaviour.
struct Provider::Type {
  const schema::ResourceShape& shape;
  const resource::Resource& handler;
};

}  // namespace palisade::lifecycle
