#include "provider/tls/crypto/key_reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/key_builder.h"
#include "provider/tls/crypto/key_decoder.h"
#include "provider/tls/crypto/key_parts.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/test_keys.h"

namespace palisade::tls {
namespace {

using std::string_literals::operator""s;
using testing::HasSubstr;

constexpr EcCurve kCurves[] = {EcCurve::kP224, EcCurve::kP256, EcCurve::kP384, EcCurve::kP521};

std::vector<PrivateKey> EveryKind() {
  std::vector<PrivateKey> keys = {MakeKey(KeyAlgorithm::kRsa), MakeKey(KeyAlgorithm::kEd25519)};
  for (const EcCurve curve : kCurves) keys.push_back(MakeKey(KeyAlgorithm::kEcdsa, curve));
  return keys;
}

struct Block {
  std::string label, der;
};

Block Taken(const absl::StatusOr<base::Redacted>& pem) {
  const auto block = FirstPemBlock(pem->Reveal());
  return {block->label, block->der.Reveal()};
}

/// Every form in which the key is read.
std::vector<Block> FormsOf(const PrivateKey& key) {
  std::vector<Block> forms = {Taken(key.Pem()), Taken(key.Pkcs8Pem())};
  if (key.algorithm() != KeyAlgorithm::kEcdsa) return forms;
  const PkeyPtr other(EVP_PKEY_dup(key.pkey()));
  EVP_PKEY_set_utf8_string_param(other.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                 "compressed");
  forms.push_back({"EC PRIVATE KEY", ToDer<const EVP_PKEY*>(i2d_PrivateKey, other.get())});
  EVP_PKEY_set_int_param(other.get(), OSSL_PKEY_PARAM_EC_INCLUDE_PUBLIC, 0);
  forms.push_back({"EC PRIVATE KEY", ToDer<const EVP_PKEY*>(i2d_PrivateKey, other.get())});
  return forms;
}

std::string SpkiOf(EVP_PKEY* key) { return ToDer<const EVP_PKEY*>(i2d_PUBKEY, key); }

std::string Pkcs8Of(const PrivateKey& key) { return key.Pkcs8Pem()->Reveal(); }

/// What OpenSSL's decoder makes of it, "" if nothing.
std::string Pkcs8ByOpenssl(const Block& block) {
  PkeyPtr decoded = DecodeSecretKey(block.label, block.der);
  if (decoded == nullptr) return "";
  const auto key = PrivateKey::FromPkey(std::move(decoded));
  return key.ok() ? Pkcs8Of(*key) : "";
}

TEST(KeyReaderTest, ReadsEveryFormAsOpensslDoes) {
  for (const PrivateKey& key : EveryKind()) {
    for (const Block& block : FormsOf(key)) {
      const auto numbers = ReadSecretNumbers(block.label, block.der);
      ASSERT_TRUE(numbers) << Name(key.algorithm()) << " " << block.label;
      EXPECT_TRUE(AreSound(*numbers));
      const auto built = BuildKey(*numbers);
      ASSERT_TRUE(built);
      EXPECT_EQ(built->spki_der, SpkiOf(key.pkey()));
      const std::string pem = ToPem(block.label, block.der);
      EXPECT_TRUE(PrivateKey::Check(pem).ok());
      EXPECT_EQ(Pkcs8Of(*PrivateKey::Parse(pem)), Pkcs8ByOpenssl(block));
      EXPECT_EQ(Pkcs8Of(*PrivateKey::Parse(pem)), Pkcs8Of(key));
    }
  }
}

TEST(KeyReaderTest, ReadsAndWritesEveryPublicKeyAsOpensslDoes) {
  for (const PrivateKey& key : EveryKind()) {
    const std::string spki = SpkiOf(key.pkey());
    const auto numbers = ReadSpki(spki);
    ASSERT_TRUE(numbers) << Name(key.algorithm());
    EXPECT_EQ(WriteSpki(*numbers), spki);
    const PkeyPtr built = BuildPublicKey(*numbers);
    EXPECT_EQ(EVP_PKEY_eq(built.get(), DecodeSpki(spki).get()), 1);
    EXPECT_EQ(ReadSpki(spki + "x"), std::nullopt);
    for (std::size_t size = 0; size < spki.size(); ++size) {
      EXPECT_EQ(ReadSpki(spki.substr(0, size)), std::nullopt) << size;
    }
  }
}

TEST(KeyReaderTest, ACompressedPointIsTheSameKey) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP384);
  const PkeyPtr other(EVP_PKEY_dup(key.pkey()));
  EVP_PKEY_set_utf8_string_param(other.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                 "compressed");
  const std::string spki = SpkiOf(other.get());
  ASSERT_LT(spki.size(), key.public_key().spki_der().size());
  const auto compressed = PublicKey::FromSpki(spki);
  ASSERT_TRUE(compressed.ok()) << compressed.status();
  EXPECT_EQ(compressed->spki_der(), spki);
  EXPECT_TRUE(*compressed == key.public_key());
  EXPECT_EQ(compressed->SshWire(), key.public_key().SshWire());
}

