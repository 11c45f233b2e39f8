#include "provider/tls/resources/input_rules.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/key_usage.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

// Calls `check` with each item that is a known text.
void CheckItems(const PropertyMap& inputs, const char* name, std::string_view rule,
                absl::Status (*check)(std::string_view), resource::Findings& findings) {
  const value::PropertyArray* items = value::View(inputs).Array(name);
  if (items == nullptr) return;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto* text = (*items)[i].If<std::string>();
    if (text == nullptr) continue;
    if (const absl::Status status = check(*text); !status.ok()) {
      findings.Fail(PropertyPath(name).Child(i), rule, base::Message(status));
    }
  }
}

bool IsKeyUsage(const std::string& name) {
  const AllowedUse* use = FindAllowedUse(name);
  return use != nullptr && use->key_usage_bit >= 0;
}

// An authority with key usages but without this one signs nothing that a client accepts.
void WarnOfCaUsage(const PropertyMap& inputs, resource::Findings& findings) {
  if (!IsTrue(inputs, names::kIsCaCertificate)) return;
  const auto uses = value::View(inputs).Strings(names::kAllowedUses);
  if (!uses || !std::ranges::any_of(*uses, IsKeyUsage)) return;
  if (std::ranges::find(*uses, "cert_signing") != uses->end()) return;
  findings.Warn(PropertyPath(names::kAllowedUses), "tls.ca-usage",
                "the certificate is an authority, but its key usages lack cert_signing, so clients "
                "will not accept what it signs; add cert_signing");
}

void WarnOfRenewalWindow(const PropertyMap& inputs, resource::Findings& findings) {
  const auto validity = value::View(inputs).Integer(names::kValidityPeriodHours);
  const auto early = value::View(inputs).Integer(names::kEarlyRenewalHours);
  if (!validity || !early || *early < *validity) return;
  findings.Warn(PropertyPath(names::kEarlyRenewalHours), "tls.renewal-window",
                "the renewal window of " + std::to_string(*early) +
                    " h is not shorter than the validity of " + std::to_string(*validity) +
                    " h, so the certificate is renewed on every run; lower earlyRenewalHours");
}

// Before one is issued only: what a certificate that exists has or lacks is no news.
void WarnOfIgnoredNames(const resource::CheckRequest& request, const CertificateRequest& csr,
                        resource::Findings& findings) {
  if (request.old_inputs != nullptr || csr.ignored_alt_names().empty()) return;
  std::string kinds;
  for (const std::string& kind :
       std::set(csr.ignored_alt_names().begin(), csr.ignored_alt_names().end())) {
    kinds.append(kinds.empty() ? "" : ", ").append(kind);
  }
  findings.Warn(PropertyPath(names::kCertRequestPem), "tls.csr-alt-names",
                "the request asks for alternative names of the kind " + kinds +
                    ", which the certificate will not have: only DNS names, e-mail addresses, IP "
                    "addresses and URIs are taken over");
}

// Speaks of a certificate that is going to be issued. One that exists was issued at another time.
void WarnIfOutlives(const resource::CheckRequest& request, const Certificate& ca,
                    resource::Findings& findings) {
  if (request.old_inputs != nullptr) return;
  const auto hours = value::View(request.inputs).Integer(names::kValidityPeriodHours);
  const auto end = AddHours(NowOf(request.clock), hours.value_or(0));
  if (!hours || !end.ok()) return;
  if (const absl::Status outlives = CheckOutlives(ca, *end); !outlives.ok()) {
    findings.Warn(PropertyPath(names::kValidityPeriodHours), "tls.outlives-ca",
                  base::Message(outlives));
  }
}

}  // namespace

void FailUnless(const absl::Status& status, std::string_view name, std::string_view rule,
                resource::Findings& findings) {
  if (!status.ok()) findings.Fail(PropertyPath(name), rule, base::Message(status));
}

