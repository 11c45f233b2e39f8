#include "provider/http/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

TEST(ParseUrl, TakesTheParts) {
  const auto url = ParseUrl("HTTPS://user:secret@EC2.Example.com/a/b?c=d#e");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "ec2.example.com");
  EXPECT_EQ(url->port, 443);
  EXPECT_EQ(url->path, "/a/b");
  EXPECT_EQ(url->Authority(), "ec2.example.com");
}

TEST(ParseUrl, KnowsPortsAndAddresses) {
  EXPECT_EQ(ParseUrl("http://a.test")->port, 80);
  EXPECT_EQ(ParseUrl("http://a.test?x")->path, "/");
  EXPECT_EQ(ParseUrl("tls://a.test:8443")->Authority(), "a.test:8443");
  EXPECT_EQ(ParseUrl("tls://a.test")->port, 0);
  EXPECT_EQ(ParseUrl("http://[FD00::1]:81/x")->host, "fd00::1");
  EXPECT_EQ(ParseUrl("http://[FD00::1]:81/x")->Authority(), "[fd00::1]:81");
  EXPECT_EQ(ParseUrl("https://[::1]")->Authority(), "[::1]");
}

TEST(ParseUrl, RefusesWhatIsNoUrlAndShowsNothingOfIt) {
  for (const char* text : {"", "a.test", "://a.test", "https://", "https://user:hunter2@",
                           "https://a:0", "https://a:x", "https://a:70000", "https://[::1",
                           "ht tp://a", "https://a b/", "https://hunter2\"/"}) {
    const auto url = ParseUrl(text);
    EXPECT_FALSE(url.ok()) << text;
    EXPECT_THAT(base::Message(url.status()), testing::Not(testing::HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace palisade::http
