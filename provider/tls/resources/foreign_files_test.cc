#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/testing.h"

// Requests and certificates as other programs make them.
namespace palisade::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const LocallySignedCertResource kType;

std::string Labelled(std::string pem, std::string_view label) {
  const std::string usual = "CERTIFICATE REQUEST";
  for (std::size_t at = 0; (at = pem.find(usual, at)) != std::string::npos; at += label.size()) {
    pem.replace(at, usual.size(), label);
  }
  return pem;
}

class ForeignFilesTest : public testing::Test {
 protected:
  ForeignFilesTest() : ca_key_(world_.Key("ECDSA", "P384")), leaf_key_(world_.Key("ECDSA")) {
    root_ = World::Text(world_.Create(SelfSignedCertResource(), RootInputs(ca_key_)).outputs,
                        "certPem");
    inputs_ = {{"certRequestPem", Request("models.example.com", "DNS:models.example.com")},
               {"caCertPem", root_},
               {"caPrivateKeyPem", ca_key_},
               {"allowedUses", PropertyArray{"server_auth"}},
               {"validityPeriodHours", 100}};
  }

  // With alternative names as openssl's configuration writes them; none for "".
  std::string Request(const char* common_name, const char* alt_names) const {
    const auto key = PrivateKey::Parse(leaf_key_);
    const X509ReqPtr request(X509_REQ_new());
    X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
    X509_REQ_set_pubkey(request.get(), key->pkey());
    if (*alt_names != '\0') {
      const ExtensionsPtr extensions(sk_X509_EXTENSION_new_null());
      sk_X509_EXTENSION_push(
          extensions.get(), X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alt_names));
      X509_REQ_add_extensions(request.get(), extensions.get());
    }
    EXPECT_GT(X509_REQ_sign(request.get(), key->pkey(), EVP_sha256()), 0);
    const auto csr =
        CertificateRequest::FromDer(ToDer<const X509_REQ*>(i2d_X509_REQ, request.get()));
    EXPECT_TRUE(csr.ok()) << csr.status();
    return csr->Pem();
  }

  World world_;
  const std::string ca_key_, leaf_key_;
  std::string root_;
  PropertyMap inputs_;
};

TEST_F(ForeignFilesTest, WhatIsNotUsedOfATextIsNoChange) {
  const auto made = world_.Create(kType, inputs_);
  const auto diff = [&](const PropertyMap& now) {
    return world_.Diff(kType, made.id, inputs_, made.outputs, now);
  };
  const std::string other = World::Text(
      world_.Create(SelfSignedCertResource(), RootInputs(leaf_key_)).outputs, "certPem");
  EXPECT_THAT(diff(With(inputs_, "caCertPem", root_ + other)).changes, IsEmpty());
  EXPECT_TRUE(diff(With(inputs_, "caCertPem", other + root_)).replaces());
  const std::string request = World::Text(inputs_, "certRequestPem");
  EXPECT_THAT(
      diff(With(inputs_, "certRequestPem", Labelled(request, "NEW CERTIFICATE REQUEST"))).changes,
      IsEmpty());
}

TEST_F(ForeignFilesTest, ChecksTheNamesThatTheRequestAsksFor) {
  const auto check = [&](const char* alt_names, const PropertyMap* olds = nullptr) {
    return world_.Check(kType, With(inputs_, "certRequestPem", Request("a", alt_names)), olds);
  };
  const Checked kinds = check("otherName:1.3.6.1.4.1.311.20.2.3;UTF8:u@x,RID:1.2.3,RID:1.2.4");
  EXPECT_THAT(kinds.failures, IsEmpty());
  EXPECT_THAT(kinds.warnings, ElementsAre("certRequestPem tls.csr-alt-names"));
  EXPECT_THAT(kinds.text, HasSubstr("kind otherName, registeredID, which"));
  EXPECT_THAT(check("RID:1.2.3", &inputs_).warnings, IsEmpty()) << "it exists";
  const Checked uri = check("URI:http://[::1");
  EXPECT_THAT(uri.failures, ElementsAre("certRequestPem tls.csr"));
  EXPECT_THAT(uri.text, HasSubstr("uris[0]"));
  const PropertyMap existing = With(inputs_, "certRequestPem", Request("a", "URI:http://[::1"));
  EXPECT_THAT(world_.Check(kType, existing, &existing).failures, IsEmpty());
  // Other programs write what is no host name, and it can be signed.
  EXPECT_THAT(check("DNS:my host").failures, IsEmpty());
  EXPECT_NE(world_.Create(kType, With(inputs_, "certRequestPem", Request("a", "DNS:my host"))).id,
            "");
}

