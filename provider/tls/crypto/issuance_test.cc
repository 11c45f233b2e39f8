#include "provider/tls/crypto/issuance.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provider/tls/crypto/certificate_info.h"
#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/recovered_inputs.h"
#include "provider/tls/crypto/test_keys.h"

namespace palisade::tls {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(IssuanceTest, HonoursAPathLengthOfZero) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  CertificateOptions options = TestOptions(true);
  options.max_path_length = 0;
  const auto ca = MakeSelfSigned({options, NamedSubject("CA"), {}, false}, key);
  ASSERT_TRUE(ca.ok()) << ca.status();
  EXPECT_EQ(ca->MaxPathLength(), 0);
  EXPECT_FALSE(CheckPathLength(*ca, true).ok());
  EXPECT_TRUE(CheckPathLength(*ca, false).ok());
}

TEST(IssuanceTest, RefusesContradictionsInWords) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const auto error = [&](SelfSignedRequest request) {
    return base::Message(MakeSelfSigned(request, key).status());
  };
  EXPECT_THAT(error({TestOptions(true), {}, {}, false}), HasSubstr("needs a subject"));
  EXPECT_THAT(error({TestOptions(), NamedSubject("x"), {}, true}), HasSubstr("setSubjectKeyId"));
  CertificateOptions options = TestOptions();
  options.max_path_length = 1;
  EXPECT_THAT(error({options, NamedSubject("x"), {}, false}), HasSubstr("isCaCertificate"));
  options.max_path_length = -2;
  EXPECT_THAT(error({options, NamedSubject("x"), {}, false}), HasSubstr("at least -1"));
  options = TestOptions();
  options.validity_hours = -1;
  EXPECT_THAT(error({options, NamedSubject("x"), {}, false}), HasSubstr("got -1"));
}

TEST(IssuanceTest, KeepsEmailAndUnknownAttributesOfARequest) {
  const PrivateKey ca_key = MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP384);
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const X509ReqPtr request(X509_REQ_new());
  X509_NAME* name = X509_REQ_get_subject_name(request.get());
  for (const auto& [field, text] : {std::pair{"DC", "example"}, std::pair{"CN", "leaf"},
                                    std::pair{"emailAddress", "who@example.com"}}) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  }
  X509_REQ_set_pubkey(request.get(), key.pkey());
  ExtensionsPtr extensions(sk_X509_EXTENSION_new_null());
  sk_X509_EXTENSION_push(extensions.get(),
                         X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name,
                                             "email:who@example.com,DNS:leaf.example,RID:1.2.3.4"));
  X509_REQ_add_extensions(request.get(), extensions.get());
  ASSERT_GT(X509_REQ_sign(request.get(), key.pkey(), nullptr), 0);
  const auto csr = CertificateRequest::FromDer(ToDer<const X509_REQ*>(i2d_X509_REQ, request.get()));
  ASSERT_TRUE(csr.ok()) << csr.status();
  EXPECT_THAT(csr->ignored_alt_names(), testing::ElementsAre("registeredID"));

  const Certificate ca = MakeCa(ca_key);
  const auto leaf = SignRequest(TestOptions(), *csr, ca, ca_key);
  ASSERT_TRUE(leaf.ok()) << leaf.status();
  EXPECT_EQ(leaf->subject_der(), csr->subject_der());
  EXPECT_EQ(leaf->issuer_der(), ca.subject_der());
  EXPECT_EQ(leaf->AuthorityKeyId(), ca.SubjectKeyId());
  EXPECT_EQ(X509_verify(leaf->x509(), ca_key.pkey()), 1);
  const auto recovered = RecoverInputs(*leaf);
  ASSERT_TRUE(recovered.ok());
  EXPECT_THAT(recovered->alt_names.email_addresses, testing::ElementsAre("who@example.com"));
  EXPECT_EQ(recovered->subject.subject.email_address, "who@example.com");
  EXPECT_THAT(recovered->not_expressible, Contains(HasSubstr("who@example.com")));
}

