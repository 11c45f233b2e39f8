#include "provider/rpc/status_codec.h"

#include <google/protobuf/status.pb.h>
#include <pulumi/provider.pb.h>

#include "provider/base/status.h"
#include "provider/base/utf8.h"

namespace palisade::rpc {
namespace {

constexpr std::string_view kTypeUrlPrefix = "type.googleapis.com/";

// A header of more than some 16 KiB makes some clients drop the whole answer.
constexpr std::size_t kLongestMessage = 8 << 10;

std::string Presentable(const absl::Status& status) {
  std::string text = base::Message(status);
  if (text.size() > kLongestMessage) text = text.substr(0, kLongestMessage) + " [cut]";
  return base::ToUtf8(text);
}

void Attach(const google::protobuf::Message& detail, absl::Status& status) {
  const std::string url = std::string(kTypeUrlPrefix) + detail.GetDescriptor()->full_name();
  status.SetPayload(base::ToAbsl(url), absl::Cord(detail.SerializeAsString()));
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string message = Presentable(status);
  google::rpc::Status rich;
  status.ForEachPayload([&rich](absl::string_view url, const absl::Cord& payload) {
    if (!base::FromAbsl(url).starts_with(kTypeUrlPrefix)) return;
    auto& detail = *rich.add_details();
    detail.set_type_url(std::string(base::FromAbsl(url)));
    detail.set_value(std::string(payload));
  });
  // absl took its codes from gRPC.
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (rich.details().empty()) return {code, message};
  rich.set_code(static_cast<int>(code));
  rich.set_message(message);
  return {code, message, rich.SerializeAsString()};
}

absl::Status InitFailed(const lifecycle::Outcome& outcome, const EncodeOptions& options) {
  pulumirpc::ErrorResourceInitFailed detail;
  detail.set_id(base::ToUtf8(outcome.id));
  Encode(outcome.properties, options, detail.mutable_properties());
  if (outcome.inputs) Encode(*outcome.inputs, options, detail.mutable_inputs());
  detail.set_refresh_before_update(outcome.refresh_before_update);
  std::string text;
  for (const std::string& reason : outcome.init_failures) {
    detail.add_reasons(base::ToUtf8(reason));
    text += (text.empty() ? "" : "; ") + reason;
  }
  const bool coded = outcome.code != absl::StatusCode::kOk;
  absl::Status status =
      base::Error(coded ? outcome.code : absl::StatusCode::kFailedPrecondition, text);
  Attach(detail, status);
  return status;
}

absl::Status MissingKeys(const std::vector<lifecycle::MissingKey>& missing) {
  pulumirpc::ConfigureErrorMissingKeys detail;
  std::string names;
  for (const lifecycle::MissingKey& key : missing) {
    auto& entry = *detail.add_missingkeys();
    entry.set_name(base::ToUtf8(key.name));
    entry.set_description(base::ToUtf8(key.description));
    names += (names.empty() ? "" : ", ") + key.name;
  }
  absl::Status status = base::InvalidArgument("the provider's configuration lacks " + names);
  Attach(detail, status);
  return status;
}

}  // namespace palisade::rpc
