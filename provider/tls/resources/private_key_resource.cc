#include "provider/tls/resources/private_key_resource.h"

#include <stop_token>
#include <string>
#include <utility>

#include "provider/base/status.h"
#include "provider/tls/crypto/key_generation.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/diff_rules.h"
#include "provider/tls/resources/files.h"
#include "provider/tls/resources/folder.h"
#include "provider/tls/resources/inputs.h"
#include "provider/tls/resources/key_choice.h"
#include "provider/tls/resources/key_outputs.h"
#include "provider/tls/resources/stored.h"
#include "provider/tls/resources/upgrade.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr char kImportForm[] = "the path of a PEM or OpenSSH file that holds the private key";
constexpr std::chrono::milliseconds kPlacePoll{100};

// One for the process: every stack that an attached process serves shares the machine's cores.
base::Semaphore& Places() {
  static base::Semaphore places(KeyGenerationPlaces());
  return places;
}

// Makes the key; a stop of the run and the time limit both end the wait for a core and the search.
absl::StatusOr<PrivateKey> Generate(resource::Call& call, const KeyRequest& request) {
  constexpr char kWhat[] = "generating the key";
  PALISADE_RETURN_IF_ERROR(call.Proceed(kWhat));
  std::stop_source stop;
  const std::stop_callback forward(call.cancel(), [&stop] { stop.request_stop(); });
  const base::SteadyTime start = call.clock().Steady();
  std::chrono::seconds next{0};
  const auto on_step = [&] {
    if (!call.Proceed(kWhat).ok()) stop.request_stop();
    const auto elapsed = std::chrono::floor<std::chrono::seconds>(call.clock().Steady() - start);
    if (elapsed < next) return;
    next = elapsed + std::chrono::seconds(1);
    call.Status("generating an RSA key of " + std::to_string(request.rsa_bits) + " bits, " +
                std::to_string(elapsed.count()) + " s");
  };
  bool waits = false;
  const auto on_wait = [&] {
    if (!waits) call.Status("waiting for a core: other keys are being generated");
    waits = true;
    if (!call.WaitFor(kPlacePoll, kWhat).ok()) stop.request_stop();
  };
  absl::StatusOr<PrivateKey> key =
      GenerateKey(request, Places(), stop.get_token(), on_step, on_wait);
  if (!key.ok()) PALISADE_RETURN_IF_ERROR(call.Proceed(kWhat));
  return key;
}

// After an update, which can only be of what does not concern the key.
PropertyMap KeptKey(const PropertyMap& old_outputs, const PropertyMap& inputs) {
  PropertyMap outputs = PreviewChoice(inputs);
  outputs.merge(KeyForms(old_outputs));
  return outputs;
}

// The private key among the arguments of `.get()`, in whichever form it was given.
const char* StatedKey(const PropertyMap& outputs) {
  for (const char* name :
       {names::kPrivateKeyPem, names::kPrivateKeyPemPkcs8, names::kPrivateKeyOpenssh}) {
    if (TextOf(outputs, name).value_or("") != "") return name;
  }
  return nullptr;
}

absl::StatusOr<std::optional<resource::ReadResult>> Import(resource::Call& call,
                                                           const std::string& id) {
  absl::StatusOr<PrivateKey> key = ReadKeyFile(id);
  if (!key.ok()) return NoSuchFile(key.status(), "PrivateKey", kImportForm);
  PALISADE_ASSIGN_OR_RETURN(PropertyMap outputs, KeyOutputs(*key, call.random()));
  return resource::ReadResult{.id = key->public_key().Id(),
                              .inputs = ChoiceFor(key->public_key()),
                              .outputs = std::move(outputs),
                              .unreadable = {names::kTriggers},
                              .init_failures = {}};
}

absl::StatusOr<std::optional<resource::ReadResult>> Get(resource::Call& call,
                                                        const resource::ReadRequest& request,
                                                        const char* stated) {
  const PropertyMap& given = *request.old_inputs;
  absl::StatusOr<PrivateKey> key = ParseAnyKey(*TextOf(given, stated));
  if (!key.ok()) return base::Annotate(key.status(), stated);
  PALISADE_ASSIGN_OR_RETURN(PropertyMap outputs, KeyOutputs(*key, call.random()));
  // The OpenSSH form has random parts: the one that was given stays.
  if (const auto it = given.find(names::kPrivateKeyOpenssh); it != given.end()) {
    outputs.insert_or_assign(it->first, it->second);
  }
  return resource::ReadResult{.id = key->public_key().Id(),
                              .inputs = given,
                              .outputs = std::move(outputs),
                              .unreadable = {},
                              .init_failures = {}};
}

}  // namespace

void PrivateKeyResource::Check(const resource::CheckRequest& request,
                               resource::Findings& findings) const {
  CheckChoice(request.inputs, findings);
}

void PrivateKeyResource::Diff(const resource::DiffRequest& request, resource::Changes& changes,
                              resource::Findings&) const {
  ForgetOtherAlgorithms(request, changes);
}

PropertyMap PrivateKeyResource::Preview(const resource::PreviewRequest& request) const {
  if (request.old_outputs != nullptr) return KeptKey(*request.old_outputs, request.inputs);
  return PreviewChoice(request.inputs);
}

absl::StatusOr<resource::Created> PrivateKeyResource::Create(resource::Call& call,
                                                             const PropertyMap& inputs) const {
  PALISADE_ASSIGN_OR_RETURN(const KeyRequest request, ChoiceOf(inputs));
  PALISADE_ASSIGN_OR_RETURN(const PrivateKey key, Generate(call, request));
  PALISADE_ASSIGN_OR_RETURN(PropertyMap outputs, KeyOutputs(key, call.random()));
  return resource::Created{key.public_key().Id(), std::move(outputs)};
}

absl::StatusOr<PropertyMap> PrivateKeyResource::Update(
    resource::Call&, const resource::UpdateRequest& request) const {
  PropertyMap outputs = KeptKey(request.old_outputs, request.new_inputs);
  std::erase_if(outputs, [](const auto& entry) { return entry.second.IsNull(); });
  return outputs;
}

absl::StatusOr<std::optional<resource::ReadResult>> PrivateKeyResource::Read(
    resource::Call& call, const resource::ReadRequest& request) const {
  const char* stated = request.old_inputs == nullptr ? nullptr : StatedKey(*request.old_inputs);
  if (stated != nullptr) return Get(call, request, stated);
  if (ShapeOf(request, names::kPrivateKeyPem) == ReadShape::kImport) {
    return Import(call, request.id);
  }
  return Unchanged(request);
}

absl::StatusOr<resource::ListPage> PrivateKeyResource::List(
    resource::Call& call, const resource::ListRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const Folder folder, Folder::Read(call, request));
  return folder.Page(request, folder.Keys());
}

void PrivateKeyResource::Migrate(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MigrateCommon(inputs, outputs);
  // A key is no input: only the arguments of `.get()` have it there, and Read completes those.
  if (!value::View(inputs).Has(names::kPrivateKeyPem)) CompleteKeyOutputs(outputs);
}

}  // namespace palisade::tls
