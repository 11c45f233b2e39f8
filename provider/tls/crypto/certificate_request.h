#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/crypto/public_key.h"
#include "provider/tls/crypto/subject.h"

namespace palisade::tls {

/// The attributes in which a request asks for extensions: that of PKCS#9, and Microsoft's.
inline constexpr std::array<int, 2> kExtensionRequests = {NID_ext_req, NID_ms_ext_req};

/// A PKCS#10 certificate signing request. Immutable, cheap to copy.
class CertificateRequest {
 public:
  /// The first PEM block, which has to be `CERTIFICATE REQUEST` (or `NEW CERTIFICATE REQUEST`, as
  /// some tools write). The signature is not looked at: see VerifySignature.
  static absl::StatusOr<CertificateRequest> Parse(std::string_view pem);
  static absl::StatusOr<CertificateRequest> FromDer(std::string_view der);

  /// Makes and signs one: version 0, and no attribute but an extensionRequest with the
  /// alternative names, if there are any. An empty subject is legal.
  static absl::StatusOr<CertificateRequest> Make(const Subject& subject, const AltNames& names,
                                                 const PrivateKey& key);

  const std::string& der() const { return der_; }
  std::string Pem() const;
  /// Lower-case hex SHA-1 of the DER: the resource id.
  std::string Id() const;
  /// The DER CertificationRequestInfo, i.e. what was signed.
  std::string InfoDer() const;
  X509_REQ* x509_request() const { return request_.get(); }

  /// The subject's bytes as the requester wrote them.
  const std::string& subject_der() const { return subject_der_; }
  const PublicKey& public_key() const { return public_key_; }
  /// The requested alternative names; empty if there are none.
  const AltNames& alt_names() const { return alt_names_.names; }
  /// Kinds of alternative names that will not be taken over.
  const std::vector<std::string>& ignored_alt_names() const { return alt_names_.not_expressible; }

  /// INVALID_ARGUMENT if the request is not signed by the key that it carries.
  absl::Status VerifySignature() const;

 private:
  CertificateRequest(std::shared_ptr<X509_REQ> request, PublicKey key)
      : request_(std::move(request)), public_key_(std::move(key)) {}

  std::shared_ptr<X509_REQ> request_;
  PublicKey public_key_;
  std::string der_;
  std::string subject_der_;
  ParsedAltNames alt_names_;
};

}  // namespace palisade::tls
