#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "provider/base/environment.h"
#include "provider/http/message.h"

namespace palisade::http {

/// The one file of trusted authorities: what `network` names, else SSL_CERT_FILE, else
/// CURL_CA_BUNDLE, else the first of the places where distributions keep it. FAILED_PRECONDITION
/// when a named file cannot be read or none was found. libcurl itself knows neither variable, and a
/// folder of certificates beside the file would cost 180 MB over 200 connections.
absl::StatusOr<std::string> CaBundle(const Network* network, const base::Environment& environment);

}  // namespace palisade::http
