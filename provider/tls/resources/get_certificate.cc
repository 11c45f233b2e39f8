#include "provider/tls/resources/get_certificate.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "provider/base/status.h"
#include "provider/http/url.h"
#include "provider/tls/crypto/certificate_info.h"
#include "provider/tls/resources/inputs.h"
#include "provider/tls/resources/settings.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr std::chrono::milliseconds kConnectLimit(10'000), kTotalLimit(30'000);

// Its parts, or what is wrong with it, without its text: a URL may hold a password.
absl::StatusOr<http::Url> ParseServer(std::string_view text) {
  PALISADE_ASSIGN_OR_RETURN(http::Url url, http::ParseUrl(text));
  if (url.scheme != "https" && url.scheme != "tls") {
    return base::InvalidArgument("expected https://host or tls://host:port, found the scheme \"" +
                                 url.scheme + "\"");
  }
  if (url.port == 0) {
    return base::InvalidArgument("tls has no port of its own: expected tls://" + url.host +
                                 ":port");
  }
  return url;
}

// The way to an https server, which the configuration may decide.
absl::Status TakeProxy(const resource::Settings& settings, http::Request& request,
                       http::Network& network) {
  PALISADE_ASSIGN_OR_RETURN(const auto proxy, ReadProxy(settings));
  if (!proxy) return absl::OkStatus();
  request.direct = proxy->empty();
  network.https_proxy = *proxy;
  // The exceptions belong to the environment's proxy.
  network.no_proxy = "";
  return absl::OkStatus();
}

PropertyMap ObjectOf(const CertificateInfo& info) {
  PropertyMap object;
  object[names::kCertPem] = info.cert_pem;
  object[names::kIsCa] = info.is_ca;
  object[names::kIssuer] = info.issuer;
  object[names::kSubject] = info.subject;
  object[names::kMaxPathLength] = info.max_path_length;
  object[names::kNotBefore] = info.not_before;
  object[names::kNotAfter] = info.not_after;
  object[names::kPublicKeyAlgorithm] = info.public_key_algorithm;
  object[names::kSignatureAlgorithm] = info.signature_algorithm;
  object[names::kSerialNumber] = info.serial_number;
  object[names::kSha1Fingerprint] = info.sha1_fingerprint;
  object[names::kVersion] = info.version;
  return object;
}

}  // namespace

void GetCertificate::Check(const PropertyMap& args, resource::Findings& findings) const {
  const value::View view(args);
  resource::CheckOneOf(args, {names::kContent, names::kUrl}, false, findings);
  resource::CheckNeeds(args, names::kVerifyChain, names::kUrl, findings);
  if (const auto url = TextOf(args, names::kUrl)) {
    if (const auto server = ParseServer(*url); !server.ok()) {
      findings.Fail(PropertyPath(names::kUrl), "tls.url", base::Message(server.status()));
    }
    if (view.Bool(names::kVerifyChain) == false) {
      findings.Warn(PropertyPath(names::kVerifyChain), "tls.verify-chain",
                    "whoever answers in the server's name is believed; set it to true unless the "
                    "certificates are only looked at");
    }
  }
  if (const auto content = TextOf(args, names::kContent)) {
    if (const auto list = DescribeCertificates(*content); !list.ok()) {
      findings.Fail(PropertyPath(names::kContent), "tls.certificate", base::Message(list.status()));
    }
  }
}

absl::StatusOr<std::string> GetCertificate::Fetch(resource::Call& call, const std::string& url,
                                                  bool verify) const {
  PALISADE_ASSIGN_OR_RETURN(const http::Url server, ParseServer(url));
  http::Request request;
  request.url = url;
  request.idempotency = http::Idempotency::kIdempotent;
  request.connect_timeout = kConnectLimit;
  request.total_timeout = std::min(kTotalLimit, call.Left().value_or(kTotalLimit));
  http::Network network;
  network.insecure = !verify;
  if (server.scheme == "tls") {
    request.direct = true;
  } else {
    PALISADE_RETURN_IF_ERROR(TakeProxy(call.settings(), request, network));
  }
  request.network = std::make_shared<const http::Network>(std::move(network));
  PALISADE_ASSIGN_OR_RETURN(const auto shown, transport_.PeerCertificates(request, call.cancel()));
  std::string pem;
  for (const std::string& certificate : shown) pem += certificate;
  return pem;
}

absl::StatusOr<PropertyMap> GetCertificate::Invoke(resource::Call& call,
                                                   const resource::FunctionRequest& request) const {
  PropertyMap result;
  std::string pem;
  const char* source = names::kContent;
  if (const auto url = TextOf(request.args, names::kUrl)) {
    source = names::kUrl;
    const bool verify = value::View(request.args).Bool(names::kVerifyChain).value_or(true);
    auto fetched = Fetch(call, std::string(*url), verify);
    if (!fetched.ok()) return base::Annotate(fetched.status(), names::kUrl);
    pem = *std::move(fetched);
    result[names::kUrl] = std::string(*url);
    result[names::kVerifyChain] = verify;
  } else if (const auto content = TextOf(request.args, names::kContent)) {
    pem = *content;
    result[names::kContent] = pem;
  } else {
    return base::InvalidArgument("content: expected certificates in PEM, or a server as url");
  }
  const auto list = DescribeCertificates(pem);
  if (!list.ok()) return base::Annotate(list.status(), source);
  value::PropertyArray certificates;
  for (const CertificateInfo& info : list->certificates) certificates.push_back(ObjectOf(info));
  result["id"] = list->id;
  result[names::kCertificates] = std::move(certificates);
  return result;
}

}  // namespace palisade::tls