// A request as other programs make them: with these attributes, DER, and signed.
std::string RequestWith(const PrivateKey& key, std::string_view attributes) {
  const std::string info =
      der::Sequence(der::SmallInteger(0) + *EncodeSubject(NamedSubject("leaf")) +
                    key.public_key().spki_der() + der::Explicit(0, attributes));
  return der::Sequence(info + key.SignatureAlgorithmDer() + der::BitString(*key.Sign(info)));
}

std::string ExtensionRequest(std::string_view oid, std::string_view content) {
  return der::Sequence(der::ObjectId(oid) + der::Element(der::kSet, content));
}

TEST(IssuanceTest, RefusesARequestWhoseExtensionsCannotBeRead) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  for (const char* oid : {"1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"}) {
    for (const std::string& content :
         {der::Sequence("\x01\x02garbage"), der::Element(der::kOctetString, "x")}) {
      const auto csr =
          CertificateRequest::FromDer(RequestWith(key, ExtensionRequest(oid, content)));
      EXPECT_THAT(base::Message(csr.status()), HasSubstr("extensions that it asks for")) << oid;
    }
    const auto none =
        CertificateRequest::FromDer(RequestWith(key, ExtensionRequest(oid, der::Sequence(""))));
    ASSERT_TRUE(none.ok()) << none.status();
    EXPECT_TRUE(none->alt_names().empty());
  }
}

TEST(IssuanceTest, SaysThatTheRequestHasTheUriThatCannotBeWritten) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const std::string names =
      der::Sequence(der::Implicit(2, "my host") + der::Implicit(6, "http://[::1"));
  const std::string extensions = der::Sequence(
      der::Sequence(der::ObjectId("2.5.29.17") + der::Element(der::kOctetString, names)));
  const auto csr = CertificateRequest::FromDer(
      RequestWith(key, ExtensionRequest("1.2.840.113549.1.9.14", extensions)));
  ASSERT_TRUE(csr.ok()) << csr.status();
  const auto leaf = SignRequest(TestOptions(), *csr, MakeCa(key), key);
  EXPECT_THAT(base::Message(leaf.status()), HasSubstr("certificate request: uris[0]"));
}

TEST(IssuanceTest, RefusesAChangedRequestAndAForeignKey) {
  const PrivateKey ca_key = MakeKey(KeyAlgorithm::kEd25519);
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const Certificate ca = MakeCa(ca_key);
  const auto csr = CertificateRequest::Make(NamedSubject("leaf"), {}, key);
  ASSERT_TRUE(csr.ok());
  std::string changed = csr->der();
  changed.replace(changed.find("leaf"), 4, "loaf");
  const auto forged = CertificateRequest::FromDer(changed);
  ASSERT_TRUE(forged.ok());
  EXPECT_THAT(base::Message(SignRequest(TestOptions(), *forged, ca, ca_key).status()),
              HasSubstr("not signed by the key"));
  EXPECT_FALSE(CheckRequestPem(forged->Pem()).ok());
  EXPECT_TRUE(CheckRequestPem(csr->Pem()).ok());
  EXPECT_THAT(base::Message(SignRequest(TestOptions(), *csr, ca, key).status()),
              HasSubstr("not the one of the certificate"));
  EXPECT_TRUE(CheckKeyMatches(key, *csr).ok());
  EXPECT_FALSE(CheckKeyMatches(ca_key, *csr).ok());
}

TEST(IssuanceTest, ACaThatSignsItselfGetsNoAuthorityKeyId) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const Certificate ca = MakeCa(key);
  const auto csr = CertificateRequest::Make(NamedSubject("Root CA"), {}, key);
  const auto again = SignRequest(TestOptions(true), *csr, ca, key);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_FALSE(again->AuthorityKeyId().has_value());
}

TEST(ChecksTest, ALeafIsNoCaAndMayNotOutlive) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const auto leaf = MakeSelfSigned({TestOptions(), NamedSubject("leaf"), {}, false}, key);
  EXPECT_THAT(base::Message(CheckIsCa(*leaf)), HasSubstr("isCaCertificate"));
  CertificateOptions options = TestOptions(true);
  options.allowed_uses = {"crl_signing"};
  EXPECT_THAT(
      base::Message(CheckIsCa(*MakeSelfSigned({options, NamedSubject("CA"), {}, false}, key))),
      HasSubstr("cert_signing"));
  const Certificate ca = MakeCa(key);
  EXPECT_TRUE(CheckIsCa(ca).ok());
  EXPECT_TRUE(CheckOutlives(ca, ca.not_after()).ok());
  EXPECT_THAT(base::Message(CheckOutlives(ca, ca.not_after() + std::chrono::seconds(1))),
              HasSubstr("only until 2026-03-04T05:06:07Z"));
}

