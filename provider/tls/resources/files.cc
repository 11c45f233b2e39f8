#include "provider/tls/resources/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "provider/tls/crypto/pem.h"

namespace palisade::tls {
namespace {

class File {
 public:
  // Without O_NONBLOCK, opening a named pipe would wait for its writer.
  explicit File(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  const int descriptor_;
};

absl::Status Refused(const std::string& path, std::string_view expected, std::string_view why) {
  return base::InvalidArgument("the file \"" + path + "\" " + std::string(why) + "; expected " +
                               std::string(expected));
}

absl::Status SystemFailure(const std::string& path, std::string_view expected, int error) {
  if (error == ENOENT || error == ENOTDIR) {
    return base::NotFound("there is no file \"" + path + "\"; expected " + std::string(expected));
  }
  return Refused(path, expected, "cannot be read (" + std::generic_category().message(error) + ")");
}

template <typename T>
absl::StatusOr<T> ReadAs(const std::string& path, std::string_view expected,
                         absl::StatusOr<T> (*parse)(std::string_view)) {
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted text, ReadSmallFile(path, expected));
  absl::StatusOr<T> parsed = parse(text.Reveal());
  if (!parsed.ok()) {
    return base::InvalidArgument("the file \"" + path + "\" was expected to hold " +
                                 std::string(expected) + ": " + base::Message(parsed.status()));
  }
  return parsed;
}

}  // namespace

absl::StatusOr<base::Redacted> ReadSmallFile(const std::string& path, std::string_view expected) {
  const File file(path);
  if (file.get() < 0) return SystemFailure(path, expected, errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return SystemFailure(path, expected, errno);
  if (!S_ISREG(status.st_mode)) return Refused(path, expected, "is a folder or a device");
  if (static_cast<std::size_t>(status.st_size) > kMaxFileBytes) {
    return Refused(path, expected, "is larger than 1 MiB");
  }
  // Reserved once: a buffer that grows would leave copies of the key behind.
  std::string text;
  text.resize(static_cast<std::size_t>(status.st_size));
  std::size_t length = 0;
  while (length < text.size()) {
    const ssize_t count = ::read(file.get(), text.data() + length, text.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const int error = errno;
      base::Wipe(text);
      return SystemFailure(path, expected, error);
    }
    if (count == 0) break;
    length += static_cast<std::size_t>(count);
  }
  text.resize(length);
  return base::Redacted(std::move(text));
}

absl::StatusOr<PrivateKey> ParseAnyKey(std::string_view pem) {
  if (const auto block = FirstPemBlock(pem); block.ok() && block->label == "OPENSSH PRIVATE KEY") {
    return PrivateKey::ParseOpenssh(pem);
  }
  return PrivateKey::Parse(pem);
}

absl::StatusOr<PrivateKey> ReadKeyFile(const std::string& path) {
  return ReadAs(path, "an unencrypted private key in PEM", ParseAnyKey);
}

absl::StatusOr<Certificate> ReadCertificateFile(const std::string& path) {
  return ReadAs(path, "a certificate in PEM", Certificate::Parse);
}

absl::StatusOr<CertificateRequest> ReadRequestFile(const std::string& path) {
  return ReadAs(path, "a certificate signing request in PEM", CertificateRequest::Parse);
}

absl::StatusOr<std::vector<std::string>> SplitImportId(std::string_view id, std::size_t full,
                                                       std::string_view form) {
  std::vector<std::string> paths;
  while (true) {
    const std::size_t comma = id.find(',');
    paths.emplace_back(id.substr(0, comma));
    if (comma == std::string_view::npos) break;
    id.remove_prefix(comma + 1);
  }
  bool complete = paths.size() == 1 || paths.size() == full;
  for (const std::string& path : paths) complete = complete && !path.empty();
  if (complete) return paths;
  return base::InvalidArgument("the import id has " + std::to_string(paths.size()) +
                               " comma-separated parts, or an empty one; expected " +
                               std::string(form));
}

absl::Status NoSuchFile(const absl::Status& reading, std::string_view type, std::string_view form) {
  if (reading.code() != absl::StatusCode::kNotFound) return reading;
  return base::NotFound(base::Message(reading) + ". A " + std::string(type) +
                        " lives only in Pulumi's state and cannot be looked up by its id; import "
                        "takes " +
                        std::string(form) + ", and .get() needs its outputs as arguments");
}

}  // namespace palisade::tls
