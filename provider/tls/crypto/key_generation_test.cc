#include "provider/tls/crypto/key_generation.h"

#include <thread>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace palisade::tls {
namespace {

using testing::HasSubstr;

absl::StatusOr<PrivateKey> Make(const KeyRequest& request) {
  base::Semaphore places(1);
  return GenerateKey(request, places, {});
}

TEST(KeyGenerationTest, MakesEveryKindAndReadsItBack) {
  const std::vector<KeyRequest> requests = {{KeyAlgorithm::kRsa, 1024, {}},
                                            {KeyAlgorithm::kRsa, 1025, {}},
                                            {KeyAlgorithm::kRsa, 2048, {}},
                                            {KeyAlgorithm::kEcdsa, 0, EcCurve::kP224},
                                            {KeyAlgorithm::kEcdsa, 0, EcCurve::kP256},
                                            {KeyAlgorithm::kEcdsa, 0, EcCurve::kP384},
                                            {KeyAlgorithm::kEcdsa, 0, EcCurve::kP521},
                                            {KeyAlgorithm::kEd25519, 0, {}}};
  for (const KeyRequest& request : requests) {
    const auto key = Make(request);
    ASSERT_TRUE(key.ok()) << key.status();
    EXPECT_EQ(key->algorithm(), request.algorithm);
    if (request.algorithm == KeyAlgorithm::kRsa) {
      EXPECT_EQ(key->public_key().rsa_bits(), request.rsa_bits);
    }
    if (request.algorithm == KeyAlgorithm::kEcdsa) {
      EXPECT_EQ(key->public_key().curve(), request.curve);
    }
    for (const auto& pem : {key->Pem(), key->Pkcs8Pem()}) {
      const auto again = PrivateKey::Parse(pem->Reveal());
      ASSERT_TRUE(again.ok()) << again.status();
      EXPECT_TRUE(again->public_key() == key->public_key());
    }
  }
}

TEST(KeyGenerationTest, LongOddSizesHaveExactlyTheirBits) {
  const auto key = Make({KeyAlgorithm::kRsa, 2049, {}});
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->public_key().rsa_bits(), 2049);
}

TEST(KeyGenerationTest, TwoKeysAreNotTheSame) {
  const auto one = Make({KeyAlgorithm::kEd25519, 0, {}});
  const auto two = Make({KeyAlgorithm::kEd25519, 0, {}});
  EXPECT_FALSE(one->public_key() == two->public_key());
}

TEST(KeyGenerationTest, BoundsTheLength) {
  EXPECT_THAT(base::Message(Make({KeyAlgorithm::kRsa, 512, {}}).status()), HasSubstr("insecure"));
  EXPECT_THAT(base::Message(Make({KeyAlgorithm::kRsa, 16385, {}}).status()), HasSubstr("16384"));
  EXPECT_TRUE(CheckKeyRequest({KeyAlgorithm::kEcdsa, 1, {}}).ok());
}

TEST(KeyGenerationTest, StopRequestedBeforehandMakesNothing) {
  std::stop_source stop;
  stop.request_stop();
  base::Semaphore places(1);
  const auto key = GenerateKey({KeyAlgorithm::kEd25519, 0, {}}, places, stop.get_token());
  EXPECT_EQ(key.status().code(), absl::StatusCode::kCancelled);
}

/// A 16384-bit key takes minutes: without the stop, the test's time limit would be exceeded. The
/// stop comes from the search itself, in its different stages.
TEST(KeyGenerationTest, StopsInTheMiddleOfALongSearch) {
  base::Semaphore places(1);
  constexpr std::pair<int, int> kBitsAndSteps[] = {{16384, 1},   {16384, 3}, {16384, 30},
                                                   {16384, 300}, {16383, 1}, {16383, 3}};
  for (const auto& [bits, last_step] : kBitsAndSteps) {
    std::stop_source stop;
    int steps = 0;
    const auto key = GenerateKey({KeyAlgorithm::kRsa, bits, {}}, places, stop.get_token(),
                                 [&, last = last_step] {
                                   if (++steps == last) stop.request_stop();
                                 });
    EXPECT_EQ(key.status().code(), absl::StatusCode::kCancelled) << bits << " " << last_step;
    // OpenSSL overlooks the answer between two candidates, but not the next one.
    EXPECT_LE(steps, last_step + 100) << bits << " " << last_step;
  }
  EXPECT_TRUE(GenerateKey({KeyAlgorithm::kEd25519, 0, {}}, places, {}).ok())
      << "the place was given back";
}

TEST(KeyGenerationTest, WaitingForAPlaceIsCancelled) {
  base::Semaphore places(1);
  const auto taken = places.Acquire({});
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  const auto key = GenerateKey({KeyAlgorithm::kEd25519, 0, {}}, places, stop.get_token());
  EXPECT_EQ(key.status().code(), absl::StatusCode::kCancelled);
}

TEST(KeyGenerationTest, WhoWaitsForAPlaceIsAskedAgainAndAgain) {
  base::Semaphore places(1);
  std::stop_source stop;
  int waits = 0;
  {
    const auto taken = places.Acquire({});
    const auto key =
        GenerateKey({KeyAlgorithm::kEd25519, 0, {}}, places, stop.get_token(), {}, [&] {
          if (++waits == 3) stop.request_stop();
        });
    EXPECT_EQ(key.status().code(), absl::StatusCode::kCancelled);
    EXPECT_EQ(waits, 3);
  }
  EXPECT_TRUE(GenerateKey({KeyAlgorithm::kEd25519, 0, {}}, places, {}, {}, [&] { ++waits; }).ok());
  EXPECT_EQ(waits, 3) << "there was a place at once";
}

}  // namespace
}  // namespace palisade::tls
