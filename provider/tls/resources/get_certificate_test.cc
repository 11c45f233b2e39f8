#include "provider/tls/resources/get_certificate.h"

#include "provider/http/curl_transport.h"
#include "provider/http/fake_transport.h"
#include "provider/http/loopback_for_test.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct GetCertificateTest : ::testing::Test {
  World world;
  http::FakeTransport transport;
  const GetCertificate function{transport};
  std::shared_ptr<const resource::Settings> settings;
  std::string text;
  std::vector<std::string> warnings;

  std::vector<std::string> Failures(const PropertyMap& args) {
    resource::Findings findings;
    function.Check(args, findings);
    std::vector<std::string> failures;
    for (const auto& one : findings.failures()) {
      failures.push_back(one.path.Text() + " " + one.rule);
      text += one.reason + "\n";
    }
    for (const auto& one : findings.warnings()) warnings.push_back(one.rule);
    return failures;
  }
  absl::StatusOr<PropertyMap> Invoke(const PropertyMap& args) {
    resource::Call call(world.clock, world.random, world.reporter, {"", {}, {}, settings});
    return function.Invoke(call, {args, false});
  }
  void ShowACertificate() {
    const auto root = world.Create(SelfSignedCertResource(), RootInputs(world.Key("ED25519")));
    transport.certificates = std::vector{*root.outputs.at("certPem").If<std::string>()};
  }
  void Configure(PropertyMap proxy) {
    auto next = std::make_shared<resource::Settings>();
    next->values = {{"tls", PropertyMap{{"proxy", std::move(proxy)}}}};
    settings = std::move(next);
  }
};

std::vector<std::string> Subjects(const PropertyMap& result) {
  std::vector<std::string> subjects;
  for (const auto& one : *result.at("certificates").If<PropertyArray>()) {
    subjects.push_back(*one.If<PropertyMap>()->at("subject").If<std::string>());
  }
  return subjects;
}

TEST_F(GetCertificateTest, DescribesContent) {
  const auto root = world.Create(SelfSignedCertResource(), RootInputs(world.Key("RSA")));
  const PropertyMap args{{"content", root.outputs.at("certPem")}};
  EXPECT_THAT(Failures(args), IsEmpty());
  const auto result = Invoke(args);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_FALSE(result->contains("url"));
  const auto* list = result->at("certificates").If<PropertyArray>();
  ASSERT_EQ(list->size(), 1u);
  const PropertyMap& only = *list->front().If<PropertyMap>();
  EXPECT_EQ(only.at("subject"), PropertyValue("CN=Test Root"));
  EXPECT_EQ(only.at("isCa"), PropertyValue(true));
  EXPECT_EQ(only.at("maxPathLength"), PropertyValue(-1));
  EXPECT_EQ(only.at("serialNumber"), PropertyValue(root.id));
  EXPECT_EQ(only.at("signatureAlgorithm"), PropertyValue("SHA256-RSA"));
  EXPECT_EQ(only.at("certPem"), root.outputs.at("certPem"));
  EXPECT_EQ(only.at("version"), PropertyValue(3));
}

