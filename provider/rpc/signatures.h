#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "provider/value/property_value.h"

namespace palisade::rpc {

// Objects that stand for something else carry this key; its value says what they stand for
// (sdk/go/common/resource/sig of Pulumi).
inline constexpr std::string_view kSignatureKey = "4dabf18193072939515e22adb298388d";

inline constexpr std::string_view kSecretSignature = "1b47061264138c4ac30d75fd1eb44270";
inline constexpr std::string_view kAssetSignature = "c44067f5952c0a294b673a41bacd8c17";
inline constexpr std::string_view kArchiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
inline constexpr std::string_view kReferenceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
inline constexpr std::string_view kOutputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
inline constexpr std::string_view kBytesSignature = "803fd3297a5875dc03ca845dda5d2a98";

using UnknownKind = value::Unknown::Kind;

// Strings that stand for values which are not known yet.
inline constexpr std::array<std::pair<UnknownKind, std::string_view>, 7> kUnknownSentinels = {{
    {UnknownKind::kBool, "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"},
    {UnknownKind::kNumber, "3eeb2bf0-c639-47a8-9e75-3b44932eb421"},
    {UnknownKind::kString, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"},
    {UnknownKind::kArray, "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"},
    {UnknownKind::kAsset, "030794c1-ac77-496b-92df-f27374a8bd58"},
    {UnknownKind::kArchive, "e48ece36-62e2-4504-bad9-02848725956a"},
    {UnknownKind::kObject, "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"},
}};

inline std::optional<UnknownKind> FindUnknown(std::string_view text) {
  if (text.size() != kUnknownSentinels[0].second.size()) return std::nullopt;
  for (const auto& [kind, sentinel] : kUnknownSentinels) {
    if (text == sentinel) return kind;
  }
  return std::nullopt;
}

inline std::string_view SentinelOf(UnknownKind kind) {
  for (const auto& [known, sentinel] : kUnknownSentinels) {
    if (known == kind) return sentinel;
  }
  return kUnknownSentinels[2].second;
}

}  // namespace palisade::rpc