// One byte changed anywhere: what is read here, OpenSSL reads as the same key; and Check says what
// Parse says.
TEST(KeyReaderTest, AgreesWithOpensslOnEveryDamage) {
  int read = 0;
  for (const PrivateKey& key : EveryKind()) {
    for (const Block& whole : FormsOf(key)) {
      const std::size_t stride = 1 + whole.der.size() / 40;
      for (std::size_t at = 0; at < whole.der.size(); at += at < 16 ? 1 : stride) {
        for (const int change : {0x01, 0x80}) {
          Block block = whole;
          block.der[at] = static_cast<char>(block.der[at] ^ change);
          const auto numbers = ReadSecretNumbers(block.label, block.der);
          const bool sound = numbers && AreSound(*numbers);
          const auto built = numbers ? BuildKey(*numbers) : std::nullopt;
          EXPECT_EQ(sound, built.has_value()) << block.label << " at " << at;
          const std::string pem = ToPem(block.label, block.der);
          const auto parsed = PrivateKey::Parse(pem);
          EXPECT_EQ(PrivateKey::Check(pem), parsed.status());
          EXPECT_EQ(parsed.ok() ? Pkcs8Of(*parsed) : "", Pkcs8ByOpenssl(block))
              << block.label << " at " << at;
          read += sound ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(read, 50) << "other private numbers are keys as well";
}

std::string Sec1(std::string_view scalar, const std::string& rest) {
  return der::Sequence(der::SmallInteger(1) + der::Element(der::kOctetString, scalar) + rest);
}

std::string Named(std::string_view oid) { return der::Explicit(0, der::ObjectId(oid)); }

std::string Pkcs8(const std::string& algorithm, std::string_view key, const std::string& rest = "",
                  std::uint32_t version = 0) {
  return der::Sequence(der::SmallInteger(version) + der::Sequence(algorithm) +
                       der::Element(der::kOctetString, key) + rest);
}

constexpr std::string_view kP256 = "1.2.840.10045.3.1.7";
constexpr std::string_view kP384 = "1.3.132.0.34";
const std::string kScalar = std::string(31, '\0') + '\x05';

TEST(KeyReaderTest, ReadsOnlyTheUsualForm) {
  const std::string rsa = der::ObjectId("1.2.840.113549.1.1.1");
  const std::string null = der::Element(der::kNull, "");
  const std::string ec = der::ObjectId("1.2.840.10045.2.1");
  const std::string ed = der::ObjectId("1.3.101.112");
  const std::string pkcs1 = Taken(MakeKey(KeyAlgorithm::kRsa).Pem()).der;
  const std::string seed = der::Element(der::kOctetString, std::string(32, 's'));
  const std::string sec1 = Sec1(kScalar, "");
  const std::string curve = der::ObjectId(kP256);

  EXPECT_TRUE(ReadSecretNumbers("PRIVATE KEY", Pkcs8(rsa + null, pkcs1)));
  EXPECT_TRUE(ReadSecretNumbers("PRIVATE KEY", Pkcs8(ed, seed)));
  EXPECT_TRUE(ReadSecretNumbers("PRIVATE KEY", Pkcs8(ec + curve, sec1)));
  EXPECT_TRUE(ReadSecretNumbers("PRIVATE KEY", Pkcs8(ec + curve, Sec1(kScalar, Named(kP256)))));
  EXPECT_TRUE(ReadSecretNumbers("EC PRIVATE KEY", Sec1(kScalar, Named(kP256))));

  const std::vector<Block> others = {
      {"CERTIFICATE", pkcs1},
      {"EC PRIVATE KEY", pkcs1},
      {"RSA PRIVATE KEY", sec1},
      {"PRIVATE KEY", pkcs1},
      {"PRIVATE KEY", Pkcs8(rsa, pkcs1)},                // no parameters
      {"PRIVATE KEY", Pkcs8(rsa + null + null, pkcs1)},  // too many
      {"PRIVATE KEY", Pkcs8(rsa + der::Element(der::kNull, "x"), pkcs1)},
      {"PRIVATE KEY", Pkcs8(ed + null, seed)},
      {"PRIVATE KEY", Pkcs8(ed, std::string(32, 's'))},  // no OCTET STRING inside
      {"PRIVATE KEY", Pkcs8(ed, der::Element(der::kOctetString, "short"))},
      {"PRIVATE KEY", Pkcs8(ed, seed + "x")},
      {"PRIVATE KEY", Pkcs8(ec, sec1)},  // no curve
      {"PRIVATE KEY", Pkcs8(ec + der::ObjectId("1.3.132.0.10"), sec1)},
      {"PRIVATE KEY", Pkcs8(ec + curve, Sec1(kScalar, Named(kP384)))},  // two curves
      {"PRIVATE KEY", Pkcs8(der::ObjectId("1.3.101.110"), seed)},       // X25519
      {"PRIVATE KEY", Pkcs8(ec + curve, pkcs1)},
      {"EC PRIVATE KEY", sec1},
      {"EC PRIVATE KEY", Sec1(kScalar, der::Explicit(0, der::Sequence("")))},
      {"EC PRIVATE KEY", Sec1(kScalar.substr(1), Named(kP256))},  // not as long as the field
      {"EC PRIVATE KEY", Sec1('\0' + kScalar, Named(kP256))},
      {"EC PRIVATE KEY", Sec1(kScalar, Named(kP256) + der::Explicit(1, ""))},
      {"EC PRIVATE KEY", Sec1(kScalar, Named(kP256) + der::Explicit(1, der::BitString("")))},
      {"EC PRIVATE KEY",
       Sec1(kScalar, Named(kP256) + der::Explicit(1, der::BitString("\x04" + kScalar)))},
      {"EC PRIVATE KEY",
       Sec1(kScalar, Named(kP256) + der::Explicit(1, der::BitString("\x06" + kScalar + kScalar)))},
      {"EC PRIVATE KEY", Sec1(kScalar, Named(kP256) + null)},
  };
  for (std::size_t i = 0; i < others.size(); ++i) {
    EXPECT_EQ(ReadSecretNumbers(others[i].label, others[i].der), std::nullopt) << i;
    // What is unusual and right is still a key; OpenSSL has the last word.
    const auto parsed = PrivateKey::Parse(ToPem(others[i].label, others[i].der));
    EXPECT_EQ(parsed.ok() ? Pkcs8Of(*parsed) : "", Pkcs8ByOpenssl(others[i])) << i;
  }
}

// RFC 5958: as Java, ring and rcgen write Ed25519 keys.
TEST(KeyReaderTest, PassesOverWhatStandsBehindAKeyInPkcs8) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const std::string ed = der::ObjectId("1.3.101.112");
  const std::string seed = Taken(key.Pkcs8Pem()).der.substr(14);
  const std::string bits = der::BitString(key.public_key().spki_der().substr(12));
  const std::string pub = der::Implicit(1, bits.substr(2));
  const std::string attribute =
      der::Sequence(der::ObjectId("1.2.840.113549.1.9.20") +
                    der::SetOf({der::Element(der::kUtf8String, "a name")}));
  const std::string attributes = der::Explicit(0, attribute);
  for (const std::string& whole :
       {Pkcs8(ed, seed, attributes), Pkcs8(ed, seed, der::Explicit(0, "")), Pkcs8(ed, seed, pub, 1),
        Pkcs8(ed, seed, attributes, 1), Pkcs8(ed, seed, attributes + pub, 1),
        Pkcs8(ed, seed, der::Explicit(1, bits), 1)}) {
    const std::string pem = ToPem("PRIVATE KEY", whole);
    EXPECT_TRUE(PrivateKey::Check(pem).ok());
    const auto parsed = PrivateKey::Parse(pem);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(Pkcs8Of(*parsed), Pkcs8Of(key));
  }
  for (const std::string& whole :
       {Pkcs8(ed, seed, pub), Pkcs8(ed, seed, pub, 2), Pkcs8(ed, seed, pub + attributes, 1),
        Pkcs8(ed, seed, pub + pub, 1), Pkcs8(ed, seed, der::Implicit(1, ""), 1),
        Pkcs8(ed, seed, der::Explicit(1, ""), 1),
        Pkcs8(ed, seed, der::Explicit(1, bits + "x"), 1)}) {
    EXPECT_EQ(ReadSecretNumbers("PRIVATE KEY", whole), std::nullopt);
    EXPECT_FALSE(PrivateKey::Parse(ToPem("PRIVATE KEY", whole)).ok());
  }
}

TEST(KeyReaderTest, NumbersOutOfRangeAreNoKey) {
  std::string order(32, '\0');
  BN_bn2binpad(EC_GROUP_get0_order(EcGroup(EcCurve::kP256)),
               reinterpret_cast<unsigned char*>(order.data()), 32);
  for (const std::string& scalar : {std::string(32, '\0'), order, std::string(32, '\xff')}) {
    const std::string der = Sec1(scalar, Named(kP256));
    const auto numbers = ReadSecretNumbers("EC PRIVATE KEY", der);
    ASSERT_TRUE(numbers);
    EXPECT_FALSE(AreSound(*numbers));
    EXPECT_FALSE(BuildKey(*numbers));
    const std::string pem = ToPem("EC PRIVATE KEY", der);
    EXPECT_THAT(base::Message(PrivateKey::Check(pem)), HasSubstr("range"));
    EXPECT_THAT(base::Message(PrivateKey::Parse(pem).status()), HasSubstr("range"));
  }
}

TEST(KeyReaderTest, APointOffTheCurveIsRefusedAndAnotherOneReplaced) {
  const PrivateKey one = MakeKey(KeyAlgorithm::kEcdsa), two = MakeKey(KeyAlgorithm::kEcdsa);
  const std::string spki = two.public_key().spki_der();
  std::string point = spki.substr(spki.size() - 65);
  const Block block = Taken(one.Pem());
  const auto with = [&](const std::string& other) {
    return ToPem(block.label, block.der.substr(0, block.der.size() - 65) + other);
  };
  EXPECT_TRUE(PrivateKey::Check(with(point)).ok());
  EXPECT_EQ(Pkcs8Of(*PrivateKey::Parse(with(point))), Pkcs8Of(one));

  point.back() = static_cast<char>(point.back() ^ 1);
  EXPECT_THAT(base::Message(PrivateKey::Check(with(point))), HasSubstr("damaged"));
  EXPECT_FALSE(PrivateKey::Parse(with(point)).ok());
  std::string off = spki;
  off.back() = static_cast<char>(off.back() ^ 1);
  ASSERT_TRUE(ReadSpki(off));
  EXPECT_EQ(BuildPublicKey(*ReadSpki(off)), nullptr);
  EXPECT_FALSE(PublicKey::FromSpki(off).ok());
}

TEST(KeyReaderTest, RsaNumbersThatDoNotFitAreRefused) {
  const Block block = Taken(MakeKey(KeyAlgorithm::kRsa).Pem());
  const auto numbers = ReadSecretNumbers(block.label, block.der);
  ASSERT_TRUE(numbers);
  const auto key = std::get<RsaSecret>(*numbers);
  RsaSecret swapped = key;
  std::swap(swapped.p, swapped.q);
  EXPECT_TRUE(AreSound(swapped));
  RsaSecret wrong = key;
  wrong.q = key.p;
  EXPECT_FALSE(AreSound(wrong));
  EXPECT_FALSE(BuildKey(wrong));
  wrong = key;
  wrong.d = key.n;
  EXPECT_FALSE(AreSound(wrong));
  wrong = key;
  wrong.p = key.n;
  wrong.q = "\x01";
  EXPECT_FALSE(AreSound(wrong));
}

}  // namespace
}  // namespace palisade::tls
