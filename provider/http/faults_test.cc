// What may go wrong between us and a server, and what is then certain of the request.
#include <gmock/gmock.h>

#include <thread>

#include "provider/base/status.h"
#include "provider/http/curl_transport_for_test.h"

namespace palisade::http {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct FaultsTest : CurlTransportTest {
  void ExpectLost(const absl::StatusOr<Response>& response, absl::StatusCode code,
                  const char* text) {
    EXPECT_EQ(response.status().code(), code) << response.status();
    EXPECT_EQ(DeliveryOf(response.status()), Delivery::kUnclear);
    EXPECT_THAT(base::Message(response.status()), HasSubstr(text));
  }
  void ExpectNotSent(const absl::StatusOr<Response>& response, absl::StatusCode code,
                     const char* text) {
    EXPECT_EQ(response.status().code(), code) << response.status();
    EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
    EXPECT_THAT(base::Message(response.status()), HasSubstr(text));
  }
};

// Answers the first request of the first connection, reads the second one and closes by `end`. A
// further connection would be libcurl sending the request again.
LoopbackServer::Script DiesAfterTheSecondRequest(LoopbackServer*& server,
                                                 std::function<void(Connection&)> end) {
  return [&server, end = std::move(end)](Connection& connection) {
    while (const auto request = connection.ReadRequest()) {
      server->Keep(request->substr(0, request->find(' ')));
      if (connection.number() == 1 && server->kept().size() == 2) return end(connection);
      connection.Answer("yes");
    }
  };
}

// libcurl 7.88.1 sends the request again in each of these cases when it is left to itself.
TEST_F(FaultsTest, NothingIsSentTwiceWhenAUsedConnectionDies) {
  const std::vector<std::function<void(Connection&)>> ends = {
      [](Connection& connection) { connection.Close(); },
      [](Connection& connection) { connection.Reset(); }};
  for (const auto& end : ends) {
    for (const char* method : {"GET", "POST", "PUT", "DELETE"}) {
      for (const Idempotency idempotency :
           {Idempotency::kIdempotent, Idempotency::kNonIdempotent}) {
        for (const char* body : {"", "some=body"}) {
          LoopbackServer* self = nullptr;
          LoopbackServer server(DiesAfterTheSecondRequest(self, end));
          self = &server;
          Request request = Post(server.url(), body);
          request.method = method;
          request.idempotency = idempotency;
          ASSERT_TRUE(Send(request).ok());
          const auto response = Send(request);
          ExpectLost(response, absl::StatusCode::kUnavailable, "broke before a reply came");
          EXPECT_EQ(server.kept(), (std::vector<std::string>{method, method}));
          // The transport is as good as before.
          EXPECT_TRUE(Send(request).ok());
        }
      }
    }
  }
}

TEST_F(FaultsTest, TheConnectionEndsAfterTheRequestWasRead) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.number() % 2 == 1 ? connection.Close() : connection.Reset();
  });
  for (int i = 1; i <= 2; ++i) {
    ExpectLost(Send(Post(server.url(), "x")), absl::StatusCode::kUnavailable, "the connection to");
    EXPECT_EQ(server.connections(), i);
  }
}

TEST_F(FaultsTest, TheConnectionEndsBeforeTheRequestWasRead) {
  LoopbackServer server([](Connection& connection) { connection.Reset(); });
  const auto response = Send(Post(server.url(), std::string(1 << 20, 'x')));
  // Bytes may have been on their way, so nothing is certain.
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable) << response.status();
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(FaultsTest, ATruncatedBody) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  });
  ExpectLost(Send(Get(server.url())), absl::StatusCode::kUnavailable, "broke off");
}

TEST_F(FaultsTest, ATruncatedChunkedBody) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf");
  });
  EXPECT_EQ(Send(Get(server.url())).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(FaultsTest, WhatIsNoHttp) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Write("SSH-2.0-OpenSSH_9.2\r\n");
  });
  EXPECT_EQ(Send(Get(server.url())).status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(FaultsTest, ADamagedEncoding) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Answer("this is no gzip", "Content-Encoding: gzip\r\n");
  });
  ExpectLost(Send(Get(server.url())), absl::StatusCode::kUnavailable, "damaged");
}

TEST_F(FaultsTest, SilenceEndsByTheIdleLimit) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Hold();
  });
  Request request = Post(server.url(), "x");
  request.idle_timeout = milliseconds(50);
  ExpectLost(Send(request), absl::StatusCode::kDeadlineExceeded, "was silent for 1 s");
}

TEST_F(FaultsTest, SilenceInTheMiddleOfABodyEndsByTheIdleLimit) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    connection.Hold();
  });
  Request request = Get(server.url());
  request.idle_timeout = milliseconds(50);
  ExpectLost(Send(request), absl::StatusCode::kDeadlineExceeded, "was silent");
}

TEST_F(FaultsTest, ASlowDripIsNoSilenceButEndsByTheTotalLimit) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (connection.Pause(milliseconds(20)) && connection.Write("x")) {
    }
  });
  Request request = Get(server.url());
  request.idle_timeout = milliseconds(5000);
  request.total_timeout = milliseconds(300);
  ExpectLost(Send(request), absl::StatusCode::kDeadlineExceeded, "did not answer within 1 s");
}

