#include "provider/auth/sigv4_canonical.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "provider/auth/percent_encoding.h"

namespace palisade::auth {
namespace {

// botocore's list, and the signature itself.
constexpr std::array<std::string_view, 12> kNeverSigned = {
    "authorization",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Trims, and makes one space of each run of blanks.
void AppendSqueezed(std::string& out, std::string_view value) {
  bool pending = false;
  bool any = false;
  for (const char c : value) {
    if (IsBlank(c)) {
      pending = any;
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    any = true;
    out += c;
  }
}

// Removes empty, `.` and `..` segments; a slash at the end stays.
std::string WithoutDotSegments(std::string_view path) {
  std::vector<std::string_view> kept;
  std::size_t begin = 0;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
    begin = end + 1;
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (out.empty() || path.ends_with('/')) out += '/';
  return out;
}

}  // namespace

std::string CanonicalPath(std::string_view path, const SigV4Options& options) {
  if (path.empty() || path == "/") return "/";
  const std::string normal = options.normalize_path ? WithoutDotSegments(path) : std::string(path);
  // Without the second encoding the service decodes what it received and encodes that, so whatever
  // the caller left unencoded has to be encoded here.
  const std::string source = options.double_encode_path ? normal : PercentDecode(normal);
  std::string out;
  out.reserve(source.size() + 16);
  AppendPercentEncoded(out, source, /*keep_slash=*/true);
  return out;
}

std::string CanonicalQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  std::size_t begin = 0;
  while (begin < query.size()) {
    const std::size_t end = std::min(query.find('&', begin), query.size());
    const std::string_view part = query.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view value =
        equals < part.size() ? part.substr(equals + 1) : std::string_view();
    pairs.emplace_back(PercentEncode(PercentDecode(part.substr(0, equals))),
                       PercentEncode(PercentDecode(value)));
  }
  std::ranges::sort(pairs);
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

CanonicalHeaders MakeCanonicalHeaders(const http::Headers& headers) {
  std::vector<std::pair<std::string, std::string_view>> lines;
  lines.reserve(headers.size());
  for (const http::Header& header : headers) {
    std::string name = header.name;
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (!std::ranges::binary_search(kNeverSigned, std::string_view(name))) {
      lines.emplace_back(std::move(name), header.value);
    }
  }
  // Values of one name keep the order in which they are sent.
  std::ranges::stable_sort(lines, {},
                           [](const auto& line) -> const std::string& { return line.first; });
  CanonicalHeaders out;
  out.lines.reserve(512);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool repeated = i > 0 && lines[i].first == lines[i - 1].first;
    if (repeated) {
      out.lines.back() = ',';
    } else {
      out.lines.append(lines[i].first).append(":");
      if (!out.signed_names.empty()) out.signed_names += ';';
      out.signed_names += lines[i].first;
    }
    AppendSqueezed(out.lines, lines[i].second);
    out.lines += '\n';
  }
  return out;
}

}  // namespace palisade::auth
