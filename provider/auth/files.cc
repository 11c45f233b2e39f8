#include "provider/auth/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "provider/base/status.h"

namespace palisade::auth {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 20;

std::string ErrnoText(int error) { return std::generic_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

absl::Status Unreadable(const std::string& path, const std::string& why) {
  return base::FailedPrecondition("the file " + path + " cannot be read: " + why);
}

// 0, or the error number.
int WriteAll(int file, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = write(file, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) done += static_cast<std::size_t>(count);
  }
  return fsync(file) == 0 ? 0 : errno;
}

}  // namespace

std::optional<std::string> Variable(const base::Environment& environment, const std::string& name) {
  if (!environment) return std::nullopt;
  auto value = environment(name);
  if (value && value->empty()) return std::nullopt;
  return value;
}

std::optional<std::string> HomeFolder(const base::Environment& environment) {
  return Variable(environment, "HOME");
}

std::string ExpandHome(const std::string& path, const base::Environment& environment) {
  if (!path.starts_with("~/")) return path;
  const auto home = HomeFolder(environment);
  return home ? *home + path.substr(1) : path;
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return base::NotFound("there is no file " + path);
    }
    return Unreadable(path, ErrnoText(errno));
  }
  std::string text;
  char buffer[16384];
  while (true) {
    const ssize_t count = read(file.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Unreadable(path, ErrnoText(errno));
    if (count == 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > kMaxBytes) return Unreadable(path, "it is longer than a megabyte");
  }
}

absl::Status WritePrivateFile(const std::string& path, const std::string& text) {
  std::string name = path + ".XXXXXX";
  const auto failed = [&path](int error) {
    return base::FailedPrecondition("the file " + path + " cannot be written: " + ErrnoText(error));
  };
  {
    // mkstemp makes the file with mode 0600.
    const Descriptor file(mkostemp(name.data(), O_CLOEXEC));
    if (file.get() < 0) return failed(errno);
    if (const int error = WriteAll(file.get(), text); error != 0) {
      unlink(name.c_str());
      return failed(error);
    }
  }
  if (std::rename(name.c_str(), path.c_str()) == 0) return absl::OkStatus();
  const int error = errno;
  unlink(name.c_str());
  return failed(error);
}

}  // namespace palisade::auth
