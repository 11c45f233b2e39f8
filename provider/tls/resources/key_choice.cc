#include "provider/tls/resources/key_choice.h"

#include <array>
#include <cctype>
#include <limits>
#include <string>
#include <utility>

#include "provider/base/status.h"
#include "provider/tls/resources/diff_rules.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr std::int64_t kUsualRsaBits = 2048;
constexpr EcCurve kUsualCurve = EcCurve::kP224;

// Other names under which the same thing goes, lower-case, letters and digits only.
using Alias = std::pair<std::string_view, std::string_view>;
constexpr auto kAlgorithms = std::to_array<Alias>(
    {{"rsa", "RSA"}, {"ecdsa", "ECDSA"}, {"ec", "ECDSA"}, {"ed25519", "ED25519"}});
constexpr auto kCurves = std::to_array<Alias>({
    {"p224", "P224"},
    {"nistp224", "P224"},
    {"secp224r1", "P224"},
    {"p256", "P256"},
    {"nistp256", "P256"},
    {"secp256r1", "P256"},
    {"prime256v1", "P256"},
    {"p384", "P384"},
    {"nistp384", "P384"},
    {"secp384r1", "P384"},
    {"p521", "P521"},
    {"nistp521", "P521"},
    {"secp521r1", "P521"},
});

template <std::size_t kSize>
std::string DidYouMean(std::string_view given, const std::array<Alias, kSize>& aliases) {
  std::string plain;
  for (const char c : given) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte)) plain += static_cast<char>(std::tolower(byte));
  }
  for (const auto& [alias, meant] : aliases) {
    if (alias == plain) {
      return "; did you mean \"" + std::string(meant) + "\"?";
    }
  }
  return "";
}

// What was found, unless it is so long that it must be something else: a key, say.
std::string Found(std::string_view text) {
  if (text.size() > 32) return "found a text of " + std::to_string(text.size()) + " bytes";
  return "found \"" + std::string(text) + "\"";
}

std::optional<KeyAlgorithm> AlgorithmOf(const PropertyMap& inputs) {
  const auto text = TextOf(inputs, names::kAlgorithm);
  return text ? KeyAlgorithmNamed(*text) : std::nullopt;
}

void CheckRsaBits(const PropertyMap& inputs, resource::Findings& findings) {
  const value::View view(inputs);
  if (!view.Has(names::kRsaBits)) return;
  const auto bits = view.Integer(names::kRsaBits);
  if (!bits) return;
  const PropertyPath path(names::kRsaBits);
  if (*bits < kMinRsaBits || *bits > kMaxRsaBits) {
    findings.Fail(path, "tls.rsa-bits",
                  "found " + std::to_string(*bits) + " bits; an RSA key has from " +
                      std::to_string(kMinRsaBits) + " to " + std::to_string(kMaxRsaBits) +
                      ", and 2048 to 4096 are usual");
  } else if (*bits < kUsualRsaBits) {
    findings.Warn(path, "tls.weak-rsa",
                  "an RSA key of " + std::to_string(*bits) +
                      " bits is weak, and much software refuses it; use 2048 or more");
  }
}

void CheckCurve(const PropertyMap& inputs, resource::Findings& findings) {
  if (value::View(inputs).Has(names::kEcdsaCurve)) return;
  findings.Warn(PropertyPath(names::kEcdsaCurve), "tls.p224",
                "no curve is given, so the key is on P224, which browsers, TLS 1.3 and OpenSSH do "
                "not take; set ecdsaCurve, to P256 if in doubt");
}

// Whether the object's algorithm is known to be another one than `algorithm`.
bool IsOther(const PropertyMap& inputs, KeyAlgorithm algorithm) {
  const auto found = AlgorithmOf(inputs);
  return found && *found != algorithm;
}

}  // namespace

