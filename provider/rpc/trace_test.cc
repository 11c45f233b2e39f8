#include "provider/rpc/trace.h"

#include <gtest/gtest.h>

namespace palisade::rpc {
namespace {

constexpr std::string_view kGood = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceParent, ReadsTheExampleOfTheRecommendation) {
  const auto parent = ParseTraceParent(kGood, "rojo=1");
  ASSERT_TRUE(parent);
  EXPECT_EQ(parent->trace_id.size(), 16u);
  EXPECT_EQ(static_cast<unsigned char>(parent->trace_id[0]), 0x4B);
  EXPECT_EQ(parent->span_id, std::string("\x00\xF0\x67\xAA\x0B\xA9\x02\xB7", 8));
  EXPECT_TRUE(parent->sampled());
  EXPECT_EQ(parent->state, "rojo=1");
}

TEST(TraceParent, LaterVersionsMayBeLonger) {
  EXPECT_TRUE(ParseTraceParent("01" + std::string(kGood.substr(2)) + "-extra", ""));
  EXPECT_FALSE(ParseTraceParent(std::string(kGood) + "-extra", ""));
  EXPECT_FALSE(ParseTraceParent("ff" + std::string(kGood.substr(2)), ""));
}

TEST(TraceParent, OtherTextsAreNone) {
  for (const char* text : {"", "00", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                           "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}) {
    EXPECT_FALSE(ParseTraceParent(text, "")) << text;
  }
}

}  // namespace
}  // namespace palisade::rpc
