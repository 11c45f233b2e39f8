#pragma once

#include <functional>
#include <stop_token>

#include "provider/base/semaphore.h"
#include "provider/base/status.h"
#include "provider/tls/crypto/private_key.h"

namespace palisade::tls {

inline constexpr int kMinRsaBits = 1024;
/// OpenSSL verifies no signature of a longer modulus (OPENSSL_RSA_MAX_MODULUS_BITS).
inline constexpr int kMaxRsaBits = 16384;

/// What to make. Only the member that belongs to the algorithm counts.
struct KeyRequest {
  KeyAlgorithm algorithm = KeyAlgorithm::kRsa;
  int rsa_bits = 2048;
  EcCurve curve = EcCurve::kP224;
};

/// INVALID_ARGUMENT with a sentence if an RSA length is out of bounds.
absl::Status CheckKeyRequest(const KeyRequest& request);

/// How many keys a process should make at once: the number of cores, at least 1. The composition
/// root owns the one semaphore of that size.
unsigned KeyGenerationPlaces();

/// Makes a key (RSA with e = 65537). Waits for a place in `places`, and ends with CANCELLED soon
/// after `cancel` is stopped, also in the middle of the search for a prime. `on_step`, if given,
/// is called on this thread several times a second while an RSA key is searched (for status
/// lines). `on_wait`, if given, is called again and again while there is no place and does the
/// waiting, so that it can also look at a time limit. Keys come from OpenSSL's own generator, as no
/// other source is fit for them.
absl::StatusOr<PrivateKey> GenerateKey(const KeyRequest& request, base::Semaphore& places,
                                       std::stop_token cancel,
                                       const std::function<void()>& on_step = {},
                                       const std::function<void()>& on_wait = {});

}  // namespace palisade::tls
