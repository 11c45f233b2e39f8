#include "provider/tls/crypto/key_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/der_reader.h"

namespace palisade::tls {
namespace {

using std::string_view_literals::operator""sv;

// The contents of OBJECT IDENTIFIERs (RFC 8017 A.1, RFC 5480 2.1, RFC 8410 3).
constexpr std::string_view kRsaOid = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;
constexpr std::string_view kEcOid = "\x2a\x86\x48\xce\x3d\x02\x01"sv;
constexpr std::string_view kEd25519Oid = "\x2b\x65\x70"sv;
constexpr std::size_t kEd25519Size = 32;

struct CurveForm {
  EcCurve curve;
  std::string_view oid;
  std::size_t size;  // of a coordinate; the orders of these curves are as long
};
constexpr std::array<CurveForm, 4> kCurves = {{
    {EcCurve::kP224, "\x2b\x81\x04\x00\x21"sv, 28},
    {EcCurve::kP256, "\x2a\x86\x48\xce\x3d\x03\x01\x07"sv, 32},
    {EcCurve::kP384, "\x2b\x81\x04\x00\x22"sv, 48},
    {EcCurve::kP521, "\x2b\x81\x04\x00\x23"sv, 66},
}};

const CurveForm* CurveOfOid(std::optional<std::string_view> oid) {
  const auto* found = std::find_if(kCurves.begin(), kCurves.end(),
                                   [&](const auto& form) { return form.oid == oid; });
  return found == kCurves.end() ? nullptr : found;
}

bool IsPoint(const CurveForm& form, std::string_view bytes) {
  if (bytes.empty()) return false;
  if (bytes[0] == 4) return bytes.size() == 1 + 2 * form.size;
  return (bytes[0] == 2 || bytes[0] == 3) && bytes.size() == 1 + form.size;
}

/// An AlgorithmIdentifier in the form that the kind's own standard demands.
struct Algorithm {
  KeyAlgorithm kind;
  const CurveForm* curve = nullptr;
};
std::optional<Algorithm> TakeAlgorithm(der::Reader& in) {
  const auto content = in.Take(der::kSequence);
  if (!content) return std::nullopt;
  der::Reader reader(*content);
  const auto oid = reader.Take(der::kObjectIdentifier);
  std::optional<Algorithm> algorithm;
  if (oid == kRsaOid) {
    const auto null = reader.Take(der::kNull);
    if (null && null->empty()) algorithm = Algorithm{KeyAlgorithm::kRsa};
  } else if (oid == kEcOid) {
    const CurveForm* curve = CurveOfOid(reader.Take(der::kObjectIdentifier));
    if (curve != nullptr) algorithm = Algorithm{KeyAlgorithm::kEcdsa, curve};
  } else if (oid == kEd25519Oid) {
    algorithm = Algorithm{KeyAlgorithm::kEd25519};
  }
  return reader.AtEnd() ? algorithm : std::nullopt;
}

/// Takes the numbers in order; none of them may be zero.
template <typename... Numbers>
bool TakeNumbers(der::Reader& in, Numbers&... numbers) {
  const auto take = [&in](std::string_view& number) {
    const auto taken = in.TakeUnsigned();
    number = taken.value_or("");
    return !number.empty();
  };
  return (take(numbers) && ...) && in.AtEnd();
}

/// RFC 8017 A.1.2, two primes.
std::optional<SecretNumbers> ReadPkcs1(std::string_view der) {
  const auto content = der::Only(der::kSequence, der);
  if (!content) return std::nullopt;
  der::Reader in(*content);
  const auto version = in.TakeUnsigned();
  RsaSecret key;
  const bool read =
      version == "" && TakeNumbers(in, key.n, key.e, key.d, key.p, key.q, key.dp, key.dq, key.qinv);
  return read ? std::optional<SecretNumbers>(key) : std::nullopt;
}

/// RFC 5915 3. `outer` is the curve that a PKCS#8 around it names.
std::optional<SecretNumbers> ReadSec1(std::string_view der, const CurveForm* outer) {
  const auto content = der::Only(der::kSequence, der);
  if (!content) return std::nullopt;
  der::Reader in(*content);
  if (in.TakeUnsigned() != "\x01") return std::nullopt;
  const auto scalar = in.Take(der::kOctetString);
  const CurveForm* curve = outer;
  if (in.IsNext(der::kExplicit0)) {
    const auto parameters = in.Take(der::kExplicit0);
    curve = parameters ? CurveOfOid(der::Only(der::kObjectIdentifier, *parameters)) : nullptr;
    if (outer != nullptr && curve != outer) return std::nullopt;
  }
  if (curve == nullptr || !scalar || scalar->size() != curve->size) return std::nullopt;
  EcSecret key{curve->curve, *scalar, ""};
  if (in.IsNext(der::kExplicit1)) {
    const auto wrapped = in.Take(der::kExplicit1);
    if (!wrapped) return std::nullopt;
    der::Reader bits(*wrapped);
    key.point = bits.TakeBitString().value_or("");
    if (!bits.AtEnd() || !IsPoint(*curve, key.point)) return std::nullopt;
  }
  return in.AtEnd() ? std::optional<SecretNumbers>(key) : std::nullopt;
}

std::optional<SecretNumbers> ReadEd25519(std::string_view der) {
  const auto seed = der::Only(der::kOctetString, der);
  if (!seed || seed->size() != kEd25519Size) return std::nullopt;
  return Ed25519Secret{*seed};
}

/// Passes over what may stand behind the key in RFC 5958 2: attributes, which mean nothing here,
/// and from version 1 on the public key, which the private one gives anyway. It replaces its tag by
/// [1]; older versions of ring put [1] around it.
bool PassExtras(der::Reader& in, bool may_have_public_key) {
  if (in.IsNext(der::kExplicit0) && !in.Take(der::kExplicit0)) return false;
  if (may_have_public_key && in.IsNext(der::kImplicit1)) {
    const auto bits = in.Take(der::kImplicit1);
    return bits && bits->starts_with('\0') && in.AtEnd();
  }
  if (may_have_public_key && in.IsNext(der::kExplicit1)) {
    const auto wrapped = in.Take(der::kExplicit1);
    if (!wrapped) return false;
    der::Reader bits(*wrapped);
    return bits.TakeBitString() && bits.AtEnd() && in.AtEnd();
  }
  return in.AtEnd();
}

/// RFC 5208 5 (version 0) and RFC 5958 2 (version 1).
std::optional<SecretNumbers> ReadPkcs8(std::string_view der) {
  const auto content = der::Only(der::kSequence, der);
  if (!content) return std::nullopt;
  der::Reader in(*content);
  const auto version = in.TakeUnsigned();
  if (version != "" && version != "\x01") return std::nullopt;
  const auto algorithm = TakeAlgorithm(in);
  const auto key = in.Take(der::kOctetString);
  if (!algorithm || !key || !PassExtras(in, version == "\x01")) return std::nullopt;
  switch (algorithm->kind) {
    case KeyAlgorithm::kRsa:
      return ReadPkcs1(*key);
    case KeyAlgorithm::kEcdsa:
      return ReadSec1(*key, algorithm->curve);
    case KeyAlgorithm::kEd25519:
      return ReadEd25519(*key);
  }
  return std::nullopt;
}

std::optional<PublicNumbers> ReadRsaPublic(std::string_view der) {
  const auto content = der::Only(der::kSequence, der);
  if (!content) return std::nullopt;
  der::Reader in(*content);
  RsaPublic key;
  return TakeNumbers(in, key.n, key.e) ? std::optional<PublicNumbers>(key) : std::nullopt;
}

struct SpkiWriter {
  std::string operator()(const RsaPublic& key) const {
    return Wrap(kRsaOid, der::Element(der::kNull, ""),
                der::Sequence(der::Unsigned(key.n) + der::Unsigned(key.e)));
  }
  std::string operator()(const EcPublic& key) const {
    for (const CurveForm& form : kCurves) {
      if (form.curve != key.curve) continue;
      return Wrap(kEcOid, der::Element(der::kObjectIdentifier, form.oid), key.point);
    }
    return "";
  }
  std::string operator()(const Ed25519Public& key) const {
    return Wrap(kEd25519Oid, "", key.bytes);
  }

