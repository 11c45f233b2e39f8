#include "provider/tls/crypto/certificate.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const SelfSignedCertResource kType;

PropertyMap Inputs(const std::string& key) {
  return {{"privateKeyPem", key},
          {"subject", PropertyMap{{"commonName", "models.example.com"}}},
          {"dnsNames", PropertyArray{"models.example.com"}},
          {"allowedUses", PropertyArray{"key_encipherment", "digital_signature", "server_auth"}},
          {"validityPeriodHours", 10},
          {"earlyRenewalHours", 2}};
}

TEST(SelfSignedCertResource, IssuesWithTheGivenTimeAndSerial) {
  World world;
  const auto made = world.Create(kType, Inputs(world.Key("ED25519")));
  EXPECT_EQ(World::Text(made.outputs, "validityStartTime"), "2025-03-04T12:00:00Z");
  EXPECT_EQ(World::Text(made.outputs, "validityEndTime"), "2025-03-04T22:00:00Z");
  EXPECT_EQ(made.outputs.at("readyForRenewal"), PropertyValue(false));
  EXPECT_EQ(made.outputs.at("isCaCertificate"), PropertyValue(false));
  EXPECT_EQ(made.outputs.at("keyAlgorithm"), PropertyValue("ED25519"));
  const auto certificate = Certificate::Parse(World::Text(made.outputs, "certPem"));
  ASSERT_TRUE(certificate.ok());
  EXPECT_EQ(certificate->SerialDecimal(), made.id);
  EXPECT_EQ(certificate->not_before(), kNoon);
  EXPECT_FALSE(made.outputs.contains("pkcs12"));
}

TEST(SelfSignedCertResource, IsReadyAtOnceIfItsWindowCoversItsLife) {
  World world;
  const PropertyMap inputs = Inputs(world.Key("ED25519"));
  const auto ready = [&](const PropertyMap& with) {
    const PropertyMap preview = kType.Preview({with, nullptr, nullptr, world.clock});
    const auto made = world.Create(kType, with);
    EXPECT_EQ(preview.at("readyForRenewal"), made.outputs.at("readyForRenewal"));
    return made.outputs.at("readyForRenewal") == PropertyValue(true);
  };
  EXPECT_FALSE(ready(inputs));
  EXPECT_FALSE(ready(Without(inputs, "earlyRenewalHours")));
  EXPECT_TRUE(ready(With(inputs, "earlyRenewalHours", 10)));
  EXPECT_TRUE(ready(With(inputs, "earlyRenewalHours", 11)));
  EXPECT_TRUE(ready(With(inputs, "validityPeriodHours", 0)));
  EXPECT_THAT(world.Check(kType, With(inputs, "earlyRenewalHours", 10)).warnings,
              ElementsAre("earlyRenewalHours tls.renewal-window"));
}

TEST(SelfSignedCertResource, ReportsEveryMistakeAtOnce) {
  World world;
  const PropertyMap inputs{{"privateKeyPem", "secret but no key"},
                           {"isCaCertificate", true},
                           {"setAuthorityKeyId", true},
                           {"allowedUses", PropertyArray{"serverAuth"}},
                           {"validityPeriodHours", 90'000'000}};
  const Checked ca = world.Check(kType, inputs);
  EXPECT_THAT(
      ca.failures,
      UnorderedElementsAre("privateKeyPem tls.private-key", "subject tls.ca-subject",
                           "allowedUses[0] tls.allowed-use", "validityPeriodHours tls.validity"));
  EXPECT_THAT(ca.text, HasSubstr("server_auth"));
  EXPECT_THAT(ca.text, testing::Not(HasSubstr("secret but")));
  PropertyMap leaf = Inputs(world.Key("ED25519"));
  leaf["maxPathLength"] = 1;
  leaf["setAuthorityKeyId"] = true;
  EXPECT_THAT(world.Check(kType, leaf).failures,
              UnorderedElementsAre("maxPathLength tls.max-path-length",
                                   "setAuthorityKeyId tls.authority-key-id"));
  leaf["setSubjectKeyId"] = true;
  leaf["maxPathLength"] = -1;
  EXPECT_THAT(world.Check(kType, leaf).failures, IsEmpty());
  PropertyMap root = RootInputs(world.Key("ED25519"));
  EXPECT_THAT(world.Check(kType, root).failures, IsEmpty());
  EXPECT_THAT(world.Check(kType, root).warnings, IsEmpty());
  root["allowedUses"] = PropertyArray{"digital_signature"};
  EXPECT_THAT(world.Check(kType, root).warnings, ElementsAre("allowedUses tls.ca-usage"));
}

