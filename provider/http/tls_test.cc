// Trust, proxies and certificates.
#include <gmock/gmock.h>

#include "provider/base/status.h"
#include "provider/http/curl_transport_for_test.h"

namespace palisade::http {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct TlsTest : CurlTransportTest {
  static std::shared_ptr<const Network> Trusting(const TestCertificates& certificates) {
    Network network;
    network.ca_bundle = certificates.authority_file();
    return std::make_shared<const Network>(std::move(network));
  }
  static std::shared_ptr<const Network> Insecure() {
    Network network;
    network.insecure = true;
    return std::make_shared<const Network>(std::move(network));
  }

  TestCertificates certificates;
  LoopbackServer server{Echo, &certificates};
  Request request = Get(server.url("/", "localhost"));
};

TEST_F(TlsTest, TrustsTheConfiguredBundle) {
  request.network = Trusting(certificates);
  const auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->body, StartsWith("GET / HTTP/1.1"));
}

TEST_F(TlsTest, TrustsTheBundleOfTheEnvironment) {
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    environment = {{name, certificates.authority_file()}};
    EXPECT_TRUE(Send(request).ok()) << name;
  }
}

TEST_F(TlsTest, RefusesAnUnknownAuthority) {
  const TestCertificates other("Another Authority");
  environment = {{"SSL_CERT_FILE", other.authority_file()}};
  request.network = Trusting(certificates);
  ASSERT_TRUE(Send(request).ok());
  // Not over the connection that another trust has opened either.
  request.network = nullptr;
  const auto response = Send(request);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
  EXPECT_THAT(base::Message(response.status()),
              AllOf(HasSubstr("the certificate of localhost:"), HasSubstr("is not trusted"),
                    HasSubstr("SSL_CERT_FILE")));
}

// Its key was made anew, as a cluster's that was set up again: OpenSSL then finds the authority and
// a signature that does not fit, which libcurl takes for a failure of the connection.
TEST_F(TlsTest, RefusesAnAuthorityOfTheSameNameByThatReason) {
  const TestCertificates other;
  request.network = Trusting(other);
  const auto response = Send(request);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition) << response.status();
  EXPECT_THAT(base::Message(response.status()), HasSubstr("is not trusted (its signature"));
}

TEST_F(TlsTest, RefusesAnotherHostsCertificate) {
  Network network = *Trusting(certificates);
  LoopbackServer proxy(ProxyTo(server.port(), [](std::string) {}));
  network.https_proxy = proxy.url();
  request.network = std::make_shared<Network>(network);
  request.url = "https://other.example/";
  const auto response = Send(request);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition) << response.status();
}

TEST_F(TlsTest, InsecureOnlyWhereConfigured) {
  request.network = Insecure();
  EXPECT_TRUE(Send(request).ok());
  environment = {{"SSL_CERT_FILE", TestCertificates().authority_file()}};
  request.network = nullptr;
  EXPECT_FALSE(Send(request).ok());
}

TEST_F(TlsTest, ABundleThatIsMissingOrEmptyIsNamed) {
  Network network;
  network.ca_bundle = "/nonexistent/bundle.pem";
  request.network = std::make_shared<Network>(network);
  auto response = Send(request);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
  EXPECT_THAT(base::Message(response.status()), HasSubstr("/nonexistent/bundle.pem"));

  request.network = nullptr;
  environment = {{"SSL_CERT_FILE", "/dev/null"}};
  response = Send(request);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition) << response.status();
  EXPECT_THAT(base::Message(response.status()), HasSubstr("\"/dev/null\""));
}

TEST_F(TlsTest, RefusesOldTls) {
  const auto context = certificates.ServerContext();
  SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
  LoopbackServer old(Echo, context);
  Request to_old = Get(old.url("/", "localhost"));
  to_old.network = Trusting(certificates);
  const auto response = Send(to_old);
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable) << response.status();
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
}

TEST_F(TlsTest, GoesThroughAProxyByConnect) {
  LoopbackServer* self = nullptr;
  LoopbackServer proxy(ProxyTo(server.port(), [&](std::string head) { self->Keep(head); }));
  self = &proxy;
  environment = {{"HTTPS_PROXY", "http://user:pass@127.0.0.1:" + std::to_string(proxy.port())}};
  request.url = "https://far.test/path";
  request.network = Trusting(certificates);
  const auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->body, StartsWith("GET /path HTTP/1.1\r\nHost: far.test\r\n"));
  EXPECT_THAT(response->body, Not(HasSubstr("Proxy-Authorization")));
  ASSERT_EQ(proxy.kept().size(), 1u);
  EXPECT_THAT(proxy.kept()[0], AllOf(StartsWith("CONNECT far.test:443 HTTP/1.1"),
                                     HasSubstr("Proxy-Authorization: Basic dXNlcjpwYXNz")));
}

