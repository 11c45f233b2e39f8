#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

const CertRequestResource kType;

PropertyMap Inputs(const std::string& key) {
  return {{"privateKeyPem", key},
          {"subject", PropertyMap{{"commonName", "models.example.com"},
                                  {"streetAddresses", PropertyArray{"a 1", "b 2"}}}},
          {"dnsNames", PropertyArray{"models.example.com", "*.example.com"}},
          {"ipAddresses", PropertyArray{"10.0.0.7", "2001:db8::1"}},
          {"uris", PropertyArray{"spiffe://example.com/models"}}};
}

TEST(CertRequestResource, MakesARequest) {
  World world;
  const auto made = world.Create(kType, Inputs(world.Key("ECDSA")));
  EXPECT_EQ(made.outputs.at("keyAlgorithm"), PropertyValue("ECDSA"));
  const auto request = CertificateRequest::Parse(World::Text(made.outputs, "certRequestPem"));
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->Id(), made.id);
  EXPECT_TRUE(request->VerifySignature().ok());
  EXPECT_THAT(request->alt_names().ip_addresses, ElementsAre("10.0.0.7", "2001:db8::1"));
}

TEST(CertRequestResource, ReportsEveryMistakeAtOnce) {
  const World world;
  const PropertyMap inputs{{"privateKeyPem", "-----BEGIN CERTIFICATE-----\n"},
                           {"subject", PropertyMap{{"emailAddress", "ä@example.com"}}},
                           {"dnsNames", PropertyArray{"ok.example.com", "bücher.example.com"}},
                           {"ipAddresses", PropertyArray{"10.0.0.256"}},
                           {"uris", PropertyArray{"http://[bad"}}};
  EXPECT_THAT(world.Check(kType, inputs).failures,
              UnorderedElementsAre("privateKeyPem tls.private-key",
                                   "subject.emailAddress tls.subject", "dnsNames[1] tls.dns-name",
                                   "ipAddresses[0] tls.ip-address", "uris[0] tls.uri"));
}

TEST(CertRequestResource, TakesExactlyOneFormOfTheKey) {
  World world;
  const std::string key = world.Key("ED25519");
  EXPECT_THAT(world.Check(kType, {}).failures, ElementsAre("privateKeyPem exclusive"));
  EXPECT_THAT(world.Check(kType, {{"privateKeyPemWo", key}}).failures,
              ElementsAre("privateKeyPemWo dependent"));
  EXPECT_THAT(world.Check(kType, {{"privateKeyPem", key}, {"privateKeyPemWoVersion", 1}}).failures,
              ElementsAre("privateKeyPemWoVersion dependent"));
  EXPECT_THAT(
      world
          .Check(kType,
                 {{"privateKeyPem", key}, {"privateKeyPemWo", key}, {"privateKeyPemWoVersion", 1}})
          .failures,
      ElementsAre("privateKeyPemWo exclusive"));
  EXPECT_THAT(
      world.Check(kType, {{"privateKeyPemWo", key}, {"privateKeyPemWoVersion", 1}}).failures,
      IsEmpty());
}

TEST(CertRequestResource, ExplainsOldAndForeignNames) {
  EXPECT_THAT(kType.ExplainUnknown("subjects"), testing::Optional(HasSubstr("subject")));
  EXPECT_THAT(kType.ExplainUnknown("keyAlgorithm"), testing::Optional(HasSubstr("output")));
  EXPECT_EQ(kType.ExplainUnknown("other"), std::nullopt);
}

TEST(CertRequestResource, DiffComparesByMeaning) {
  World world;
  const auto key =
      world.Create(PrivateKeyResource(), {{"algorithm", "ECDSA"}, {"ecdsaCurve", "P256"}});
  const PropertyMap inputs = Inputs(World::Text(key.outputs, "privateKeyPem"));
  const auto made = world.Create(kType, inputs);
  const auto diff = [&](const PropertyMap& now) {
    return world.Diff(kType, made.id, inputs, made.outputs, now);
  };
  EXPECT_THAT(diff(inputs).changes, IsEmpty());
  EXPECT_THAT(diff(With(inputs, "privateKeyPem", key.outputs.at("privateKeyPemPkcs8"))).changes,
              IsEmpty());
  EXPECT_TRUE(diff(With(inputs, "privateKeyPem", world.Key("ECDSA"))).replaces());
  EXPECT_THAT(
      diff(With(inputs, "ipAddresses", PropertyArray{"10.0.0.7", "2001:DB8:0:0:0:0:0:1"})).changes,
      IsEmpty());
  EXPECT_THAT(diff(With(inputs, "uris", PropertyArray{"SPIFFE://example.com/models"})).changes,
              IsEmpty());
  EXPECT_TRUE(diff(With(inputs, "dnsNames", PropertyArray{"*.example.com", "models.example.com"}))
                  .replaces());
  EXPECT_TRUE(diff(With(inputs, "subject", Unknown{})).replaces());
  EXPECT_TRUE(diff(With(inputs, "privateKeyPem", Unknown{})).replaces());
  EXPECT_TRUE(diff(With(inputs, "uris", PropertyArray{Unknown{}})).replaces());
}

