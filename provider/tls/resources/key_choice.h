#pragma once

#include "absl/status/statusor.h"
#include "provider/resource/resource.h"
#include "provider/tls/crypto/key_generation.h"
#include "provider/tls/crypto/public_key.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// The inputs algorithm, rsaBits and ecdsaCurve: which key is wanted.

/// `enum` for unknown values, `tls.rsa-bits` for lengths that cannot be, and the warnings
/// `tls.weak-rsa` and `tls.p224` (a curve that nobody asked for and little software takes).
void CheckChoice(const PropertyMap& inputs, resource::Findings& findings);

/// INVALID_ARGUMENT, naming the property, for what Check was told to skip.
absl::StatusOr<KeyRequest> ChoiceOf(const PropertyMap& inputs);

/// Removes changes of rsaBits and ecdsaCurve that do not concern the key's algorithm.
void ForgetOtherAlgorithms(const resource::DiffRequest& request, resource::Changes& changes);

/// The length or curve that will come out, once the algorithm is known; null for the one that does
/// not belong to it.
PropertyMap PreviewChoice(const PropertyMap& inputs);

/// What asks for such a key: algorithm, and rsaBits or ecdsaCurve if it has one.
PropertyMap ChoiceFor(const PublicKey& key);

/// publicKeyPem, publicKeyOpenssh and the two fingerprints.
void PutPublicKey(const PublicKey& key, PropertyMap& outputs);

}  // namespace palisade::tls
