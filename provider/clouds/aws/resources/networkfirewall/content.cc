#include "provider/clouds/aws/resources/networkfirewall/content.h"

#include "keys/aws/networkfirewall.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {

namespace names = keys::aws::networkfirewall;

bool Differs(const resource::UpdateRequest& request, std::initializer_list<const char*> wanted) {
  for (const char* name : wanted) {
    const auto before = request.old_inputs.find(name);
    const auto after = request.new_inputs.find(name);
    const bool had = before != request.old_inputs.end();
    const bool has = after != request.new_inputs.end();
    if (had != has || (had && before->second != after->second)) return true;
  }
  return false;
}

void CarryOver(const json& info, json& request) {
  const json& encryption = Member(info, "EncryptionConfiguration");
  if (Text(encryption, "Type") == "CUSTOMER_KMS") request["EncryptionConfiguration"] = encryption;
  const json& source = Member(info, "SourceMetadata");
  if (!source.is_null()) request["SourceMetadata"] = source;
}

void WarnIfDescriptionStays(Session& session, const resource::UpdateRequest& request) {
  if (!value::View(request.old_inputs).Has(names::kDescription) ||
      value::View(request.new_inputs).Has(names::kDescription)) {
    return;
  }
  session.call().Warn(
      "the description is left out, but the service cannot take it away and may keep the old one");
}

void ReadStatus(const json& info, std::string_view status_member, Found& found) {
  found.state = Text(info, status_member);
  if (found.state == "DELETING") found.failures.push_back("it is being deleted");
  if (found.state != "ERROR") return;
  const std::string message = Text(info, "StatusMessage");
  found.failures.push_back("the service reports an error" +
                           (message.empty() ? " and no reason" : ": " + message));
  for (const json& error : Member(info, "Errors")) {
    found.failures.push_back(Text(error, "Code") + ": " + Text(error, "Message"));
  }
}

std::optional<std::string> ExplainForeignName(std::string_view given, const std::string& arn,
                                              const std::string& name) {
  if (given == "arn") return "is no property of this type; the ARN is the output " + arn;
  if (given == "name") return "is called " + name + " here";
  if (given == "encryptionConfiguration") {
    return "is not managed by this type; remove it, and a key that the object has stays while it "
           "is updated";
  }
  return std::nullopt;
}

}  // namespace palisade::aws::networkfirewall