TEST_F(GetCertificateTest, WantsContentOrUrl) {
  EXPECT_THAT(Failures({}), ElementsAre("content exclusive"));
  EXPECT_THAT(Failures({{"content", Unknown{}}, {"url", Unknown{}}}), ElementsAre("url exclusive"));
  EXPECT_THAT(Failures({{"content", "x"}, {"verifyChain", true}}),
              ElementsAre("verifyChain dependent", "content tls.certificate"));
  EXPECT_EQ(Invoke({}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(GetCertificateTest, KnowsUrls) {
  for (const char* url :
       {"https://example.com", "https://example.com:8443/path", "tls://[::1]:1",
        "tls://example.com:443", "TLS://example.com:443", "HTTPS://example.com"}) {
    EXPECT_THAT(Failures({{"url", url}}), IsEmpty()) << url;
  }
  EXPECT_THAT(Failures({{"url", Unknown{}}}), IsEmpty());
  for (const char* url :
       {"example.com", "http://example.com", "tls://example.com", "https://", "https://a:b@/"}) {
    EXPECT_THAT(Failures({{"url", url}}), ElementsAre("url tls.url")) << url;
    EXPECT_EQ(Invoke({{"url", url}}).status().code(), absl::StatusCode::kInvalidArgument) << url;
  }
  EXPECT_THAT(text, AllOf(HasSubstr("found the scheme \"http\""),
                          HasSubstr("expected tls://example.com:port")));
  EXPECT_TRUE(transport.sent().empty());
}

TEST_F(GetCertificateTest, AsksByTheUrlsForm) {
  ShowACertificate();
  ASSERT_TRUE(Invoke({{"url", "https://example.com"}}).ok());
  ASSERT_TRUE(Invoke({{"url", "tls://example.com:636"}, {"verifyChain", false}}).ok());
  const auto sent = transport.sent();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_FALSE(sent[0].direct);
  EXPECT_FALSE(sent[0].network->insecure);
  EXPECT_EQ(sent[0].network->https_proxy, "");
  EXPECT_EQ(sent[0].network->no_proxy, std::nullopt);
  EXPECT_TRUE(sent[1].direct);
  EXPECT_TRUE(sent[1].network->insecure);
}

TEST_F(GetCertificateTest, ASchemeMayBeInUpperCase) {
  ShowACertificate();
  Configure({{"url", "http://p.test:1"}});
  ASSERT_TRUE(Invoke({{"url", "TLS://example.com:636"}}).ok());
  ASSERT_TRUE(Invoke({{"url", "HTTPS://example.com"}}).ok());
  const auto sent = transport.sent();
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_TRUE(sent[0].direct);
  EXPECT_EQ(sent[0].network->https_proxy, "");
  EXPECT_FALSE(sent[1].direct);
  EXPECT_EQ(sent[1].network->https_proxy, "http://p.test:1");
}

TEST_F(GetCertificateTest, TheConfigurationMayNameTheProxy) {
  ShowACertificate();
  Configure({{"url", "http://p.test:3128"}, {"username", "ann"}, {"password", "hunter2"}});
  EXPECT_TRUE(Invoke({{"url", "https://example.com"}, {"verifyChain", false}}).ok());
  const auto sent = transport.sent();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_FALSE(sent[0].direct);
  EXPECT_TRUE(sent[0].network->insecure);
  EXPECT_EQ(sent[0].network->https_proxy, "http://ann:hunter2@p.test:3128");
  // NO_PROXY does not count.
  EXPECT_EQ(sent[0].network->no_proxy, "");
}

TEST_F(GetCertificateTest, TheConfigurationMayForbidAProxy) {
  ShowACertificate();
  Configure({{"fromEnv", false}});
  EXPECT_TRUE(Invoke({{"url", "https://example.com"}}).ok());
  ASSERT_EQ(transport.sent().size(), 1u);
  EXPECT_TRUE(transport.sent()[0].direct);
}

TEST_F(GetCertificateTest, AProxyThatNoCheckHasSeenFailsWithoutItsText) {
  Configure({{"url", "ftp://ann:hunter2@p.test"}});
  const auto refused = Invoke({{"url", "https://example.com"}});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(base::Message(refused.status()),
              AllOf(HasSubstr("palisade:tls.proxy.url: expected http://host:port"),
                    HasSubstr("found the scheme \"ftp\""), Not(HasSubstr("hunter2"))));
  EXPECT_TRUE(transport.sent().empty());
}

TEST_F(GetCertificateTest, WarnsOfAnUnverifiedChain) {
  EXPECT_THAT(Failures({{"url", "https://example.com"}, {"verifyChain", false}}), IsEmpty());
  EXPECT_THAT(warnings, ElementsAre("tls.verify-chain"));
}

TEST_F(GetCertificateTest, AFailureNamesTheProperty) {
  transport.certificates = base::FailedPrecondition("the certificate of a.test is not trusted");
  EXPECT_EQ(base::Message(Invoke({{"url", "https://a.test"}}).status()),
            "url: the certificate of a.test is not trusted");
}

TEST_F(GetCertificateTest, ReadsFromAServer) {
  const http::TestCertificates certificates;
  http::LoopbackServer server([](http::Connection& connection) { connection.Hold(); },
                              &certificates);
  std::string bundle = certificates.authority_file();
  http::CurlTransport curl({base::SystemClock(), [&](const std::string& name) {
                              return name == "SSL_CERT_FILE" ? std::optional(bundle) : std::nullopt;
                            }});
  const GetCertificate real(curl);
  resource::Call call = world.Call();
  const std::string authority = "localhost:" + std::to_string(server.port());
  for (const std::string& url :
       {"https://" + authority + "/path", "tls://" + authority, "TLS://" + authority}) {
    const PropertyMap args{{"url", url}};
    const auto result = real.Invoke(call, {args, false});
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->at("url"), PropertyValue(url));
    EXPECT_EQ(result->at("verifyChain"), PropertyValue(true));
    EXPECT_THAT(Subjects(*result), ElementsAre("CN=Test Authority", "CN=localhost"));
  }

  const http::TestCertificates other("Another Authority");
  bundle = other.authority_file();
  const PropertyMap args{{"url", "https://user:hunter2@" + authority}};
  const auto refused = real.Invoke(call, {args, false});
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(base::Message(refused.status()),
              AllOf(HasSubstr("url: the certificate of localhost:"), Not(HasSubstr("hunter2"))));
  const PropertyMap unverified{{"url", "https://" + authority}, {"verifyChain", false}};
  EXPECT_TRUE(real.Invoke(call, {unverified, false}).ok());
}

}  // namespace
}  // namespace palisade::tls
