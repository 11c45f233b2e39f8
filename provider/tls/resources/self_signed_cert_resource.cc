#include "provider/tls/resources/self_signed_cert_resource.h"

#include <string>
#include <utility>

#include "provider/base/status.h"
#include "provider/tls/crypto/checks.h"
#include "provider/tls/resources/certificate_common.h"
#include "provider/tls/resources/certificate_import.h"
#include "provider/tls/resources/diff_rules.h"
#include "provider/tls/resources/files.h"
#include "provider/tls/resources/folder.h"
#include "provider/tls/resources/input_rules.h"
#include "provider/tls/resources/key_input.h"
#include "provider/tls/resources/renewal.h"
#include "provider/tls/resources/stored.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr char kImportForm[] = "cert.pem,key.pem, or cert.pem alone";

void CheckConstraints(const PropertyMap& inputs, resource::Findings& findings) {
  const value::View view(inputs);
  const bool is_ca = IsTrue(inputs, names::kIsCaCertificate);
  const bool set_aki = IsTrue(inputs, names::kSetAuthorityKeyId);
  if (is_ca && !view.IsUnknown(names::kSubject)) {
    const auto subject = EncodeSubject(SubjectOf(inputs));
    if (subject.ok()) {
      FailUnless(CheckCaSubject(is_ca, IsEmptyName(*subject)), names::kSubject, "tls.ca-subject",
                 findings);
    }
  }
  if (!view.IsUnknown(names::kSetSubjectKeyId) && !view.IsUnknown(names::kIsCaCertificate)) {
    FailUnless(CheckAuthorityKeyId(set_aki, IsTrue(inputs, names::kSetSubjectKeyId), is_ca),
               names::kSetAuthorityKeyId, "tls.authority-key-id", findings);
  }
}

void PutEffectiveOf(const PropertyMap& inputs, PropertyMap& outputs) {
  PutEffectiveIssuance(inputs, outputs);
  PutEffective(inputs, names::kSetAuthorityKeyId, false, outputs);
}

absl::StatusOr<std::optional<resource::ReadResult>> Import(const resource::Call& call,
                                                           const std::string& id) {
  PALISADE_ASSIGN_OR_RETURN(const auto paths, SplitImportId(id, 2, kImportForm));
  const auto certificate = ReadCertificateFile(paths[0]);
  if (!certificate.ok()) return NoSuchFile(certificate.status(), "SelfSignedCert", kImportForm);
  PALISADE_RETURN_IF_ERROR(CheckImportedKey(*certificate, paths[0]));
  if (!IsSignedBy(*certificate, *certificate)) {
    return base::InvalidArgument("the certificate in \"" + paths[0] +
                                 "\" is not signed by its own key; import it as a "
                                 "palisade:tls:LocallySignedCert");
  }
  PALISADE_ASSIGN_OR_RETURN(
      ImportedCertificate imported,
      ImportCertificate(call, *certificate, "the certificate \"" + paths[0] + "\""));
  resource::ReadResult& result = imported.result;
  PutSubject(imported.recovered.subject.subject, result.inputs);
  PutAltNames(imported.recovered.alt_names, result.inputs);
  if (imported.recovered.has_authority_key_id) result.inputs[names::kSetAuthorityKeyId] = true;
  result.outputs[names::kKeyAlgorithm] = imported.recovered.key_algorithm;
  if (paths.size() == 1) {
    AddUnreadable({kOwnKey.pem, kOwnKey.write_only, kOwnKey.version}, result);
  } else {
    PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, ReadKeyFile(paths[1]));
    if (const auto status = CheckKeyMatches(key, *certificate); !status.ok()) {
      return base::Annotate(status, "the files \"" + paths[0] + "\" and \"" + paths[1] + "\"");
    }
    PALISADE_ASSIGN_OR_RETURN(const base::Redacted pem, key.Pem());
    result.inputs[kOwnKey.pem] = pem.Reveal();
  }
  PutEffectiveOf(result.inputs, result.outputs);
  return std::move(imported.result);
}

absl::StatusOr<std::optional<resource::ReadResult>> Get(const resource::Call& call,
                                                        const resource::ReadRequest& request) {
  PALISADE_ASSIGN_OR_RETURN(StatedCertificate stated, CompleteStated(call, request));
  PropertyMap& outputs = stated.derived;
  outputs[names::kKeyAlgorithm] = stated.recovered.key_algorithm;
  PutSubject(stated.recovered.subject.subject, outputs);
  PutAltNames(stated.recovered.alt_names, outputs);
  outputs[names::kSetAuthorityKeyId] = stated.recovered.has_authority_key_id;
  return StatedResult(request, std::move(stated));
}

}  // namespace

