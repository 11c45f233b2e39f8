#include "provider/tls/resources/diff_rules.h"

#include <string>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/key_usage.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;
using Texts = std::vector<std::string>;

// The list, each item in the one form that equal items share; nullopt if that is not known.
template <typename Normalize>
std::optional<Texts> Normal(const PropertyMap& inputs, const char* name, Normalize normalize) {
  const value::View view(inputs);
  if (!view.Has(name)) return Texts{};
  std::optional<Texts> texts = view.Strings(name);
  if (!texts) return std::nullopt;
  for (std::string& text : *texts) {
    absl::StatusOr<std::string> normal = normalize(text);
    if (!normal.ok()) return std::nullopt;
    text = *std::move(normal);
  }
  return texts;
}

template <typename Normalize>
void ForgetEqualList(const resource::DiffRequest& request, const char* name, Normalize normalize,
                     resource::Changes& changes) {
  if (!Changed(changes, name)) return;
  const auto before = Normal(request.old_inputs, name, normalize);
  const auto now = Normal(request.new_inputs, name, normalize);
  if (before && now && *before == *now) Forget(changes, name);
}

void ForgetEqualSubject(const resource::DiffRequest& request, resource::Changes& changes) {
  if (!Changed(changes, names::kSubject)) return;
  if (value::View(request.new_inputs).IsUnknown(names::kSubject)) return;
  const auto before = EncodeSubject(SubjectOf(request.old_inputs));
  const auto now = EncodeSubject(SubjectOf(request.new_inputs));
  if (before.ok() && now.ok() && *before == *now) Forget(changes, names::kSubject);
}

void ForgetEqualUses(const resource::DiffRequest& request, resource::Changes& changes) {
  if (!Changed(changes, names::kAllowedUses)) return;
  auto before = value::View(request.old_inputs).Strings(names::kAllowedUses);
  const auto now = value::View(request.new_inputs).Strings(names::kAllowedUses);
  if (!before || !now) return;
  // Early versions of the established package took uses that do not exist and wrote nothing for
  // them.
  std::erase_if(*before, [](const std::string& use) { return FindAllowedUse(use) == nullptr; });
  const auto before_bytes = EncodeAllowedUses(*before);
  const auto now_bytes = EncodeAllowedUses(*now);
  if (before_bytes.ok() && now_bytes.ok() &&
      before_bytes->key_usage_der == now_bytes->key_usage_der &&
      before_bytes->extended_key_usage_der == now_bytes->extended_key_usage_der) {
    Forget(changes, names::kAllowedUses);
  }
}

// -1 and absent set no limit; 0 on a leaf is not written.
bool LimitsNothing(const PropertyMap& inputs) {
  const value::View view(inputs);
  if (!view.Has(names::kMaxPathLength)) return true;
  const auto length = view.Integer(names::kMaxPathLength);
  return length && (*length < 0 || (*length == 0 && IsFalse(inputs, names::kIsCaCertificate)));
}

absl::StatusOr<std::string> AsIs(const std::string& text) { return text; }

}  // namespace

void Forget(resource::Changes& changes, std::string_view top) {
  std::erase_if(changes, [top](const auto& entry) { return entry.first.top() == top; });
}

bool Changed(const resource::Changes& changes, std::string_view top) {
  for (const auto& [path, change] : changes) {
    if (path.top() == top) return true;
  }
  return false;
}

void ForgetEqualContent(const resource::DiffRequest& request, resource::Changes& changes) {
  ForgetEqualSubject(request, changes);
  ForgetEqualList(request, names::kDnsNames, AsIs, changes);
  ForgetEqualList(request, names::kIpAddresses, ParseIpAddress, changes);
  ForgetEqualList(request, names::kUris, NormalizeUri, changes);
  ForgetEqualUses(request, changes);
  if (IsTrue(request.old_inputs, names::kIsCaCertificate) &&
      IsTrue(request.new_inputs, names::kIsCaCertificate)) {
    Forget(changes, names::kSetSubjectKeyId);
  }
  if (LimitsNothing(request.old_inputs) && LimitsNothing(request.new_inputs)) {
    Forget(changes, names::kMaxPathLength);
  }
}

}  // namespace palisade::tls
