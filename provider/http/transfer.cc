#include "provider/http/transfer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "provider/base/status.h"
#include "provider/http/curl_failure.h"
#include "provider/http/transport.h"

namespace palisade::http {
namespace {

// A call that must not be repeated takes no connection that has been idle for longer: the server
// may be about to close it, and then nobody knows what became of the call.
constexpr long kFreshSeconds = 5, kIdleSeconds = 60;

bool Breaks(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

std::string Seconds(std::chrono::milliseconds limit) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(limit).count()) + " s";
}

}  // namespace

std::string Route::Key() const {
  return url.scheme + "|" + url.Authority() + "|" + proxy + "|" + ca_bundle +
         (insecure ? "|insecure" : "|") + (certificates ? "|look" : "|") + (alpn ? "" : "|plain");
}

Transfer::Transfer(const Request& request, const Route& route, const base::Clock& clock,
                   HandlePool& pool)
    : request_(request),
      route_(route),
      clock_(clock),
      key_(route.Key()),
      handle_(pool.Take()),
      begun_(clock.Steady()),
      active_(begun_) {}

Transfer::~Transfer() { curl_slist_free_all(header_list_); }

template <typename Value>
void Transfer::Set(CURLoption option, Value value) {
  curl_easy_setopt(handle_.get(), option, value);
}

absl::Status Transfer::Prepare() {
  if (handle_ == nullptr) {
    return NotSent(base::Error(absl::StatusCode::kResourceExhausted, "out of memory"));
  }
  if (request_.method.empty() || Breaks(request_.method) || Breaks(route_.target)) {
    return NotSent(base::InvalidArgument("the method or the URL contains a line break"));
  }
  Set(CURLOPT_PRIVATE, static_cast<void*>(this));
  Set(CURLOPT_ERRORBUFFER, error_);
  Set(CURLOPT_NOSIGNAL, 1L);
  // A cancelled name look-up must not hold the loop until the system's resolver has given up.
  Set(CURLOPT_QUICK_EXIT, 1L);
  Set(CURLOPT_URL, route_.target.c_str());
  Set(CURLOPT_PATH_AS_IS, 1L);
  Set(CURLOPT_PROTOCOLS_STR, "http,https");
  Set(CURLOPT_FOLLOWLOCATION, 0L);
  Set(CURLOPT_PROXY, route_.proxy.c_str());
  // libcurl means 1080 where an http:// proxy has no port; everything else means 80.
  if (route_.proxy.starts_with("http://")) Set(CURLOPT_PROXYPORT, 80L);
  // An empty list of exceptions: ProxyFor has looked at them.
  Set(CURLOPT_NOPROXY, "");
  Set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  Set(CURLOPT_TCP_KEEPALIVE, 1L);
  Set(CURLOPT_MAXAGE_CONN,
      request_.idempotency == Idempotency::kNonIdempotent ? kFreshSeconds : kIdleSeconds);
  SetTls();
  SetLimits();
  SetMethod();
  return SetHeaders();
}

void Transfer::SetTls() {
  Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  Set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  Set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
  if (!route_.ca_bundle.empty()) {
    Set(CURLOPT_CAINFO, route_.ca_bundle.c_str());
    Set(CURLOPT_PROXY_CAINFO, route_.ca_bundle.c_str());
  }
  Set(CURLOPT_SSL_VERIFYPEER, route_.insecure ? 0L : 1L);
  Set(CURLOPT_SSL_VERIFYHOST, route_.insecure ? 0L : 2L);
  Set(CURLOPT_SSL_ENABLE_ALPN, route_.alpn ? 1L : 0L);
  Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  // Without TLS nothing tells before the first reply whether the server speaks HTTP/2, and the
  // others would wait for that reply.
  Set(CURLOPT_PIPEWAIT, route_.url.scheme == "https" ? 1L : 0L);
  if (route_.certificates) {
    Set(CURLOPT_CONNECT_ONLY, 1L);
    Set(CURLOPT_CERTINFO, 1L);
    Set(CURLOPT_FRESH_CONNECT, 1L);
    // A session taken up again shows the certificates that it began with.
    Set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
  }
}

void Transfer::SetLimits() {
  Set(CURLOPT_CONNECTTIMEOUT_MS, std::max(1L, static_cast<long>(request_.connect_timeout.count())));
  Set(CURLOPT_WRITEFUNCTION, OnBody);
  Set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  Set(CURLOPT_HEADERFUNCTION, OnHeader);
  Set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  Set(CURLOPT_NOPROGRESS, 0L);
  Set(CURLOPT_XFERINFOFUNCTION, OnProgress);
  Set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
  Set(CURLOPT_PREREQFUNCTION, OnSend);
  Set(CURLOPT_PREREQDATA, static_cast<void*>(this));
  Set(CURLOPT_SOCKOPTFUNCTION, OnSocket);
  Set(CURLOPT_SOCKOPTDATA, static_cast<void*>(this));
}

