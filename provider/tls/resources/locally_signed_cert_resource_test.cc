#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using std::chrono::hours;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const LocallySignedCertResource kType;

class LocallySignedCertTest : public testing::Test {
 protected:
  LocallySignedCertTest() : ca_key_(world_.Key("ECDSA", "P384")), leaf_key_(world_.Key("ECDSA")) {
    root_ = world_.Create(SelfSignedCertResource(), RootInputs(ca_key_)).outputs;
    inputs_ = {{"certRequestPem", Request(leaf_key_, "models.example.com")},
               {"caCertPem", root_.at("certPem")},
               {"caPrivateKeyPem", ca_key_},
               {"allowedUses", PropertyArray{"digital_signature", "server_auth"}},
               {"validityPeriodHours", 100}};
  }

  PropertyValue Request(const std::string& key, std::string_view name) {
    const PropertyMap inputs{
        {"privateKeyPem", key},
        {"subject", PropertyMap{{"commonName", name}, {"emailAddress", "ops@example.com"}}},
        {"dnsNames", PropertyArray{name}}};
    return world_.Create(CertRequestResource(), inputs).outputs.at("certRequestPem");
  }
  std::set<std::string> Failures(const PropertyMap& inputs) {
    return world_.Check(kType, inputs).failures;
  }

  World world_;
  const std::string ca_key_, leaf_key_;
  PropertyMap root_, inputs_;
};

TEST_F(LocallySignedCertTest, SignsTheRequest) {
  EXPECT_THAT(Failures(inputs_), IsEmpty());
  EXPECT_THAT(world_.Check(kType, inputs_).warnings, IsEmpty());
  const auto made = world_.Create(kType, inputs_);
  EXPECT_EQ(made.outputs.at("caKeyAlgorithm"), PropertyValue("ECDSA"));
  const auto certificate = Certificate::Parse(World::Text(made.outputs, "certPem"));
  const auto request = CertificateRequest::Parse(World::Text(inputs_, "certRequestPem"));
  ASSERT_TRUE(certificate.ok() && request.ok());
  EXPECT_EQ(certificate->SerialDecimal(), made.id);
  EXPECT_EQ(certificate->subject_der(), request->subject_der());
}

TEST_F(LocallySignedCertTest, ReportsWhatDoesNotFitTogether) {
  const PropertyMap leaf = world_.Create(kType, inputs_).outputs;
  EXPECT_THAT(Failures(With(inputs_, "caPrivateKeyPem", leaf_key_)),
              ElementsAre("caPrivateKeyPem tls.ca-key-mismatch"));
  PropertyMap under_leaf = With(inputs_, "caCertPem", leaf.at("certPem"));
  under_leaf["caPrivateKeyPem"] = leaf_key_;
  EXPECT_THAT(Failures(under_leaf), ElementsAre("caCertPem tls.not-a-ca"));
  // Told to skip that check, it signs all the same.
  EXPECT_NE(world_.Create(kType, under_leaf).id, "");
  EXPECT_THAT(Failures(With(inputs_, "certRequestPem", "nothing")),
              ElementsAre("certRequestPem tls.csr"));
  EXPECT_THAT(Failures(With(inputs_, "caCertPem", "nothing")),
              ElementsAre("caCertPem tls.certificate"));
  EXPECT_THAT(Failures(With(inputs_, "allowedUses", PropertyArray{"web"})),
              ElementsAre("allowedUses[0] tls.allowed-use"));
  EXPECT_THAT(world_.Check(kType, With(inputs_, "validityPeriodHours", 1001)).warnings,
              ElementsAre("validityPeriodHours tls.outlives-ca"));
  // Issued long ago, it may end well before its authority.
  EXPECT_THAT(world_.Check(kType, With(inputs_, "validityPeriodHours", 1001), &inputs_).warnings,
              IsEmpty());
  EXPECT_THAT(Failures(With(inputs_, "pkcs12Password", "x")),
              ElementsAre("pkcs12Password dependent"));
  PropertyMap archive = With(inputs_, "pkcs12Password", "x");
  archive["pkcs12PrivateKeyPem"] = ca_key_;
  EXPECT_THAT(Failures(archive), ElementsAre("pkcs12PrivateKeyPem tls.pkcs12-key"));
}

