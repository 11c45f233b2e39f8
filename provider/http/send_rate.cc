#include "provider/http/send_rate.h"

#include <algorithm>
#include <cmath>

namespace palisade::http {
namespace {

constexpr double kBeta = 0.7, kScale = 0.4;
constexpr double kBucketSeconds = 0.5, kSmoothing = 0.8;
constexpr double kLowestFill = 0.5, kLowestCapacity = 1;
constexpr double kAboveMeasured = 2;

}  // namespace

SendRate::SendRate(base::SteadyTime now) : start_(now) {}

double SendRate::SecondsAt(base::SteadyTime now) const {
  return std::chrono::duration<double>(now - start_).count();
}

std::optional<std::chrono::milliseconds> SendRate::Take(base::SteadyTime now) {
  std::lock_guard lock(mutex_);
  if (!limited_) return std::nullopt;
  Refill(SecondsAt(now));
  if (tokens_ >= 1) {
    tokens_ -= 1;
    return std::nullopt;
  }
  return std::chrono::ceil<std::chrono::milliseconds>(
      std::chrono::duration<double>((1 - tokens_) / fill_));
}

void SendRate::Answered(bool throttled, base::SteadyTime now) {
  std::lock_guard lock(mutex_);
  const double seconds = SecondsAt(now);
  Measure(seconds);
  double rate = 0;
  if (throttled) {
    last_maximum_ = limited_ ? std::min(measured_, fill_) : measured_;
    plateau_ = std::cbrt(last_maximum_ * (1 - kBeta) / kScale);
    last_throttled_ = seconds;
    limited_ = true;
    rate = last_maximum_ * kBeta;
  } else if (limited_) {
    rate = kScale * std::pow(seconds - last_throttled_ - plateau_, 3) + last_maximum_;
  } else {
    return;
  }
  SetRate(std::min(rate, kAboveMeasured * measured_), seconds);
}

std::optional<double> SendRate::rate() const {
  std::lock_guard lock(mutex_);
  return limited_ ? std::optional<double>(fill_) : std::nullopt;
}

void SendRate::Measure(double now) {
  count_ += 1;
  const double bucket = std::floor(now / kBucketSeconds) * kBucketSeconds;
  if (bucket <= bucket_) return;
  measured_ = count_ / (bucket - bucket_) * kSmoothing + measured_ * (1 - kSmoothing);
  count_ = 0;
  bucket_ = bucket;
}

void SendRate::SetRate(double rate, double now) {
  Refill(now);
  fill_ = std::max(rate, kLowestFill);
  capacity_ = std::max(rate, kLowestCapacity);
  tokens_ = std::min(tokens_, capacity_);
}

void SendRate::Refill(double now) {
  tokens_ = std::min(capacity_, tokens_ + std::max(0.0, now - filled_at_) * fill_);
  filled_at_ = std::max(filled_at_, now);
}

}  // namespace palisade::http
