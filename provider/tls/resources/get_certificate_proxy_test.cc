// getCertificate through real proxies on this machine.
#include "provider/http/curl_transport.h"
#include "provider/http/socks_for_test.h"
#include "provider/tls/resources/get_certificate.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A server that only proxies lead to, for its name exists nowhere.
struct GetCertificateByProxyTest : ::testing::Test {
  World world;
  std::shared_ptr<const resource::Settings> settings;
  http::TestCertificates certificates;
  http::LoopbackServer server{[](http::Connection& connection) { connection.Hold(); },
                              &certificates};
  std::map<std::string, std::string> environment{{"SSL_CERT_FILE", certificates.authority_file()}};
  std::vector<std::string> lines;
  http::CurlTransport curl{{base::SystemClock(),
                            [this](const std::string& name) {
                              const auto it = environment.find(name);
                              return it == environment.end() ? std::nullopt
                                                             : std::optional(it->second);
                            },
                            [this](const std::string& line) { lines.push_back(line); }}};
  const GetCertificate real{curl};

  absl::StatusOr<PropertyMap> Ask(const std::string& url = "https://far.test/") {
    resource::Call call(world.clock, world.random, world.reporter, {"", {}, {}, settings});
    const PropertyMap args{{"url", url}};
    return real.Invoke(call, {args, false});
  }
  void Configure(PropertyMap proxy) {
    auto next = std::make_shared<resource::Settings>();
    next->values = {{"tls", PropertyMap{{"proxy", std::move(proxy)}}}};
    settings = std::move(next);
  }
  static std::string At(const std::string& scheme, const http::LoopbackServer& proxy) {
    return scheme + "://localhost:" + std::to_string(proxy.port());
  }
};

TEST_F(GetCertificateByProxyTest, ConnectsWithUserAndPassword) {
  http::LoopbackServer* self = nullptr;
  http::LoopbackServer proxy(
      http::ProxyTo(server.port(), [&self](std::string head) { self->Keep(std::move(head)); }));
  self = &proxy;
  Configure({{"url", At("http", proxy)}, {"username", "ann"}, {"password", "p@/:%"}});
  // Neither another proxy of the environment nor its exceptions count.
  environment["HTTPS_PROXY"] = "http://127.0.0.1:1";
  environment["NO_PROXY"] = "*";
  const auto result = Ask();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->at("certificates").If<PropertyArray>()->size(), 2u);
  ASSERT_EQ(proxy.kept().size(), 1u);
  EXPECT_THAT(proxy.kept()[0], AllOf(HasSubstr("CONNECT far.test:443 HTTP/1.1"),
                                     // ann:p@/:% in base64.
                                     HasSubstr("Proxy-Authorization: Basic YW5uOnBALzol\r\n")));
  // Also to this machine itself, and never for tls.
  EXPECT_TRUE(Ask("https://localhost:" + std::to_string(server.port())).ok());
  EXPECT_EQ(proxy.connections(), 2);
  EXPECT_TRUE(Ask("tls://localhost:" + std::to_string(server.port())).ok());
  EXPECT_EQ(proxy.connections(), 2);
  EXPECT_THAT(lines, Each(Not(HasSubstr("ann"))));
}

TEST_F(GetCertificateByProxyTest, AProxyMayItselfSpeakTls) {
  // TLS ends in the proxy, which cannot tunnel it here; that it was asked by TLS is enough.
  http::LoopbackServer* self = nullptr;
  http::LoopbackServer proxy(
      [&self](http::Connection& client) {
        self->Keep(client.ReadRequest().value_or("nothing"));
        client.Answer("", "", 403);
      },
      &certificates);
  self = &proxy;
  Configure({{"url", At("https", proxy)}, {"username", "ann"}, {"password", "hunter2"}});
  const auto refused = Ask();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition) << refused.status();
  ASSERT_EQ(proxy.kept().size(), 1u);
  EXPECT_THAT(proxy.kept()[0],
              AllOf(HasSubstr("CONNECT far.test:443"), HasSubstr("Basic YW5uOmh1bnRlcjI=\r\n")));
}

TEST_F(GetCertificateByProxyTest, SocksLooksUpTheNameItself) {
  http::LoopbackServer* self = nullptr;
  http::LoopbackServer proxy(http::SocksTo(
      server.port(), "p@ss", [&self](std::string asked) { self->Keep(std::move(asked)); }));
  self = &proxy;
  Configure({{"url", At("socks5", proxy)}, {"username", "ann"}, {"password", "p@ss"}});
  const auto result = Ask();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->at("certificates").If<PropertyArray>()->size(), 2u);
  EXPECT_THAT(proxy.kept(), ElementsAre("ann:p@ss@far.test:443"));

  Configure({{"url", At("socks5", proxy)}, {"username", "ann"}, {"password", "hunter2"}});
  const auto refused = Ask();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable) << refused.status();
  EXPECT_THAT(base::Message(refused.status()),
              AllOf(HasSubstr("SOCKS5"), Not(HasSubstr("hunter2")), Not(HasSubstr("ann"))));
  EXPECT_THAT(lines, Each(Not(HasSubstr("hunter2"))));
}

TEST_F(GetCertificateByProxyTest, FromEnvDecidesWhetherTheEnvironmentCounts) {
  http::LoopbackServer proxy(http::ProxyTo(server.port(), [](std::string) {}));
  environment["HTTPS_PROXY"] = proxy.url();
  for (const PropertyMap& own : {PropertyMap{}, PropertyMap{{"fromEnv", true}}}) {
    Configure(own);
    const int before = proxy.connections();
    EXPECT_TRUE(Ask().ok());
    EXPECT_EQ(proxy.connections(), before + 1);
  }
  Configure({{"fromEnv", false}});
  const int before = proxy.connections();
  EXPECT_EQ(Ask("https://127.0.0.2:1").status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(proxy.connections(), before);
}

TEST_F(GetCertificateByProxyTest, ARefusalTellsNoPassword) {
  http::LoopbackServer proxy([](http::Connection& connection) {
    connection.ReadRequest();
    connection.Answer("", "Proxy-Authenticate: Basic realm=x\r\n", 407);
  });
  Configure({{"url", At("http", proxy)}, {"username", "ann"}, {"password", "hunter2"}});
  const auto refused = Ask();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(base::Message(refused.status()),
              AllOf(HasSubstr("url: the proxy localhost:"),
                    HasSubstr("refuses to connect to far.test (HTTP 407)"),
                    HasSubstr("user and a password"), Not(HasSubstr("hunter2"))));
  EXPECT_THAT(lines, Each(Not(HasSubstr("hunter2"))));
}

}  // namespace
}  // namespace palisade::tls
