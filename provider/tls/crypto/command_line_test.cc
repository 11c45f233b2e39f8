#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/pkcs12.h"
#include "provider/tls/crypto/recovered_inputs.h"
#include "provider/tls/crypto/test_keys.h"

/// What we make, judged by `openssl` and `ssh-keygen`.
namespace palisade::tls {
namespace {

using testing::HasSubstr;

struct Ran {
  int exit_code = -1;
  std::string output;
};

class CommandLineTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = (std::filesystem::temp_directory_path() / "palisade-XXXXXX").string();
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    folder_ = path;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    std::filesystem::permissions(
        folder_ / name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  std::string Read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Runs a shell line in the folder, for at most 30 seconds; both outputs in one text.
  Ran Run(const std::string& line) const {
    const std::string command =
        "cd '" + folder_.string() + "' && timeout 30 sh -c '" + line + "' 2>&1 </dev/null";
    FILE* pipe = popen(command.c_str(), "r");
    Ran ran;
    std::array<char, 4096> part{};
    while (const std::size_t size = fread(part.data(), 1, part.size(), pipe)) {
      ran.output.append(part.data(), size);
    }
    ran.exit_code = WEXITSTATUS(pclose(pipe));
    return ran;
  }
  void ExpectRun(const std::string& line, const std::string& output) const {
    const Ran ran = Run(line);
    EXPECT_EQ(ran.exit_code, 0) << line << "\n" << ran.output;
    EXPECT_THAT(ran.output, HasSubstr(output)) << line;
  }

  std::filesystem::path folder_;
};

std::vector<PrivateKey> AllKinds() {
  return {MakeKey(KeyAlgorithm::kRsa),
          MakeKey(KeyAlgorithm::kEd25519),
          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP224),
          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP256),
          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP384),
          MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP521)};
}

TEST_F(CommandLineTest, OpensslReadsEveryKey) {
  for (const PrivateKey& key : AllKinds()) {
    Write("traditional.pem", key.Pem()->Reveal());
    Write("pkcs8.pem", key.Pkcs8Pem()->Reveal());
    for (const char* name : {"traditional.pem", "pkcs8.pem"}) {
      ExpectRun("openssl pkey -check -noout -in " + std::string(name), "valid");
      ExpectRun("openssl pkey -pubout -in " + std::string(name), key.public_key().Pem());
    }
  }
}

TEST_F(CommandLineTest, SshKeygenReadsEveryKeyAndAgreesOnItsFingerprints) {
  for (const PrivateKey& key : AllKinds()) {
    const PublicKey& pub = key.public_key();
    if (pub.curve() == EcCurve::kP224) continue;  // SSH does not know it; the output is "".
    Write("key", key.OpensshPem(base::SystemRandom())->Reveal());
    std::string line = pub.OpensshLine();
    line.pop_back();
    ExpectRun("ssh-keygen -y -f key", line);
    ExpectRun("ssh-keygen -l -f key", pub.FingerprintSha256() + " ");
    ExpectRun("ssh-keygen -l -E md5 -f key", "MD5:" + pub.FingerprintMd5() + " ");
    // Not key.pub: ssh-keygen prefers that file to what it is asked for.
    Write("line.pub", pub.OpensshLine());
    ExpectRun("ssh-keygen -l -f line.pub", pub.FingerprintSha256() + " ");
  }
}

