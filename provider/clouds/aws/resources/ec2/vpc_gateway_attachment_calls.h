#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// What differs between the two kinds of gateways. All texts are literals.
struct GatewayKind {
  std::string_view id;    ///< the first part of an attachment's id
  const char* input;      ///< "internetGatewayId"
  std::string_view wire;  ///< "InternetGatewayId"
  std::string_view attach, detach, describe;
  const char* list;         ///< of describe's reply
  const char* attachments;  ///< of an item of it
  std::string_view noun;
};
extern const GatewayKind kInternetKind;
extern const GatewayKind kVpnKind;

/// The kind that the inputs name; null when they name none.
const GatewayKind* GatewayKindOf(const value::PropertyMap& inputs);

/// Which attachment is meant.
struct AttachmentKey {
  const GatewayKind* kind = nullptr;
  std::string vpc;
  /// Empty where the id does not tell.
  std::string gateway;

  std::string Id() const { return std::string(kind->id) + "|" + vpc; }
};
/// From an id; where it is in another package's form that tells nothing, from the inputs (null on
/// import). INVALID_ARGUMENT says the form that is expected.
absl::StatusOr<AttachmentKey> ParseAttachmentId(const std::string& id,
                                                const value::PropertyMap* inputs);

/// The gateway that is attached to the VPC, and how.
struct Attachment {
  std::string gateway;
  std::string state;
  bool ready() const { return state == "attached" || state == "available"; }
};
/// nullopt: none of this kind.
absl::StatusOr<std::optional<Attachment>> FindAttachment(Session& session,
                                                         const AttachmentKey& key);

/// Attaches the gateway. One that is attached there already is fine: `found` is then set.
absl::Status Attach(Session& session, const AttachmentKey& key, bool& found);

/// Detaches it, waits while the VPC still uses public addresses, and then until it is detached.
absl::Status Detach(Session& session, const AttachmentKey& key);

}  // namespace palisade::aws::ec2