TEST_F(LocallySignedCertTest, NoticesASpoiltSignatureOfTheRequest) {
  const auto request = CertificateRequest::Parse(World::Text(inputs_, "certRequestPem"));
  ASSERT_TRUE(request.ok());
  std::string der = request->der();
  const std::size_t at = der.find("models");
  ASSERT_NE(at, std::string::npos);
  der[at] = 'n';
  const auto spoilt = CertificateRequest::FromDer(der);
  ASSERT_TRUE(spoilt.ok());
  EXPECT_THAT(Failures(With(inputs_, "certRequestPem", spoilt->Pem())),
              ElementsAre("certRequestPem tls.csr-signature"));
}

TEST_F(LocallySignedCertTest, KeepsToThePathLengthOfItsAuthority) {
  PropertyMap root = RootInputs(ca_key_);
  root["maxPathLength"] = 0;
  PropertyMap inputs = With(inputs_, "caCertPem",
                            world_.Create(SelfSignedCertResource(), root).outputs.at("certPem"));
  EXPECT_THAT(Failures(inputs), IsEmpty());
  inputs["isCaCertificate"] = true;
  EXPECT_THAT(Failures(inputs), ElementsAre("caCertPem tls.path-length"));
  // Told to skip that check, it signs all the same.
  EXPECT_NE(world_.Create(kType, inputs).id, "");
  inputs["isCaCertificate"] = Unknown{};
  EXPECT_THAT(Failures(inputs), IsEmpty());
}

TEST_F(LocallySignedCertTest, ExplainsForeignNames) {
  EXPECT_THAT(kType.ExplainUnknown("setAuthorityKeyId"), testing::Optional(HasSubstr("added")));
  EXPECT_THAT(kType.ExplainUnknown("caKeyAlgorithm"), testing::Optional(HasSubstr("no input")));
  EXPECT_THAT(kType.ExplainUnknown("dnsNames"), testing::Optional(HasSubstr("CertRequest")));
}

TEST_F(LocallySignedCertTest, DiffComparesByMeaning) {
  const auto made = world_.Create(kType, inputs_);
  const auto diff = [&](const PropertyMap& now) {
    return world_.Diff(kType, made.id, inputs_, made.outputs, now);
  };
  EXPECT_THAT(diff(inputs_).changes, IsEmpty());
  const auto key = PrivateKey::Parse(ca_key_);
  ASSERT_TRUE(key.ok());
  EXPECT_THAT(diff(With(inputs_, "caPrivateKeyPem", key->Pkcs8Pem()->Reveal())).changes, IsEmpty());
  EXPECT_TRUE(diff(With(inputs_, "certRequestPem", Request(leaf_key_, "other"))).replaces());
  EXPECT_FALSE(diff(With(inputs_, "earlyRenewalHours", 5)).replaces());
  EXPECT_TRUE(diff(With(inputs_, "caCertPem", Unknown{})).replaces());
  world_.clock.Advance(hours(100));
  EXPECT_EQ(PathsOf(diff(inputs_).changes), (std::set<std::string>{"readyForRenewal"}));
}

TEST_F(LocallySignedCertTest, WritesAnArchiveWithTheLeafsKey) {
  PropertyMap inputs = With(inputs_, "pkcs12Password", "hunter2");
  inputs["pkcs12PrivateKeyPem"] = leaf_key_;
  EXPECT_THAT(Failures(inputs), IsEmpty());
  const auto made = world_.Create(kType, inputs);
  EXPECT_TRUE(made.outputs.contains("pkcs12"));
  // Added later, it comes in place.
  const auto plain = world_.Create(kType, inputs_);
  EXPECT_FALSE(plain.outputs.contains("pkcs12"));
  EXPECT_FALSE(world_.Diff(kType, plain.id, inputs_, plain.outputs, inputs).replaces());
  resource::Call call = world_.Call();
  const auto updated = kType.Update(call, {plain.id, inputs_, plain.outputs, inputs});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_TRUE(updated->contains("pkcs12"));
  EXPECT_EQ(updated->at("certPem"), plain.outputs.at("certPem"));
}

TEST_F(LocallySignedCertTest, PreviewsWhatIsCertain) {
  PropertyMap half = With(inputs_, "caPrivateKeyPem", Unknown{});
  const PropertyMap preview = kType.Preview({half, nullptr, nullptr, world_.clock});
  EXPECT_EQ(preview.at("readyForRenewal"), PropertyValue(false));
  EXPECT_FALSE(preview.contains("caKeyAlgorithm"));
  EXPECT_FALSE(preview.contains("certPem"));
  EXPECT_EQ(kType.Preview({inputs_, nullptr, nullptr, world_.clock}).at("caKeyAlgorithm"),
            PropertyValue("ECDSA"));
}

