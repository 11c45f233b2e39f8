#include "provider/tls/resources/folder.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "provider/base/status.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/resources/certificate_common.h"
#include "provider/tls/resources/files.h"
#include "provider/tls/resources/inputs.h"
#include "provider/tls/resources/issuer_diff.h"

namespace palisade::tls {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kUsualPage = 100;

absl::StatusOr<std::vector<std::string>> FileNames(resource::Call& call,
                                                   const std::string& directory) {
  std::error_code error;
  fs::directory_iterator entries(directory, error);
  std::vector<std::string> names;
  while (!error && entries != fs::directory_iterator()) {
    PALISADE_RETURN_IF_ERROR(call.Proceed("looking through the folder"));
    std::error_code unreadable;
    const bool regular = entries->is_regular_file(unreadable);
    if (regular && entries->file_size(unreadable) <= kMaxFileBytes) {
      names.push_back(entries->path().filename().string());
    }
    entries.increment(error);
  }
  if (error) {
    return base::NotFound("directory: the folder \"" + directory + "\" cannot be read (" +
                          error.message() + "); expected one relative to the program's");
  }
  std::ranges::sort(names);
  return names;
}

template <typename T>
std::optional<T> Known(absl::StatusOr<T> parsed) {
  return parsed.ok() ? std::optional<T>(*std::move(parsed)) : std::nullopt;
}

bool Joinable(const std::string& path) { return path.find(',') == std::string::npos; }

}  // namespace

Folder::File Folder::Classify(std::string name, std::string_view text) {
  File file{std::move(name), std::nullopt, std::nullopt, std::nullopt};
  const auto block = FirstPemBlock(text);
  if (!block.ok()) return file;
  if (block->label.ends_with("PRIVATE KEY")) {
    if (const auto key = ParseAnyKey(text); key.ok()) file.key = key->public_key();
  } else if (block->label.ends_with("CERTIFICATE REQUEST")) {
    file.request = Known(CertificateRequest::Parse(text));
  } else if (block->label == "CERTIFICATE") {
    file.certificate = Known(Certificate::Parse(text));
  }
  return file;
}

absl::StatusOr<Folder> Folder::Read(resource::Call& call, const resource::ListRequest& request) {
  Folder folder;
  folder.directory_ = TextOf(request.query, keys::tls::kDirectory).value_or(".");
  while (folder.directory_.size() > 1 && folder.directory_.ends_with('/')) {
    folder.directory_.pop_back();
  }
  PALISADE_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                            FileNames(call, folder.directory_));
  for (const std::string& name : names) {
    PALISADE_RETURN_IF_ERROR(call.Proceed("reading the files of the folder"));
    const auto text = ReadSmallFile(folder.Path(name), "PEM text");
    if (text.ok()) folder.files_.push_back(Classify(name, text->Reveal()));
  }
  return folder;
}

std::string Folder::Path(const std::string& name) const {
  if (directory_ == ".") return name;
  return directory_ + (directory_.ends_with('/') ? "" : "/") + name;
}

const Folder::File* Folder::FindKey(const PublicKey& key) const {
  for (const File& file : files_) {
    if (file.key && *file.key == key && Joinable(Path(file.name))) return &file;
  }
  return nullptr;
}

// Of several requests for one key the one that the certificate was made from, otherwise the first.
const Folder::File* Folder::FindRequest(const Certificate& certificate,
                                        const PublicKey& key) const {
  const File* first = nullptr;
  for (const File& file : files_) {
    if (!file.request || !(file.request->public_key() == key) || !Joinable(Path(file.name))) {
      continue;
    }
    if (WasMadeFrom(certificate, *file.request)) return &file;
    if (first == nullptr) first = &file;
  }
  return first;
}

const Folder::File* Folder::FindIssuer(const Certificate& certificate) const {
  for (const File& file : files_) {
    if (file.certificate && Joinable(Path(file.name)) &&
        IsSignedBy(certificate, *file.certificate)) {
      return &file;
    }
  }
  return nullptr;
}

std::vector<Folder::Found> Folder::Keys() const {
  std::vector<Found> found;
  for (const File& file : files_) {
    if (file.key) found.push_back({file.name, Path(file.name)});
  }
  return found;
}

std::vector<Folder::Found> Folder::Requests() const {
  std::vector<Found> found;
  for (const File& file : files_) {
    const std::string path = Path(file.name);
    if (!file.request || !Joinable(path)) continue;
    const File* key = FindKey(file.request->public_key());
    found.push_back({file.name, key == nullptr ? path : path + "," + Path(key->name)});
  }
  return found;
}

std::vector<Folder::Found> Folder::SelfSigned() const {
  std::vector<Found> found;
  for (const File& file : files_) {
    const std::string path = Path(file.name);
    if (!file.certificate || !Joinable(path)) continue;
    const auto public_key = file.certificate->GetPublicKey();
    if (!public_key.ok() || !IsSignedBy(*file.certificate, *file.certificate)) continue;
    const File* key = FindKey(*public_key);
    found.push_back({file.name, key == nullptr ? path : path + "," + Path(key->name)});
  }
  return found;
}

std::string Folder::LocallySignedId(const File& file) const {
  const std::string alone = Path(file.name);
  const auto public_key = file.certificate->GetPublicKey();
  const File* issuer = FindIssuer(*file.certificate);
  if (!public_key.ok() || issuer == nullptr) return alone;
  const File* request = FindRequest(*file.certificate, *public_key);
  const auto issuer_key = issuer->certificate->GetPublicKey();
  const File* key = issuer_key.ok() ? FindKey(*issuer_key) : nullptr;
  if (request == nullptr || key == nullptr) return alone;
  return alone + "," + Path(request->name) + "," + Path(issuer->name) + "," + Path(key->name);
}

std::vector<Folder::Found> Folder::LocallySigned() const {
  std::vector<Found> found;
  for (const File& file : files_) {
    if (!file.certificate || !Joinable(Path(file.name))) continue;
    if (!file.certificate->GetPublicKey().ok()) continue;
    if (IsSignedBy(*file.certificate, *file.certificate)) continue;
    found.push_back({file.name, LocallySignedId(file)});
  }
  return found;
}

resource::ListPage Folder::Page(const resource::ListRequest& request,
                                const std::vector<Found>& found) {
  const std::size_t size = request.page_size == 0 ? kUsualPage : request.page_size;
  resource::ListPage page;
  for (const Found& one : found) {
    if (!request.continuation.empty() && one.file <= request.continuation) continue;
    if (page.items.size() == size) return page;
    page.items.push_back({one.id, fs::path(one.file).stem().string()});
    page.continuation = one.file;
  }
  page.continuation.clear();
  return page;
}

}  // namespace palisade::tls
