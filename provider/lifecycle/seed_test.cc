#include "provider/lifecycle/seed.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

const std::string kSeed(32, 'k');

TEST(SeedTest, TheSameSeedAndPurposeGiveTheSameBytes) {
  CountingRandom random;
  EXPECT_EQ(SeededBytes(kSeed, "name", 100, random), SeededBytes(kSeed, "name", 100, random));
  EXPECT_EQ(random.calls, 0);
}

// HMAC-SHA-256 of "name" and four zero bytes under 32 times "k", from Python's hmac module.
TEST(SeedTest, TheBytesAreThoseOfHmac) {
  CountingRandom random;
  const auto bytes = SeededBytes(kSeed, "name", 4, random);
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{0x84, 0x14, 0x79, 0x1b}));
}

TEST(SeedTest, AnyDifferenceGivesOthers) {
  CountingRandom random;
  const auto bytes = SeededBytes(kSeed, "name", 32, random);
  EXPECT_NE(bytes, SeededBytes(kSeed, "names", 32, random));
  EXPECT_NE(bytes, SeededBytes(std::string(32, 'l'), "name", 32, random));
}

TEST(SeedTest, ALongDrawDoesNotRepeat) {
  CountingRandom random;
  const auto bytes = SeededBytes(kSeed, "name", 64, random);
  EXPECT_FALSE(std::equal(bytes.begin(), bytes.begin() + 32, bytes.begin() + 32));
  const auto shorter = SeededBytes(kSeed, "name", 40, random);
  EXPECT_TRUE(std::equal(shorter.begin(), shorter.end(), bytes.begin()));
}

TEST(SeedTest, WithoutASeedTheInjectedSourceIsAsked) {
  CountingRandom random;
  EXPECT_EQ(SeededBytes("", "name", 3, random), (std::vector<std::uint8_t>{0, 1, 2}));
  EXPECT_EQ(random.calls, 1);
}

TEST(SeedTest, TextKeepsToTheCharset) {
  CountingRandom random;
  const std::string text = SeededText(kSeed, "name", 500, "abc", random);
  EXPECT_EQ(text.size(), 500u);
  EXPECT_EQ(text.find_first_not_of("abc"), std::string::npos);
  for (const char c : {'a', 'b', 'c'}) {
    EXPECT_GT(std::count(text.begin(), text.end(), c), 100) << c;
  }
  EXPECT_EQ(SeededText(kSeed, "name", 5, "", random), "");
}

}  // namespace
}  // namespace palisade::lifecycle