TEST(SelfSignedCertResource, TakesAnyAsciiForADnsNameIfToldTo) {
  World world;
  const PropertyMap inputs =
      With(Inputs(world.Key("ED25519")), "dnsNames", PropertyArray{"my host"});
  EXPECT_THAT(world.Check(kType, inputs).failures, ElementsAre("dnsNames[0] tls.dns-name"));
  // Told to skip that check, it signs all the same.
  EXPECT_NE(world.Create(kType, inputs).id, "");
}

TEST(SelfSignedCertResource, WhatExistsNeedNotFitIntoTheCalendarAgain) {
  World world;
  const int most = 69'905'891;
  const PropertyMap inputs = With(Inputs(world.Key("ED25519")), "validityPeriodHours", most);
  EXPECT_THAT(world.Check(kType, inputs).failures, IsEmpty());
  EXPECT_EQ(World::Text(world.Create(kType, inputs).outputs, "validityEndTime"),
            "9999-12-31T23:00:00Z");
  world.clock.Advance(std::chrono::hours(1));
  EXPECT_THAT(world.Check(kType, inputs, &inputs).failures, IsEmpty());
  // One that takes its place, or a validity of its own.
  EXPECT_THAT(world.Check(kType, inputs).failures, ElementsAre("validityPeriodHours tls.validity"));
  EXPECT_THAT(world.Check(kType, With(inputs, "validityPeriodHours", most + 1), &inputs).failures,
              ElementsAre("validityPeriodHours tls.validity"));
}

TEST(SelfSignedCertResource, ExplainsTheSeedsMistakes) {
  EXPECT_THAT(kType.ExplainUnknown("certRequestPem"),
              testing::Optional(HasSubstr("LocallySignedCert")));
  EXPECT_THAT(kType.ExplainUnknown("keyAlgorithm"), testing::Optional(HasSubstr("output")));
  EXPECT_THAT(kType.ExplainUnknown("subjects"), testing::Optional(HasSubstr("subject")));
}

TEST(SelfSignedCertResource, DiffComparesByMeaning) {
  World world;
  const PropertyMap leaf = Inputs(world.Key("ED25519"));
  const auto diff = [&](const PropertyMap& from, const PropertyMap& now) {
    const auto made = world.Create(kType, from);
    return world.Diff(kType, made.id, from, made.outputs, now);
  };
  EXPECT_THAT(diff(leaf, leaf).changes, IsEmpty());
  EXPECT_THAT(
      diff(leaf, With(leaf, "allowedUses",
                      PropertyArray{"digital_signature", "key_encipherment", "server_auth"}))
          .changes,
      IsEmpty());
  EXPECT_THAT(diff(leaf, With(leaf, "uris", PropertyArray{})).changes, IsEmpty());
  EXPECT_THAT(diff(leaf, With(leaf, "maxPathLength", -1)).changes, IsEmpty());
  EXPECT_THAT(diff(leaf, With(leaf, "maxPathLength", 0)).changes, IsEmpty());
  EXPECT_TRUE(diff(leaf, With(leaf, "setSubjectKeyId", true)).replaces());
  const PropertyMap root = RootInputs(world.Key("ED25519"));
  EXPECT_THAT(diff(root, With(root, "setSubjectKeyId", true)).changes, IsEmpty());
  EXPECT_TRUE(diff(root, With(root, "maxPathLength", 0)).replaces());
}

TEST(SelfSignedCertResource, WritesAnArchiveOnRequest) {
  World world;
  const PropertyMap plain = Inputs(world.Key("ED25519"));
  const PropertyMap inputs = With(plain, "pkcs12Password", "hunter2");
  const auto made = world.Create(kType, inputs);
  ASSERT_TRUE(made.outputs.contains("pkcs12"));
  resource::Call call = world.Call();
  const auto update = [&](const PropertyMap& now) {
    auto updated = kType.Update(call, {made.id, inputs, made.outputs, now});
    EXPECT_TRUE(updated.ok()) << updated.status();
    EXPECT_EQ(updated->at("certPem"), made.outputs.at("certPem"));
    return *std::move(updated);
  };
  EXPECT_EQ(update(With(inputs, "earlyRenewalHours", 1)).at("pkcs12"), made.outputs.at("pkcs12"));
  const PropertyMap other = With(inputs, "pkcs12Password", "other");
  EXPECT_NE(update(other).at("pkcs12"), made.outputs.at("pkcs12"));
  EXPECT_FALSE(update(plain).contains("pkcs12"));
  // The preview of the same keeps the archive where it stays, and knows nothing where it does not.
  EXPECT_FALSE(kType.Preview({other, &inputs, &made.outputs, world.clock}).contains("pkcs12"));
  const PropertyMap same = kType.Preview({inputs, &inputs, &made.outputs, world.clock});
  EXPECT_EQ(same.at("pkcs12"), made.outputs.at("pkcs12"));
  EXPECT_EQ(same.at("certPem"), made.outputs.at("certPem"));
}

