#include "provider/tls/crypto/key_generation.h"

#include <algorithm>
#include <string>
#include <thread>

#include "provider/tls/crypto/key_parts.h"

namespace palisade::tls {
namespace {

struct Watch {
  std::stop_token cancel;
  const std::function<void()>* on_step;
};

/// OpenSSL asks between two candidates and between two rounds of a primality test; 0 ends it.
int OnCandidate(EVP_PKEY_CTX* context) {
  const auto* watch = static_cast<const Watch*>(EVP_PKEY_CTX_get_app_data(context));
  if (*watch->on_step) (*watch->on_step)();
  return watch->cancel.stop_requested() ? 0 : 1;
}

absl::Status Cancelled() {
  return base::Error(absl::StatusCode::kCancelled, "Making the private key was cancelled.");
}

}  // namespace

absl::Status CheckKeyRequest(const KeyRequest& request) {
  if (request.algorithm != KeyAlgorithm::kRsa) return absl::OkStatus();
  const std::string found = std::to_string(request.rsa_bits);
  if (request.rsa_bits < kMinRsaBits) {
    return base::InvalidArgument("An RSA key of " + found +
                                 " bits is insecure; at least 1024 bits are needed, and 2048 or "
                                 "more are advised.");
  }
  if (request.rsa_bits > kMaxRsaBits) {
    return base::InvalidArgument("An RSA key of " + found +
                                 " bits is longer than 16384 bits, the most that common TLS "
                                 "libraries accept.");
  }
  return absl::OkStatus();
}

unsigned KeyGenerationPlaces() { return std::max(1U, std::thread::hardware_concurrency()); }

absl::StatusOr<PrivateKey> GenerateKey(const KeyRequest& request, base::Semaphore& places,
                                       std::stop_token cancel,
                                       const std::function<void()>& on_step) {
  PALISADE_RETURN_IF_ERROR(CheckKeyRequest(request));
  const base::Semaphore::Place place = places.Acquire(cancel);
  if (!place.held() || cancel.stop_requested()) return Cancelled();

  const char* type = request.algorithm == KeyAlgorithm::kRsa     ? "RSA"
                     : request.algorithm == KeyAlgorithm::kEcdsa ? "EC"
                                                                 : "ED25519";
  const PkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  if (context == nullptr || EVP_PKEY_keygen_init(context.get()) != 1) {
    return OpensslFailure("Making the private key failed.");
  }
  int ready = 1;
  if (request.algorithm == KeyAlgorithm::kRsa) {
    ready = EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), request.rsa_bits);
  } else if (request.algorithm == KeyAlgorithm::kEcdsa) {
    ready = EVP_PKEY_CTX_set_group_name(context.get(), GroupName(request.curve));
  }
  Watch watch{cancel, &on_step};
  EVP_PKEY_CTX_set_app_data(context.get(), &watch);
  EVP_PKEY_CTX_set_cb(context.get(), OnCandidate);
  EVP_PKEY* key = nullptr;
  const bool made = ready == 1 && EVP_PKEY_generate(context.get(), &key) == 1;
  PkeyPtr owned(key);
  if (cancel.stop_requested()) {
    TakeOpensslErrors();
    return Cancelled();
  }
  if (!made) return OpensslFailure("Making the private key failed.");
  return PrivateKey::FromPkey(std::move(owned));
}

}  // namespace palisade::tls
