#pragma once

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "provider/http/loopback_for_test.h"

namespace palisade::http {

/// What a Http2Server does with a request.
enum class Http2Answer {
  kEcho,    ///< 200 with ":method :authority :path" and the request's body
  kHold,    ///< nothing
  kRefuse,  ///< RST_STREAM with REFUSED_STREAM
  kGoAway,  ///< GOAWAY that covers no stream, then the end
  kClose,   ///< the end, without a word
};

/// One connection of an HTTP/2 server, on nghttp2. `choose` gets each whole request as it would be
/// echoed.
class Http2Connection {
 public:
  using Choose = std::function<Http2Answer(const std::string& request)>;

  Http2Connection(Connection& connection, Choose choose)
      : connection_(connection), choose_(std::move(choose)) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_send_callback(callbacks, OnSend);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnData);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
    nghttp2_session_server_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  }
  Http2Connection(const Http2Connection&) = delete;
  Http2Connection& operator=(const Http2Connection&) = delete;
  ~Http2Connection() { nghttp2_session_del(session_); }

  void Run() {
    while (nghttp2_session_send(session_) == 0 && !ended_) {
      const std::string bytes = connection_.ReadSome();
      if (bytes.empty()) return;
      const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
      if (nghttp2_session_mem_recv(session_, data, bytes.size()) < 0) return;
    }
  }

  /// A script for a LoopbackServer whose context offers "h2".
  static LoopbackServer::Script Script(Choose choose) {
    return [choose = std::move(choose)](Connection& connection) {
      Http2Connection(connection, choose).Run();
    };
  }
  /// Makes a server of that context choose "h2".
  static std::shared_ptr<SSL_CTX> Offer(std::shared_ptr<SSL_CTX> context) {
    SSL_CTX_set_alpn_select_cb(
        context.get(),
        [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char*, unsigned,
           void*) {
          static const unsigned char name[] = {'h', '2'};
          *out = name;
          *size = sizeof name;
          return SSL_TLSEXT_ERR_OK;
        },
        nullptr);
    return context;
  }

 private:
  struct Stream {
    std::map<std::string, std::string> head;
    std::string body, answer;
    std::size_t sent = 0;
  };

  static ssize_t OnSend(nghttp2_session*, const std::uint8_t* data, std::size_t size, int,
                        void* self) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const bool written = static_cast<Http2Connection*>(self)->connection_.Write(bytes);
    return written ? static_cast<ssize_t>(size) : ssize_t{NGHTTP2_ERR_CALLBACK_FAILURE};
  }
  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                      std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                      std::uint8_t, void* self) {
    const std::string key(reinterpret_cast<const char*>(name), name_size);
    static_cast<Http2Connection*>(self)->streams_[frame->hd.stream_id].head[key] =
        std::string(reinterpret_cast<const char*>(value), value_size);
    return 0;
  }
  static int OnData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data,
                    std::size_t size, void* self) {
    static_cast<Http2Connection*>(self)->streams_[id].body.append(
        reinterpret_cast<const char*>(data), size);
    return 0;
  }
  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* self) {
    const bool request = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (request && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
      static_cast<Http2Connection*>(self)->Decide(frame->hd.stream_id);
    }
    return 0;
  }
  static ssize_t OnRead(nghttp2_session*, std::int32_t, std::uint8_t* out, std::size_t size,
                        std::uint32_t* flags, nghttp2_data_source* source, void*) {
    Stream& stream = *static_cast<Stream*>(source->ptr);
    const std::size_t part = std::min(size, stream.answer.size() - stream.sent);
    stream.answer.copy(reinterpret_cast<char*>(out), part, stream.sent);
    stream.sent += part;
    if (stream.sent == stream.answer.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(part);
  }

  void Decide(std::int32_t id) {
    Stream& stream = streams_[id];
    stream.answer = stream.head[":method"] + " " + stream.head[":authority"] + " " +
                    stream.head[":path"] + " " + stream.body;
    switch (choose_(stream.answer)) {
      case Http2Answer::kEcho:
        return Answer(id, stream);
      case Http2Answer::kHold:
        return;
      case Http2Answer::kRefuse:
        nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, NGHTTP2_REFUSED_STREAM);
        return;
      case Http2Answer::kGoAway:
        nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, 0, NGHTTP2_NO_ERROR, nullptr, 0);
        nghttp2_session_send(session_);
        ended_ = true;
        return;
      case Http2Answer::kClose:
        ended_ = true;
        return;
    }
  }

  void Answer(std::int32_t id, Stream& stream) {
    std::string name = ":status", value = "200";
    const nghttp2_nv status = {reinterpret_cast<std::uint8_t*>(name.data()),
                               reinterpret_cast<std::uint8_t*>(value.data()), name.size(),
                               value.size(), NGHTTP2_NV_FLAG_NONE};
    nghttp2_data_provider body{};
    body.source.ptr = &stream;
    body.read_callback = OnRead;
    nghttp2_submit_response(session_, id, &status, 1, &body);
  }

  Connection& connection_;
  const Choose choose_;
  nghttp2_session* session_ = nullptr;
  std::map<std::int32_t, Stream> streams_;
  bool ended_ = false;
};

}  // namespace palisade::http
