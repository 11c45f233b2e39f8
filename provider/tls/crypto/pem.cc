#include "provider/tls/crypto/pem.h"

#include <openssl/evp.h>

#include <optional>

#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/secure_bytes.h"

namespace palisade::tls {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";
/// The largest block that is read: far beyond any real key or certificate.
constexpr std::size_t kMaxBlockBytes = 4U << 20;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Takes one line off `text`, without its end and trailing blanks.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  while (!line.empty() && IsBlank(line.back())) line.remove_suffix(1);
  return line;
}

/// The label of a `-----BEGIN label-----` line. Only the letters, digits and blanks of real labels
/// are taken, so that a label can be shown in an error.
std::optional<std::string_view> LabelOf(std::string_view line, std::string_view start) {
  if (!line.starts_with(start) || !line.ends_with(kDashes)) return std::nullopt;
  if (line.size() < start.size() + kDashes.size()) return std::nullopt;
  line = line.substr(start.size(), line.size() - start.size() - kDashes.size());
  if (line.size() > 64) return std::nullopt;
  for (const char c : line) {
    if (!(c == ' ' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return std::nullopt;
  }
  return line;
}

std::string Quote(std::string_view label) { return std::string("\"").append(label).append("\""); }

absl::Status NoBlock(std::string_view text) {
  if (text.empty()) return base::InvalidArgument("The text is empty; PEM was expected.");
  if (text.find("-----BEGIN") == std::string_view::npos) {
    return base::InvalidArgument(
        "The text is not PEM: it has no line that begins with -----BEGIN. Give the file's "
        "content, not its name, and no base64 around it.");
  }
  return base::InvalidArgument(
      "The text is not PEM: -----BEGIN … ----- has to be a line of its own with nothing before it. "
      "Keep the line ends of the file (in YAML use a literal block, \"|\"; the two characters "
      "\\n are no line end).");
}

absl::Status Decode(const SecureBytes& base64, PemBlock& block) {
  const absl::Status broken =
      base::InvalidArgument("The PEM block " + Quote(block.label) +
                            " is damaged: what stands between its BEGIN and END lines is not "
                            "base64. It may have been cut or changed when it was copied.");
  if (base64.empty() || base64.size() % 4 != 0) return broken;
  std::size_t padding = 0;
  for (std::size_t i = 0; i < base64.size(); ++i) {
    const unsigned char c = base64[i];
    if (c == '=') {
      if (++padding > 2 || i + 2 < base64.size()) return broken;
      continue;
    }
    const bool digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '+' || c == '/';
    if (!digit || padding > 0) return broken;
  }
  std::string bytes(base64.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), base64.data(),
                                   static_cast<int>(base64.size()));
  if (size < 0) return broken;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  block.der = base::Redacted(std::move(bytes));
  return absl::OkStatus();
}

/// Reads the block whose BEGIN line was just taken.
absl::StatusOr<PemBlock> ReadBlock(std::string_view label, std::string_view& text) {
  PemBlock block;
  block.label = std::string(label);
  SecureBytes base64;
  bool may_be_header = true;
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    if (line.starts_with(kEnd)) {
      if (LabelOf(line, kEnd) != label) {
        return base::InvalidArgument("The PEM block " + Quote(label) +
                                     " is closed by an END line of another kind.");
      }
      PALISADE_RETURN_IF_ERROR(Decode(base64, block));
      return block;
    }
    if (line.starts_with(kBegin)) break;
    if (may_be_header && line.find(':') != std::string_view::npos) {
      block.has_headers = true;
      continue;
    }
    // A header's value may go on in the next line, up to the blank one that ends the headers.
    if (may_be_header && block.has_headers && !line.empty()) continue;
    may_be_header = false;
    for (const char c : line) {
      if (!IsBlank(c)) base64.push_back(static_cast<unsigned char>(c));
    }
    if (base64.size() > kMaxBlockBytes) {
      return base::InvalidArgument("The PEM block " + Quote(label) +
                                   " is longer than 4 MiB, which no key or certificate is.");
    }
  }
  return base::InvalidArgument("The PEM block " + Quote(label) +
                               " is cut off: its -----END line is missing.");
}

absl::StatusOr<std::vector<PemBlock>> Blocks(std::string_view text, bool only_first) {
  const std::string_view all = text;
  std::vector<PemBlock> blocks;
  while (!text.empty()) {
    const auto label = LabelOf(TakeLine(text), kBegin);
    if (!label.has_value()) continue;
    PALISADE_ASSIGN_OR_RETURN(PemBlock block, ReadBlock(*label, text));
    blocks.push_back(std::move(block));
    if (only_first) break;
  }
  if (blocks.empty()) return NoBlock(all);
  return blocks;
}

}  // namespace

absl::StatusOr<PemBlock> FirstPemBlock(std::string_view text) {
  PALISADE_ASSIGN_OR_RETURN(std::vector<PemBlock> blocks, Blocks(text, /*only_first=*/true));
  return std::move(blocks.front());
}

absl::StatusOr<std::vector<PemBlock>> AllPemBlocks(std::string_view text) {
  return Blocks(text, /*only_first=*/false);
}

std::string ToPem(std::string_view label, std::string_view der) {
  // One reservation that suffices: a reallocation would leave a copy of a secret behind.
  std::string text;
  text.reserve(der.size() / 48 * 65 + 65 + 1 + 2 * (label.size() + 17));
  text.append(kBegin).append(label).append(kDashes).append("\n");
  for (std::size_t at = 0; at < der.size(); at += 48) {
    unsigned char line[65];
    const std::string_view part = der.substr(at, 48);
    const int size = EVP_EncodeBlock(line, Data(part), static_cast<int>(part.size()));
    text.append(reinterpret_cast<const char*>(line), static_cast<std::size_t>(size)).append("\n");
    OPENSSL_cleanse(line, sizeof(line));
  }
  return text.append(kEnd).append(label).append(kDashes).append("\n");
}

base::Redacted ToSecretPem(std::string_view label, std::string_view der) {
  return base::Redacted(ToPem(label, der));
}

std::string ToBase64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), Data(bytes),
                  static_cast<int>(bytes.size()));
  text.pop_back();
  return text;
}

base::Redacted ToSecretBase64(std::string_view bytes) { return base::Redacted(ToBase64(bytes)); }

std::string ToHex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0xf];
  }
  return text;
}

}  // namespace palisade::tls
