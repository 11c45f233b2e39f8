#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

const PrivateKeyResource kType;

TEST(PrivateKeyResource, MakesEveryKindInEveryForm) {
  World world;
  const auto rsa = world.Create(kType, {{"algorithm", "RSA"}});
  EXPECT_EQ(rsa.outputs.at("rsaBits"), PropertyValue(2048));
  EXPECT_FALSE(rsa.outputs.contains("ecdsaCurve"));
  EXPECT_THAT(World::Text(rsa.outputs, "privateKeyPem"), StartsWith("-----BEGIN RSA PRIVATE KEY"));
  EXPECT_THAT(World::Text(rsa.outputs, "privateKeyPemPkcs8"), StartsWith("-----BEGIN PRIVATE KEY"));
  EXPECT_THAT(World::Text(rsa.outputs, "privateKeyOpenssh"), StartsWith("-----BEGIN OPENSSH"));
  const auto ec = world.Create(kType, {{"algorithm", "ECDSA"}});
  EXPECT_EQ(ec.outputs.at("ecdsaCurve"), PropertyValue("P224"));
  EXPECT_FALSE(ec.outputs.contains("rsaBits"));
  EXPECT_EQ(World::Text(ec.outputs, "privateKeyOpenssh"), "");
  EXPECT_EQ(World::Text(ec.outputs, "publicKeyFingerprintSha256"), "");
  const auto ed = world.Create(kType, {{"algorithm", "ED25519"}});
  EXPECT_THAT(World::Text(ed.outputs, "publicKeyOpenssh"), StartsWith("ssh-ed25519 "));
  EXPECT_THAT(World::Text(ed.outputs, "publicKeyFingerprintSha256"), StartsWith("SHA256:"));
  const auto parsed = PrivateKey::Parse(World::Text(ed.outputs, "privateKeyPem"));
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->public_key().Id(), ed.id);
  EXPECT_EQ(ed.id.size(), 40u);
}

TEST(PrivateKeyResource, ChecksLengthsAndNames) {
  const World world;
  const auto check = [&](PropertyMap inputs) { return world.Check(kType, inputs); };
  EXPECT_THAT(check({{"algorithm", "RSA"}, {"rsaBits", 512}}).failures,
              ElementsAre("rsaBits tls.rsa-bits"));
  EXPECT_THAT(check({{"algorithm", "RSA"}, {"rsaBits", 20000}}).failures,
              ElementsAre("rsaBits tls.rsa-bits"));
  EXPECT_THAT(check({{"algorithm", "RSA"}, {"rsaBits", 1024}}).warnings,
              ElementsAre("rsaBits tls.weak-rsa"));
  EXPECT_THAT(check({{"algorithm", "ECDSA"}}).warnings, ElementsAre("ecdsaCurve tls.p224"));
  EXPECT_THAT(check({{"algorithm", "ECDSA"}, {"ecdsaCurve", "P224"}}).warnings, IsEmpty());
  // Another algorithm's property does nothing, so nothing is said of it.
  EXPECT_THAT(check({{"algorithm", "ED25519"}, {"rsaBits", 1}}).failures, IsEmpty());
  EXPECT_THAT(check({{"algorithm", "ed25519"}}).text, HasSubstr("did you mean \"ED25519\"?"));
  EXPECT_THAT(check({{"algorithm", "ECDSA"}, {"ecdsaCurve", "secp384r1"}}).text,
              HasSubstr("did you mean \"P384\"?"));
  EXPECT_THAT(check({{"algorithm", "ECDSA"}, {"ecdsaCurve", "secp521r1"}}).text,
              HasSubstr("did you mean \"P521\"?"));
  for (const char* nothing : {"", "-"}) {
    EXPECT_THAT(check({{"algorithm", "ECDSA"}, {"ecdsaCurve", nothing}}).text,
                Not(HasSubstr("did you mean")));
  }
  EXPECT_THAT(check({{"algorithm", "DSA"}}).failures, ElementsAre("algorithm enum"));
}

TEST(PrivateKeyResource, AnotherAlgorithmsPropertyIsNoChange) {
  World world;
  const PropertyMap ec{{"algorithm", "ECDSA"}, {"ecdsaCurve", "P256"}};
  const auto made = world.Create(kType, ec);
  EXPECT_THAT(world.Diff(kType, made.id, ec, made.outputs, With(ec, "rsaBits", 4096)).changes,
              IsEmpty());
  EXPECT_TRUE(
      world.Diff(kType, made.id, ec, made.outputs, With(ec, "ecdsaCurve", "P384")).replaces());
  const PropertyMap rsa{{"algorithm", "RSA"}};
  EXPECT_TRUE(world.Diff(kType, "x", rsa, {}, With(rsa, "rsaBits", 4096)).replaces());
  EXPECT_THAT(world.Diff(kType, "x", rsa, {}, With(rsa, "ecdsaCurve", "P384")).changes, IsEmpty());
  // From one algorithm to another, both count.
  EXPECT_EQ(PathsOf(world.Diff(kType, "x", rsa, {}, ec).changes),
            (std::set<std::string>{"algorithm", "ecdsaCurve"}));
  EXPECT_TRUE(
      world.Diff(kType, "x", rsa, {}, With(rsa, "triggers", PropertyMap{{"a", "b"}})).replaces());
}

