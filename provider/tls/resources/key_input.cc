#include "provider/tls/resources/key_input.h"

#include <string>

#include "provider/base/status.h"
#include "provider/tls/resources/diff_rules.h"
#include "provider/tls/resources/input_rules.h"

namespace palisade::tls {
namespace {

using resource::Change;
using resource::ChangeKind;

// The same key under the other property: state has to forget or learn the text, nothing else.
void KeepInPlace(const KeyNames& key, resource::Changes& changes) {
  for (auto& [path, change] : changes) {
    const std::string top = path.top();
    if (top == key.pem || top == key.write_only || top == key.version) change.replace = false;
  }
}

void CheckForms(const PropertyMap& inputs, const KeyNames& key, resource::Findings& findings) {
  resource::CheckOneOf(inputs, {key.pem, key.write_only}, /*optional=*/false, findings);
  resource::CheckNeeds(inputs, key.write_only, key.version, findings);
  resource::CheckNeeds(inputs, key.version, key.write_only, findings);
}

// The plain property is there before and after and says the same, as on most runs: no key has to
// be read for that.
bool IsUnchanged(const resource::DiffRequest& request, const KeyNames& key,
                 const resource::Changes& changes) {
  const value::View olds(request.old_inputs), news(request.new_inputs);
  return olds.Has(key.pem) && news.Has(key.pem) && !olds.Has(key.write_only) &&
         !news.Has(key.write_only) && !changes.contains(PropertyPath(key.pem));
}

}  // namespace

const char* GivenName(const PropertyMap& inputs, const KeyNames& key) {
  const value::View view(inputs);
  return !view.Has(key.pem) && view.Has(key.write_only) ? key.write_only : key.pem;
}

bool HasKey(const PropertyMap& inputs, const KeyNames& key) {
  const value::View view(inputs);
  return view.Has(key.pem) || view.Has(key.write_only);
}

absl::StatusOr<PrivateKey> LoadKey(const PropertyMap& inputs, const KeyNames& key) {
  const char* name = GivenName(inputs, key);
  const auto text = TextOf(inputs, name);
  if (!text) {
    return base::InvalidArgument(std::string(name) + " is missing: expected a private key in PEM");
  }
  absl::StatusOr<PrivateKey> parsed = PrivateKey::Parse(*text);
  if (!parsed.ok()) return base::Annotate(parsed.status(), name);
  return parsed;
}

std::optional<PrivateKey> PeekKey(const PropertyMap& inputs, const KeyNames& key) {
  absl::StatusOr<PrivateKey> parsed = LoadKey(inputs, key);
  return parsed.ok() ? std::optional(*std::move(parsed)) : std::nullopt;
}

void CheckKey(const PropertyMap& inputs, const KeyNames& key, resource::Findings& findings) {
  CheckForms(inputs, key, findings);
  const char* name = GivenName(inputs, key);
  if (const auto text = TextOf(inputs, name)) {
    FailUnless(PrivateKey::Check(*text), name, "tls.private-key", findings);
  }
}

std::optional<PrivateKey> CheckedKey(const PropertyMap& inputs, const KeyNames& key,
                                     resource::Findings& findings) {
  CheckForms(inputs, key, findings);
  const char* name = GivenName(inputs, key);
  const auto text = TextOf(inputs, name);
  if (!text) return std::nullopt;
  absl::StatusOr<PrivateKey> parsed = PrivateKey::Parse(*text);
  FailUnless(parsed.status(), name, "tls.private-key", findings);
  return parsed.ok() ? std::optional(*std::move(parsed)) : std::nullopt;
}

void DiffKey(const resource::DiffRequest& request, const KeyNames& key, const UsedKey& used,
             resource::Changes& changes, resource::Findings& findings) {
  if (IsUnchanged(request, key, changes)) return;
  const std::optional<PrivateKey> now = PeekKey(request.new_inputs, key);
  if (!now) return;
  const bool write_only = GivenName(request.new_inputs, key) == key.write_only;
  if (!HasKey(request.old_inputs, key)) {
    const std::optional<PublicKey> known = used();
    if (!known) return;
    Forget(changes, key.pem);
    Forget(changes, key.write_only);
    Forget(changes, key.version);
    if (now->public_key() == *known) return;
    changes[PropertyPath(write_only ? key.version : key.pem)] =
        Change{ChangeKind::kAdd, true, true};
    return;
  }
  const bool was_write_only = GivenName(request.old_inputs, key) == key.write_only;
  if (write_only && was_write_only) {
    if (changes.contains(PropertyPath(key.version))) return;
    const std::optional<PublicKey> known = used();
    if (known && !(now->public_key() == *known)) {
      findings.Warn(PropertyPath(key.write_only), "tls.write-only-key",
                    std::string("this is not the key that is in use, but ") + key.version +
                        " is unchanged, so the new key has no effect; raise " + key.version +
                        " to issue again");
    }
    return;
  }
  const std::optional<PrivateKey> before = PeekKey(request.old_inputs, key);
  if (!before || !(before->public_key() == now->public_key())) return;
  if (write_only == was_write_only) {
    Forget(changes, key.pem);
  } else {
    KeepInPlace(key, changes);
  }
}

}  // namespace palisade::tls
