#pragma once

#include <string>

#include "gtest/gtest.h"
#include "provider/tls/crypto/issuance.h"
#include "provider/tls/crypto/key_generation.h"

/// Shared by this room's tests: keys and certificates that are made on the spot.
namespace palisade::tls {

inline PrivateKey MakeKey(KeyAlgorithm algorithm, EcCurve curve = EcCurve::kP256) {
  base::Semaphore places(1);
  return *GenerateKey({algorithm, 2048, curve}, places, {});
}

inline CertificateOptions TestOptions(bool is_ca = false) {
  return {.serial = *SerialNumber::FromDecimal("4711"),
          .not_before = *ParseTime("2025-03-04T05:06:07Z"),
          .validity_hours = 8760,
          .allowed_uses = {is_ca ? "cert_signing" : "server_auth"},
          .is_ca = is_ca,
          .max_path_length = std::nullopt,
          .set_subject_key_id = is_ca};
}

inline Subject NamedSubject(std::string common_name) {
  Subject subject;
  subject.common_name = std::move(common_name);
  return subject;
}

inline Certificate MakeCa(const PrivateKey& key) {
  return *MakeSelfSigned({.options = TestOptions(true),
                          .subject = NamedSubject("Root CA"),
                          .alt_names = {},
                          .set_authority_key_id = false},
                         key);
}

}  // namespace palisade::tls
