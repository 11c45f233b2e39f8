#include "provider/http/curl_failure.h"

#include "provider/base/status.h"
#include "provider/http/transport.h"

namespace palisade::http {
namespace {

using absl::StatusCode;

// Only for codes whose words cannot quote a URL or a header.
std::string Detail(const CurlFailure& failure) {
  const std::string text =
      failure.detail.empty() ? curl_easy_strerror(failure.code) : failure.detail;
  return " (" + text.substr(0, 200) + ")";
}

absl::Status ProxyRefusal(const CurlFailure& failure) {
  std::string text = "the proxy " + failure.proxy + " refuses to connect to " + failure.host +
                     " (HTTP " + std::to_string(failure.connect_code) + ")";
  if (failure.connect_code >= 500) return base::Error(StatusCode::kUnavailable, text);
  if (failure.connect_code == 407) {
    text += "; it wants a user and a password that it knows, in the proxy's URL or configuration";
  }
  return base::FailedPrecondition(text);
}

// OpenSSL reports the failed computation before the refusal, and libcurl sees the first error only.
bool SignatureFailed(const std::string& detail) {
  return detail.find("asn1 encoding routines") != std::string::npos ||
         detail.find("rsa routines") != std::string::npos;
}

absl::Status Untrusted(const CurlFailure& failure, const std::string& why) {
  return base::FailedPrecondition(
      "the certificate of " + failure.host + " is not trusted" + why +
      "; if its authority is your own, add it to the trusted ones of \"" + failure.ca_bundle +
      "\", or name another file in the configuration or in SSL_CERT_FILE");
}

absl::Status BeforeSending(const CurlFailure& failure) {
  if (failure.connect_code >= 300) return ProxyRefusal(failure);
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return base::Error(StatusCode::kUnavailable,
                         "no address was found for host " + failure.host + Detail(failure));
    case CURLE_COULDNT_RESOLVE_PROXY:
      return base::Error(StatusCode::kUnavailable,
                         "no address was found for the proxy " + failure.proxy);
    case CURLE_OPERATION_TIMEDOUT:
      return base::Error(StatusCode::kDeadlineExceeded,
                         "no connection to " + failure.host + " within " +
                             std::to_string(failure.connect_seconds) + " s");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      return Untrusted(failure, Detail(failure));
    case CURLE_SSL_CONNECT_ERROR:
      if (SignatureFailed(failure.detail)) {
        return Untrusted(failure, " (its signature is not that of the authority of this name)");
      }
      return base::Error(StatusCode::kUnavailable,
                         "no connection to " + failure.host + Detail(failure));
    case CURLE_SSL_CACERT_BADFILE:
      return base::FailedPrecondition("\"" + failure.ca_bundle +
                                      "\" holds no certificates to trust; expected PEM");
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return base::InvalidArgument("the URL for host " + failure.host + " cannot be used");
    case CURLE_OUT_OF_MEMORY:
      return base::Error(StatusCode::kResourceExhausted, "out of memory");
    default:
      return base::Error(StatusCode::kUnavailable,
                         "no connection to " + failure.host + Detail(failure));
  }
}

absl::Status AfterSending(const CurlFailure& failure) {
  if (failure.too_long) {
    return base::Error(StatusCode::kResourceExhausted,
                       "the reply of " + failure.host + " is longer than the allowed " +
                           std::to_string(failure.max_bytes) + " bytes");
  }
  // libcurl wanted to send it once more, because a connection that it had used before died.
  if (failure.sends > 1) {
    return base::Error(StatusCode::kUnavailable,
                       "the connection to " + failure.host + " broke before a reply came");
  }
  switch (failure.code) {
    case CURLE_PARTIAL_FILE:
      return base::Error(StatusCode::kUnavailable,
                         "the reply of " + failure.host + " broke off" + Detail(failure));
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY:
      return base::Error(StatusCode::kUnavailable, "the reply of " + failure.host + " is damaged");
    default:
      return base::Error(StatusCode::kUnavailable,
                         "the connection to " + failure.host + " broke" + Detail(failure));
  }
}

}  // namespace

absl::Status StatusOf(const CurlFailure& failure) {
  return failure.sends == 0 ? NotSent(BeforeSending(failure)) : AfterSending(failure);
}

}  // namespace palisade::http
