#pragma once

#include <cstdint>
#include <span>

namespace palisade::base {

/// A source of random bytes, so that tests can fix serial numbers. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(std::span<std::uint8_t> bytes) = 0;
};

/// OpenSSL's generator; lives for ever.
Random& SystemRandom();

}  // namespace palisade::base