void CheckChoice(const PropertyMap& inputs, resource::Findings& findings) {
  const auto algorithm = TextOf(inputs, names::kAlgorithm);
  if (algorithm && !KeyAlgorithmNamed(*algorithm)) {
    findings.Fail(PropertyPath(names::kAlgorithm), "enum",
                  Found(*algorithm) + "; expected RSA, ECDSA or ED25519" +
                      DidYouMean(*algorithm, kAlgorithms));
  }
  const auto curve = TextOf(inputs, names::kEcdsaCurve);
  if (curve && !EcCurveNamed(*curve)) {
    findings.Fail(
        PropertyPath(names::kEcdsaCurve), "enum",
        Found(*curve) + "; expected P224, P256, P384 or P521" + DidYouMean(*curve, kCurves));
  }
  if (AlgorithmOf(inputs) == KeyAlgorithm::kRsa) CheckRsaBits(inputs, findings);
  if (AlgorithmOf(inputs) == KeyAlgorithm::kEcdsa) CheckCurve(inputs, findings);
}

absl::StatusOr<KeyRequest> ChoiceOf(const PropertyMap& inputs) {
  const auto algorithm = AlgorithmOf(inputs);
  if (!algorithm) return base::InvalidArgument("algorithm: expected RSA, ECDSA or ED25519");
  KeyRequest request{.algorithm = *algorithm, .rsa_bits = kUsualRsaBits, .curve = kUsualCurve};
  const value::View view(inputs);
  if (*algorithm == KeyAlgorithm::kRsa && view.Has(names::kRsaBits)) {
    const auto bits = view.Integer(names::kRsaBits);
    if (!bits || *bits < 0 || *bits > std::numeric_limits<int>::max()) {
      return base::InvalidArgument("rsaBits: expected a whole number of bits");
    }
    request.rsa_bits = static_cast<int>(*bits);
  }
  if (*algorithm == KeyAlgorithm::kEcdsa && view.Has(names::kEcdsaCurve)) {
    const auto curve = TextOf(inputs, names::kEcdsaCurve);
    const auto named = curve ? EcCurveNamed(*curve) : std::nullopt;
    if (!named) return base::InvalidArgument("ecdsaCurve: expected P224, P256, P384 or P521");
    request.curve = *named;
  }
  return request;
}

void ForgetOtherAlgorithms(const resource::DiffRequest& request, resource::Changes& changes) {
  if (IsOther(request.new_inputs, KeyAlgorithm::kRsa) &&
      IsOther(request.old_inputs, KeyAlgorithm::kRsa)) {
    Forget(changes, names::kRsaBits);
  }
  if (IsOther(request.new_inputs, KeyAlgorithm::kEcdsa) &&
      IsOther(request.old_inputs, KeyAlgorithm::kEcdsa)) {
    Forget(changes, names::kEcdsaCurve);
  }
}

PropertyMap PreviewChoice(const PropertyMap& inputs) {
  PropertyMap outputs;
  const auto algorithm = AlgorithmOf(inputs);
  if (!algorithm) return outputs;
  // Null says that there will be none; what is left out may still come.
  const bool is_rsa = *algorithm == KeyAlgorithm::kRsa;
  const bool is_ecdsa = *algorithm == KeyAlgorithm::kEcdsa;
  using value::PropertyValue;
  PutEffective(inputs, names::kRsaBits,
               is_rsa ? PropertyValue(static_cast<double>(kUsualRsaBits)) : PropertyValue(),
               outputs);
  PutEffective(inputs, names::kEcdsaCurve,
               is_ecdsa ? PropertyValue(Name(kUsualCurve)) : PropertyValue(), outputs);
  return outputs;
}

PropertyMap ChoiceFor(const PublicKey& key) {
  PropertyMap choice;
  choice[names::kAlgorithm] = Name(key.algorithm());
  if (key.rsa_bits() > 0) choice[names::kRsaBits] = key.rsa_bits();
  if (key.curve()) choice[names::kEcdsaCurve] = Name(*key.curve());
  return choice;
}

void PutPublicKey(const PublicKey& key, PropertyMap& outputs) {
  outputs[names::kPublicKeyPem] = key.Pem();
  outputs[names::kPublicKeyOpenssh] = key.OpensshLine();
  outputs[names::kPublicKeyFingerprintMd5] = key.FingerprintMd5();
  outputs[names::kPublicKeyFingerprintSha256] = key.FingerprintSha256();
}

}  // namespace palisade::tls
