#include "provider/tls/resources/upgrade.h"

#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kHash[] = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

// The shape that the established package leaves in a state, versions 4 and 5.
TEST(Upgrade, TakesOverASelfSignedCertificate) {
  World world;
  const SelfSignedCertResource type;
  const std::string key = world.Key("ECDSA");
  const PropertyMap program{
      {"privateKeyPem", key},
      {"subject", PropertyMap{{"commonName", "a"}}},
      {"allowedUses", PropertyArray{"server_auth"}},
      {"validityPeriodHours", 10},
  };
  const auto made = world.Create(type, program);
  PropertyMap inputs = Without(program, "subject");
  inputs["__defaults"] = PropertyArray{};
  inputs["keyAlgorithm"] = "ECDSA";
  inputs["subjects"] =
      PropertyArray{PropertyMap{{"__defaults", PropertyArray{}}, {"commonName", "a"}}};
  PropertyMap outputs = Without(made.outputs, "subject");
  outputs["subjects"] = inputs.at("subjects");
  outputs["id"] = made.id;
  outputs["__meta"] = "{\"schema_version\":\"1\"}";
  outputs["maxPathLength"] = -1;
  outputs["validityStartTime"] = "2025-03-04T14:00:00.678901234+02:00";
  outputs["validityEndTime"] = "2025-03-05T00:00:00.678901234+02:00";
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, program);
  EXPECT_EQ(outputs, made.outputs);
  EXPECT_THAT(world.Diff(type, made.id, inputs, outputs, program).changes, IsEmpty());
  const PropertyMap once = outputs;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(outputs, once);
}

// Version 3 kept only hashes of PEM texts; the certificate has to tell whether the key is its own.
TEST(Upgrade, HoldsHashedTextsAgainstTheCertificate) {
  World world;
  const SelfSignedCertResource type;
  PropertyMap program = RootInputs(world.Key("ECDSA"));
  const auto made = world.Create(type, program);
  PropertyMap inputs = With(program, "privateKeyPem", kHash);
  PropertyMap outputs = With(made.outputs, "privateKeyPem", kHash);
  type.Migrate(0, inputs, outputs);
  EXPECT_FALSE(inputs.contains("privateKeyPem"));
  EXPECT_THAT(world.Diff(type, made.id, inputs, outputs, program).changes, IsEmpty());
  program["privateKeyPem"] = world.Key("ECDSA");
  EXPECT_THAT(PathsOf(world.Diff(type, made.id, inputs, outputs, program).changes),
              ElementsAre("privateKeyPem"));
}

// Before its version 4.7 the established package ignored uses that do not exist.
TEST(Upgrade, TakingOutAUseThatDoesNotExistChangesNothing) {
  World world;
  const SelfSignedCertResource type;
  const PropertyMap program = RootInputs(world.Key("ECDSA"));
  const auto made = world.Create(type, program);
  const auto diff = [&](const PropertyArray& before) {
    PropertyMap inputs = With(program, "allowedUses", before);
    PropertyMap outputs = With(made.outputs, "allowedUses", before);
    type.Migrate(0, inputs, outputs);
    return PathsOf(world.Diff(type, made.id, inputs, outputs, program).changes);
  };
  EXPECT_THAT(diff({"foo", "cert_signing", "crl_signing"}), IsEmpty());
  EXPECT_THAT(diff({"foo", "cert_signing"}), ElementsAre("allowedUses"));
}

TEST(Upgrade, TakesOverAPrivateKeyWithItsForeignDefaults) {
  World world;
  const PrivateKeyResource type;
  const PropertyMap program{{"algorithm", "ECDSA"}, {"ecdsaCurve", "P256"}};
  const auto made = world.Create(type, program);
  PropertyMap inputs = With(program, "__defaults", PropertyArray{});
  PropertyMap outputs = With(made.outputs, "rsaBits", 2048);
  outputs["__meta"] = "{\"schema_version\":\"1\"}";
  outputs["id"] = made.id;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, program);
  EXPECT_FALSE(outputs.contains("id"));
  EXPECT_FALSE(outputs.contains("__meta"));
  EXPECT_THAT(world.Diff(type, made.id, inputs, outputs, program).changes, IsEmpty());
}

