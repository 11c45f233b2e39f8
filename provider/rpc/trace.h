#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "provider/base/clock.h"

namespace palisade::rpc {

/// The caller's span, from W3C trace context.
struct TraceParent {
  std::string trace_id;  ///< 16 bytes
  std::string span_id;   ///< 8 bytes
  std::uint8_t flags = 0;
  std::string state;

  bool sampled() const { return (flags & 1) != 0; }
};

/// Reads `00-<32 hex>-<16 hex>-<2 hex>`, also of later versions; nullopt for anything else and for
/// ids that are all zero.
std::optional<TraceParent> ParseTraceParent(std::string_view header, std::string_view state);

/// One answered call.
struct Span {
  std::string method;
  std::string resource_type;  ///< empty when the call is about none
  std::optional<TraceParent> parent;
  base::Time start, end;
  int code = 0;  ///< gRPC's
  std::string message;
};

/// Where spans go. Thread-safe, never waits.
class SpanSink {
 public:
  virtual ~SpanSink() = default;
  virtual void Record(Span span) = 0;
};

}  // namespace palisade::rpc