TEST(CertificateTest, RefusesEveryTruncationAndTwoInOneBlock) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const std::string ca = MakeCa(key).der();
  const std::string csr = CertificateRequest::Make(NamedSubject("x"), {}, key)->der();
  for (std::size_t size = 0; size < ca.size(); ++size) {
    EXPECT_FALSE(Certificate::FromDer(ca.substr(0, size)).ok()) << size;
  }
  for (std::size_t size = 0; size < csr.size(); ++size) {
    EXPECT_FALSE(CertificateRequest::FromDer(csr.substr(0, size)).ok()) << size;
  }
  EXPECT_THAT(base::Message(CheckCertificatePem(ToPem("CERTIFICATE", ca + ca))),
              HasSubstr("its own block"));
  EXPECT_THAT(base::Message(CheckCertificatePem(ToPem("CERTIFICATE REQUEST", csr))),
              HasSubstr("expected \"CERTIFICATE\""));
  EXPECT_THAT(base::Message(CheckRequestPem(ToPem("CERTIFICATE", ca))),
              HasSubstr("expected \"CERTIFICATE REQUEST\""));
  EXPECT_FALSE(CheckCertificatePem(ToPem("CERTIFICATE", std::string(2U << 20, '\x30'))).ok());
}

TEST(CertificateInfoTest, PutsTheRootFirstWhateverTheOrder) {
  const PrivateKey ca_key = MakeKey(KeyAlgorithm::kRsa);
  const PrivateKey key = MakeKey(KeyAlgorithm::kEcdsa);
  const Certificate ca = MakeCa(ca_key);
  const auto csr = CertificateRequest::Make(NamedSubject("leaf"), {}, key);
  const auto leaf = SignRequest(TestOptions(), *csr, ca, ca_key);
  for (const std::string& content :
       {leaf->Pem() + ca.Pem(), ca.Pem() + leaf->Pem(),
        leaf->Pem() + "\n" + ca.Pem() + ToPem("X509 CRL", "ignored")}) {
    const auto list = DescribeCertificates(content);
    ASSERT_TRUE(list.ok()) << list.status();
    ASSERT_EQ(list->certificates.size(), 2U);
    EXPECT_EQ(list->certificates[0].subject, "CN=Root CA");
    EXPECT_EQ(list->certificates[1].subject, "CN=leaf");
    EXPECT_EQ(list->certificates[1].signature_algorithm, "SHA256-RSA");
    EXPECT_EQ(list->certificates[1].public_key_algorithm, "ECDSA");
    EXPECT_EQ(list->id.size(), 40U);
  }
  EXPECT_THAT(base::Message(DescribeCertificates(ToPem("PUBLIC KEY", "x")).status()),
              HasSubstr("Unexpected PEM preamble"));
  EXPECT_FALSE(DescribeCertificates("nothing").ok());
}

TEST(RecoveredInputsTest, RoundsAnInclusiveValidityUp) {
  const PrivateKey key = MakeKey(KeyAlgorithm::kEd25519);
  const Certificate ca = MakeCa(key);
  X509* x509 = ca.x509();
  const X509Ptr shorter(X509_dup(x509));
  ASN1_TIME_set_string(X509_getm_notAfter(shorter.get()), "250304060606Z");
  X509_sign(shorter.get(), key.pkey(), nullptr);
  const auto parsed = Certificate::FromDer(ToDer<const X509*>(i2d_X509, shorter.get()));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  const auto recovered = RecoverInputs(*parsed);
  EXPECT_EQ(recovered->validity_hours, 1);
  EXPECT_FALSE(recovered->validity_is_whole_hours);
  EXPECT_THAT(recovered->not_expressible, Contains(HasSubstr("rounded up")));
}

}  // namespace
}  // namespace palisade::tls