TEST_F(CommandLineTest, WeReadWhatSshKeygenAndOpensslWrite) {
  for (const char* kind :
       {"rsa -b 2048", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521", "ed25519"}) {
    ExpectRun(
        std::string("rm -f made made.pub; ssh-keygen -q -N \"\" -C someone -f made -t ") + kind,
        "");
    const auto key = PrivateKey::ParseOpenssh(Read("made"));
    ASSERT_TRUE(key.ok()) << kind << ": " << key.status();
    std::string line = key->public_key().OpensshLine();
    line.pop_back();
    EXPECT_EQ(Read("made.pub"), line + " someone\n");
  }
  ExpectRun("rm -f made made.pub; ssh-keygen -q -N secret -f made -t ed25519", "");
  EXPECT_THAT(base::Message(PrivateKey::ParseOpenssh(Read("made")).status()),
              HasSubstr("encrypted"));
  ExpectRun(
      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 "
      "-pkeyopt ec_param_enc:explicit -out explicit.pem",
      "");
  const auto explicit_curve = PrivateKey::Parse(Read("explicit.pem"));
  if (explicit_curve.ok()) {
    EXPECT_EQ(explicit_curve->public_key().curve(), EcCurve::kP256);
  } else {
    EXPECT_THAT(base::Message(explicit_curve.status()), HasSubstr("explicit parameters"));
  }
  ExpectRun("openssl genpkey -algorithm RSA -aes256 -pass pass:x -out locked.pem 2>/dev/null", "");
  EXPECT_THAT(base::Message(PrivateKey::Parse(Read("locked.pem")).status()),
              HasSubstr("encrypted"));
}

TEST_F(CommandLineTest, OpensslVerifiesAChainOfThree) {
  for (const PrivateKey& key : AllKinds()) {
    const PrivateKey root_key = MakeKey(KeyAlgorithm::kEcdsa, EcCurve::kP384);
    const Certificate root = MakeCa(root_key);
    const auto middle_csr = CertificateRequest::Make(NamedSubject("Intermediate"), {}, key);
    CertificateOptions options = TestOptions(true);
    options.max_path_length = 0;
    const auto middle = SignRequest(options, *middle_csr, root, root_key);
    ASSERT_TRUE(middle.ok()) << middle.status();
    const auto leaf_csr = CertificateRequest::Make(
        NamedSubject("leaf"), {{"leaf.example"}, {"192.0.2.1"}, {"spiffe://td/leaf"}, {}}, key);
    const auto leaf = SignRequest(TestOptions(), *leaf_csr, *middle, key);
    ASSERT_TRUE(leaf.ok()) << leaf.status();
    Write("root.pem", root.Pem());
    Write("middle.pem", middle->Pem());
    Write("leaf.pem", leaf->Pem());
    Write("leaf.csr", leaf_csr->Pem());
    ExpectRun(
        "openssl verify -x509_strict -attime 1750000000 -purpose sslserver "
        "-verify_hostname leaf.example -CAfile root.pem -untrusted middle.pem leaf.pem",
        "leaf.pem: OK");
    ExpectRun("openssl req -in leaf.csr -verify -noout -text", "DNS:leaf.example");
    ExpectRun("openssl x509 -in leaf.pem -noout -text",
              "DNS:leaf.example, IP Address:192.0.2.1, URI:spiffe://td/leaf");
    ExpectRun("openssl x509 -in middle.pem -noout -ext basicConstraints", "CA:TRUE, pathlen:0");
  }
}

TEST_F(CommandLineTest, WhatOpensslMadeIsDescribedForAnImport) {
  ExpectRun(
      "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 "
      "-subj /C=DE/O=Org/CN=imported -addext subjectAltName=DNS:a.example,IP:10.0.0.1 "
      "-addext extendedKeyUsage=serverAuth,1.2.3.4 2>/dev/null",
      "");
  const auto certificate = Certificate::Parse(Read("c.pem"));
  ASSERT_TRUE(certificate.ok()) << certificate.status();
  const auto inputs = RecoverInputs(*certificate);
  ASSERT_TRUE(inputs.ok()) << inputs.status();
  EXPECT_EQ(inputs->subject.subject.common_name, "imported");
  EXPECT_EQ(inputs->validity_hours, 48);
  EXPECT_TRUE(inputs->is_ca);
  EXPECT_TRUE(inputs->has_authority_key_id);
  EXPECT_TRUE(inputs->self_issued);
  EXPECT_THAT(inputs->alt_names.ip_addresses, testing::ElementsAre("10.0.0.1"));
  EXPECT_THAT(inputs->allowed_uses, testing::ElementsAre("server_auth"));
  EXPECT_THAT(inputs->not_expressible, testing::Contains(HasSubstr("1.2.3.4")));
}

TEST_F(CommandLineTest, WhatARequestOfOpensslHasBeyondOurInputsIsNamed) {
  Write("req.cnf",
        "[req]\ndistinguished_name = dn\nattributes = attributes\nprompt = no\n[dn]\nCN = r\n"
        "[attributes]\nchallengePassword = hunter2\n");
  ExpectRun(
      "openssl req -new -newkey rsa:2048 -nodes -keyout k.pem -out r.pem -config req.cnf "
      "-addext subjectAltName=DNS:a.example -addext keyUsage=digitalSignature "
      "-addext 1.2.3.4=DER:0500 2>/dev/null",
      "");
  const auto request = CertificateRequest::Parse(Read("r.pem"));
  ASSERT_TRUE(request.ok()) << request.status();
  const auto inputs = RecoverInputs(*request);
  ASSERT_TRUE(inputs.ok()) << inputs.status();
  EXPECT_THAT(inputs->alt_names.dns_names, testing::ElementsAre("a.example"));
  EXPECT_THAT(inputs->not_expressible,
              testing::UnorderedElementsAre(HasSubstr("2.5.29.15"), HasSubstr("1.2.3.4"),
                                            HasSubstr("1.2.840.113549.1.9.7")));
  EXPECT_THAT(inputs->not_expressible, testing::Each(testing::Not(HasSubstr("hunter2"))));
}

TEST_F(CommandLineTest, OpensslOpensAPkcs12File) {
  const base::Redacted password(std::string("p\xc3\xa4ssw\xc3\xb6rd"));
  const PrivateKey root_key = MakeKey(KeyAlgorithm::kEd25519);
  const Certificate root = MakeCa(root_key);
  for (const PrivateKey& key : AllKinds()) {
    const auto csr = CertificateRequest::Make(NamedSubject("leaf"), {}, key);
    const auto leaf = SignRequest(TestOptions(), *csr, root, root_key);
    const auto file = MakePkcs12(key, *leaf, std::vector<Certificate>{root}, password, "friend");
    ASSERT_TRUE(file.ok()) << file.status();
    Write("bundle.p12", file->Reveal());
    const std::string open = "openssl pkcs12 -in bundle.p12 -passin pass:" + password.Reveal();
    const Ran info = Run(open + " -info -nokeys");
    EXPECT_EQ(info.exit_code, 0) << info.output;
    EXPECT_THAT(info.output, HasSubstr("MAC: sha256"));
    EXPECT_THAT(info.output, HasSubstr("AES-256-CBC"));
    EXPECT_THAT(info.output, HasSubstr("friend"));
    EXPECT_THAT(info.output, HasSubstr(root.Pem()));
    ExpectRun(open + " -nodes -nocerts | openssl pkey -pubout", key.public_key().Pem());
    EXPECT_NE(Run("openssl pkcs12 -in bundle.p12 -passin pass:wrong -nokeys").exit_code, 0);
  }
  EXPECT_FALSE(MakePkcs12(MakeKey(KeyAlgorithm::kEd25519), root, {}, password).ok());
}

}  // namespace
}  // namespace palisade::tls
