#include "provider/tls/resources/settings.h"

#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

PropertyMap Config(PropertyValue proxy) {
  return {{"tls", PropertyMap{{"proxy", std::move(proxy)}}}};
}

struct TlsSettingsTest : ::testing::Test {
  std::string text;
  std::vector<std::string> warnings;

  std::vector<std::string> Check(const PropertyMap& config) {
    resource::Findings findings;
    CheckSettings(config, findings);
    std::vector<std::string> failures;
    for (const auto& one : findings.failures()) {
      failures.push_back(one.path.Text() + " " + one.rule);
      text += one.reason + "\n";
    }
    for (const auto& one : findings.warnings()) {
      warnings.push_back(one.path.Text() + " " + one.rule);
      text += one.reason + "\n";
    }
    return failures;
  }
  std::vector<std::string> CheckProxy(PropertyMap proxy) { return Check(Config(std::move(proxy))); }

  static std::string Proxy(PropertyMap proxy) {
    resource::Settings settings;
    settings.values = Config(std::move(proxy));
    const auto read = ReadProxy(settings);
    if (!read.ok()) return "error: " + base::Message(read.status());
    return read->value_or("the environment's");
  }
};

TEST_F(TlsSettingsTest, EverythingMayBeLeftOut) {
  EXPECT_THAT(Check({}), IsEmpty());
  EXPECT_THAT(Check({{"tls", PropertyMap{}}}), IsEmpty());
  EXPECT_THAT(CheckProxy({}), IsEmpty());
  EXPECT_EQ(*ReadProxy(resource::NoSettings()), std::nullopt);
  EXPECT_EQ(Proxy({}), "the environment's");
}

TEST_F(TlsSettingsTest, AUrlHasOneOfThreeSchemesAndAHost) {
  for (const char* url : {"http://p.test", "https://p.test:8443", "socks5://[fd00::1]:1080",
                          "HTTP://p.test:3128/", "http://127.0.0.1:1"}) {
    EXPECT_THAT(CheckProxy({{"url", url}}), IsEmpty()) << url;
  }
  for (const char* url : {"", "p.test:3128", "ftp://p.test", "socks4://p.test", "http://",
                          "http://:3128", "http://p.test:x", "socks5://p.test:99999",
                          "http://ann:hun/ter2@p.test", "http://ann:8080#ter2@p.test"}) {
    EXPECT_THAT(CheckProxy({{"url", url}}), ElementsAre("tls.proxy.url tls.proxy-url")) << url;
  }
  EXPECT_THAT(text, AllOf(HasSubstr("expected http://host:port, https://host:port or "
                                    "socks5://host:port, found no scheme"),
                          HasSubstr("found the scheme \"ftp\""), HasSubstr("found no host"),
                          Not(HasSubstr("ter2")), Not(HasSubstr("hun"))));
}

TEST_F(TlsSettingsTest, AUserNeedsAUrlAndAPasswordAUser) {
  EXPECT_THAT(CheckProxy({{"username", "ann"}}), ElementsAre("tls.proxy.username dependent"));
  EXPECT_THAT(CheckProxy({{"url", "http://p.test"}, {"password", "hunter2"}}),
              ElementsAre("tls.proxy.password dependent"));
  EXPECT_THAT(CheckProxy({{"password", "hunter2"}}), ElementsAre("tls.proxy.password dependent"));
  EXPECT_THAT(CheckProxy({{"url", "http://p.test"}, {"username", "ann"}, {"password", "hunter2"}}),
              IsEmpty());
  EXPECT_THAT(text,
              AllOf(HasSubstr("username is set without url"),
                    HasSubstr("password is set without username"), Not(HasSubstr("hunter2"))));
}

TEST_F(TlsSettingsTest, FromEnvExcludesTheOthers) {
  for (const bool from_env : {true, false}) {
    EXPECT_THAT(CheckProxy({{"fromEnv", from_env}}), IsEmpty());
    EXPECT_THAT(CheckProxy({{"fromEnv", from_env}, {"url", "http://p.test"}}),
                ElementsAre("tls.proxy.fromEnv exclusive"));
  }
  EXPECT_THAT(CheckProxy({{"fromEnv", true}, {"username", "ann"}, {"password", "hunter2"}}),
              ElementsAre("tls.proxy.username dependent", "tls.proxy.fromEnv exclusive"));
  EXPECT_THAT(text, AllOf(HasSubstr("fromEnv is set beside url; remove"),
                          HasSubstr("fromEnv is set beside username, password; remove"),
                          Not(HasSubstr("hunter2"))));
}