void CheckSubject(const PropertyMap& inputs, resource::Findings& findings) {
  const PropertyMap* subject = value::View(inputs).Object(names::kSubject);
  if (subject == nullptr) return;
  const PropertyPath path(names::kSubject);
  for (const auto& [name, member] : *subject) {
    const auto check = [&, part = std::string_view(name)](const value::PropertyValue& item,
                                                          const PropertyPath& at) {
      const auto* text = item.If<std::string>();
      if (text == nullptr) return;
      const absl::Status status = CheckSubjectText(part, *text);
      if (!status.ok()) findings.Fail(at, "tls.subject", base::Message(status));
    };
    check(member, path.Child(name));
    if (const auto* list = member.If<value::PropertyArray>()) {
      for (std::size_t i = 0; i < list->size(); ++i) check((*list)[i], path.Child(name).Child(i));
    }
  }
}

void CheckAltNames(const PropertyMap& inputs, resource::Findings& findings) {
  CheckItems(inputs, names::kDnsNames, "tls.dns-name", CheckDnsName, findings);
  CheckItems(inputs, names::kIpAddresses, "tls.ip-address", CheckIpAddress, findings);
  CheckItems(inputs, names::kUris, "tls.uri", CheckUri, findings);
}

void CheckIssuance(const resource::CheckRequest& request, resource::Findings& findings) {
  const PropertyMap& inputs = request.inputs;
  const value::View view(inputs);
  CheckItems(inputs, names::kAllowedUses, "tls.allowed-use", CheckAllowedUse, findings);
  const auto hours = view.Integer(names::kValidityPeriodHours);
  // A certificate that exists fitted into the calendar when it was issued; what counts from now on
  // is only one that takes its place.
  const bool kept = request.old_inputs != nullptr &&
                    value::View(*request.old_inputs).Integer(names::kValidityPeriodHours) == hours;
  if (hours && *hours >= 0 && !kept) {
    FailUnless(CheckValidityHours(NowOf(request.clock), *hours), names::kValidityPeriodHours,
               "tls.validity", findings);
  }
  const bool ca_known = !view.IsUnknown(names::kIsCaCertificate);
  if (const auto length = view.Integer(names::kMaxPathLength); length && *length >= 0 && ca_known) {
    FailUnless(CheckMaxPathLength(*length, IsTrue(inputs, names::kIsCaCertificate)),
               names::kMaxPathLength, "tls.max-path-length", findings);
  }
  WarnOfCaUsage(inputs, findings);
  WarnOfRenewalWindow(inputs, findings);
}

std::optional<CertificateRequest> CheckRequestInput(const resource::CheckRequest& request,
                                                    resource::Findings& findings) {
  const auto text = TextOf(request.inputs, names::kCertRequestPem);
  if (!text) return std::nullopt;
  absl::StatusOr<CertificateRequest> csr = CertificateRequest::Parse(*text);
  FailUnless(csr.status(), names::kCertRequestPem, "tls.csr", findings);
  if (!csr.ok()) return std::nullopt;
  // An imported certificate may have been signed by a program that takes other names.
  const bool kept =
      request.old_inputs != nullptr && TextOf(*request.old_inputs, names::kCertRequestPem) == text;
  if (const auto encoded = EncodeAltNames(csr->alt_names()); !encoded.ok() && !kept) {
    FailUnless(base::Annotate(encoded.status(), "the request cannot be signed"),
               names::kCertRequestPem, "tls.csr", findings);
  }
  FailUnless(csr->VerifySignature(), names::kCertRequestPem, "tls.csr-signature", findings);
  WarnOfIgnoredNames(request, *csr, findings);
  return *std::move(csr);
}

std::optional<Certificate> CheckCaInput(const resource::CheckRequest& request,
                                        resource::Findings& findings) {
  const PropertyMap& inputs = request.inputs;
  const auto text = TextOf(inputs, names::kCaCertPem);
  if (!text) return std::nullopt;
  absl::StatusOr<Certificate> ca = Certificate::Parse(*text);
  FailUnless(ca.status(), names::kCaCertPem, "tls.certificate", findings);
  if (!ca.ok()) return std::nullopt;
  FailUnless(CheckIsCa(*ca), names::kCaCertPem, "tls.not-a-ca", findings);
  const value::View view(inputs);
  if (!view.IsUnknown(names::kIsCaCertificate)) {
    FailUnless(CheckPathLength(*ca, IsTrue(inputs, names::kIsCaCertificate)), names::kCaCertPem,
               "tls.path-length", findings);
  }
  WarnIfOutlives(request, *ca, findings);
  return *std::move(ca);
}

}  // namespace palisade::tls
