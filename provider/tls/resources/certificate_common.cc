#include "provider/tls/resources/certificate_common.h"

#include <string>

#include "provider/base/status.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/pkcs12.h"
#include "provider/tls/resources/renewal.h"
#include "provider/tls/resources/upgrade.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

void Copy(const PropertyMap& from, const char* name, PropertyMap& to) {
  if (const auto it = from.find(name); it != from.end()) to[name] = it->second;
}

bool SameText(const PropertyMap& a, const PropertyMap& b, const char* name) {
  return TextOf(a, name) == TextOf(b, name);
}

void NormalizeTime(PropertyMap& outputs, const char* name) {
  const auto text = TextOf(outputs, name);
  if (!text) return;
  if (const auto time = ParseTime(*text); time.ok()) outputs[name] = TimeText(*time);
}

}  // namespace

absl::StatusOr<CertificateOptions> OptionsOf(resource::Call& call, const PropertyMap& inputs) {
  const value::View view(inputs);
  const auto uses = view.Strings(names::kAllowedUses);
  const auto hours = view.Integer(names::kValidityPeriodHours);
  if (!uses) return base::InvalidArgument("allowedUses is missing: expected a list of texts");
  if (!hours) return base::InvalidArgument("validityPeriodHours is missing: expected an integer");
  return CertificateOptions{.serial = SerialNumber::Random(call.random()),
                            .not_before = NowOf(call.clock()),
                            .validity_hours = *hours,
                            .allowed_uses = *uses,
                            .is_ca = IsTrue(inputs, names::kIsCaCertificate),
                            .max_path_length = view.Integer(names::kMaxPathLength),
                            .set_subject_key_id = IsTrue(inputs, names::kSetSubjectKeyId)};
}

PropertyMap IssuedOutputs(const Certificate& certificate, const PropertyMap& inputs) {
  const auto validity = HoursOf(inputs, names::kValidityPeriodHours);
  const auto early = HoursOf(inputs, names::kEarlyRenewalHours);
  PropertyMap outputs;
  outputs[names::kCertPem] = certificate.Pem();
  outputs[names::kValidityStartTime] = TimeText(certificate.not_before());
  outputs[names::kValidityEndTime] = TimeText(certificate.not_after());
  outputs[names::kReadyForRenewal] = validity && early && IsReadyFromStart(*validity, *early);
  PutEffectiveIssuance(inputs, outputs);
  return outputs;
}

void PutEffectiveIssuance(const PropertyMap& inputs, PropertyMap& outputs) {
  PutEffective(inputs, names::kEarlyRenewalHours, 0, outputs);
  PutEffective(inputs, names::kIsCaCertificate, false, outputs);
  PutEffective(inputs, names::kSetSubjectKeyId, false, outputs);
}

PropertyMap PreviewIssuance(const resource::PreviewRequest& request, const char* algorithm_name) {
  PropertyMap outputs;
  if (request.old_outputs != nullptr) {
    outputs = KeptOutputs(*request.old_outputs, algorithm_name);
    if (request.old_inputs != nullptr &&
        KeepsArchive(*request.old_inputs, *request.old_outputs, request.inputs)) {
      Copy(*request.old_outputs, names::kPkcs12, outputs);
    }
  } else {
    const auto validity = value::View(request.inputs).Integer(names::kValidityPeriodHours);
    const auto early = HoursOf(request.inputs, names::kEarlyRenewalHours);
    if (validity && early) {
      outputs[names::kReadyForRenewal] = IsReadyFromStart(*validity, *early);
    }
  }
  PutEffectiveIssuance(request.inputs, outputs);
  // Null says that there will be none; what is left out may still come.
  PutEffective(request.inputs, names::kMaxPathLength, value::Null{}, outputs);
  if (!value::View(request.inputs).Has(names::kPkcs12Password)) {
    outputs[names::kPkcs12] = value::Null{};
  }
  return outputs;
}

PropertyMap KeptOutputs(const PropertyMap& old_outputs, const char* algorithm_name) {
  PropertyMap outputs;
  for (const char* name :
       {algorithm_name, names::kCertPem, names::kValidityStartTime, names::kValidityEndTime}) {
    Copy(old_outputs, name, outputs);
  }
  outputs[names::kReadyForRenewal] = false;
  return outputs;
}

bool KeepsArchive(const PropertyMap& old_inputs, const PropertyMap& old_outputs,
                  const PropertyMap& new_inputs) {
  return TextOf(old_outputs, names::kPkcs12) && TextOf(new_inputs, names::kPkcs12Password) &&
         SameText(old_inputs, new_inputs, names::kPkcs12Password) &&
         SameText(old_inputs, new_inputs, names::kPkcs12PrivateKeyPem);
}

absl::Status PutArchive(const PropertyMap& inputs, const PrivateKey& key,
                        const Certificate& certificate, std::span<const Certificate> chain,
                        PropertyMap& outputs) {
  const auto password = TextOf(inputs, names::kPkcs12Password);
  if (!password) return absl::OkStatus();
  const auto archive = MakePkcs12(key, certificate, chain, base::Redacted(std::string(*password)));
  if (!archive.ok()) return base::Annotate(archive.status(), names::kPkcs12Password);
  outputs[names::kPkcs12] = ToSecretBase64(archive->Reveal()).Reveal();
  return absl::OkStatus();
}

PropertyMap IssuingInputs(const RecoveredCertificate& recovered) {
  PropertyMap inputs;
  inputs[names::kAllowedUses] = ListOf(recovered.allowed_uses);
  inputs[names::kValidityPeriodHours] = static_cast<double>(recovered.validity_hours);
  if (recovered.is_ca) inputs[names::kIsCaCertificate] = true;
  if (recovered.is_ca && recovered.max_path_length) {
    inputs[names::kMaxPathLength] = *recovered.max_path_length;
  }
  // An authority has one anyway, so saying so would only add to the program.
  if (recovered.has_subject_key_id && !recovered.is_ca) inputs[names::kSetSubjectKeyId] = true;
  return inputs;
}

bool IsSignedBy(const Certificate& certificate, const Certificate& ca) {
  if (certificate.issuer_der() != ca.subject_der()) return false;
  const auto key = ca.GetPublicKey();
  if (!key.ok()) return false;
  const bool verified = X509_verify(certificate.x509(), key->pkey()) == 1;
  if (!verified) TakeOpensslErrors();
  return verified;
}

void MigrateCertificate(PropertyMap& inputs, PropertyMap& outputs) {
  MigrateCommon(inputs, outputs);
  NormalizeTime(outputs, names::kValidityStartTime);
  NormalizeTime(outputs, names::kValidityEndTime);
  // Only beside a certificate: the arguments of `.get()` come through here as well.
  const value::View view(outputs);
  if (view.Has(names::kCertPem) && !view.Has(names::kReadyForRenewal)) {
    outputs[names::kReadyForRenewal] = false;
  }
}

}  // namespace palisade::tls