TEST(PrivateKeyResource, PreviewsWhatIsCertain) {
  const World world;
  const PropertyMap ec{{"algorithm", "ECDSA"}};
  EXPECT_EQ(kType.Preview({ec, nullptr, nullptr, world.clock}),
            (PropertyMap{{"ecdsaCurve", "P224"}, {"rsaBits", value::Null{}}}));
  const PropertyMap unknown{{"algorithm", Unknown{}}};
  EXPECT_THAT(kType.Preview({unknown, nullptr, nullptr, world.clock}), IsEmpty());
}

TEST(PrivateKeyResource, CancelEndsTheSearchForALargeKey) {
  World world;
  world.reporter.stop_on_status = true;
  resource::Call call = world.Call();
  const auto made = kType.Create(call, {{"algorithm", "RSA"}, {"rsaBits", 16384}});
  EXPECT_EQ(made.status().code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(base::Message(made.status()), HasSubstr("generating the key"));
  ASSERT_FALSE(world.reporter.statuses.empty());
  EXPECT_THAT(world.reporter.statuses[0], HasSubstr("16384 bits"));
  // Before it began, too.
  resource::Call late = world.Call();
  EXPECT_EQ(kType.Create(late, {{"algorithm", "ED25519"}}).status().code(),
            absl::StatusCode::kCancelled);
}

TEST(PrivateKeyResource, ImportsFilesOfEveryForm) {
  World world;
  const TemporaryFolder folder;
  const auto made = world.Create(kType, {{"algorithm", "ECDSA"}, {"ecdsaCurve", "P384"}});
  for (const char* form : {"privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"}) {
    const std::string path = folder.Write("key.pem", World::Text(made.outputs, form));
    const auto read = world.Read(kType, path);
    ASSERT_TRUE(read.ok() && read->has_value()) << form << ": " << read.status();
    EXPECT_EQ((*read)->id, made.id);
    EXPECT_EQ((*read)->inputs, (PropertyMap{{"algorithm", "ECDSA"}, {"ecdsaCurve", "P384"}}));
    EXPECT_EQ(World::Text((*read)->outputs, "privateKeyPem"),
              World::Text(made.outputs, "privateKeyPem"));
    EXPECT_THAT(world.Check(kType, (*read)->inputs).failures, IsEmpty());
    EXPECT_THAT(
        world.Diff(kType, made.id, (*read)->inputs, (*read)->outputs, (*read)->inputs).changes,
        IsEmpty());
  }
}

TEST(PrivateKeyResource, SaysWhyAFileCannotBeImported) {
  World world;
  const TemporaryFolder folder;
  const auto missing = world.Read(kType, folder.Path("none.pem"));
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(base::Message(missing.status()), HasSubstr("none.pem"));
  EXPECT_THAT(base::Message(missing.status()), HasSubstr("only in Pulumi's state"));
  const auto wrong = world.Read(kType, folder.Write("text", "hello"));
  EXPECT_EQ(wrong.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(world.Read(kType, folder.path()).status().code(), absl::StatusCode::kInvalidArgument);
  const auto large = world.Read(kType, folder.Write("large", std::string(2 << 20, 'x')));
  EXPECT_THAT(base::Message(large.status()), HasSubstr("larger than 1 MiB"));
}

TEST(PrivateKeyResource, RefreshChangesNothingAndGetCompletes) {
  World world;
  const PropertyMap inputs{{"algorithm", "ED25519"}};
  const auto made = world.Create(kType, inputs);
  const auto refreshed = world.Read(kType, made.id, &inputs, &made.outputs);
  ASSERT_TRUE(refreshed.ok() && refreshed->has_value());
  EXPECT_EQ((*refreshed)->outputs, made.outputs);
  EXPECT_EQ((*refreshed)->inputs, inputs);
  EXPECT_EQ((*refreshed)->id, made.id);

  const PropertyMap stated{{"privateKeyPem", made.outputs.at("privateKeyPem")}};
  const auto got = world.Read(kType, "anything", &stated, &stated);
  ASSERT_TRUE(got.ok() && got->has_value()) << got.status();
  EXPECT_EQ((*got)->id, made.id);
  EXPECT_EQ((*got)->outputs.at("publicKeyPem"), made.outputs.at("publicKeyPem"));
  const PropertyMap wrong{{"privateKeyPem", "no key"}};
  EXPECT_EQ(world.Read(kType, "anything", &wrong, &wrong).status().code(),
            absl::StatusCode::kInvalidArgument);
  const PropertyMap little{{"algorithm", "RSA"}};
  EXPECT_EQ(world.Read(kType, "anything", &little, &little).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(PrivateKeyResource, ListsKeysInPages) {
  World world;
  const TemporaryFolder folder;
  const std::string key = world.Key("ED25519");
  for (const char* name : {"c.pem", "a.key", "b.pem"}) folder.Write(name, key);
  folder.Write("note.txt", "no key");
  const PropertyMap query{{"directory", folder.path() + "/"}};
  resource::Call call = world.Call();
  const std::string start;
  const auto first = kType.List(call, {query, start, 2});
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->items.size(), 2u);
  EXPECT_EQ(first->items[0].id, folder.Path("a.key"));
  EXPECT_EQ(first->items[0].name, "a");
  EXPECT_EQ(first->continuation, "b.pem");
  const auto second = kType.List(call, {query, first->continuation, 2});
  ASSERT_TRUE(second.ok());
  ASSERT_EQ(second->items.size(), 1u);
  EXPECT_EQ(second->items[0].id, folder.Path("c.pem"));
  EXPECT_EQ(second->continuation, "");
  const PropertyMap nowhere{{"directory", folder.Path("none")}};
  EXPECT_EQ(kType.List(call, {nowhere, start, 2}).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace palisade::tls