class LocallySignedImportTest : public LocallySignedCertTest {
 protected:
  LocallySignedImportTest() : made_(world_.Create(kType, inputs_)) {
    folder_.Write("cert.pem", World::Text(made_.outputs, "certPem"));
    folder_.Write("leaf.csr", World::Text(inputs_, "certRequestPem"));
    folder_.Write("root.pem", World::Text(root_, "certPem"));
    folder_.Write("root.key", ca_key_);
    folder_.Write("leaf.key", leaf_key_);
  }
  std::string Id(std::initializer_list<const char*> names) const {
    std::string id;
    for (const char* name : names) id += (id.empty() ? "" : ",") + folder_.Path(name);
    return id;
  }
  const TemporaryFolder folder_;
  const resource::Created made_;
};

TEST_F(LocallySignedImportTest, TakesAllFourFiles) {
  const auto read = world_.Read(kType, Id({"cert.pem", "leaf.csr", "root.pem", "root.key"}));
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  EXPECT_EQ((*read)->id, made_.id);
  EXPECT_EQ((*read)->inputs, inputs_);
  EXPECT_THAT(Failures((*read)->inputs), IsEmpty());
  EXPECT_THAT(world_.Diff(kType, made_.id, (*read)->inputs, (*read)->outputs, inputs_).changes,
              IsEmpty());
}

TEST_F(LocallySignedImportTest, HoldsTheProgramAgainstTheCertificateAlone) {
  const auto read = world_.Read(kType, Id({"cert.pem"}));
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  EXPECT_EQ((*read)->outputs.at("caKeyAlgorithm"), PropertyValue("ECDSA"));
  EXPECT_THAT((*read)->unreadable, Contains("certRequestPem"));
  const auto diff = [&](const PropertyMap& program) {
    return world_.Diff(kType, made_.id, (*read)->inputs, (*read)->outputs, program);
  };
  EXPECT_THAT(diff(inputs_).changes, IsEmpty());
  EXPECT_THAT(PathsOf(diff(With(inputs_, "certRequestPem", Request(leaf_key_, "x"))).changes),
              ElementsAre("certRequestPem"));
  const std::string other_key = world_.Key("ECDSA");
  PropertyMap other =
      With(inputs_, "caCertPem",
           world_.Create(SelfSignedCertResource(), RootInputs(other_key)).outputs.at("certPem"));
  other["caPrivateKeyPem"] = other_key;
  const auto replaced = diff(other);
  EXPECT_TRUE(replaced.replaces());
  EXPECT_THAT(PathsOf(replaced.changes), Contains("caCertPem"));
}

TEST_F(LocallySignedImportTest, RefusesFilesThatDoNotBelongTogether) {
  const auto refused = [&](std::initializer_list<const char*> names) {
    return base::Message(world_.Read(kType, Id(names)).status());
  };
  EXPECT_THAT(refused({"root.pem"}), HasSubstr("SelfSignedCert"));
  EXPECT_THAT(refused({"cert.pem", "leaf.csr"}), HasSubstr("cakey.pem"));
  EXPECT_THAT(refused({"cert.pem", "leaf.csr", "cert.pem", "root.key"}), HasSubstr("not signed"));
  EXPECT_THAT(refused({"cert.pem", "leaf.csr", "root.pem", "leaf.key"}), HasSubstr("leaf.key"));
  EXPECT_THAT(refused({"cert.pem", "root.pem", "root.pem", "root.key"}), HasSubstr("root.pem"));
  EXPECT_THAT(
      base::Message(world_.Read(SelfSignedCertResource(), folder_.Path("cert.pem")).status()),
      HasSubstr("LocallySignedCert"));
}

TEST_F(LocallySignedImportTest, ListPutsTheFilesTogether) {
  const PropertyMap query{{"directory", folder_.path()}};
  const std::string start;
  resource::Call call = world_.Call();
  const auto page = kType.List(call, {query, start, 10});
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items[0].id, Id({"cert.pem", "leaf.csr", "root.pem", "root.key"}));
  const auto roots = SelfSignedCertResource().List(call, {query, start, 10});
  ASSERT_TRUE(roots.ok());
  ASSERT_EQ(roots->items.size(), 1u);
  EXPECT_EQ(roots->items[0].id, Id({"root.pem", "root.key"}));
}

}  // namespace
}  // namespace palisade::tls
