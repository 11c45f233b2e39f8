#include "provider/tls/crypto/key_generation.h"

#include <openssl/rsa.h>

#include <algorithm>
#include <memory>
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

int OnBignumCandidate(int, int, BN_GENCB* callback) {
  const auto* watch = static_cast<const Watch*>(BN_GENCB_get_arg(callback));
  if (*watch->on_step) (*watch->on_step)();
  return watch->cancel.stop_requested() ? 0 : 1;
}

using GencbPtr = std::unique_ptr<BN_GENCB, OpensslFree<BN_GENCB_free>>;

/// A prime of exactly `bits` bits whose predecessor has no factor in common with `e`; nullptr when
/// cancelled. Its two highest bits are set, so that a product of two has as many bits as both.
BignumPtr FindPrime(int bits, const BIGNUM* e, BN_GENCB* callback, BN_CTX* context) {
  BignumPtr prime(BN_secure_new());
  const BignumPtr less_one(BN_secure_new());
  const BignumPtr common(BN_secure_new());
  do {
    if (BN_generate_prime_ex2(prime.get(), bits, 0, nullptr, nullptr, callback, context) != 1 ||
        BN_sub(less_one.get(), prime.get(), BN_value_one()) != 1 ||
        BN_gcd(common.get(), less_one.get(), e, context) != 1) {
      return nullptr;
    }
  } while (!BN_is_one(common.get()));
  return prime;
}

/// OpenSSL 3 makes keys of 2048 bits and more from two primes of bits / 2, rounded down, so that
/// 2049 gives 2048. An odd length is made here, from primes whose lengths differ by one.
PkeyPtr MakeOddRsaKey(int bits, Watch& watch) {
  const BnCtxPtr context(BN_CTX_secure_new());
  const GencbPtr callback(BN_GENCB_new());
  BN_GENCB_set(callback.get(), OnBignumCandidate, &watch);
  const BignumPtr e(BN_new());
  BN_set_word(e.get(), RSA_F4);
  const BignumPtr p = FindPrime(bits / 2 + 1, e.get(), callback.get(), context.get());
  if (p == nullptr) return nullptr;
  const BignumPtr q = FindPrime(bits / 2, e.get(), callback.get(), context.get());
  if (q == nullptr) return nullptr;
  const BignumPtr n(BN_secure_new());
  const BignumPtr p1(BN_secure_new());
  const BignumPtr q1(BN_secure_new());
  const BignumPtr phi(BN_secure_new());
  const BignumPtr d(BN_secure_new());
  if (BN_mul(n.get(), p.get(), q.get(), context.get()) != 1 ||
      BN_sub(p1.get(), p.get(), BN_value_one()) != 1 ||
      BN_sub(q1.get(), q.get(), BN_value_one()) != 1 ||
      BN_mul(phi.get(), p1.get(), q1.get(), context.get()) != 1) {
    return nullptr;
  }
  // Constant time, as phi is as secret as the key.
  BN_set_flags(phi.get(), BN_FLG_CONSTTIME);
  if (BN_mod_inverse(d.get(), e.get(), phi.get(), context.get()) == nullptr) return nullptr;
  return RsaKeyFromPrimes(n.get(), e.get(), d.get(), p.get(), q.get());
}

absl::Status Cancelled() {
  return base::Error(absl::StatusCode::kCancelled, "Making the private key was cancelled.");
}

absl::StatusOr<PrivateKey> Make(const KeyRequest& request, std::stop_token cancel,
                                const std::function<void()>& on_step) {
  Watch watch{cancel, &on_step};
  if (request.algorithm == KeyAlgorithm::kRsa && request.rsa_bits > 2048 &&
      request.rsa_bits % 2 != 0) {
    PkeyPtr key = MakeOddRsaKey(request.rsa_bits, watch);
    if (cancel.stop_requested()) {
      TakeOpensslErrors();
      return Cancelled();
    }
    if (key == nullptr) return OpensslFailure("Making the private key failed.");
    return PrivateKey::FromPkey(std::move(key));
  }
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

/// Takes a place only if there is one right now: a wait that is over before it begins.
base::Semaphore::Place AcquireAtOnce(base::Semaphore& places) {
  std::stop_source over;
  over.request_stop();
  return places.Acquire(over.get_token());
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
                                       std::stop_token cancel, const std::function<void()>& on_step,
                                       const std::function<void()>& on_wait) {
  PALISADE_RETURN_IF_ERROR(CheckKeyRequest(request));
  while (!cancel.stop_requested()) {
    const base::Semaphore::Place place = on_wait ? AcquireAtOnce(places) : places.Acquire(cancel);
    if (place.held()) return Make(request, cancel, on_step);
    if (on_wait) on_wait();
  }
  return Cancelled();
}

}  // namespace palisade::tls