class ForeignImportTest : public ForeignFilesTest {
 protected:
  ForeignImportTest() : made_(world_.Create(kType, inputs_)) {
    certificate_ = folder_.Write("s.pem", World::Text(made_.outputs, "certPem"));
  }
  auto ReadWith(const std::string& request, const std::string& ca) {
    return world_.Read(kType, certificate_ + "," + folder_.Write("s.csr", request) + "," +
                                  folder_.Write("ca.pem", ca) + "," +
                                  folder_.Write("ca.key", ca_key_));
  }
  const TemporaryFolder folder_;
  const resource::Created made_;
  std::string certificate_;
  const SelfSignedCertResource self_signed_;
};

TEST_F(ForeignImportTest, TheAuthorityMayHaveChosenOtherNames) {
  const std::string plain = Request("asked.example.com", "");
  const auto read = ReadWith(plain, root_);
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  const PropertyMap program = With(inputs_, "certRequestPem", plain);
  EXPECT_EQ((*read)->inputs, program);
  ASSERT_EQ(world_.reporter.messages.size(), 1U);
  EXPECT_THAT(world_.reporter.messages[0], HasSubstr("subject is \"CN=models.example.com\""));
  EXPECT_THAT(world_.reporter.messages[0], HasSubstr("names \"models.example.com\" that"));

  // The certificate alone, and the request from the program.
  const auto alone = world_.Read(kType, certificate_);
  ASSERT_TRUE(alone.ok() && alone->has_value()) << alone.status();
  const auto diff = [&](const PropertyMap& now, bool just_imported) {
    return world_.Diff(kType, made_.id, (*alone)->inputs, (*alone)->outputs, now, just_imported);
  };
  EXPECT_THAT(diff(program, true).changes, IsEmpty());
  EXPECT_THAT(diff(program, true).warnings, HasSubstr("tls.csr-differs"));
  EXPECT_THAT(diff(inputs_, true).warnings, IsEmpty());
  // An old state that kept a hash: only the names tell whether it is the same request.
  EXPECT_THAT(PathsOf(diff(program, false).changes), ElementsAre("certRequestPem"));
}

TEST_F(ForeignImportTest, AnotherKeysRequestIsRefused) {
  const std::string other = World::Text(
      world_.Create(CertRequestResource(), {{"privateKeyPem", ca_key_}}).outputs, "certRequestPem");
  EXPECT_THAT(base::Message(ReadWith(other, root_).status()), HasSubstr("keys differ"));
}

TEST_F(ForeignImportTest, AProgramMayGiveTheWholeFiles) {
  const std::string bundle = root_ + root_;
  const std::string request =
      Labelled(World::Text(inputs_, "certRequestPem"), "NEW CERTIFICATE REQUEST");
  const auto read = ReadWith(request, bundle);
  ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
  PropertyMap program = With(inputs_, "certRequestPem", request);
  program["caCertPem"] = bundle;
  EXPECT_THAT(
      world_.Diff(kType, made_.id, (*read)->inputs, (*read)->outputs, program, true).changes,
      IsEmpty());
}

TEST_F(ForeignImportTest, TheListPrefersTheRequestThatTheCertificateWasMadeFrom) {
  folder_.Write("s-old.csr", Request("old", "DNS:old"));
  folder_.Write("s.csr", World::Text(inputs_, "certRequestPem"));
  folder_.Write("ca.pem", root_);
  folder_.Write("ca.key", ca_key_);
  const PropertyMap query{{"directory", folder_.path()}};
  resource::Call call = world_.Call();
  const auto page = kType.List(call, {query, "", 10});
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->items.size(), 1U);
  EXPECT_THAT(page->items[0].id, HasSubstr("/s.csr,"));
}

TEST_F(ForeignImportTest, AKeyOfAnotherKindIsCalledThat) {
  const PkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448"));
  const X509Ptr x509(X509_new());
  X509_set_version(x509.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 7);
  X509_gmtime_adj(X509_getm_notBefore(x509.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3600);
  X509_set_pubkey(x509.get(), key.get());
  ASSERT_GT(X509_sign(x509.get(), key.get(), nullptr), 0);
  const auto certificate = Certificate::FromDer(ToDer<const X509*>(i2d_X509, x509.get()));
  ASSERT_TRUE(certificate.ok()) << certificate.status();
  const std::string path = folder_.Write("ed448.pem", certificate->Pem());
  for (const resource::Resource* type :
       std::initializer_list<const resource::Resource*>{&kType, &self_signed_}) {
    const std::string said = base::Message(world_.Read(*type, path).status());
    EXPECT_THAT(said, HasSubstr("ed448.pem"));
    EXPECT_THAT(said, HasSubstr("ED25519 keys are"));
    EXPECT_THAT(said, Not(HasSubstr("signed by")));
  }
}

}  // namespace
}  // namespace palisade::tls
