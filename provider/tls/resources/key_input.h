#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/resource/resource.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

/// The properties through which a type takes one private key: as a text, or as a write-only text
/// with a version.
struct KeyNames {
  const char* pem;
  const char* write_only;
  const char* version;
};
inline constexpr KeyNames kOwnKey = {keys::tls::kPrivateKeyPem, keys::tls::kPrivateKeyPemWo,
                                     keys::tls::kPrivateKeyPemWoVersion};
inline constexpr KeyNames kCaKey = {keys::tls::kCaPrivateKeyPem, keys::tls::kCaPrivateKeyPemWo,
                                    keys::tls::kCaPrivateKeyPemWoVersion};

/// The name under which the key is given; that of the plain text if neither is there.
const char* GivenName(const PropertyMap& inputs, const KeyNames& key);
bool HasKey(const PropertyMap& inputs, const KeyNames& key);

/// The key for Create; the error names the property.
absl::StatusOr<PrivateKey> LoadKey(const PropertyMap& inputs, const KeyNames& key);
/// The same without a reason: nullopt if it is absent, unknown or wrong.
std::optional<PrivateKey> PeekKey(const PropertyMap& inputs, const KeyNames& key);

/// Exactly one form, the write-only one with its version, and a key that can be read (otherwise a
/// failure of rule `tls.private-key`). Returns the key if it is known and right.
std::optional<PrivateKey> CheckKey(const PropertyMap& inputs, const KeyNames& key,
                                   resource::Findings& findings);

/// What a changed key means for an object that was made with the public half `used` (nullopt if
/// the object does not tell). The same key in another PEM form is no change; neither is one that
/// the state does not know (an import, a hash of an old version) but that belongs to the object.
/// Moving the same key between the plain and the write-only property changes in place.
void DiffKey(const resource::DiffRequest& request, const KeyNames& key,
             const std::optional<PublicKey>& used, resource::Changes& changes,
             resource::Findings& findings);

/// The plain key property is there before and after and says the same: nothing for DiffKey to find.
/// Asked first, because reading a key costs OpenSSL some 0.2 ms and most runs change none.
bool KeyUnchanged(const resource::DiffRequest& request, const KeyNames& key,
                  const resource::Changes& changes);

}  // namespace palisade::tls
