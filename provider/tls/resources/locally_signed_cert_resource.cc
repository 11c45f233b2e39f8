#include "provider/tls/resources/locally_signed_cert_resource.h"

#include <array>
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
#include "provider/tls/resources/issuer_diff.h"
#include "provider/tls/resources/key_input.h"
#include "provider/tls/resources/renewal.h"
#include "provider/tls/resources/stored.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr char kImportForm[] = "cert.pem,request.pem,ca.pem,cakey.pem, or cert.pem alone";
constexpr KeyNames kArchiveKey = {names::kPkcs12PrivateKeyPem, "", ""};

// Password and key of the archive come together, and the key is the request's.
void CheckArchive(const PropertyMap& inputs, const std::optional<CertificateRequest>& request,
                  resource::Findings& findings) {
  resource::CheckNeeds(inputs, names::kPkcs12Password, names::kPkcs12PrivateKeyPem, findings);
  resource::CheckNeeds(inputs, names::kPkcs12PrivateKeyPem, names::kPkcs12Password, findings);
  const auto text = TextOf(inputs, names::kPkcs12PrivateKeyPem);
  if (!text) return;
  const auto key = PrivateKey::Parse(*text);
  FailUnless(key.status(), names::kPkcs12PrivateKeyPem, "tls.private-key", findings);
  if (key.ok() && request) {
    FailUnless(CheckKeyMatches(*key, *request), names::kPkcs12PrivateKeyPem, "tls.pkcs12-key",
               findings);
  }
}

absl::StatusOr<Certificate> LoadCa(const PropertyMap& inputs) {
  const auto pem = TextOf(inputs, names::kCaCertPem);
  if (!pem) return base::InvalidArgument("caCertPem is missing: expected a certificate in PEM");
  auto ca = Certificate::Parse(*pem);
  if (!ca.ok()) return base::Annotate(ca.status(), names::kCaCertPem);
  return ca;
}

absl::StatusOr<CertificateRequest> LoadRequest(const PropertyMap& inputs) {
  const auto pem = TextOf(inputs, names::kCertRequestPem);
  if (!pem) {
    return base::InvalidArgument("certRequestPem is missing: expected a signing request in PEM");
  }
  auto request = CertificateRequest::Parse(*pem);
  if (!request.ok()) return base::Annotate(request.status(), names::kCertRequestPem);
  return request;
}

absl::Status PutArchiveOf(const PropertyMap& inputs, const Certificate& certificate,
                          PropertyMap& outputs) {
  if (!value::View(inputs).Has(names::kPkcs12Password)) return absl::OkStatus();
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, LoadKey(inputs, kArchiveKey));
  PALISADE_ASSIGN_OR_RETURN(const Certificate ca, LoadCa(inputs));
  return PutArchive(inputs, key, certificate, std::array{ca}, outputs);
}

