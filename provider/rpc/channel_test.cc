#include "provider/rpc/channel.h"

#include <gtest/gtest.h>

namespace palisade::rpc {
namespace {

TEST(Target, LiteralAddressesNeedNoResolver) {
  EXPECT_EQ(ToTarget("127.0.0.1:4321"), "ipv4:127.0.0.1:4321");
  EXPECT_EQ(ToTarget("localhost:1"), "ipv4:127.0.0.1:1");
  EXPECT_EQ(ToTarget("[::1]:65535"), "ipv6:[::1]:65535");
  EXPECT_EQ(ToTarget("http://10.0.0.1:4317/"), "ipv4:10.0.0.1:4317");
  EXPECT_EQ(ToTarget("collector.example:4317"), "collector.example:4317");
}

TEST(Target, OtherTextsAreNone) {
  for (const char* text : {"", ":", ":80", "host", "host:", "host:port", "host:123456", "::1:80",
                           "https://host:443", "unix:/tmp/x:1", "a b:1"}) {
    EXPECT_EQ(ToTarget(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace palisade::rpc