// Version 4 of the established package has no PKCS#8 form, its first minor versions neither
// OpenSSH's nor a SHA-256 fingerprint.
TEST(Upgrade, DerivesWhatTheStateOfAKeyLacks) {
  World world;
  const PrivateKeyResource type;
  for (const PropertyMap& program :
       {PropertyMap{{"algorithm", "RSA"}}, PropertyMap{{"algorithm", "ED25519"}},
        PropertyMap{{"algorithm", "ECDSA"}, {"ecdsaCurve", "P384"}},
        PropertyMap{{"algorithm", "ECDSA"}}}) {
    const auto made = world.Create(type, program);
    PropertyMap old = made.outputs;
    for (const char* name :
         {"privateKeyPemPkcs8", "privateKeyOpenssh", "publicKeyFingerprintSha256"}) {
      old.erase(name);
    }
    PropertyMap inputs = program, outputs = old, again = old;
    type.Migrate(0, inputs, outputs);
    type.Migrate(0, inputs, again);
    EXPECT_EQ(outputs, again) << "not the same every time";
    EXPECT_EQ(Without(outputs, "privateKeyOpenssh"), Without(made.outputs, "privateKeyOpenssh"));
    const std::string openssh = World::Text(outputs, "privateKeyOpenssh");
    EXPECT_EQ(openssh.empty(), World::Text(made.outputs, "privateKeyOpenssh").empty());
    if (!openssh.empty()) {
      const auto key = PrivateKey::ParseOpenssh(openssh);
      ASSERT_TRUE(key.ok()) << key.status();
      EXPECT_EQ(key->public_key().Id(), made.id);
    }
    EXPECT_EQ(inputs, program);
    EXPECT_THAT(world.Diff(type, made.id, inputs, outputs, program).changes, IsEmpty());
    // So a refresh puts it into the state.
    const auto read = world.Read(type, made.id, &inputs, &outputs);
    ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
    EXPECT_EQ((*read)->outputs, outputs);
  }
}

TEST(Upgrade, KeepsWhatTheStateOfAKeyHas) {
  World world;
  const PrivateKeyResource type;
  const auto made = world.Create(type, {{"algorithm", "ED25519"}});
  PropertyMap inputs{{"algorithm", "ED25519"}};
  PropertyMap whole = made.outputs;
  type.Migrate(0, inputs, whole);
  EXPECT_EQ(whole, made.outputs);
  // The OpenSSH form has random parts: the one that is there stays.
  PropertyMap without_pkcs8 = Without(made.outputs, "privateKeyPemPkcs8");
  type.Migrate(0, inputs, without_pkcs8);
  EXPECT_EQ(without_pkcs8, made.outputs);
  const PropertyMap strange{{"privateKeyPem", "no key"}};
  PropertyMap outputs = strange;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(outputs, strange);
  // The arguments of `.get()` are both bags; what they leave out is not theirs.
  PropertyMap stated{{"privateKeyPem", made.outputs.at("privateKeyPem")}};
  PropertyMap arguments = stated;
  type.Migrate(0, stated, arguments);
  EXPECT_EQ(arguments, stated);
}

TEST(Upgrade, KeepsStrangeState) {
  const LocallySignedCertResource type;
  PropertyMap inputs, outputs;
  type.Migrate(0, inputs, outputs);
  EXPECT_THAT(outputs, IsEmpty());
  outputs = {{"validityEndTime", "yesterday"}, {"subjects", "none"}, {"certPem", 5}};
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(outputs.at("validityEndTime"), PropertyValue("yesterday"));
  EXPECT_FALSE(outputs.contains("subject"));
}

}  // namespace
}  // namespace palisade::tls