// The other three files of a full import, held against the certificate and each other.
absl::Status ImportOrigin(const resource::Call& call, const std::vector<std::string>& paths,
                          const Certificate& certificate, resource::ReadResult& result) {
  PALISADE_ASSIGN_OR_RETURN(const CertificateRequest request, ReadRequestFile(paths[1]));
  PALISADE_ASSIGN_OR_RETURN(const Certificate ca, ReadCertificateFile(paths[2]));
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey ca_key, ReadKeyFile(paths[3]));
  if (!HasKeyOf(certificate, request)) {
    return base::InvalidArgument("the certificate in \"" + paths[0] +
                                 "\" was not made from the request in \"" + paths[1] +
                                 "\": their keys differ");
  }
  if (!IsSignedBy(certificate, ca)) {
    return base::InvalidArgument("the certificate in \"" + paths[0] +
                                 "\" is not signed by the authority in \"" + paths[2] + "\"");
  }
  if (const auto status = CheckKeyMatches(ca_key, ca); !status.ok()) {
    return base::Annotate(status, "the files \"" + paths[2] + "\" and \"" + paths[3] + "\"");
  }
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted pem, ca_key.Pem());
  result.inputs[names::kCertRequestPem] = request.Pem();
  result.inputs[names::kCaCertPem] = ca.Pem();
  result.inputs[kCaKey.pem] = pem.Reveal();
  result.outputs[names::kCaKeyAlgorithm] = Name(ca_key.algorithm());
  WarnOfLosses(call, "the certificate \"" + paths[0] + "\"", DifferencesFrom(request, certificate));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<resource::ReadResult>> Import(const resource::Call& call,
                                                           const std::string& id) {
  PALISADE_ASSIGN_OR_RETURN(const auto paths, SplitImportId(id, 4, kImportForm));
  const auto certificate = ReadCertificateFile(paths[0]);
  if (!certificate.ok()) return NoSuchFile(certificate.status(), "LocallySignedCert", kImportForm);
  PALISADE_RETURN_IF_ERROR(CheckImportedKey(*certificate, paths[0]));
  if (IsSignedBy(*certificate, *certificate)) {
    return base::InvalidArgument("the certificate in \"" + paths[0] +
                                 "\" is signed by its own key; import it as a "
                                 "palisade:tls:SelfSignedCert");
  }
  PALISADE_ASSIGN_OR_RETURN(
      ImportedCertificate imported,
      ImportCertificate(call, *certificate, "the certificate \"" + paths[0] + "\""));
  resource::ReadResult& result = imported.result;
  if (paths.size() == 1) {
    // Which kind of key signed is written in the certificate, if it is one of ours.
    const auto algorithm = SignerAlgorithm(*certificate);
    if (algorithm) result.outputs[names::kCaKeyAlgorithm] = Name(*algorithm);
    AddUnreadable(
        {names::kCertRequestPem, names::kCaCertPem, kCaKey.pem, kCaKey.write_only, kCaKey.version},
        result);
  } else {
    PALISADE_RETURN_IF_ERROR(ImportOrigin(call, paths, *certificate, result));
  }
  PutEffectiveIssuance(result.inputs, result.outputs);
  return std::move(imported.result);
}

absl::StatusOr<std::optional<resource::ReadResult>> Get(const resource::Call& call,
                                                        const resource::ReadRequest& request) {
  PALISADE_ASSIGN_OR_RETURN(StatedCertificate stated, CompleteStated(call, request));
  if (const auto certificate = IssuedCertificate(*request.old_inputs); certificate.ok()) {
    const auto algorithm = SignerAlgorithm(*certificate);
    if (algorithm) stated.derived[names::kCaKeyAlgorithm] = Name(*algorithm);
  }
  return StatedResult(request, std::move(stated));
}

}  // namespace

void LocallySignedCertResource::Check(const resource::CheckRequest& request,
                                      resource::Findings& findings) const {
  const PropertyMap& inputs = request.inputs;
  const auto csr = CheckRequestInput(request, findings);
  const auto ca = CheckCaInput(request, findings);
  const auto ca_key = CheckedKey(inputs, kCaKey, findings);
  if (ca && ca_key) {
    FailUnless(CheckKeyMatches(*ca_key, *ca), GivenName(inputs, kCaKey), "tls.ca-key-mismatch",
               findings);
  }
  CheckIssuance(request, findings);
  if (csr && !value::View(inputs).IsUnknown(names::kIsCaCertificate)) {
    FailUnless(
        CheckCaSubject(IsTrue(inputs, names::kIsCaCertificate), IsEmptyName(csr->subject_der())),
        names::kCertRequestPem, "tls.ca-subject", findings);
  }
  CheckArchive(inputs, csr, findings);
}