void SelfSignedCertResource::Check(const resource::CheckRequest& request,
                                   resource::Findings& findings) const {
  CheckKey(request.inputs, kOwnKey, findings);
  CheckSubject(request.inputs, findings);
  CheckAltNames(request.inputs, findings);
  CheckIssuance(request, findings);
  CheckConstraints(request.inputs, findings);
}

std::optional<std::string> SelfSignedCertResource::ExplainUnknown(std::string_view name) const {
  if (name == "subjects") return "became subject: one object instead of a list of one";
  if (name == names::kKeyAlgorithm) {
    return "is an output: it is read from privateKeyPem; remove it";
  }
  if (name == names::kCertRequestPem) {
    return "belongs to LocallySignedCert, where an authority signs a request; a "
           "self-signed certificate takes subject, dnsNames and so on itself";
  }
  if (name == names::kCaCertPem || name == names::kCaPrivateKeyPem) {
    return "belongs to LocallySignedCert; a self-signed certificate has no "
           "authority above it";
  }
  return std::nullopt;
}

void SelfSignedCertResource::Diff(const resource::DiffRequest& request, resource::Changes& changes,
                                  resource::Findings& findings) const {
  DiffKey(request, kOwnKey, [&] { return IssuedKey(request.old_outputs); }, changes, findings);
  ForgetEqualContent(request, changes);
  DiffRenewal(request, changes, findings);
}

PropertyMap SelfSignedCertResource::Preview(const resource::PreviewRequest& request) const {
  PropertyMap outputs = PreviewIssuance(request, names::kKeyAlgorithm);
  PutEffectiveOf(request.inputs, outputs);
  if (const auto key = PeekKey(request.inputs, kOwnKey)) {
    outputs[names::kKeyAlgorithm] = Name(key->algorithm());
  }
  return outputs;
}

absl::StatusOr<resource::Created> SelfSignedCertResource::Create(resource::Call& call,
                                                                 const PropertyMap& inputs) const {
  PALISADE_RETURN_IF_ERROR(call.Proceed("issuing the certificate"));
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, LoadKey(inputs, kOwnKey));
  PALISADE_ASSIGN_OR_RETURN(CertificateOptions options, OptionsOf(call, inputs));
  const SelfSignedRequest request{
      .options = std::move(options),
      .subject = SubjectOf(inputs),
      .alt_names = AltNamesOf(inputs),
      .set_authority_key_id = IsTrue(inputs, names::kSetAuthorityKeyId)};
  PALISADE_ASSIGN_OR_RETURN(const Certificate certificate, MakeSelfSigned(request, key));
  PropertyMap outputs = IssuedOutputs(certificate, inputs);
  PutEffectiveOf(inputs, outputs);
  outputs[names::kKeyAlgorithm] = Name(key.algorithm());
  PALISADE_RETURN_IF_ERROR(PutArchive(inputs, key, certificate, {}, outputs));
  return resource::Created{certificate.SerialDecimal(), std::move(outputs)};
}

absl::StatusOr<PropertyMap> SelfSignedCertResource::Update(
    resource::Call&, const resource::UpdateRequest& request) const {
  PropertyMap outputs = KeptOutputs(request.old_outputs, names::kKeyAlgorithm);
  PutEffectiveOf(request.new_inputs, outputs);
  if (KeepsArchive(request.old_inputs, request.old_outputs, request.new_inputs)) {
    outputs.insert(*request.old_outputs.find(names::kPkcs12));
  } else if (value::View(request.new_inputs).Has(names::kPkcs12Password)) {
    PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, LoadKey(request.new_inputs, kOwnKey));
    PALISADE_ASSIGN_OR_RETURN(const Certificate certificate, IssuedCertificate(outputs));
    PALISADE_RETURN_IF_ERROR(PutArchive(request.new_inputs, key, certificate, {}, outputs));
  }
  return outputs;
}

absl::StatusOr<std::optional<resource::ReadResult>> SelfSignedCertResource::Read(
    resource::Call& call, const resource::ReadRequest& request) const {
  switch (ShapeOf(request, names::kCertPem)) {
    case ReadShape::kImport:
      return Import(call, request.id);
    case ReadShape::kStated:
      return Get(call, request);
    case ReadShape::kRefresh:
      break;
  }
  resource::ReadResult result = Refreshed(call, request);
  PutEffectiveOf(result.inputs, result.outputs);
  return result;
}

absl::StatusOr<resource::ListPage> SelfSignedCertResource::List(
    resource::Call& call, const resource::ListRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const Folder folder, Folder::Read(call, request));
  return Folder::Page(request, folder.SelfSigned());
}

void SelfSignedCertResource::Migrate(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MigrateCertificate(inputs, outputs);
}

}  // namespace palisade::tls
