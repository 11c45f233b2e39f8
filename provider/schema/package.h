#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/schema/shape.h"

namespace palisade::schema {

/// What the build embeds: texts in read-only memory that live for ever. `fragments` is sorted by
/// token; a resource's fragment carries the nested types that it uses, so that each is parsed
/// alone.
struct Embedded {
  struct Fragment {
    std::string_view token;
    std::string_view json;
  };
  std::string_view name;       ///< "palisade"
  std::string_view version;    ///< "0.1.0"
  std::string_view published;  ///< the merged schema that GetSchema answers
  std::string_view config;     ///< {"config": {"properties", "required"}, "types": {...}}
  std::span<const Fragment> resources, functions;
};

/// Shapes by token, each parsed when it is first asked for. Thread-safe; the cache behind a mutex
/// is one of the provider's mutable shared objects.
class Package {
 public:
  explicit Package(const Embedded& embedded) : embedded_(embedded) {}

  std::string_view name() const { return embedded_.name; }
  std::string_view version() const { return embedded_.version; }
  std::string_view published() const { return embedded_.published; }

  /// NOT_FOUND for a token of no fragment. The pointer lives as long as the package.
  absl::StatusOr<const ResourceShape*> Resource(std::string_view token) const;
  absl::StatusOr<const FunctionShape*> Function(std::string_view token) const;
  /// The provider's own configuration; secret, default and environment as in any shape.
  absl::StatusOr<const ObjectShape*> Config() const;

  std::span<const Embedded::Fragment> resources() const { return embedded_.resources; }
  std::span<const Embedded::Fragment> functions() const { return embedded_.functions; }

 private:
  const Embedded embedded_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::unique_ptr<const ResourceShape>, std::less<>> resources_;
  mutable std::map<std::string, std::unique_ptr<const FunctionShape>, std::less<>> functions_;
  mutable std::unique_ptr<const ObjectShape> config_;
};

}  // namespace palisade::schema
