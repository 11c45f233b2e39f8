#include "provider/http/transport.h"

#include "absl/strings/cord.h"
#include "provider/base/status.h"

namespace palisade::http {
namespace {

constexpr char kNotSentUrl[] = "palisade/http/not-sent";

}  // namespace

Delivery DeliveryOf(const absl::Status& status) {
  return status.GetPayload(kNotSentUrl) ? Delivery::kNotSent : Delivery::kUnclear;
}

absl::Status NotSent(absl::Status status) {
  if (!status.ok()) status.SetPayload(kNotSentUrl, absl::Cord());
  return status;
}

}  // namespace palisade::http
