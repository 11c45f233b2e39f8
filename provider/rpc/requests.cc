#include "provider/rpc/requests.h"

#include <cmath>

#include "provider/base/status.h"
#include "provider/rpc/struct_codec.h"
#include "provider/rpc/urn.h"

namespace palisade::rpc {
namespace {

std::vector<std::string> ToVector(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

absl::StatusOr<lifecycle::Autonaming> ToAutonaming(
    const pulumirpc::CheckRequest::AutonamingOptions& wire) {
  using Wire = pulumirpc::CheckRequest::AutonamingOptions;
  using Mode = lifecycle::Autonaming::Mode;
  switch (wire.mode()) {
    case Wire::PROPOSE:
      return lifecycle::Autonaming{wire.proposed_name(), Mode::kPropose};
    case Wire::ENFORCE:
      return lifecycle::Autonaming{wire.proposed_name(), Mode::kEnforce};
    case Wire::DISABLE:
      return lifecycle::Autonaming{wire.proposed_name(), Mode::kDisable};
    default:
      return base::InvalidArgument("autonaming.mode: " + std::to_string(wire.mode()) +
                                   " is none of PROPOSE (0), ENFORCE (1) and DISABLE (2)");
  }
}

}  // namespace

absl::StatusOr<std::optional<value::PropertyMap>> DecodeOptional(
    bool present, const google::protobuf::Struct& wire, std::string_view field) {
  if (!present) return std::optional<value::PropertyMap>();
  PALISADE_ASSIGN_OR_RETURN(auto bag, Decode(wire, field));
  return std::optional(std::move(bag));
}

absl::StatusOr<std::chrono::milliseconds> ToTimeout(double seconds) {
  constexpr double kCentury = 100.0 * 365 * 24 * 3600;
  if (std::isnan(seconds) || seconds < 0) {
    return base::InvalidArgument(
        "timeout: expected seconds, zero for the provider's own limit; found a negative number or "
        "NaN");
  }
  if (seconds > 0 && seconds < 0.001) return std::chrono::milliseconds(1);
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(seconds, kCentury) * 1000));
}

absl::Status NeedId(const std::string& id, std::string_view call) {
  if (!id.empty()) return absl::OkStatus();
  return base::InvalidArgument("id: it is empty; " + std::string(call) +
                               " needs to know which object is meant");
}

absl::StatusOr<lifecycle::CheckInput> ToCheckInput(const pulumirpc::CheckRequest& request,
                                                   lifecycle::Subject subject) {
  lifecycle::CheckInput input;
  input.subject = std::move(subject);
  PALISADE_ASSIGN_OR_RETURN(input.olds, Decode(request.olds(), "olds"));
  PALISADE_ASSIGN_OR_RETURN(input.news, Decode(request.news(), "news"));
  input.random_seed = request.randomseed();
  if (request.has_autonaming()) {
    PALISADE_ASSIGN_OR_RETURN(input.autonaming, ToAutonaming(request.autonaming()));
  }
  return input;
}

absl::StatusOr<lifecycle::DiffInput> ToDiffInput(const pulumirpc::DiffRequest& request,
                                                 lifecycle::Subject subject) {
  lifecycle::DiffInput input;
  input.subject = std::move(subject);
  input.id = request.id();
  PALISADE_ASSIGN_OR_RETURN(input.olds, Decode(request.olds(), "olds"));
  PALISADE_ASSIGN_OR_RETURN(input.old_inputs, DecodeOptional(request.has_old_inputs(),
                                                             request.old_inputs(), "old_inputs"));
  PALISADE_ASSIGN_OR_RETURN(input.news, Decode(request.news(), "news"));
  input.ignore_changes = ToVector(request.ignorechanges());
  return input;
}

absl::StatusOr<lifecycle::ConfigureInput> ToConfigureInput(
    const pulumirpc::ConfigureRequest& request) {
  lifecycle::ConfigureInput input;
  // Deprecated, yet what older SDKs' configuration arrives in.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  input.variables.insert(request.variables().begin(), request.variables().end());
#pragma GCC diagnostic pop
  PALISADE_ASSIGN_OR_RETURN(input.args, Decode(request.args(), "args"));
  input.id = request.id();
  return input;
}

absl::StatusOr<lifecycle::CreateInput> ToCreateInput(const pulumirpc::CreateRequest& request) {
  lifecycle::CreateInput input;
  PALISADE_ASSIGN_OR_RETURN(input.subject,
                            ToSubject(request.urn(), request.name(), request.type()));
  PALISADE_ASSIGN_OR_RETURN(input.properties, Decode(request.properties(), "properties"));
  PALISADE_ASSIGN_OR_RETURN(input.timeout, ToTimeout(request.timeout()));
  input.preview = request.preview();
  return input;
}

absl::StatusOr<lifecycle::ReadInput> ToReadInput(const pulumirpc::ReadRequest& request) {
  lifecycle::ReadInput input;
  PALISADE_ASSIGN_OR_RETURN(input.subject,
                            ToSubject(request.urn(), request.name(), request.type()));
  PALISADE_RETURN_IF_ERROR(NeedId(request.id(), "Read"));
  input.id = request.id();
  PALISADE_ASSIGN_OR_RETURN(input.properties, DecodeOptional(request.has_properties(),
                                                             request.properties(), "properties"));
  PALISADE_ASSIGN_OR_RETURN(input.inputs,
                            DecodeOptional(request.has_inputs(), request.inputs(), "inputs"));
  PALISADE_ASSIGN_OR_RETURN(input.timeout, ToTimeout(request.timeout()));
  return input;
}

absl::StatusOr<lifecycle::UpdateInput> ToUpdateInput(const pulumirpc::UpdateRequest& request) {
  lifecycle::UpdateInput input;
  PALISADE_ASSIGN_OR_RETURN(input.subject,
                            ToSubject(request.urn(), request.name(), request.type()));
  PALISADE_RETURN_IF_ERROR(NeedId(request.id(), "Update"));
  input.id = request.id();
  PALISADE_ASSIGN_OR_RETURN(input.olds, Decode(request.olds(), "olds"));
  PALISADE_ASSIGN_OR_RETURN(input.old_inputs, DecodeOptional(request.has_old_inputs(),
                                                             request.old_inputs(), "old_inputs"));
  PALISADE_ASSIGN_OR_RETURN(input.news, Decode(request.news(), "news"));
  PALISADE_ASSIGN_OR_RETURN(input.timeout, ToTimeout(request.timeout()));
  input.ignore_changes = ToVector(request.ignorechanges());
  input.preview = request.preview();
  return input;
}

absl::StatusOr<lifecycle::DeleteInput> ToDeleteInput(const pulumirpc::DeleteRequest& request) {
  lifecycle::DeleteInput input;
  PALISADE_ASSIGN_OR_RETURN(input.subject,
                            ToSubject(request.urn(), request.name(), request.type()));
  PALISADE_RETURN_IF_ERROR(NeedId(request.id(), "Delete"));
  input.id = request.id();
  PALISADE_ASSIGN_OR_RETURN(input.properties, Decode(request.properties(), "properties"));
  PALISADE_ASSIGN_OR_RETURN(input.old_inputs, DecodeOptional(request.has_old_inputs(),
                                                             request.old_inputs(), "old_inputs"));
  PALISADE_ASSIGN_OR_RETURN(input.timeout, ToTimeout(request.timeout()));
  return input;
}

}  // namespace palisade::rpc