void Transfer::SetMethod() {
  const std::string& method = request_.method;
  if (method == "HEAD") {
    Set(CURLOPT_NOBODY, 1L);
    return;
  }
  const bool takes_body = method == "POST" || method == "PUT" || method == "PATCH";
  if (takes_body || !request_.body.empty()) {
    Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    Set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  Set(CURLOPT_CUSTOMREQUEST, method.c_str());
}

absl::Status Transfer::SetHeaders() {
  // Headers that libcurl would add of its own accord are switched off by an empty one.
  std::vector<std::string_view> own = {"Accept", "Content-Type", "Expect"};
  std::vector<std::string> lines;
  for (const Header& header : request_.headers) {
    if (header.name.empty() || Breaks(header.name) || Breaks(header.value) ||
        header.name.find_first_of(":; ") != std::string::npos) {
      return NotSent(base::InvalidArgument("a header's name or value contains what no header may"));
    }
    std::erase_if(own, [&](std::string_view name) { return SameHeaderName(name, header.name); });
    // A semicolon is how libcurl is told to send an empty value.
    lines.push_back(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  for (const std::string_view name : own) lines.push_back(std::string(name) + ":");
  for (const std::string& line : lines) {
    curl_slist* const longer = curl_slist_append(header_list_, line.c_str());
    if (longer == nullptr) {
      return NotSent(base::Error(absl::StatusCode::kResourceExhausted, "out of memory"));
    }
    header_list_ = longer;
  }
  Set(CURLOPT_HTTPHEADER, header_list_);
  // Adds the header unless the caller has given one, and decompresses either way.
  Set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  return absl::OkStatus();
}

std::size_t Transfer::OnBody(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t length = size * count;
  std::string& body = transfer.response_.body;
  if (length > transfer.request_.max_response_bytes - body.size()) {
    transfer.too_long_ = true;
    return 0;
  }
  body.append(data, length);
  transfer.active_ = transfer.clock_.Steady();
  return length;
}

std::size_t Transfer::OnHeader(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  std::string_view line(data, size * count);
  transfer.active_ = transfer.clock_.Steady();
  // A new status line: what came before was interim (100 Continue).
  if (line.starts_with("HTTP/")) {
    transfer.response_.headers.clear();
    return line.size();
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  std::string_view value = line.substr(colon + 1);
  const auto first = std::min(value.find_first_not_of(" \t\r\n"), value.size());
  value.remove_prefix(first);
  value = value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
  transfer.response_.headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
  return line.size();
}

int Transfer::OnProgress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (down + up != transfer.moved_) {
    transfer.moved_ = down + up;
    transfer.active_ = transfer.clock_.Steady();
  }
  return 0;
}

// Called when a connection stands and the request is about to be sent. libcurl comes here again
// when a reused connection died before the first byte of a reply, or the server refused the HTTP/2
// stream, and it means to send the request once more (7.88.1, lib/transfer.c Curl_retry_request).
int Transfer::OnSend(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.active_ = transfer.clock_.Steady();
  return ++transfer.sends_ == 1 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

int Transfer::OnSocket(void* self, curl_socket_t, curlsocktype) {
  static_cast<Transfer*>(self)->socket_opened_ = true;
  return CURL_SOCKOPT_OK;
}

std::optional<absl::Status> Transfer::Expired(base::SteadyTime now) const {
  const std::string host = route_.url.Authority();
  absl::Status status;
  if (now - begun_ >= request_.total_timeout) {
    status = base::Error(absl::StatusCode::kDeadlineExceeded,
                         host + " did not answer within " + Seconds(request_.total_timeout));
  } else if (sends_ > 0 && now - active_ >= request_.idle_timeout) {
    status = base::Error(absl::StatusCode::kDeadlineExceeded,
                         host + " was silent for " + Seconds(request_.idle_timeout));
  } else {
    return std::nullopt;
  }
  return sends_ == 0 ? NotSent(std::move(status)) : status;
}

base::SteadyTime Transfer::NextLimit() const {
  const base::SteadyTime total = begun_ + request_.total_timeout;
  return sends_ == 0 ? total : std::min(total, active_ + request_.idle_timeout);
}

absl::StatusOr<Response> Transfer::Result(CURLcode code) {
  long connect_code = 0, status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &connect_code);
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  CurlFailure failure;
  failure.code = code;
  failure.host = route_.url.Authority();
  if (!route_.proxy.empty()) {
    const auto proxy = ParseUrl(route_.proxy);
    if (proxy.ok()) failure.proxy = proxy->Authority();
  }
  failure.ca_bundle = route_.ca_bundle;
  failure.detail = error_;
  failure.connect_code = connect_code;
  failure.sends = sends_;
  failure.too_long = too_long_;
  failure.max_bytes = request_.max_response_bytes;
  failure.connect_seconds =
      static_cast<long>(std::chrono::ceil<std::chrono::seconds>(request_.connect_timeout).count());
  if (code != CURLE_OK) return StatusOf(failure);
  if (route_.certificates) ReadCertificates();
  if (status == 407 && !failure.proxy.empty()) {
    failure.connect_code = status;
    failure.sends = 0;
    return StatusOf(failure);
  }
  response_.status = static_cast<int>(status);
  return std::move(response_);
}

void Transfer::ReadCertificates() {
  curl_certinfo* info = nullptr;
  if (curl_easy_getinfo(handle_.get(), CURLINFO_CERTINFO, &info) != CURLE_OK || info == nullptr)
    return;
  constexpr std::string_view kField = "Cert:";
  for (int i = 0; i < info->num_of_certs; ++i) {
    for (const curl_slist* line = info->certinfo[i]; line != nullptr; line = line->next) {
      const std::string_view text(line->data);
      if (text.starts_with(kField)) certificates_.emplace_back(text.substr(kField.size()));
    }
  }
}

void Transfer::Finish(absl::StatusOr<Response> result) {
  std::lock_guard lock(mutex_);
  result_ = std::move(result);
  // Under the lock: the waiting thread may destroy this object as soon as it can take it.
  done_.notify_one();
}

absl::StatusOr<Response> Transfer::Wait() {
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return result_.has_value(); });
  return *std::move(result_);
}

}  // namespace palisade::http
