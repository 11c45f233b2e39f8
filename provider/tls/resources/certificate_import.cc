#include "provider/tls/resources/certificate_import.h"

#include <utility>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/resources/certificate_common.h"
#include "provider/tls/resources/renewal.h"
#include "provider/tls/resources/stored.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

PropertyMap CertificateOutputs(const Certificate& certificate, Seconds now, std::int64_t early) {
  PropertyMap outputs;
  outputs[names::kCertPem] = certificate.Pem();
  outputs[names::kValidityStartTime] = TimeText(certificate.not_before());
  outputs[names::kValidityEndTime] = TimeText(certificate.not_after());
  outputs[names::kReadyForRenewal] = IsDue(now, certificate.not_after(), early);
  return outputs;
}

}  // namespace

absl::StatusOr<Certificate> IssuedCertificate(const PropertyMap& outputs) {
  const auto pem = TextOf(outputs, names::kCertPem);
  if (!pem) return base::FailedPrecondition("certPem is missing in the state");
  absl::StatusOr<Certificate> certificate = Certificate::Parse(*pem);
  if (!certificate.ok()) return base::Annotate(certificate.status(), names::kCertPem);
  return certificate;
}

std::optional<PublicKey> IssuedKey(const PropertyMap& outputs) {
  const auto certificate = IssuedCertificate(outputs);
  if (!certificate.ok()) return std::nullopt;
  auto key = certificate->GetPublicKey();
  return key.ok() ? std::optional(*std::move(key)) : std::nullopt;
}

absl::StatusOr<ImportedCertificate> ImportCertificate(const resource::Call& call,
                                                      const Certificate& certificate,
                                                      const std::string& what) {
  PALISADE_ASSIGN_OR_RETURN(RecoveredCertificate recovered, RecoverInputs(certificate));
  std::vector<std::string> losses = recovered.subject.not_expressible;
  losses.insert(losses.end(), recovered.not_expressible.begin(), recovered.not_expressible.end());
  WarnOfLosses(call, what, losses);
  resource::ReadResult result;
  result.id = certificate.SerialDecimal();
  result.inputs = IssuingInputs(recovered);
  result.outputs = CertificateOutputs(certificate, NowOf(call.clock()), 0);
  AddUnreadable({names::kEarlyRenewalHours, names::kTriggers}, result);
  return ImportedCertificate{std::move(result), std::move(recovered)};
}

absl::Status CheckImportedKey(const Certificate& certificate, const std::string& path) {
  const auto key = certificate.GetPublicKey();
  if (key.ok()) return absl::OkStatus();
  return base::Annotate(key.status(), "the certificate in \"" + path + "\" cannot be imported");
}

void AddUnreadable(std::initializer_list<const char*> unreadable, resource::ReadResult& result) {
  for (const char* name : unreadable) result.unreadable.emplace_back(name);
}

absl::StatusOr<StatedCertificate> CompleteStated(const resource::Call& call,
                                                 const resource::ReadRequest& request) {
  PALISADE_ASSIGN_OR_RETURN(const Certificate certificate, IssuedCertificate(*request.old_inputs));
  PALISADE_ASSIGN_OR_RETURN(RecoveredCertificate recovered, RecoverInputs(certificate));
  PropertyMap derived = IssuingInputs(recovered);
  PutEffectiveIssuance(derived, derived);
  const auto early = HoursOf(*request.old_inputs, names::kEarlyRenewalHours).value_or(0);
  derived.merge(CertificateOutputs(certificate, NowOf(call.clock()), early));
  return StatedCertificate{certificate.SerialDecimal(), std::move(recovered), std::move(derived)};
}

std::optional<resource::ReadResult> StatedResult(const resource::ReadRequest& request,
                                                 StatedCertificate stated) {
  resource::ReadResult result;
  result.id = std::move(stated.id);
  result.inputs = *request.old_inputs;
  result.outputs = Completed(*request.old_inputs, std::move(stated.derived));
  return result;
}

resource::ReadResult Refreshed(const resource::Call& call, const resource::ReadRequest& request) {
  resource::ReadResult result = Unchanged(request);
  PutEffectiveIssuance(result.inputs, result.outputs);
  NoteIfDue(result.inputs, NowOf(call.clock()), result.outputs);
  return result;
}

}  // namespace palisade::tls