 private:
  static std::string Wrap(std::string_view oid, std::string_view parameters, std::string_view key) {
    const std::string algorithm = der::Element(der::kObjectIdentifier, oid).append(parameters);
    return der::Sequence(der::Sequence(algorithm) + der::BitString(key));
  }
};

}  // namespace

std::optional<SecretNumbers> ReadSecretNumbers(std::string_view label, std::string_view der) {
  if (label == "RSA PRIVATE KEY") return ReadPkcs1(der);
  if (label == "EC PRIVATE KEY") return ReadSec1(der, nullptr);
  if (label == "PRIVATE KEY") return ReadPkcs8(der);
  return std::nullopt;
}

std::optional<PublicNumbers> ReadSpki(std::string_view der) {
  const auto content = der::Only(der::kSequence, der);
  if (!content) return std::nullopt;
  der::Reader in(*content);
  const auto algorithm = TakeAlgorithm(in);
  const auto key = in.TakeBitString();
  if (!algorithm || !key || !in.AtEnd()) return std::nullopt;
  switch (algorithm->kind) {
    case KeyAlgorithm::kRsa:
      return ReadRsaPublic(*key);
    case KeyAlgorithm::kEcdsa:
      if (!IsPoint(*algorithm->curve, *key)) return std::nullopt;
      return EcPublic{algorithm->curve->curve, *key};
    case KeyAlgorithm::kEd25519:
      if (key->size() != kEd25519Size) return std::nullopt;
      return Ed25519Public{*key};
  }
  return std::nullopt;
}

std::string WriteSpki(const PublicNumbers& numbers) { return std::visit(SpkiWriter(), numbers); }

}  // namespace palisade::tls
