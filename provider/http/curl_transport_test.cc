#include "provider/http/curl_transport.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include <thread>

#include "provider/base/status.h"
#include "provider/http/curl_transport_for_test.h"

namespace palisade::http {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string Gzip(const std::string& text) {
  std::string packed(text.size() + 100, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

TEST_F(CurlTransportTest, SendsExactlyWhatIsGiven) {
  LoopbackServer server(Echo);
  Request request = Post(server.url("/a//b/../c%2fd/%7E?z=1&a&b=%20"), "k=v");
  request.headers = {{"Host", "ec2.us-east-1.amazonaws.com"}, {"X-Empty", ""}, {"x-a", "1"}};
  const auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body,
            "POST /a//b/../c%2fd/%7E?z=1&a&b=%20 HTTP/1.1\r\n"
            "Host: ec2.us-east-1.amazonaws.com\r\n"
            "Accept-Encoding: gzip, deflate\r\n"
            "X-Empty:\r\n"
            "x-a: 1\r\n"
            "Content-Length: 3\r\n"
            "\r\n"
            "k=v");
}

TEST_F(CurlTransportTest, MethodsWithoutABody) {
  LoopbackServer server(Echo);
  for (const char* method : {"GET", "DELETE", "OPTIONS"}) {
    Request request = Get(server.url());
    request.method = method;
    const auto response = Send(request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->body, std::string(method) + " / HTTP/1.1\r\nHost: 127.0.0.1:" +
                                  std::to_string(server.port()) +
                                  "\r\nAccept-Encoding: gzip, deflate\r\n\r\n");
  }
  for (const char* method : {"POST", "PUT", "PATCH"}) {
    Request request = Get(server.url());
    request.method = method;
    const auto response = Send(request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_THAT(response->body, HasSubstr("Content-Length: 0\r\n"));
    EXPECT_THAT(response->body, Not(HasSubstr("Content-Type")));
  }
}

TEST_F(CurlTransportTest, AHeadHasNoBody) {
  LoopbackServer server([](Connection& connection) {
    while (connection.ReadRequest()) {
      connection.Write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: x\r\n\r\n");
    }
  });
  Request request = Get(server.url());
  request.method = "HEAD";
  for (int i = 0; i < 2; ++i) {
    const auto response = Send(request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->body, "");
    ASSERT_NE(response->Find("etag"), nullptr);
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlTransportTest, ABinaryBodyAndALargeOneArriveWhole) {
  LoopbackServer server([](Connection& connection) {
    while (const auto request = connection.ReadRequest()) {
      connection.Answer(request->substr(request->find("\r\n\r\n") + 4));
    }
  });
  std::string body("a\0b", 3);
  body.append(3 << 20, 'x');
  const auto response = Send(Post(server.url(), body));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, body);
}

TEST_F(CurlTransportTest, HeadersOfTheLastResponseOnly) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Write("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
    connection.Answer("yes", "x-amzn-RequestId:  r-1 \r\nX-Two: a\r\nX-Two: b\r\n", 404);
  });
  const auto response = Send(Get(server.url()));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->Find("link"), nullptr);
  EXPECT_EQ(*response->Find("X-AMZN-REQUESTID"), "r-1");
  EXPECT_EQ(response->headers.size(), 4u);
}

TEST_F(CurlTransportTest, ARedirectIsAnAnswer) {
  LoopbackServer server([](Connection& connection) {
    connection.ReadRequest();
    connection.Answer("", "Location: /elsewhere\r\n", 301);
  });
  const auto response = Send(Get(server.url()));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 301);
}

TEST_F(CurlTransportTest, DecompressesAndCountsWhatComesOut) {
  const std::string text(100'000, 'x');
  LoopbackServer server([&](Connection& connection) {
    while (connection.ReadRequest()) {
      connection.Answer(Gzip(text), "Content-Encoding: gzip\r\n");
    }
  });
  Request request = Get(server.url());
  const auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, text);
  request.max_response_bytes = 10'000;
  EXPECT_EQ(Send(request).status().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(CurlTransportTest, ATooLongBodyIsNotReadOn) {
  LoopbackServer server(Echo);
  Request request = Post(server.url(), std::string(2000, 'x'));
  request.max_response_bytes = 1000;
  const auto response = Send(request);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kUnclear);
  EXPECT_THAT(base::Message(response.status()), HasSubstr("longer than the allowed 1000 bytes"));
}

TEST_F(CurlTransportTest, AConnectionIsUsedAgain) {
  LoopbackServer server(Echo);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Send(Post(server.url(), "x")).ok());
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlTransportTest, ManyAtOnceUseAtMost64Connections) {
  LoopbackServer server(Echo);
  std::atomic<int> good = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 200; ++i) {
      threads.emplace_back([&, i] {
        Request request = Post(server.url(), "number " + std::to_string(i));
        const auto response = transport.Send(request, {});
        if (response.ok() && response->body.ends_with("number " + std::to_string(i))) ++good;
      });
    }
  }
  EXPECT_EQ(good, 200);
  EXPECT_LE(server.connections(), 64);
}

TEST_F(CurlTransportTest, HeadersThatWouldBreakTheRequestAreRefused) {
  for (const Header& header :
       {Header{"X-A", "b\r\nX-C: d"}, Header{"X-A\n", "b"}, Header{"", "b"}, Header{"X:A", "b"}}) {
    Request request = Get("http://127.0.0.1:1/");
    request.headers = {header};
    const auto response = Send(request);
    EXPECT_EQ(response.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
  }
}

TEST_F(CurlTransportTest, OnlyHttpIsSpoken) {
  for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "nonsense"}) {
    const auto response = Send(Get(url));
    EXPECT_EQ(response.status().code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
  }
}

TEST_F(CurlTransportTest, LogsALine) {
  LoopbackServer server(Echo);
  ASSERT_TRUE(Send(Get(server.url("/path?secret=1"))).ok());
  ASSERT_EQ(log.size(), 1u);
  EXPECT_THAT(log[0], AllOf(HasSubstr("HTTP GET http://127.0.0.1:"), HasSubstr("/path -> 200 in"),
                            Not(HasSubstr("secret"))));
}

}  // namespace
}  // namespace palisade::http
