#include "provider/http/proxy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

std::string Proxy(const std::string& url, std::map<std::string, std::string> variables,
                  const Network* network = nullptr) {
  const auto proxy =
      ProxyFor(*ParseUrl(url), network, [&](const std::string& name) -> std::optional<std::string> {
        const auto it = variables.find(name);
        return it == variables.end() ? std::nullopt : std::optional<std::string>(it->second);
      });
  return proxy.ok() ? *proxy : "error: " + base::Message(proxy.status());
}

TEST(ProxyFor, TakesTheVariableOfTheScheme) {
  EXPECT_EQ(Proxy("https://a.test/", {}), "");
  EXPECT_EQ(Proxy("https://a.test/", {{"HTTPS_PROXY", "http://p.test:3128"}}),
            "http://p.test:3128");
  EXPECT_EQ(Proxy("http://a.test/", {{"HTTPS_PROXY", "http://p.test:3128"}}), "");
  EXPECT_EQ(Proxy("http://a.test/", {{"http_proxy", "p.test:3128"}}), "http://p.test:3128");
  EXPECT_EQ(Proxy("http://a.test/", {{"HTTP_PROXY", "p.test:3128"}}), "http://p.test:3128");
  EXPECT_EQ(Proxy("https://a.test/",
                  {{"https_proxy", "socks5h://low.test"}, {"HTTPS_PROXY", "http://up.test"}}),
            "socks5h://low.test");
  EXPECT_EQ(Proxy("https://a.test/", {{"ALL_PROXY", "http://p.test"}}), "http://p.test");
  EXPECT_EQ(Proxy("https://a.test/", {{"https_proxy", ""}, {"all_proxy", ""}}), "");
}

TEST(ProxyFor, ConfigurationWins) {
  Network network;
  network.https_proxy = "http://configured.test:1";
  EXPECT_EQ(Proxy("https://a.test/", {{"https_proxy", "http://e.test"}}, &network),
            "http://configured.test:1");
  EXPECT_EQ(Proxy("http://a.test/", {{"http_proxy", "http://e.test"}}, &network), "http://e.test");
  network.no_proxy = "a.test";
  EXPECT_EQ(Proxy("https://a.test/", {}, &network), "");
  network.no_proxy = "";
  EXPECT_EQ(Proxy("https://a.test/", {{"NO_PROXY", "*"}}, &network), "http://configured.test:1");
}

TEST(ProxyFor, ThisMachineIsReachedDirectlyUnlessConfigured) {
  const std::map<std::string, std::string> variables = {{"http_proxy", "http://p.test"}};
  EXPECT_EQ(Proxy("http://localhost:80/", variables), "");
  EXPECT_EQ(Proxy("http://127.0.0.7/", variables), "");
  EXPECT_EQ(Proxy("http://[::1]/", variables), "");
  Network network;
  network.http_proxy = "http://c.test";
  EXPECT_EQ(Proxy("http://localhost/", {}, &network), "http://c.test");
}

TEST(ProxyFor, RefusesWhatIsNoProxyAndShowsNothingOfIt) {
  EXPECT_EQ(Proxy("https://a.test/", {{"HTTPS_PROXY", "ftp://u:hunter2@p.test"}}),
            "error: HTTPS_PROXY is not a proxy's URL: expected http://host:port, "
            "https://host:port or socks5://host:port");
  Network network;
  network.https_proxy = "http://u:hunter2@:3128";
  EXPECT_THAT(Proxy("https://a.test/", {}, &network),
              testing::AllOf(testing::HasSubstr("the configured proxy"),
                             testing::Not(testing::HasSubstr("hunter2"))));
}

TEST(IsExempt, KnowsNamesAndTheirSubdomains) {
  EXPECT_TRUE(IsExempt("a.test", "a.test", 443));
  EXPECT_TRUE(IsExempt("x, a.test", "b.A.test", 443));
  EXPECT_TRUE(IsExempt(".a.test", "a.test", 443));
  EXPECT_TRUE(IsExempt("*.a.test", "b.a.test", 443));
  EXPECT_TRUE(IsExempt("*", "anything", 443));
  EXPECT_TRUE(IsExempt("x a.test.", "a.test", 443));
  EXPECT_FALSE(IsExempt("a.test", "ba.test", 443));
  EXPECT_FALSE(IsExempt("b.a.test", "a.test", 443));
  EXPECT_FALSE(IsExempt("", "a.test", 443));
  EXPECT_FALSE(IsExempt(",, .", "a.test", 443));
}

TEST(IsExempt, KnowsPorts) {
  EXPECT_TRUE(IsExempt("a.test:443", "a.test", 443));
  EXPECT_FALSE(IsExempt("a.test:443", "a.test", 80));
  EXPECT_TRUE(IsExempt("[fd00::1]:443", "fd00::1", 443));
  EXPECT_FALSE(IsExempt("[fd00::1]:443", "fd00::1", 80));
}

TEST(IsExempt, KnowsAddressesAndBlocks) {
  EXPECT_TRUE(IsExempt("169.254.169.254", "169.254.169.254", 80));
  EXPECT_TRUE(IsExempt("10.0.0.0/8", "10.1.2.3", 80));
  EXPECT_FALSE(IsExempt("10.0.0.0/8", "11.1.2.3", 80));
  EXPECT_TRUE(IsExempt("10.0.0.0/31", "10.0.0.1", 80));
  EXPECT_FALSE(IsExempt("10.0.0.0/31", "10.0.0.2", 80));
  EXPECT_FALSE(IsExempt("10.0.0.0/33", "10.0.0.0", 80));
  EXPECT_FALSE(IsExempt("10.0.0.0/x", "10.0.0.0", 80));
  EXPECT_TRUE(IsExempt("fd00::/16", "fd00::9", 80));
  EXPECT_TRUE(IsExempt("fd00::9", "fd00::9", 80));
  EXPECT_FALSE(IsExempt("0.0.0.1", "1.0.0.0.1", 80));
}

}  // namespace
}  // namespace palisade::http
