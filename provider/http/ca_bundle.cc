#include "provider/http/ca_bundle.h"

#include <unistd.h>

#include <array>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

constexpr std::array kPlaces = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

bool Readable(const std::string& path) { return access(path.c_str(), R_OK) == 0; }

absl::StatusOr<std::string> Named(const std::string& path, const std::string& source) {
  if (Readable(path)) return path;
  return base::FailedPrecondition(source + " names \"" + path +
                                  "\", which cannot be read; expected a file of trusted "
                                  "certificates in PEM");
}

}  // namespace

absl::StatusOr<std::string> CaBundle(const Network* network, const base::Environment& environment) {
  if (network != nullptr && !network->ca_bundle.empty()) {
    return Named(network->ca_bundle, network->ca_bundle_source);
  }
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    if (const auto path = environment(name); path && !path->empty()) return Named(*path, name);
  }
  for (const char* place : kPlaces) {
    if (Readable(place)) return std::string(place);
  }
  return base::FailedPrecondition(
      "this machine has no file of trusted certificates in any of the usual places; install "
      "ca-certificates, or name a PEM file in SSL_CERT_FILE");
}

}  // namespace palisade::http
