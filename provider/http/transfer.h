#pragma once

#include <curl/curl.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/clock.h"
#include "provider/http/handle_pool.h"
#include "provider/http/message.h"
#include "provider/http/url.h"

namespace palisade::http {

/// How a request is sent; decided by CurlTransport, so that libcurl reads no environment.
struct Route {
  Url url;
  std::string proxy;          ///< "" for none
  std::string ca_bundle;      ///< "" where nothing is verified
  bool insecure = false;      ///< do not verify the server
  bool certificates = false;  ///< connect, look at the certificates and leave
  bool alpn = true;           ///< offer HTTP/2
  std::string target;         ///< the URL as libcurl takes it

  /// Equal for requests that may use one another's connection.
  std::string Key() const;
};

/// One request inside libcurl. Made and awaited by the calling thread, driven by the loop's thread
/// in between. The request, the route, the clock and the pool outlive it.
class Transfer {
 public:
  Transfer(const Request& request, const Route& route, const base::Clock& clock, HandlePool& pool);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  /// INVALID_ARGUMENT for what cannot be sent (a line break in a header).
  absl::Status Prepare();
  absl::StatusOr<Response> Wait();
  /// After Wait, with Route::certificates.
  const std::vector<std::string>& certificates() const { return certificates_; }

  void RequestCancel() { cancelled_.store(true, std::memory_order_release); }
  bool cancel_requested() const { return cancelled_.load(std::memory_order_acquire); }

  // The loop's side.
  CURL* handle() const { return handle_.get(); }
  /// What became of it, once libcurl is done with it and its handle has left the multi.
  absl::StatusOr<Response> Result(CURLcode code);
  /// Wakes the waiting thread, which may destroy this object from then on.
  void Finish(absl::StatusOr<Response> result);
  /// The status of a time limit that has passed; nullopt before.
  std::optional<absl::Status> Expired(base::SteadyTime now) const;
  /// When Expired may change its mind at the earliest.
  base::SteadyTime NextLimit() const;
  /// It waits for a connection such as `failed` could not get, and would not have had more
  /// patience.
  bool SharesFateOf(const Transfer& failed) const {
    return sends_ == 0 && !socket_opened_ && key_ == failed.key_ &&
           request_.connect_timeout <= failed.request_.connect_timeout;
  }
  bool sent() const { return sends_ > 0; }

 private:
  static std::size_t OnBody(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t OnHeader(char* data, std::size_t size, std::size_t count, void* self);
  static int OnProgress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up);
  static int OnSend(void* self, char*, char*, int, int);
  static int OnSocket(void* self, curl_socket_t, curlsocktype);

  absl::Status SetHeaders();
  void SetMethod();
  void SetTls();
  void SetLimits();
  template <typename Value>
  void Set(CURLoption option, Value value);
  void ReadCertificates();

  const Request& request_;
  const Route& route_;
  const base::Clock& clock_;
  const std::string key_;
  const HandlePool::Handle handle_;
  curl_slist* header_list_ = nullptr;
  char error_[CURL_ERROR_SIZE] = {};

  // Written by the loop's thread only.
  Response response_;
  std::vector<std::string> certificates_;
  bool too_long_ = false, socket_opened_ = false;
  int sends_ = 0;
  curl_off_t moved_ = 0;
  base::SteadyTime begun_, active_;

  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;
  std::condition_variable done_;
  std::optional<absl::StatusOr<Response>> result_;
};

}  // namespace palisade::http
