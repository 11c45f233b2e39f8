#pragma once

#include <string_view>

namespace palisade::lifecycle {

// Names that lifecycle keeps in property bags for itself. The CLI hides names that begin with two
// underscores, handlers never see them, and nobody is told that they are unknown.

/// In inputs: the sorted paths, as texts, of what Check filled in. Absent when there are none. The
/// established packages built on Terraform keep top-level names under the same key.
inline constexpr char kDefaultsName[] = "__defaults";
/// In inputs: the properties that Read could not tell (resource::ReadResult::unreadable).
inline constexpr char kUnreadName[] = "__unread";

/// In outputs: the version of the state, see resource::Traits::state_version.
inline constexpr char kVersionName[] = "__v";
/// The input of every type that silences checks; it changes nothing about the object.
inline constexpr char kSkipChecksName[] = "skipChecks";

inline bool IsInternalName(std::string_view name) { return name.starts_with("__"); }

}  // namespace palisade::lifecycle
