#pragma once

#include "absl/status/statusor.h"
#include "provider/base/random.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// What a PrivateKey shows of its key.

/// The key in all its forms, the public ones included, and the choice that it is an answer to. The
/// check words of the OpenSSH form come from `random`.
absl::StatusOr<PropertyMap> KeyOutputs(const PrivateKey& key, base::Random& random);

/// The forms of the key among `outputs`, as they are.
PropertyMap KeyForms(const PropertyMap& outputs);

/// Derives from privateKeyPem what state of an older version lacks; the same every time, and
/// nothing is read where nothing is missing. State whose key cannot be read stays as it is.
void CompleteKeyOutputs(PropertyMap& outputs);

}  // namespace palisade::tls
