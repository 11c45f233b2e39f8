#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "provider/base/clock.h"

namespace palisade::http {

/// libcurl's handles between two requests. With a handle goes a resolver, whose tables of 74 KB are
/// written and whose files (resolv.conf, hosts) are read when it is made: more work than signing
/// and sending the request. Thread-safe.
class HandlePool {
 public:
  /// `clock` outlives the pool.
  explicit HandlePool(const base::Clock& clock) : clock_(clock) {}
  HandlePool(const HandlePool&) = delete;
  HandlePool& operator=(const HandlePool&) = delete;
  /// Every handle has been given back.
  ~HandlePool();

 private:
  struct Entry {
    CURL* handle;
    base::SteadyTime made;
  };
  struct GiveBack {
    HandlePool* pool;
    base::SteadyTime made;
    void operator()(CURL* handle) const { pool->Return({handle, made}); }
  };

 public:
  /// Belongs to one request; goes back by itself, and must have left libcurl's multi by then.
  using Handle = std::unique_ptr<CURL, GiveBack>;

  /// With libcurl's defaults for every option; null where there is no memory.
  Handle Take();
  /// How many wait for a request.
  std::size_t waiting() const;

 private:
  void Return(Entry entry);

  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::vector<Entry> free_;
};

}  // namespace palisade::http