TEST_F(FaultsTest, ACancelEndsAtOnceAndClosesTheConnection) {
  std::stop_source cancel;
  std::atomic<bool> closed = false;
  LoopbackServer server([&](Connection& connection) {
    connection.ReadRequest();
    cancel.request_stop();
    connection.Hold();
    closed = true;
  });
  const auto before = std::chrono::steady_clock::now();
  const auto response = transport.Send(Post(server.url(), "x"), cancel.get_token());
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
  EXPECT_EQ(response.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kUnclear);
}

TEST_F(FaultsTest, ACancelBeforehandSendsNothing) {
  LoopbackServer server(Echo);
  std::stop_source cancel;
  cancel.request_stop();
  const auto response = transport.Send(Post(server.url(), "x"), cancel.get_token());
  EXPECT_EQ(response.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
}

TEST_F(FaultsTest, NeitherAWaitingCallNorItsCancelDisturbsTheOthers) {
  const TestCertificates certificates;
  environment = {{"SSL_CERT_FILE", certificates.authority_file()}};
  for (const bool tls : {false, true}) {
    std::stop_source cancel, arrived;
    LoopbackServer server(
        [&](Connection& connection) {
          while (const auto request = connection.ReadRequest()) {
            if (request->ends_with("hold")) {
              arrived.request_stop();
              connection.Hold();
              return;
            }
            connection.Answer("yes");
          }
        },
        tls ? certificates.ServerContext() : nullptr);
    absl::StatusOr<Response> held = Response{};
    std::jthread holding(
        [&] { held = transport.Send(Post(server.url(), "hold"), cancel.get_token()); });
    base::SystemClock().WaitFor(std::chrono::seconds(10), arrived.get_token());
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(Send(Post(server.url(), "x")).ok());
    cancel.request_stop();
    holding.join();
    EXPECT_EQ(held.status().code(), absl::StatusCode::kCancelled) << held.status();
    EXPECT_TRUE(Send(Post(server.url(), "x")).ok());
  }
}

TEST_F(FaultsTest, TheEndOfTheTransportEndsWhatIsUnderWay) {
  auto ending = std::make_unique<CurlTransport>(
      CurlTransport::Options{base::SystemClock(), [](const std::string&) { return std::nullopt; }});
  std::stop_source arrived;
  LoopbackServer server([&](Connection& connection) {
    connection.ReadRequest();
    arrived.request_stop();
    connection.Hold();
  });
  absl::Status seen;
  std::jthread sending([&] { seen = ending->Send(Post(server.url(), "x"), {}).status(); });
  base::SystemClock().WaitFor(std::chrono::seconds(10), arrived.get_token());
  ending.reset();
  sending.join();
  EXPECT_EQ(seen.code(), absl::StatusCode::kCancelled);
}

TEST_F(FaultsTest, NoServer) {
  int port = 0;
  {
    port = LoopbackServer(Echo).port();
  }
  ExpectNotSent(Send(Get("http://127.0.0.1:" + std::to_string(port) + "/")),
                absl::StatusCode::kUnavailable, "no connection to 127.0.0.1:");
}

TEST_F(FaultsTest, NoSuchHost) {
  // No label is longer than 63 characters, so no server is asked.
  const std::string host = std::string(64, 'a') + ".test";
  ExpectNotSent(Send(Get("http://" + host + "/?token=hunter2")), absl::StatusCode::kUnavailable,
                "no address was found for host aaa");
}

// The listener accepts by its backlog, but nobody ever shakes hands.
TEST_F(FaultsTest, AHandshakeThatHangsEndsByTheConnectLimitForAllThatWaitForIt) {
  LoopbackServer server([](Connection& connection) { connection.Hold(); });
  Network network;
  network.insecure = true;
  Request request = Get("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  request.network = std::make_shared<Network>(network);
  request.connect_timeout = milliseconds(300);
  const auto before = std::chrono::steady_clock::now();
  std::atomic<int> not_sent = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 20; ++i) {
      threads.emplace_back([&] {
        const auto response = transport.Send(request, {});
        if (response.status().code() == absl::StatusCode::kDeadlineExceeded &&
            DeliveryOf(response.status()) == Delivery::kNotSent) {
          ++not_sent;
        }
      });
    }
  }
  EXPECT_EQ(not_sent, 20);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(3));
}

TEST_F(FaultsTest, WhoHasMorePatienceTriesForItself) {
  std::stop_source connected;
  LoopbackServer server([&](Connection& connection) {
    connected.request_stop();
    connection.Hold();
  });
  Network network;
  network.insecure = true;
  Request request = Get("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  request.network = std::make_shared<Network>(network);
  Request patient = request;
  request.connect_timeout = milliseconds(200);
  patient.connect_timeout = milliseconds(300);
  std::jthread impatient([&] { EXPECT_FALSE(transport.Send(request, {}).ok()); });
  base::SystemClock().WaitFor(std::chrono::seconds(10), connected.get_token());
  ExpectNotSent(Send(patient), absl::StatusCode::kDeadlineExceeded, "no connection to");
  EXPECT_EQ(server.connections(), 2);
}

}  // namespace
}  // namespace palisade::http
