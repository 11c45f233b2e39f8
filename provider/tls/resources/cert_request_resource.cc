#include "provider/tls/resources/cert_request_resource.h"

#include <string>
#include <utility>

#include "provider/base/status.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/recovered_inputs.h"
#include "provider/tls/resources/diff_rules.h"
#include "provider/tls/resources/files.h"
#include "provider/tls/resources/folder.h"
#include "provider/tls/resources/input_rules.h"
#include "provider/tls/resources/key_input.h"
#include "provider/tls/resources/stored.h"
#include "provider/tls/resources/upgrade.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr char kImportForm[] = "request.pem,key.pem, or request.pem alone";

PropertyMap OutputsOf(const CertificateRequest& request) {
  PropertyMap outputs;
  outputs[names::kKeyAlgorithm] = Name(request.public_key().algorithm());
  outputs[names::kCertRequestPem] = request.Pem();
  return outputs;
}

std::optional<CertificateRequest> RequestOf(const PropertyMap& outputs) {
  const auto pem = TextOf(outputs, names::kCertRequestPem);
  if (!pem) return std::nullopt;
  absl::StatusOr<CertificateRequest> request = CertificateRequest::Parse(*pem);
  return request.ok() ? std::optional(*std::move(request)) : std::nullopt;
}

absl::StatusOr<PropertyMap> InputsOf(const CertificateRequest& request, const std::string& what,
                                     const resource::Call& call) {
  PALISADE_ASSIGN_OR_RETURN(RecoveredRequest recovered, RecoverInputs(request));
  PropertyMap inputs;
  PutSubject(recovered.subject.subject, inputs);
  PutAltNames(recovered.alt_names, inputs);
  std::vector<std::string> losses = std::move(recovered.subject.not_expressible);
  losses.insert(losses.end(), recovered.not_expressible.begin(), recovered.not_expressible.end());
  WarnOfLosses(call, what, losses);
  return inputs;
}

absl::StatusOr<std::optional<resource::ReadResult>> Import(const resource::Call& call,
                                                           const std::string& id) {
  PALISADE_ASSIGN_OR_RETURN(const auto paths, SplitImportId(id, 2, kImportForm));
  const auto request = ReadRequestFile(paths[0]);
  if (!request.ok()) return NoSuchFile(request.status(), "CertRequest", kImportForm);
  if (const auto status = request->VerifySignature(); !status.ok()) {
    return base::Annotate(status, "the file \"" + paths[0] + "\"");
  }
  resource::ReadResult result;
  result.id = request->Id();
  PALISADE_ASSIGN_OR_RETURN(result.inputs,
                            InputsOf(*request, "the request \"" + paths[0] + "\"", call));
  result.outputs = OutputsOf(*request);
  result.unreadable = {names::kTriggers};
  if (paths.size() == 1) {
    for (const char* name : {kOwnKey.pem, kOwnKey.write_only, kOwnKey.version}) {
      result.unreadable.emplace_back(name);
    }
    return result;
  }
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, ReadKeyFile(paths[1]));
  if (const auto status = CheckKeyMatches(key, *request); !status.ok()) {
    return base::Annotate(status, "the files \"" + paths[0] + "\" and \"" + paths[1] + "\"");
  }
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted pem, key.Pem());
  result.inputs[kOwnKey.pem] = pem.Reveal();
  return result;
}

absl::StatusOr<std::optional<resource::ReadResult>> Get(const resource::ReadRequest& request) {
  const PropertyMap& stated = *request.old_inputs;
  const auto parsed = CertificateRequest::Parse(*TextOf(stated, names::kCertRequestPem));
  if (!parsed.ok()) return base::Annotate(parsed.status(), names::kCertRequestPem);
  PALISADE_ASSIGN_OR_RETURN(const RecoveredRequest recovered, RecoverInputs(*parsed));
  PropertyMap derived = OutputsOf(*parsed);
  PutSubject(recovered.subject.subject, derived);
  PutAltNames(recovered.alt_names, derived);
  return resource::ReadResult{.id = parsed->Id(),
                              .inputs = stated,
                              .outputs = Completed(stated, std::move(derived)),
                              .unreadable = {},
                              .init_failures = {}};
}