TEST(SelfSignedCertResource, ImportsACertificateWithItsKey) {
  World world;
  const TemporaryFolder folder;
  const std::string key = world.Key("ECDSA");
  PropertyMap inputs = RootInputs(key);
  inputs["maxPathLength"] = 0;
  inputs["setAuthorityKeyId"] = true;
  inputs["ipAddresses"] = PropertyArray{"::1"};
  const auto made = world.Create(kType, inputs);
  const std::string id = folder.Write("c.pem", World::Text(made.outputs, "certPem")) + "," +
                         folder.Write("k.pem", key);
  const auto read = world.Read(kType, id);
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  EXPECT_EQ((*read)->id, made.id);
  EXPECT_EQ((*read)->inputs, inputs);
  for (const auto& [name, member] : (*read)->outputs) EXPECT_EQ(member, made.outputs.at(name));
  EXPECT_THAT(world.Check(kType, (*read)->inputs).failures, IsEmpty());
  EXPECT_THAT((*read)->unreadable, UnorderedElementsAre("earlyRenewalHours", "triggers"));
  EXPECT_THAT(world.reporter.messages, IsEmpty());
}

// A certificate does not tell its window; the program does, and that is no difference.
TEST(SelfSignedCertResource, ARefreshAfterAnImportShowsWhatTheProgramSays) {
  World world;
  const TemporaryFolder folder;
  const PropertyMap inputs = Inputs(world.Key("ECDSA"));
  const auto made = world.Create(kType, inputs);
  const auto imported =
      world.Read(kType, folder.Write("c.pem", World::Text(made.outputs, "certPem")));
  ASSERT_TRUE(imported.ok() && imported->has_value()) << imported.status();
  EXPECT_EQ((*imported)->outputs.at("earlyRenewalHours"), PropertyValue(0));
  const auto refreshed = world.Read(kType, made.id, &inputs, &(*imported)->outputs);
  ASSERT_TRUE(refreshed.ok() && refreshed->has_value()) << refreshed.status();
  EXPECT_EQ((*refreshed)->outputs.at("earlyRenewalHours"), PropertyValue(2));
  // What the program does not say any more has its effective value.
  const PropertyMap without = Without(inputs, "earlyRenewalHours");
  const auto again = world.Read(kType, made.id, &without, &(*refreshed)->outputs);
  ASSERT_TRUE(again.ok() && again->has_value()) << again.status();
  EXPECT_EQ((*again)->outputs.at("earlyRenewalHours"), PropertyValue(0));
}

TEST(SelfSignedCertResource, HoldsTheProgramsKeyAgainstAnImportedCertificate) {
  World world;
  const TemporaryFolder folder;
  const PropertyMap inputs = Inputs(world.Key("ECDSA"));
  const auto made = world.Create(kType, inputs);
  const auto read = world.Read(kType, folder.Write("c.pem", World::Text(made.outputs, "certPem")));
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  EXPECT_THAT((*read)->unreadable, Contains("privateKeyPem"));
  const PropertyMap program = Without(inputs, "earlyRenewalHours");
  EXPECT_THAT(world.Diff(kType, made.id, (*read)->inputs, (*read)->outputs, program).changes,
              IsEmpty());
  PropertyMap write_only =
      With(Without(program, "privateKeyPem"), "privateKeyPemWo", inputs.at("privateKeyPem"));
  write_only["privateKeyPemWoVersion"] = 1;
  EXPECT_THAT(world.Diff(kType, made.id, (*read)->inputs, (*read)->outputs, write_only).changes,
              IsEmpty());
  const auto other = world.Diff(kType, made.id, (*read)->inputs, (*read)->outputs,
                                With(program, "privateKeyPem", world.Key("ECDSA")));
  EXPECT_TRUE(other.replaces());
  EXPECT_THAT(PathsOf(other.changes), ElementsAre("privateKeyPem"));
}

TEST(SelfSignedCertResource, GetCompletesFromTheCertificate) {
  World world;
  const PropertyMap inputs = Inputs(world.Key("ECDSA"));
  const auto made = world.Create(kType, inputs);
  const PropertyMap stated{{"certPem", made.outputs.at("certPem")}, {"earlyRenewalHours", 2}};
  const auto got = world.Read(kType, "x", &stated, &stated);
  ASSERT_TRUE(got.ok() && got->has_value()) << got.status();
  EXPECT_EQ((*got)->id, made.id);
  for (const char* name : {"validityEndTime", "keyAlgorithm", "dnsNames", "subject",
                           "validityPeriodHours", "readyForRenewal", "setAuthorityKeyId"}) {
    EXPECT_EQ((*got)->outputs.at(name), made.outputs.at(name)) << name;
  }
}

}  // namespace
}  // namespace palisade::tls