TEST_F(TlsSettingsTest, WhatIsUnknownOrOfAnotherTypePasses) {
  EXPECT_THAT(Check({{"tls", Unknown{}}}), IsEmpty());
  EXPECT_THAT(Check(Config(Unknown{})), IsEmpty());
  EXPECT_THAT(CheckProxy({{"url", Unknown{}}, {"username", Unknown{}}, {"password", Unknown{}}}),
              IsEmpty());
  EXPECT_THAT(Check({{"tls", "x"}}), IsEmpty());
  EXPECT_THAT(Check(Config(PropertyArray{"x"})), IsEmpty());
  EXPECT_THAT(CheckProxy({{"url", 7}}), IsEmpty());
  // But it is there, so it excludes and satisfies.
  EXPECT_THAT(CheckProxy({{"url", Unknown{}}, {"fromEnv", Unknown{}}}),
              ElementsAre("tls.proxy.fromEnv exclusive"));
}

TEST_F(TlsSettingsTest, CredentialsInTheUrlAreNoSecretSoItWarns) {
  EXPECT_THAT(CheckProxy({{"url", "http://ann:hunter2@p.test"}}), IsEmpty());
  EXPECT_THAT(warnings, ElementsAre("tls.proxy.url tls.proxy-credentials"));
  EXPECT_THAT(text, Not(HasSubstr("hunter2")));
}

TEST_F(TlsSettingsTest, TheProxyIsReadWithItsPort) {
  EXPECT_EQ(Proxy({{"url", "http://p.test"}}), "http://p.test:80");
  EXPECT_EQ(Proxy({{"url", "HTTPS://P.test/"}}), "https://p.test:443");
  EXPECT_EQ(Proxy({{"url", "socks5://[fd00::1]"}}), "socks5h://[fd00::1]:1080");
  EXPECT_EQ(Proxy({{"url", "http://p.test:3128"}}), "http://p.test:3128");
}

TEST_F(TlsSettingsTest, CredentialsAreEncoded) {
  EXPECT_EQ(Proxy({{"url", "http://p.test:1"}, {"username", "ann"}}), "http://ann@p.test:1");
  EXPECT_EQ(
      Proxy({{"url", "http://p.test:1"}, {"username", "a:b"}, {"password", "p@/%\xC3\xA9 ~"}}),
      "http://a%3Ab:p%40%2F%25%C3%A9%20~@p.test:1");
  EXPECT_EQ(Proxy({{"url", "http://p.test:1"}, {"username", "ann"}, {"password", ""}}),
            "http://ann:@p.test:1");
}

TEST_F(TlsSettingsTest, CredentialsOfTheUrlGiveWay) {
  EXPECT_EQ(Proxy({{"url", "http://bob:x%40y@z@p.test:1"}}), "http://bob:x%40y%40z@p.test:1");
  EXPECT_EQ(Proxy({{"url", "http://bob:x@p.test:1"}, {"username", "ann"}}), "http://ann@p.test:1");
}

TEST_F(TlsSettingsTest, FromEnvDecidesOnlyWithoutAUrl) {
  EXPECT_EQ(Proxy({{"fromEnv", true}}), "the environment's");
  EXPECT_EQ(Proxy({{"fromEnv", false}}), "");
  EXPECT_EQ(Proxy({{"fromEnv", false}, {"url", "http://p.test:1"}}), "http://p.test:1");
}

TEST_F(TlsSettingsTest, AnErrorNamesTheKeyAndNoValue) {
  EXPECT_EQ(Proxy({{"url", "ftp://ann:hunter2@p.test"}}),
            "error: palisade:tls.proxy.url: expected http://host:port, https://host:port or "
            "socks5://host:port, found the scheme \"ftp\"");
}

}  // namespace
}  // namespace palisade::tls