absl::StatusOr<CertificateRequest> MakeRequest(const PropertyMap& inputs) {
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, LoadKey(inputs, kOwnKey));
  return CertificateRequest::Make(SubjectOf(inputs), AltNamesOf(inputs), key);
}

bool IsFullyKnown(const PropertyMap& inputs) {
  const value::View view(inputs);
  for (const char* name : {names::kSubject, names::kDnsNames, names::kIpAddresses, names::kUris}) {
    if (view.IsUnknown(name)) return false;
  }
  return true;
}

}  // namespace

void CertRequestResource::Check(const resource::CheckRequest& request,
                                resource::Findings& findings) const {
  CheckKey(request.inputs, kOwnKey, findings);
  CheckSubject(request.inputs, findings);
  CheckAltNames(request.inputs, findings);
}

std::optional<std::string> CertRequestResource::ExplainUnknown(std::string_view name) const {
  if (name == "subjects") return "became subject: one object instead of a list of one";
  if (name == names::kKeyAlgorithm) {
    return "is an output: it is read from privateKeyPem; remove it";
  }
  if (name == names::kCertRequestPem) {
    return "is an output here; LocallySignedCert takes it as an input";
  }
  return std::nullopt;
}

void CertRequestResource::Diff(const resource::DiffRequest& request, resource::Changes& changes,
                               resource::Findings& findings) const {
  const auto used = [&]() -> std::optional<PublicKey> {
    const auto made = RequestOf(request.old_outputs);
    return made ? std::optional(made->public_key()) : std::nullopt;
  };
  DiffKey(request, kOwnKey, used, changes, findings);
  ForgetEqualContent(request, changes);
}

PropertyMap CertRequestResource::Preview(const resource::PreviewRequest& request) const {
  PropertyMap outputs;
  if (request.old_outputs != nullptr) {
    for (const char* name : {names::kKeyAlgorithm, names::kCertRequestPem}) {
      const auto it = request.old_outputs->find(name);
      if (it != request.old_outputs->end()) outputs.insert(*it);
    }
    return outputs;
  }
  const auto key = PeekKey(request.inputs, kOwnKey);
  if (!key) return outputs;
  outputs[names::kKeyAlgorithm] = Name(key->algorithm());
  // RSA and Ed25519 signatures have nothing random: the request is certain before it is made.
  if (key->algorithm() != KeyAlgorithm::kEcdsa && IsFullyKnown(request.inputs)) {
    if (const auto made = MakeRequest(request.inputs); made.ok()) {
      outputs[names::kCertRequestPem] = made->Pem();
    }
  }
  return outputs;
}

absl::StatusOr<resource::Created> CertRequestResource::Create(resource::Call& call,
                                                              const PropertyMap& inputs) const {
  PALISADE_RETURN_IF_ERROR(call.Proceed("making the certificate request"));
  PALISADE_ASSIGN_OR_RETURN(const CertificateRequest request, MakeRequest(inputs));
  return resource::Created{request.Id(), OutputsOf(request)};
}

absl::StatusOr<PropertyMap> CertRequestResource::Update(
    resource::Call& call, const resource::UpdateRequest& request) const {
  return Preview({request.new_inputs, &request.old_inputs, &request.old_outputs, call.clock()});
}

absl::StatusOr<std::optional<resource::ReadResult>> CertRequestResource::Read(
    resource::Call& call, const resource::ReadRequest& request) const {
  switch (ShapeOf(request, names::kCertRequestPem)) {
    case ReadShape::kImport:
      return Import(call, request.id);
    case ReadShape::kStated:
      return Get(request);
    case ReadShape::kRefresh:
      break;
  }
  return Unchanged(request);
}

absl::StatusOr<resource::ListPage> CertRequestResource::List(
    resource::Call& call, const resource::ListRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const Folder folder, Folder::Read(call, request));
  return Folder::Page(request, folder.Requests());
}

void CertRequestResource::Migrate(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MigrateCommon(inputs, outputs);
}

}  // namespace palisade::tls