TEST_F(TlsTest, GoesThroughAProxyPlainly) {
  LoopbackServer* self = nullptr;
  LoopbackServer proxy(ProxyTo(server.port(), [&](std::string head) { self->Keep(head); }));
  self = &proxy;
  environment = {{"http_proxy", proxy.url()}, {"NO_PROXY", "near.test"}};
  const auto response = Send(Get("http://far.test/a/../b?c"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "by proxy");
  EXPECT_THAT(proxy.kept()[0], StartsWith("GET http://far.test/a/../b?c HTTP/1.1"));
}

TEST_F(TlsTest, DirectMeansDirect) {
  LoopbackServer plain(Echo);
  Network network;
  network.http_proxy = "http://127.0.0.1:1";
  Request to_plain = Get(plain.url());
  to_plain.network = std::make_shared<Network>(network);
  EXPECT_FALSE(Send(to_plain).ok());
  to_plain.direct = true;
  EXPECT_TRUE(Send(to_plain).ok());
}

TEST_F(TlsTest, AnHttpProxyWithoutAPortIsAtPort80) {
  Network network;
  network.http_proxy = "http://127.0.0.57";
  Request far = Get("http://far.test/");
  far.network = std::make_shared<Network>(network);
  const auto response = Send(far);
  EXPECT_THAT(base::Message(response.status()), HasSubstr("port 80 "));
}

TEST_F(TlsTest, AProxyThatRefusesIsNamedWithoutItsPassword) {
  LoopbackServer proxy([](Connection& connection) {
    connection.ReadRequest();
    connection.Answer("who are you?", "Proxy-Authenticate: Basic realm=x\r\n", 407);
  });
  environment = {{"ALL_PROXY", "http://user:hunter2@127.0.0.1:" + std::to_string(proxy.port())}};
  for (const char* url : {"https://far.test/", "http://far.test/"}) {
    const auto response = Send(Get(url));
    EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition) << response.status();
    EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
    EXPECT_THAT(
        base::Message(response.status()),
        AllOf(HasSubstr("the proxy 127.0.0.1:"), HasSubstr("refuses to connect to far.test"),
              HasSubstr("407"), Not(HasSubstr("hunter2"))));
  }
}

TEST_F(TlsTest, NoProxyThere) {
  environment = {{"HTTPS_PROXY", "http://user:hunter2@127.0.0.1:1"}};
  const auto response = Send(Get("https://far.test/"));
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable) << response.status();
  EXPECT_EQ(DeliveryOf(response.status()), Delivery::kNotSent);
  EXPECT_THAT(base::Message(response.status()), Not(HasSubstr("hunter2")));
}

TEST_F(TlsTest, ShowsThePeersCertificatesLeafFirst) {
  const std::string authority = "localhost:" + std::to_string(server.port());
  for (const std::string& url : {server.url("/", "localhost"), "tls://" + authority,
                                 "TLS://" + authority, "HTTPS://" + authority}) {
    Request look = Get(url);
    look.network = Trusting(certificates);
    const auto shown = transport.PeerCertificates(look, {});
    ASSERT_TRUE(shown.ok()) << shown.status();
    EXPECT_THAT(*shown, ElementsAre(certificates.leaf_pem(), certificates.authority_pem())) << url;
  }
}

TEST_F(TlsTest, CertificatesOfAnUntrustedServerNeedAWord) {
  Request look = Get("tls://localhost:" + std::to_string(server.port()));
  environment = {{"SSL_CERT_FILE", TestCertificates().authority_file()}};
  const TestCertificates other("Another Authority");
  look.network = Trusting(other);
  EXPECT_EQ(transport.PeerCertificates(look, {}).status().code(),
            absl::StatusCode::kFailedPrecondition);
  look.network = Insecure();
  const auto shown = transport.PeerCertificates(look, {});
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_EQ(shown->size(), 2u);
}

// Up to TLS 1.2 the client has the session's ticket when the handshake ends.
TEST_F(TlsTest, CertificatesAreThoseOfNowAlsoWhereTheServerKeepsSessions) {
  const auto context = certificates.ServerContext();
  SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
  LoopbackServer rotating(Echo, context);
  Request look = Get("tls://localhost:" + std::to_string(rotating.port()));
  look.network = Insecure();
  const auto before = transport.PeerCertificates(look, {});
  ASSERT_TRUE(before.ok()) << before.status();
  const TestCertificates renewed;
  renewed.ShowOn(context.get());
  const auto after = transport.PeerCertificates(look, {});
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(before->front(), certificates.leaf_pem());
  EXPECT_EQ(after->front(), renewed.leaf_pem());
}

TEST_F(TlsTest, CertificatesThroughAProxy) {
  LoopbackServer proxy(ProxyTo(server.port(), [](std::string) {}));
  environment = {{"HTTPS_PROXY", proxy.url()}};
  Request look = Get("https://far.test");
  look.network = Trusting(certificates);
  const auto shown = transport.PeerCertificates(look, {});
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_EQ(proxy.connections(), 1);
}

TEST_F(TlsTest, CertificatesNeedTls) {
  EXPECT_EQ(transport.PeerCertificates(Get("http://localhost/"), {}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace palisade::http
