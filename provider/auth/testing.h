#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "provider/base/environment.h"
#include "provider/base/status.h"

namespace palisade::auth {

/// Every secret that a test of this room uses contains this, so that one look tells whether an
/// error text carries one.
inline constexpr char kSecretMark[] = "SEKRET";

/// The text of a failure, after a look for secrets in it.
inline std::string TextOf(const absl::Status& status) {
  EXPECT_FALSE(status.ok());
  std::string text = base::Message(status);
  EXPECT_EQ(text.find(kSecretMark), std::string::npos) << "a secret in: " << text;
  EXPECT_EQ(status.ToString().find(kSecretMark), std::string::npos) << "a secret in a payload";
  return text;
}

/// `status` is a failure whose text holds each of `parts`, and no secret.
inline void ExpectFailure(const absl::Status& status, const std::vector<std::string>& parts) {
  const std::string text = TextOf(status);
  for (const std::string& part : parts) {
    EXPECT_NE(text.find(part), std::string::npos) << "no \"" << part << "\" in: " << text;
  }
}

/// A folder of its own for a test, removed with it.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "palisade-auth-XXXXXX").string();
    path_ = mkdtemp(name.data()) != nullptr ? name : "";
    EXPECT_FALSE(path_.empty());
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  /// Writes a file, with the folders it lies in, and answers its path.
  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  std::string Read(const std::string& name) const {
    std::ifstream in(std::filesystem::path(path_) / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::string path_;
};

/// An environment made of `variables`, which must live longer.
inline base::Environment EnvironmentOf(const std::map<std::string, std::string>& variables) {
  return [&variables](const std::string& name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    if (it == variables.end()) return std::nullopt;
    return it->second;
  };
}

}  // namespace palisade::auth
