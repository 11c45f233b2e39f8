#include "provider/tls/resources/renewal.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "provider/base/status.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/resources/diff_rules.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;
using std::chrono::hours;

// Longer than X.509's calendar, which ends with the year 9999; keeps the arithmetic in range.
constexpr std::int64_t kLongestHours = 10'000LL * 366 * 24;

std::optional<Certificate> CertificateOf(const PropertyMap& outputs) {
  const auto pem = TextOf(outputs, names::kCertPem);
  if (!pem) return std::nullopt;
  absl::StatusOr<Certificate> certificate = Certificate::Parse(*pem);
  return certificate.ok() ? std::optional(*std::move(certificate)) : std::nullopt;
}

// `the certificate "CN=x"`, or by its serial number if it names nobody.
std::string NameOf(const resource::DiffRequest& request) {
  const auto certificate = CertificateOf(request.old_outputs);
  if (certificate && !IsEmptyName(certificate->subject_der())) {
    if (auto text = DistinguishedNameText(certificate->subject_der()); text.ok()) {
      return "the certificate \"" + *text + "\"";
    }
  }
  return "the certificate with the serial number " + request.id;
}

std::optional<Seconds> StartOf(const PropertyMap& outputs) {
  if (const auto text = TextOf(outputs, names::kValidityStartTime)) {
    if (const auto time = ParseTime(*text); time.ok()) return *time;
  }
  const auto certificate = CertificateOf(outputs);
  return certificate ? std::optional(certificate->not_before()) : std::nullopt;
}

std::string DueText(const resource::DiffRequest& request, std::optional<Seconds> end,
                    std::int64_t early) {
  const std::string replaced =
      request.just_imported ? "is replaced by a later run" : "is replaced by a new one";
  std::string text = NameOf(request);
  if (!end) return text + " was found ready for renewal and " + replaced;
  if (NowOf(request.clock) >= *end) {
    return text + " expired at " + TimeText(*end) + " and " + replaced;
  }
  text += " expires at " + TimeText(*end);
  const auto start = StartOf(request.old_outputs);
  if (start && IsDue(*start, *end, early)) {
    return text + "; its renewal window of " + std::to_string(early) +
           " h covers its whole validity, so every run replaces it: lower earlyRenewalHours";
  }
  return text + ", which is within its renewal window of " + std::to_string(early) + " h, and " +
         replaced;
}

// A certificate without a window is renewed by the first run after its end: too late, if nobody
// runs anything at that moment. Worth a word in its last third, at most 30 days.
void WarnIfEndsUnrenewed(const resource::DiffRequest& request, Seconds end, std::int64_t early,
                         resource::Findings& findings) {
  const auto start = StartOf(request.old_outputs);
  if (early != 0 || !start) return;
  const auto notice = std::min<std::chrono::seconds>((end - *start) / 3, hours(30 * 24));
  if (end - NowOf(request.clock) > notice) return;
  findings.Warn(PropertyPath(names::kEarlyRenewalHours), "tls.expires-before-renewal",
                NameOf(request) + " expires at " + TimeText(end) +
                    " and is renewed only by the first run after that, because earlyRenewalHours "
                    "is 0; set it to renew in time");
}

}  // namespace

bool IsDue(Seconds now, Seconds end, std::int64_t early_hours) {
  return now >= end - hours(std::clamp<std::int64_t>(early_hours, 0, kLongestHours));
}

bool IsReadyFromStart(std::int64_t validity_hours, std::int64_t early_hours) {
  return validity_hours == 0 || early_hours >= validity_hours;
}

std::optional<Seconds> EndOf(const PropertyMap& outputs) {
  if (const auto text = TextOf(outputs, names::kValidityEndTime)) {
    if (const auto time = ParseTime(*text); time.ok()) return *time;
  }
  const auto certificate = CertificateOf(outputs);
  return certificate ? std::optional(certificate->not_after()) : std::nullopt;
}

void DiffRenewal(const resource::DiffRequest& request, resource::Changes& changes,
                 resource::Findings& findings) {
  const auto end = EndOf(request.old_outputs);
  // While the new window is unknown, only what has expired is certainly due.
  const auto known = HoursOf(request.new_inputs, names::kEarlyRenewalHours);
  const std::int64_t early = known.value_or(0);
  // What a refresh noted holds until the window is another one.
  const bool noted = IsTrue(request.old_outputs, names::kReadyForRenewal) &&
                     !Changed(changes, names::kEarlyRenewalHours);
  if (noted || (end && IsDue(NowOf(request.clock), *end, early))) {
    const PropertyPath path(names::kReadyForRenewal);
    if (!request.just_imported) {
      changes[path] = {resource::ChangeKind::kUpdate, /*replace=*/true, /*input=*/false};
    }
    findings.Warn(path, "tls.renewal", DueText(request, end, early));
  } else if (end && known) {
    WarnIfEndsUnrenewed(request, *end, early, findings);
  }
}

void NoteIfDue(const PropertyMap& inputs, Seconds now, PropertyMap& outputs) {
  const auto end = EndOf(outputs);
  const auto early = HoursOf(inputs, names::kEarlyRenewalHours);
  if (end && early && IsDue(now, *end, *early)) outputs[names::kReadyForRenewal] = true;
}

}  // namespace palisade::tls
