#include "provider/tls/crypto/ssh_wire.h"

#include <string>

namespace palisade::tls {

void SshWriter::Uint32(std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes_.push_back(static_cast<unsigned char>(value >> shift & 0xff));
  }
}

void SshWriter::Raw(std::string_view bytes) {
  bytes_.insert(bytes_.end(), Data(bytes), Data(bytes) + bytes.size());
}

void SshWriter::String(std::string_view bytes) {
  Uint32(static_cast<std::uint32_t>(bytes.size()));
  Raw(bytes);
}

void SshWriter::Mpint(const BIGNUM* number) {
  // A leading zero byte where the first bit would read as a sign.
  SecureBytes value(static_cast<std::size_t>(BN_num_bits(number) / 8 + 1));
  BN_bn2binpad(number, value.data(), static_cast<int>(value.size()));
  std::string_view view = View(value);
  while (!view.empty() && view.front() == '\0' &&
         (view.size() == 1 || (static_cast<unsigned char>(view[1]) & 0x80) == 0)) {
    view.remove_prefix(1);
  }
  String(view);
}

std::optional<std::uint32_t> SshReader::Uint32() {
  if (rest_.size() < 4) return std::nullopt;
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    value = value << 8 | static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)]);
  }
  rest_.remove_prefix(4);
  return value;
}

std::optional<std::string_view> SshReader::String() {
  const std::optional<std::uint32_t> size = Uint32();
  if (!size.has_value() || *size > rest_.size()) return std::nullopt;
  const std::string_view bytes = rest_.substr(0, *size);
  rest_.remove_prefix(*size);
  return bytes;
}

BignumPtr SshReader::Mpint() {
  const std::optional<std::string_view> bytes = String();
  if (!bytes.has_value() || bytes->empty() || bytes->size() > 16384 / 8 + 1) return nullptr;
  if ((static_cast<unsigned char>(bytes->front()) & 0x80) != 0) return nullptr;
  BignumPtr number(BN_secure_new());
  if (number == nullptr) return nullptr;
  BN_bin2bn(Data(*bytes), static_cast<int>(bytes->size()), number.get());
  if (BN_is_zero(number.get())) return nullptr;
  return number;
}

std::string_view SshCurveName(EcCurve curve) {
  switch (curve) {
    case EcCurve::kP224:
      return "";
    case EcCurve::kP256:
      return "nistp256";
    case EcCurve::kP384:
      return "nistp384";
    case EcCurve::kP521:
      return "nistp521";
  }
  return "";
}

std::string SshKeyType(KeyAlgorithm algorithm, std::optional<EcCurve> curve) {
  switch (algorithm) {
    case KeyAlgorithm::kRsa:
      return "ssh-rsa";
    case KeyAlgorithm::kEd25519:
      return "ssh-ed25519";
    case KeyAlgorithm::kEcdsa: {
      const std::string_view name = SshCurveName(curve.value_or(EcCurve::kP224));
      return name.empty() ? "" : std::string("ecdsa-sha2-").append(name);
    }
  }
  return "";
}

}  // namespace palisade::tls
