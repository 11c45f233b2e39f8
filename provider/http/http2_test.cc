// HTTP/2 against a server of nghttp2.
#include <gmock/gmock.h>

#include <thread>

#include "provider/base/status.h"
#include "provider/http/curl_transport_for_test.h"
#include "provider/http/http2_for_test.h"

namespace palisade::http {
namespace {

struct Http2Test : CurlTransportTest {
  Http2Test() { environment = {{"SSL_CERT_FILE", certificates.authority_file()}}; }

  TestCertificates certificates;
  std::mutex mutex;
  std::vector<std::string> arrived;
  std::function<Http2Answer(const std::string&)> choose = [](const std::string&) {
    return Http2Answer::kEcho;
  };
  LoopbackServer server{Http2Connection::Script([this](const std::string& request) {
                          std::lock_guard lock(mutex);
                          arrived.push_back(request.substr(request.rfind(' ') + 1));
                          return choose(request);
                        }),
                        Http2Connection::Offer(certificates.ServerContext())};
};

TEST_F(Http2Test, CarriesARequest) {
  Request request = Post(server.url("/a/../b?c=%20"), "body");
  request.headers = {{"Host", "ec2.us-east-1.amazonaws.com"}};
  const auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "POST ec2.us-east-1.amazonaws.com /a/../b?c=%20 body");
}

TEST_F(Http2Test, ManyShareOneConnection) {
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 60; ++i) {
      threads.emplace_back([&, i] {
        const std::string body = "number" + std::to_string(i);
        const auto response = transport.Send(Post(server.url(), body), {});
        if (response.ok() && response->body.ends_with(" " + body)) ++good;
      });
    }
  }
  EXPECT_EQ(good, 60);
  EXPECT_EQ(server.connections(), 1);
}

// libcurl would send each of them again.
TEST_F(Http2Test, NothingIsSentTwice) {
  for (const Http2Answer fault :
       {Http2Answer::kRefuse, Http2Answer::kGoAway, Http2Answer::kClose}) {
    for (const Idempotency idempotency : {Idempotency::kIdempotent, Idempotency::kNonIdempotent}) {
      arrived.clear();
      choose = [&](const std::string& request) {
        return request.ends_with("fault") ? fault : Http2Answer::kEcho;
      };
      ASSERT_TRUE(Send(Post(server.url(), "before")).ok());
      Request request = Post(server.url(), "fault");
      request.idempotency = idempotency;
      const auto response = Send(request);
      EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable) << response.status();
      EXPECT_EQ(DeliveryOf(response.status()), Delivery::kUnclear);
      const auto after = Send(Post(server.url(), "after"));
      EXPECT_TRUE(after.ok()) << after.status();
      std::lock_guard lock(mutex);
      EXPECT_THAT(arrived, testing::ElementsAre("before", "fault", "after"));
    }
  }
}

TEST_F(Http2Test, ACancelLeavesTheOthersOfTheConnectionAlone) {
  std::stop_source cancel, holding_arrived;
  choose = [&](const std::string& request) {
    if (!request.ends_with("hold")) return Http2Answer::kEcho;
    holding_arrived.request_stop();
    return Http2Answer::kHold;
  };
  absl::StatusOr<Response> held = Response{};
  std::jthread holding(
      [&] { held = transport.Send(Post(server.url(), "hold"), cancel.get_token()); });
  base::SystemClock().WaitFor(std::chrono::seconds(10), holding_arrived.get_token());
  EXPECT_TRUE(Send(Post(server.url(), "x")).ok());
  cancel.request_stop();
  holding.join();
  EXPECT_EQ(held.status().code(), absl::StatusCode::kCancelled) << held.status();
  EXPECT_TRUE(Send(Post(server.url(), "x")).ok());
  EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace palisade::http
