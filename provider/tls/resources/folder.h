#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/resource/resource.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/public_key.h"

namespace palisade::tls {

/// The PEM files of one folder, for List: what could be imported from there. Files that cannot be
/// read, hold nothing of ours or are larger than an import would read are passed over.
class Folder {
 public:
  /// One found object: the import id, and the file that a page ends with.
  struct Found {
    std::string file;
    std::string id;
  };

  /// Reads the folder that the query's `directory` names. NOT_FOUND if there is none.
  static absl::StatusOr<Folder> Read(resource::Call& call, const resource::ListRequest& request);

  // Sorted by file name. A key, a request or an authority that goes with a certificate is found by
  // its public key; an id with all parts needs all of them, otherwise it is the certificate alone.
  std::vector<Found> Keys() const;
  std::vector<Found> Requests() const;
  std::vector<Found> SelfSigned() const;
  std::vector<Found> LocallySigned() const;

  /// The files after the one that the previous page ended with.
  static resource::ListPage Page(const resource::ListRequest& request,
                                 const std::vector<Found>& found);

 private:
  struct File {
    std::string name;
    /// Of a private key; the private half is not kept.
    std::optional<PublicKey> key;
    std::optional<CertificateRequest> request;
    std::optional<Certificate> certificate;
  };

  std::string Path(const std::string& name) const;
  const File* FindKey(const PublicKey& key) const;
  const File* FindRequest(const Certificate& certificate, const PublicKey& key) const;
  const File* FindIssuer(const Certificate& certificate) const;
  static File Classify(std::string name, std::string_view text);
  std::string LocallySignedId(const File& file) const;

  std::string directory_;
  std::vector<File> files_;
};

}  // namespace palisade::tls
