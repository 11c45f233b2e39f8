#include "provider/tls/crypto/certificate.h"

#include "provider/tls/crypto/pem.h"

namespace palisade::tls {
namespace {

constexpr std::string_view kLabel = "CERTIFICATE";
constexpr std::size_t kMaxCertificateDer = 1U << 20;

absl::Status Damaged(std::string_view what) {
  TakeOpensslErrors();
  return base::InvalidArgument("The certificate is damaged" + std::string(what) + ".");
}

std::optional<Seconds> ToSeconds(const ASN1_TIME* time) {
  std::tm civil{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &civil) != 1) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(civil.tm_year + 1900),
      std::chrono::month(static_cast<unsigned>(civil.tm_mon + 1)),
      std::chrono::day(static_cast<unsigned>(civil.tm_mday))};
  return std::chrono::sys_days(date) + std::chrono::hours(civil.tm_hour) +
         std::chrono::minutes(civil.tm_min) + std::chrono::seconds(civil.tm_sec);
}

std::optional<std::string> Octets(const ASN1_OCTET_STRING* octets) {
  if (octets == nullptr) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(octets)),
                     static_cast<std::size_t>(ASN1_STRING_length(octets)));
}

/// -1 for "no such extension" is the only failure of X509_get_ext_d2i that is none.
constexpr int kAbsent = -1;

}  // namespace

absl::StatusOr<Certificate> Certificate::Parse(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(const PemBlock block, FirstPemBlock(pem));
  if (block.label != kLabel) {
    return base::InvalidArgument("The PEM block is \"" + block.label +
                                 "\"; expected \"CERTIFICATE\".");
  }
  return FromDer(block.der.Reveal());
}

absl::StatusOr<Certificate> Certificate::FromDer(std::string_view der) {
  if (der.size() > kMaxCertificateDer) {
    return base::InvalidArgument("The certificate is longer than 1 MiB.");
  }
  const unsigned char* at = Data(der);
  X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (x509 == nullptr) return Damaged("");
  if (at != Data(der) + der.size()) {
    return base::InvalidArgument(
        "The PEM block holds more than one certificate or trailing bytes; give each certificate "
        "its own block.");
  }
  const auto not_before = ToSeconds(X509_get0_notBefore(x509.get()));
  const auto not_after = ToSeconds(X509_get0_notAfter(x509.get()));
  if (!not_before.has_value() || !not_after.has_value()) return Damaged(": its validity");

  Certificate parsed;
  parsed.not_before_ = *not_before;
  parsed.not_after_ = *not_after;
  int state = 0;
  const BasicConstraintsPtr constraints(static_cast<BASIC_CONSTRAINTS*>(
      X509_get_ext_d2i(x509.get(), NID_basic_constraints, &state, nullptr)));
  if (constraints == nullptr && state != kAbsent) return Damaged(": its basic constraints");
  if (constraints != nullptr) {
    parsed.is_ca_ = constraints->ca != 0;
    std::int64_t length = 0;
    if (constraints->pathlen != nullptr) {
      if (ASN1_INTEGER_get_int64(&length, constraints->pathlen) != 1 || length < 0 ||
          length > 1'000'000) {
        return Damaged(": its path length");
      }
      parsed.max_path_length_ = static_cast<int>(length);
    }
  }
  parsed.subject_key_id_ = Octets(X509_get0_subject_key_id(x509.get()));
  parsed.authority_key_id_ = Octets(X509_get0_authority_key_id(x509.get()));
  parsed.subject_der_ = ToDer<const X509_NAME*>(i2d_X509_NAME, X509_get_subject_name(x509.get()));
  parsed.issuer_der_ = ToDer<const X509_NAME*>(i2d_X509_NAME, X509_get_issuer_name(x509.get()));
  parsed.der_ = std::string(der);
  parsed.certificate_ = std::shared_ptr<X509>(std::move(x509));
  TakeOpensslErrors();
  return parsed;
}

std::string Certificate::Pem() const { return ToPem(kLabel, der_); }

std::string Certificate::TbsDer() const {
  return ToDer<X509*>(i2d_re_X509_tbs, certificate_.get());
}

std::string Certificate::SerialDecimal() const {
  const BignumPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate_.get()), nullptr));
  char* text = number == nullptr ? nullptr : BN_bn2dec(number.get());
  std::string decimal(text == nullptr ? "" : text);
  OPENSSL_free(text);
  return decimal;
}

absl::StatusOr<PublicKey> Certificate::GetPublicKey() const {
  return PublicKey::FromSpki(
      ToDer<const X509_PUBKEY*>(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(certificate_.get())));
}

std::string Certificate::ExtensionValue(int nid) const {
  const int at = X509_get_ext_by_NID(certificate_.get(), nid, -1);
  if (at < 0) return "";
  return Octets(X509_EXTENSION_get_data(X509_get_ext(certificate_.get(), at))).value_or("");
}

}  // namespace palisade::tls
