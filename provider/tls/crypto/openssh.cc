#include "provider/tls/crypto/openssh.h"

#include <array>

#include "provider/tls/crypto/key_parts.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/ssh_wire.h"

namespace palisade::tls {
namespace {

constexpr std::string_view kMagic("openssh-key-v1\0", 15);
constexpr std::string_view kLabel = "OPENSSH PRIVATE KEY";
/// "none" still pads to blocks of 8.
constexpr std::size_t kBlockSize = 8;

absl::Status Damaged() {
  return base::InvalidArgument(
      "The OpenSSH private key is damaged or of a kind that is not supported (RSA, ECDSA on "
      "nistp256, nistp384 or nistp521, and ED25519 are; keys on a security token are not).");
}

/// The members of the private section between key type and comment.
bool WriteMembers(const PrivateKey& key, SshWriter& out) {
  EVP_PKEY* pkey = key.pkey();
  switch (key.algorithm()) {
    case KeyAlgorithm::kRsa:
      for (const char* name : {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D,
                               OSSL_PKEY_PARAM_RSA_COEFFICIENT1, OSSL_PKEY_PARAM_RSA_FACTOR1,
                               OSSL_PKEY_PARAM_RSA_FACTOR2}) {
        const BignumPtr number = KeyNumber(pkey, name);
        if (number == nullptr) return false;
        out.Mpint(number.get());
      }
      return true;
    case KeyAlgorithm::kEcdsa: {
      const BignumPtr scalar = KeyNumber(pkey, OSSL_PKEY_PARAM_PRIV_KEY);
      if (scalar == nullptr) return false;
      // The public wire form without its first string, the key type: curve and point.
      const std::string wire = key.public_key().SshWire();
      SshReader reader(wire);
      reader.String();
      out.Raw(reader.rest());
      out.Mpint(scalar.get());
      return true;
    }
    case KeyAlgorithm::kEd25519: {
      SecureBytes seed_and_public(64);
      std::size_t seed = 32;
      std::size_t pub = 32;
      if (EVP_PKEY_get_raw_private_key(pkey, seed_and_public.data(), &seed) != 1 ||
          EVP_PKEY_get_raw_public_key(pkey, seed_and_public.data() + 32, &pub) != 1) {
        return false;
      }
      out.String(View(seed_and_public).substr(32));
      out.String(View(seed_and_public));
      return true;
    }
  }
  return false;
}

PkeyPtr ReadRsa(SshReader& in) {
  const BignumPtr n = in.Mpint();
  const BignumPtr e = in.Mpint();
  const BignumPtr d = in.Mpint();
  const BignumPtr iqmp = in.Mpint();
  const BignumPtr p = in.Mpint();
  const BignumPtr q = in.Mpint();
  if (n == nullptr || e == nullptr || d == nullptr || iqmp == nullptr || p == nullptr ||
      q == nullptr) {
    return nullptr;
  }
  return RsaKeyFromPrimes(n.get(), e.get(), d.get(), p.get(), q.get());
}

PkeyPtr ReadEcdsa(SshReader& in) {
  const auto curve_name = in.String();
  const auto point = in.String();
  const BignumPtr scalar = in.Mpint();
  if (!curve_name.has_value() || !point.has_value() || scalar == nullptr) return nullptr;
  for (const EcCurve curve : {EcCurve::kP256, EcCurve::kP384, EcCurve::kP521}) {
    if (SshCurveName(curve) == *curve_name) return EcKeyFromScalar(curve, scalar.get());
  }
  return nullptr;
}

PkeyPtr ReadEd25519(SshReader& in) {
  const auto pub = in.String();
  const auto seed_and_public = in.String();
  if (!pub.has_value() || !seed_and_public.has_value() || seed_and_public->size() != 64) {
    return nullptr;
  }
  return PkeyPtr(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Data(*seed_and_public), 32));
}

PkeyPtr ReadMembers(std::string_view type, SshReader& in) {
  if (type == "ssh-rsa") return ReadRsa(in);
  if (type == "ssh-ed25519") return ReadEd25519(in);
  if (type.starts_with("ecdsa-sha2-nistp")) return ReadEcdsa(in);
  return nullptr;
}

}  // namespace

absl::StatusOr<base::Redacted> WriteOpensshKey(const PrivateKey& key, base::Random& random) {
  const PublicKey& pub = key.public_key();
  const std::string type = SshKeyType(pub.algorithm(), pub.curve());
  if (type.empty()) return base::Redacted();

  std::array<std::uint8_t, 4> check{};
  random.Fill(check);
  SshWriter secret;
  for (int i = 0; i < 2; ++i) {
    secret.Raw({reinterpret_cast<const char*>(check.data()), check.size()});
  }
  secret.String(type);
  if (!WriteMembers(key, secret)) {
    return OpensslFailure("The private key could not be written in OpenSSH's format.");
  }
  secret.String("");  // The comment.
  for (char pad = 1; secret.bytes().size() % kBlockSize != 0; ++pad) secret.Raw({&pad, 1});

  SshWriter file;
  file.Raw(kMagic);
  file.String("none");  // Cipher, its key derivation and that one's options.
  file.String("none");
  file.String("");
  file.Uint32(1);
  file.String(pub.SshWire());
  file.String(View(secret.bytes()));
  return ToSecretPem(kLabel, View(file.bytes()));
}

absl::StatusOr<PkeyPtr> ReadOpensshKey(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(const PemBlock block, FirstPemBlock(pem));
  if (block.label != kLabel) {
    return base::InvalidArgument("The PEM block is \"" + block.label +
                                 "\"; expected \"OPENSSH PRIVATE KEY\". Other private keys go into "
                                 "privateKeyPem.");
  }
  const std::string_view all = block.der.Reveal();
  if (!all.starts_with(kMagic)) return Damaged();
  SshReader file(all.substr(kMagic.size()));
  const auto cipher = file.String();
  const auto derivation = file.String();
  const auto options = file.String();
  const auto count = file.Uint32();
  const auto public_key = file.String();
  const auto section = file.String();
  if (!section.has_value() || !public_key.has_value() || count != 1U || !options.has_value()) {
    return Damaged();
  }
  if (cipher != "none" || derivation != "none") {
    return base::InvalidArgument(
        "The OpenSSH private key is encrypted, and there is no way to give its passphrase. Remove "
        "it first (ssh-keygen -p -N \"\" -f key) and keep the result as a secret.");
  }
  SshReader members(*section);
  const auto first = members.Uint32();
  const auto second = members.Uint32();
  const auto type = members.String();
  if (!first.has_value() || first != second || !type.has_value()) return Damaged();
  PkeyPtr key = ReadMembers(*type, members);
  TakeOpensslErrors();
  if (key == nullptr) return Damaged();
  return key;
}

}  // namespace palisade::tls
