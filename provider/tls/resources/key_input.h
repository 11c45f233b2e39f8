#pragma once

#include <functional>
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
/// failure of rule `tls.private-key`).
void CheckKey(const PropertyMap& inputs, const KeyNames& key, resource::Findings& findings);
/// The same, and the key if it is known and right, for further rules.
std::optional<PrivateKey> CheckedKey(const PropertyMap& inputs, const KeyNames& key,
                                     resource::Findings& findings);

/// Tells the public half that an object was made with, if the object tells; asked at most once.
using UsedKey = std::function<std::optional<PublicKey>()>;

/// What a changed key means for an object that was made with the public half `used`. The same key
/// in another PEM form is no change; neither is one that the state does not know (an import, a hash
/// of an old version) but that belongs to the object. Moving the same key between the plain and the
/// write-only property changes in place.
void DiffKey(const resource::DiffRequest& request, const KeyNames& key, const UsedKey& used,
             resource::Changes& changes, resource::Findings& findings);

}  // namespace palisade::tls
