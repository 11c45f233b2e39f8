#pragma once

#include <cstdint>
#include <optional>

#include "provider/resource/resource.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// Certificates are replaced when they come near their end. Nothing but Diff decides that, on the
// clock of the request, because Diff runs on every `pulumi up`, with or without a refresh.

/// Whether a certificate that ends at `end` is to be renewed at `now`: from `early_hours` before
/// its end on, that moment included.
bool IsDue(Seconds now, Seconds end, std::int64_t early_hours);

/// readyForRenewal of a certificate that was just issued: whether its renewal window covers its
/// whole life.
bool IsReadyFromStart(std::int64_t validity_hours, std::int64_t early_hours);

/// When the certificate of these outputs ends, by validityEndTime or else by certPem.
std::optional<Seconds> EndOf(const PropertyMap& outputs);

/// Adds the replacement at `readyForRenewal` when it is due, with a warning `tls.renewal` that
/// names the certificate and its end. For one that was just imported there is the warning alone.
/// Also warns (`tls.expires-before-renewal`) of one that ends soon
/// and would be renewed only after that.
void DiffRenewal(const resource::DiffRequest& request, resource::Changes& changes,
                 resource::Findings& findings);

/// For a refresh: sets readyForRenewal in `outputs` if it is due now, and leaves it otherwise.
void NoteIfDue(const PropertyMap& inputs, Seconds now, PropertyMap& outputs);

}  // namespace palisade::tls
