#pragma once

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <string>

namespace palisade::http {

/// An authority of its own and a certificate that it gave to localhost, 127.0.0.1 and far.test,
/// made anew in memory. The authority's certificate also lies in a file.
class TestCertificates {
 public:
  explicit TestCertificates(const char* name = "Test Authority")
      : authority_key_(EVP_EC_gen("P-256"), EVP_PKEY_free),
        key_(EVP_EC_gen("P-256"), EVP_PKEY_free),
        authority_(Certificate(name, authority_key_.get(), name, 1,
                               {{NID_basic_constraints, "critical,CA:TRUE"},
                                {NID_key_usage, "critical,keyCertSign,cRLSign"}}),
                   X509_free),
        leaf_(Certificate("localhost", key_.get(), name, 2,
                          {{NID_subject_alt_name, "DNS:localhost,DNS:far.test,IP:127.0.0.1"}}),
              X509_free) {
    static std::atomic<int> count{0};
    file_ = testing::TempDir() + "palisade_authority_" + std::to_string(getpid()) + "_" +
            std::to_string(++count) + ".pem";
    FILE* const file = std::fopen(file_.c_str(), "w");
    if (file == nullptr || PEM_write_X509(file, authority_.get()) != 1) std::abort();
    std::fclose(file);
  }
  TestCertificates(const TestCertificates&) = delete;
  TestCertificates& operator=(const TestCertificates&) = delete;
  ~TestCertificates() { std::remove(file_.c_str()); }

  const std::string& authority_file() const { return file_; }
  std::string leaf_pem() const { return Pem(leaf_.get()); }
  std::string authority_pem() const { return Pem(authority_.get()); }

  /// For a server that shows the leaf and the authority.
  std::shared_ptr<SSL_CTX> ServerContext() const {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    ShowOn(context.get());
    return context;
  }
  /// Makes a server show these from its next connection on.
  void ShowOn(SSL_CTX* context) const {
    X509_up_ref(authority_.get());
    if (SSL_CTX_use_certificate(context, leaf_.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, key_.get()) != 1 ||
        SSL_CTX_clear_extra_chain_certs(context) != 1 ||
        SSL_CTX_add_extra_chain_cert(context, authority_.get()) != 1) {
      std::abort();
    }
  }

 private:
  struct Extension {
    int nid;
    const char* value;
  };

  X509* Certificate(const char* name, EVP_PKEY* key, const char* issuer, long serial,
                    std::initializer_list<Extension> extensions) const {
    X509* const made = X509_new();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), serial);
    X509_gmtime_adj(X509_getm_notBefore(made), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made), 86400);
    SetName(X509_get_subject_name(made), name);
    SetName(X509_get_issuer_name(made), issuer);
    X509_set_pubkey(made, key);
    for (const Extension& extension : extensions) {
      X509_EXTENSION* const added =
          X509V3_EXT_conf_nid(nullptr, nullptr, extension.nid, extension.value);
      X509_add_ext(made, added, -1);
      X509_EXTENSION_free(added);
    }
    if (X509_sign(made, authority_key_.get(), EVP_sha256()) == 0) std::abort();
    return made;
  }
  static void SetName(X509_NAME* name, const char* text) {
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  }
  static std::string Pem(X509* certificate) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(bio.get(), certificate);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> authority_key_, key_;
  std::unique_ptr<X509, decltype(&X509_free)> authority_, leaf_;
  std::string file_;
};

}  // namespace palisade::http
