#include "provider/tls/crypto/private_key.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provider/tls/crypto/key_parts.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/test_keys.h"

namespace palisade::tls {
namespace {

using testing::HasSubstr;

class FixedRandom final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = next_++;
  }

 private:
  std::uint8_t next_ = 1;
};

std::string ErrorOf(std::string_view pem) { return base::Message(PrivateKey::Parse(pem).status()); }

TEST(PrivateKeyTest, RefusesOtherThingsByName) {
  EXPECT_THAT(ErrorOf(ToPem("CERTIFICATE", "x")), HasSubstr("\"CERTIFICATE\"; expected"));
  EXPECT_THAT(ErrorOf(ToPem("ENCRYPTED PRIVATE KEY", "x")), HasSubstr("encrypted"));
  EXPECT_THAT(ErrorOf("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nYWFh\n"
                      "-----END RSA PRIVATE KEY-----\n"),
              HasSubstr("encrypted"));
  EXPECT_THAT(ErrorOf(ToPem("OPENSSH PRIVATE KEY", "x")), HasSubstr("ssh-keygen -p"));
  EXPECT_THAT(ErrorOf(ToPem("EC PARAMETERS", "x")), HasSubstr("Remove it"));
  EXPECT_THAT(ErrorOf(ToPem("PRIVATE KEY", "garbage")), HasSubstr("damaged"));
  EXPECT_THAT(ErrorOf(ToPem("PRIVATE KEY", std::string(100'000, '\x30'))), HasSubstr("damaged"));
}

TEST(PrivateKeyTest, RefusesKindsThatCannotSignCertificates) {
  for (const char* type : {"X25519", "ED448"}) {
    const PkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, type));
    ASSERT_NE(key, nullptr);
    const Pkcs8Ptr info(EVP_PKEY2PKCS8(key.get()));
    const std::string der = ToDer<const PKCS8_PRIV_KEY_INFO*>(i2d_PKCS8_PRIV_KEY_INFO, info.get());
    EXPECT_THAT(ErrorOf(ToPem("PRIVATE KEY", der)), HasSubstr(type));
  }
  const PkeyPtr curve(EVP_EC_gen("secp256k1"));
  const std::string der = ToDer<const EVP_PKEY*>(i2d_PrivateKey, curve.get());
  EXPECT_THAT(ErrorOf(ToPem("EC PRIVATE KEY", der)), HasSubstr("only P224, P256"));
}

TEST(PrivateKeyTest, RefusesEveryTruncation) {
  for (const auto algorithm : {KeyAlgorithm::kRsa, KeyAlgorithm::kEcdsa, KeyAlgorithm::kEd25519}) {
    const auto pem = MakeKey(algorithm).Pem();
    const auto block = FirstPemBlock(pem->Reveal());
    const std::string& der = block->der.Reveal();
    for (std::size_t size = 0; size < der.size(); size += 1 + der.size() / 50) {
      EXPECT_FALSE(PrivateKey::Parse(ToPem(block->label, der.substr(0, size))).ok()) << size;
    }
    EXPECT_FALSE(PrivateKey::Parse(ToPem(block->label, der + "x")).ok());
  }
}

TEST(PrivateKeyTest, RefusesRsaNumbersThatDoNotBelongTogether) {
  const PrivateKey one = MakeKey(KeyAlgorithm::kRsa);
  const PrivateKey two = MakeKey(KeyAlgorithm::kRsa);
  const auto number = [](const PrivateKey& key, const char* name) {
    return KeyNumber(key.pkey(), name);
  };
  PkeyPtr mixed = RsaKeyFromPrimes(
      number(one, OSSL_PKEY_PARAM_RSA_N).get(), number(one, OSSL_PKEY_PARAM_RSA_E).get(),
      number(one, OSSL_PKEY_PARAM_RSA_D).get(), number(two, OSSL_PKEY_PARAM_RSA_FACTOR1).get(),
      number(two, OSSL_PKEY_PARAM_RSA_FACTOR2).get());
  ASSERT_NE(mixed, nullptr);
  EXPECT_THAT(base::Message(PrivateKey::FromPkey(std::move(mixed)).status()),
              HasSubstr("belong together"));
}

TEST(PrivateKeyTest, ReadsSec1WithoutItsPublicPointAndWritesIt) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEcdsa);
  const PkeyPtr copy(EVP_PKEY_dup(key.pkey()));
  ASSERT_EQ(EVP_PKEY_set_int_param(copy.get(), OSSL_PKEY_PARAM_EC_INCLUDE_PUBLIC, 0), 1);
  const std::string der = ToDer<const EVP_PKEY*>(i2d_PrivateKey, copy.get());
  ASSERT_LT(der.size(), 60U);
  const auto again = PrivateKey::Parse(ToPem("EC PRIVATE KEY", der));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->Pem()->Reveal(), key.Pem()->Reveal());
}

TEST(PrivateKeyTest, OpensshKeysComeBack) {
  for (const auto& key : {MakeKey(KeyAlgorithm::kRsa), MakeKey(KeyAlgorithm::kEd25519),
                          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP256),
                          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP384),
                          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP521)}) {
    FixedRandom random;
    const auto pem = key.OpensshPem(random);
    ASSERT_TRUE(pem.ok()) << pem.status();
    const auto again = PrivateKey::ParseOpenssh(pem->Reveal());
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->Pkcs8Pem()->Reveal(), key.Pkcs8Pem()->Reveal());
    const auto block = FirstPemBlock(pem->Reveal());
    EXPECT_THAT(block->der.Reveal(), HasSubstr("\x01\x02\x03\x04\x01\x02\x03\x04"))
        << "the check words come from the given source";
    const std::string& der = block->der.Reveal();
    for (std::size_t size = 0; size + 16 < der.size(); size += 1 + der.size() / 50) {
      EXPECT_FALSE(
          PrivateKey::ParseOpenssh(ToPem("OPENSSH PRIVATE KEY", der.substr(0, size))).ok());
    }
  }
  FixedRandom random;
  EXPECT_TRUE(MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP224).OpensshPem(random)->empty());
  EXPECT_EQ(MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP224).public_key().FingerprintMd5(), "");
}

}  // namespace
}  // namespace palisade::tls