std::optional<std::string> LocallySignedCertResource::ExplainUnknown(std::string_view name) const {
  if (name == names::kCaKeyAlgorithm || name == names::kKeyAlgorithm) {
    return "is no input: it is read from the key itself; remove it";
  }
  if (name == names::kSetAuthorityKeyId) {
    return "is not needed here: the identifier is added whenever the authority's "
           "certificate has a subject key identifier; remove it";
  }
  if (name == names::kPrivateKeyPem) {
    return "is not an input here: the authority signs with caPrivateKeyPem, and the "
           "certificate's own key stands behind certRequestPem";
  }
  if (name == "subjects" || name == names::kSubject || name == names::kDnsNames ||
      name == names::kIpAddresses || name == names::kUris) {
    return "comes from the signing request: set it on the CertRequest";
  }
  return std::nullopt;
}

void LocallySignedCertResource::Diff(const resource::DiffRequest& request,
                                     resource::Changes& changes,
                                     resource::Findings& findings) const {
  DiffOrigin(request, changes, findings);
  DiffKey(request, kCaKey, [&] { return UsedCaKey(request); }, changes, findings);
  ForgetEqualContent(request, changes);
  DiffRenewal(request, changes, findings);
}

PropertyMap LocallySignedCertResource::Preview(const resource::PreviewRequest& request) const {
  PropertyMap outputs = PreviewIssuance(request, names::kCaKeyAlgorithm);
  if (const auto key = PeekKey(request.inputs, kCaKey)) {
    outputs[names::kCaKeyAlgorithm] = Name(key->algorithm());
  }
  return outputs;
}

absl::StatusOr<resource::Created> LocallySignedCertResource::Create(
    resource::Call& call, const PropertyMap& inputs) const {
  PALISADE_RETURN_IF_ERROR(call.Proceed("issuing the certificate"));
  PALISADE_ASSIGN_OR_RETURN(const CertificateRequest request, LoadRequest(inputs));
  PALISADE_ASSIGN_OR_RETURN(const Certificate ca, LoadCa(inputs));
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey ca_key, LoadKey(inputs, kCaKey));
  PALISADE_ASSIGN_OR_RETURN(const CertificateOptions options, OptionsOf(call, inputs));
  PALISADE_ASSIGN_OR_RETURN(const Certificate certificate,
                            SignRequest(options, request, ca, ca_key));
  PropertyMap outputs = IssuedOutputs(certificate, inputs);
  outputs[names::kCaKeyAlgorithm] = Name(ca_key.algorithm());
  PALISADE_RETURN_IF_ERROR(PutArchiveOf(inputs, certificate, outputs));
  return resource::Created{certificate.SerialDecimal(), std::move(outputs)};
}

absl::StatusOr<PropertyMap> LocallySignedCertResource::Update(
    resource::Call&, const resource::UpdateRequest& request) const {
  PropertyMap outputs = KeptOutputs(request.old_outputs, names::kCaKeyAlgorithm);
  PutEffectiveIssuance(request.new_inputs, outputs);
  if (KeepsArchive(request.old_inputs, request.old_outputs, request.new_inputs)) {
    outputs.insert(*request.old_outputs.find(names::kPkcs12));
    return outputs;
  }
  PALISADE_ASSIGN_OR_RETURN(const Certificate certificate, IssuedCertificate(outputs));
  PALISADE_RETURN_IF_ERROR(PutArchiveOf(request.new_inputs, certificate, outputs));
  return outputs;
}

absl::StatusOr<std::optional<resource::ReadResult>> LocallySignedCertResource::Read(
    resource::Call& call, const resource::ReadRequest& request) const {
  switch (ShapeOf(request, names::kCertPem)) {
    case ReadShape::kImport:
      return Import(call, request.id);
    case ReadShape::kStated:
      return Get(call, request);
    case ReadShape::kRefresh:
      break;
  }
  return Refreshed(call, request);
}

absl::StatusOr<resource::ListPage> LocallySignedCertResource::List(
    resource::Call& call, const resource::ListRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const Folder folder, Folder::Read(call, request));
  return Folder::Page(request, folder.LocallySigned());
}

void LocallySignedCertResource::Migrate(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MigrateCertificate(inputs, outputs);
}

}  // namespace palisade::tls
