#include "provider/tls/resources/key_outputs.h"

#include <algorithm>
#include <array>
#include <string>

#include "provider/base/status.h"
#include "provider/tls/crypto/digest.h"
#include "provider/tls/resources/key_choice.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr auto kForms = std::to_array<const char*>(
    {names::kPrivateKeyPem, names::kPrivateKeyPemPkcs8, names::kPrivateKeyOpenssh,
     names::kPublicKeyPem, names::kPublicKeyOpenssh, names::kPublicKeyFingerprintMd5,
     names::kPublicKeyFingerprintSha256});

// Check words that are always the same for a key. They only tell OpenSSH whether a passphrase was
// right, so they need not be secret: a hash of the public key will do.
class WordsOfKey final : public base::Random {
 public:
  explicit WordsOfKey(const PublicKey& key) : words_(Digest(EVP_sha256(), key.spki_der())) {}
  void Fill(std::span<std::uint8_t> bytes) override {
    std::size_t next = 0;
    for (std::uint8_t& byte : bytes) {
      byte = words_.empty() ? 0 : static_cast<std::uint8_t>(words_[next++ % words_.size()]);
    }
  }

 private:
  const std::string words_;
};

}  // namespace

absl::StatusOr<PropertyMap> KeyOutputs(const PrivateKey& key, base::Random& random) {
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted pem, key.Pem());
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted pkcs8, key.Pkcs8Pem());
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted openssh, key.OpensshPem(random));
  PropertyMap outputs = ChoiceFor(key.public_key());
  outputs[names::kPrivateKeyPem] = pem.Reveal();
  outputs[names::kPrivateKeyPemPkcs8] = pkcs8.Reveal();
  outputs[names::kPrivateKeyOpenssh] = openssh.Reveal();
  PutPublicKey(key.public_key(), outputs);
  return outputs;
}

PropertyMap KeyForms(const PropertyMap& outputs) {
  PropertyMap forms;
  for (const char* name : kForms) {
    if (const auto it = outputs.find(name); it != outputs.end()) forms.insert(*it);
  }
  return forms;
}

void CompleteKeyOutputs(PropertyMap& outputs) {
  const value::View view(outputs);
  if (std::ranges::all_of(kForms, [&view](const char* name) { return view.Has(name); })) return;
  const auto pem = TextOf(outputs, names::kPrivateKeyPem);
  if (!pem) return;
  const auto key = PrivateKey::Parse(*pem);
  if (!key.ok()) return;
  WordsOfKey words(key->public_key());
  absl::StatusOr<PropertyMap> derived = KeyOutputs(*key, words);
  if (derived.ok()) outputs.merge(*derived);
}

}  // namespace palisade::tls
