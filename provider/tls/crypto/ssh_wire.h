#pragma once

#include <openssl/bn.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/public_key.h"
#include "provider/tls/crypto/secure_bytes.h"

/// The data types of SSH (RFC 4251 section 5) and the names of its keys.
namespace palisade::tls {

class SshWriter {
 public:
  void Uint32(std::uint32_t value);
  void Raw(std::string_view bytes);
  /// Length and bytes.
  void String(std::string_view bytes);
  /// A non-negative number.
  void Mpint(const BIGNUM* number);
  const SecureBytes& bytes() const { return bytes_; }

 private:
  SecureBytes bytes_;
};

/// Reads from front to back; every answer is nullopt (or nullptr) once the bytes do not suffice.
class SshReader {
 public:
  explicit SshReader(std::string_view bytes) : rest_(bytes) {}
  std::optional<std::uint32_t> Uint32();
  std::optional<std::string_view> String();
  /// A positive number of at most 16384 bits; nullptr otherwise.
  BignumPtr Mpint();
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// `nistp256` …; "" for P224, which SSH does not know.
std::string_view SshCurveName(EcCurve curve);
/// `ssh-rsa`, `ecdsa-sha2-nistp256` …, `ssh-ed25519`; "" for P224.
std::string SshKeyType(KeyAlgorithm algorithm, std::optional<EcCurve> curve);

}  // namespace palisade::tls
