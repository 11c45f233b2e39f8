#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "provider/auth/sigv4.h"

#ifndef PALISADE_SIGV4_VECTORS_DEFAULT
#error "CMake says where the vectors are."
#endif

/// Every case of the signing test suite that AWS publishes, step by step: the folder that
/// PALISADE_SIGV4_VECTORS names, or the shared one. Its `query-` files are for presigned URLs,
/// which this provider does not make. Where the folder is missing the test is skipped, and
/// sigv4_test.cc still holds the facts.
namespace palisade::auth {
namespace {

using std::filesystem::path;

std::string ReadFile(const path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in) << file << " cannot be read";
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::erase(text, '\r');
  return text;
}

// A line that begins with a blank continues the header before it, as HTTP once had it.
http::Request ParseRequest(const std::string& text) {
  http::Request request;
  const std::size_t method_end = text.find(' ');
  const std::size_t line_end = text.find('\n');
  const std::string first = text.substr(0, line_end);
  request.method = first.substr(0, method_end);
  const std::string target =
      first.substr(method_end + 1, first.rfind(" HTTP/1.1") - method_end - 1);
  std::size_t begin = line_end + 1;
  while (begin < text.size() && text[begin] != '\n') {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line[0] == ' ') {
      request.headers.back().value += "\n" + line;
      continue;
    }
    const std::size_t colon = line.find(':');
    request.headers.push_back({line.substr(0, colon), line.substr(colon + 1)});
  }
  if (begin < text.size()) request.body = text.substr(begin + 1);
  request.url = "https://example.amazonaws.com" + target;
  return request;
}

std::multiset<std::string> Lines(const http::Headers& headers) {
  std::multiset<std::string> lines;
  for (const http::Header& header : headers) {
    std::string name = header.name;
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    lines.insert(name + ":" + header.value);
  }
  return lines;
}

void Check(const path& folder) {
  SCOPED_TRACE(folder.filename().string());
  const auto context = nlohmann::json::parse(ReadFile(folder / "context.json"), nullptr, false);
  ASSERT_TRUE(context.is_object());
  ASSERT_EQ(context["timestamp"], "2015-08-30T12:36:00Z");
  const base::Time now =
      std::chrono::sys_days(std::chrono::year{2015} / 8 / 30) + std::chrono::minutes(756);

  AwsCredentials keys;
  keys.access_key_id = context["credentials"]["access_key_id"].get<std::string>();
  keys.secret_access_key =
      base::Redacted(context["credentials"]["secret_access_key"].get<std::string>());
  const std::string token = context["credentials"].value("token", "");
  // The old variant in which the token is added to what has been signed.
  const bool token_after = context.value("omit_session_token", false);
  if (!token.empty() && !token_after) keys.session_token = base::Redacted(token);
  SigV4Options options{context["region"].get<std::string>(), context["service"].get<std::string>()};
  options.normalize_path = context["normalize"].get<bool>();
  options.content_sha256_header = context["sign_body"].get<bool>();

  http::Request request = ParseRequest(ReadFile(folder / "request.txt"));
  const auto steps = SigV4StepsOf(request, keys, options, now);
  ASSERT_TRUE(steps.ok()) << steps.status();
  EXPECT_EQ(steps->canonical_request, ReadFile(folder / "header-canonical-request.txt"));
  EXPECT_EQ(steps->string_to_sign, ReadFile(folder / "header-string-to-sign.txt"));
  EXPECT_EQ(steps->signature, ReadFile(folder / "header-signature.txt"));

  ASSERT_TRUE(SignV4(request, keys, options, now).ok());
  if (token_after) request.headers.push_back({"X-Amz-Security-Token", token});
  const http::Request expected = ParseRequest(ReadFile(folder / "header-signed-request.txt"));
  EXPECT_EQ(Lines(request.headers), Lines(expected.headers));
  EXPECT_EQ(request.body, expected.body);
}

TEST(SigV4VectorsTest, EveryPublishedCaseStepByStep) {
  const char* given = std::getenv("PALISADE_SIGV4_VECTORS");
  const path root = path(given != nullptr ? given : PALISADE_SIGV4_VECTORS_DEFAULT) / "v4";
  std::error_code error;
  if (!std::filesystem::is_directory(root, error)) {
    ASSERT_EQ(given, nullptr) << "PALISADE_SIGV4_VECTORS names " << given
                              << ", a folder without the vectors; expected there: v4";
    GTEST_SKIP() << "NOT RUN: there are no SigV4 vectors at " << root
                 << "; set PALISADE_SIGV4_VECTORS to the folder that holds v4";
  }
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    Check(entry.path());
    ++cases;
  }
  EXPECT_EQ(cases, 38U);
}

}  // namespace
}  // namespace palisade::auth