TEST(CertRequestResource, TheKeyMovesToTheWriteOnlyPropertyInPlace) {
  World world;
  const std::string key = world.Key("ECDSA");
  const PropertyMap inputs = Inputs(key);
  const auto made = world.Create(kType, inputs);
  PropertyMap moved = Without(inputs, "privateKeyPem");
  moved["privateKeyPemWo"] = key;
  moved["privateKeyPemWoVersion"] = 1;
  const auto diff = world.Diff(kType, made.id, inputs, made.outputs, moved);
  EXPECT_FALSE(diff.changes.empty());
  EXPECT_FALSE(diff.replaces());
  resource::Call call = world.Call();
  const auto updated = kType.Update(call, {made.id, inputs, made.outputs, moved});
  ASSERT_TRUE(updated.ok());
  EXPECT_EQ(updated->at("certRequestPem"), made.outputs.at("certRequestPem"));
  EXPECT_FALSE(updated->contains("privateKeyPem"));
  // Another key is another request; so is a raised version.
  moved["privateKeyPemWo"] = world.Key("ECDSA");
  EXPECT_TRUE(world.Diff(kType, made.id, inputs, made.outputs, moved).replaces());
  const PropertyMap raised = With(moved, "privateKeyPemWoVersion", 2);
  EXPECT_TRUE(world.Diff(kType, made.id, moved, made.outputs, raised).replaces());
  // A key that was exchanged without raising the version has no effect, which is worth a word.
  const auto forgotten = world.Diff(kType, made.id, moved, made.outputs, moved);
  EXPECT_THAT(forgotten.changes, IsEmpty());
  EXPECT_THAT(forgotten.warnings, HasSubstr("tls.write-only-key"));
}

TEST(CertRequestResource, PreviewIsCertainOrSilent) {
  World world;
  for (const char* algorithm : {"RSA", "ED25519"}) {
    const PropertyMap inputs = Inputs(world.Key(algorithm));
    const PropertyMap preview = kType.Preview({inputs, nullptr, nullptr, world.clock});
    const auto made = world.Create(kType, inputs);
    EXPECT_EQ(preview.at("certRequestPem"), made.outputs.at("certRequestPem"));
    EXPECT_EQ(preview.at("keyAlgorithm"), PropertyValue(algorithm));
    const PropertyMap half = With(inputs, "dnsNames", PropertyArray{Unknown{}});
    EXPECT_FALSE(kType.Preview({half, nullptr, nullptr, world.clock}).contains("certRequestPem"));
  }
  const PropertyMap ec = Inputs(world.Key("ECDSA"));
  EXPECT_FALSE(kType.Preview({ec, nullptr, nullptr, world.clock}).contains("certRequestPem"));
}

TEST(CertRequestResource, ImportsARequestWithAndWithoutItsKey) {
  World world;
  const TemporaryFolder folder;
  const std::string key = world.Key("ECDSA");
  const PropertyMap inputs = Inputs(key);
  const auto made = world.Create(kType, inputs);
  const std::string csr = folder.Write("csr.pem", World::Text(made.outputs, "certRequestPem"));
  const std::string key_file = folder.Write("key.pem", key);
  const auto full = world.Read(kType, csr + "," + key_file);
  ASSERT_TRUE(full.ok() && full->has_value()) << full.status();
  EXPECT_EQ((*full)->id, made.id);
  EXPECT_EQ((*full)->inputs, inputs);
  EXPECT_EQ((*full)->outputs.at("certRequestPem"), made.outputs.at("certRequestPem"));

  const auto alone = world.Read(kType, csr);
  ASSERT_TRUE(alone.ok() && alone->has_value()) << alone.status();
  EXPECT_THAT((*alone)->unreadable, testing::Contains("privateKeyPem"));
  EXPECT_EQ((*alone)->inputs, Without(inputs, "privateKeyPem"));
  // The program's key is held against the request.
  EXPECT_THAT(world.Diff(kType, made.id, (*alone)->inputs, (*alone)->outputs, inputs).changes,
              IsEmpty());
  const auto other = world.Diff(kType, made.id, (*alone)->inputs, (*alone)->outputs,
                                With(inputs, "privateKeyPem", world.Key("ECDSA")));
  EXPECT_TRUE(other.replaces());

  const auto wrong = world.Read(kType, csr + "," + folder.Write("o.pem", world.Key("RSA")));
  EXPECT_EQ(wrong.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(base::Message(wrong.status()), Not(HasSubstr("-----BEGIN")));
  EXPECT_EQ(world.Read(kType, csr + ",").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(world.Read(kType, key_file).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(CertRequestResource, GetCompletesAndListPairs) {
  World world;
  const TemporaryFolder folder;
  const std::string key = world.Key("ED25519");
  const auto made = world.Create(kType, Inputs(key));
  const PropertyMap stated{{"certRequestPem", made.outputs.at("certRequestPem")}};
  const auto got = world.Read(kType, "x", &stated, &stated);
  ASSERT_TRUE(got.ok() && got->has_value()) << got.status();
  EXPECT_EQ((*got)->id, made.id);
  EXPECT_EQ((*got)->outputs.at("dnsNames"), made.outputs.at("dnsNames"));

  folder.Write("csr.pem", World::Text(made.outputs, "certRequestPem"));
  const PropertyMap query{{"directory", folder.path()}};
  const std::string start;
  resource::Call call = world.Call();
  const auto alone = kType.List(call, {query, start, 0});
  ASSERT_TRUE(alone.ok());
  ASSERT_EQ(alone->items.size(), 1u);
  EXPECT_EQ(alone->items[0].id, folder.Path("csr.pem"));
  folder.Write("z.key", key);
  const auto paired = kType.List(call, {query, start, 0});
  ASSERT_TRUE(paired.ok());
  EXPECT_EQ(paired->items[0].id, folder.Path("csr.pem") + "," + folder.Path("z.key"));
}

}  // namespace
}  // namespace palisade::tls
