#include "provider/auth/sts_reply.h"

#include <pugixml.hpp>

#include "provider/auth/scrub.h"
#include "provider/auth/time_text.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

// pugixml parses in place, so the only copy of the answer's secrets is this one.
class Document {
 public:
  explicit Document(const std::string& body) : text_(body) {
    ok_ = static_cast<bool>(document_.load_buffer_inplace(text_.data(), text_.size()));
  }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() { base::Wipe(text_); }
  bool ok() const { return ok_; }
  pugi::xml_node root() const { return document_.document_element(); }

 private:
  std::string text_;
  pugi::xml_document document_;
  bool ok_;
};

// The account of "arn:aws:sts::123456789012:assumed-role/...".
std::string AccountOf(const std::string& arn) {
  std::size_t begin = 0;
  for (int colons = 0; colons < 4; ++colons) {
    begin = arn.find(':', begin);
    if (begin == std::string::npos) return "";
    ++begin;
  }
  return arn.substr(begin, arn.find(':', begin) - begin);
}

}  // namespace

base::CloudError StsErrorOf(const http::Response& response, const std::string& operation) {
  base::CloudError error;
  error.service = "sts";
  error.operation = operation;
  error.http_status = response.status;
  if (const std::string* id = response.Find("x-amzn-requestid")) error.request_id = *id;
  const Document document(response.body);
  if (!document.ok()) return error;
  const pugi::xml_node detail = document.root().child("Error");
  error.code = detail.child_value("Code");
  error.message = Excerpt(detail.child_value("Message"));
  const std::string id = document.root().child_value("RequestId");
  if (!id.empty()) error.request_id = id;
  return error;
}

absl::StatusOr<AwsCredentials> ParseStsCredentials(const std::string& body,
                                                   const std::string& operation) {
  const Document document(body);
  const pugi::xml_node result = document.root().child((operation + "Result").c_str());
  const pugi::xml_node found = result.child("Credentials");
  AwsCredentials credentials;
  credentials.access_key_id = found.child_value("AccessKeyId");
  credentials.secret_access_key = base::Redacted(found.child_value("SecretAccessKey"));
  credentials.session_token = base::Redacted(found.child_value("SessionToken"));
  credentials.expires = ParseIsoTime(found.child_value("Expiration"));
  credentials.account_id = AccountOf(result.child("AssumedRoleUser").child_value("Arn"));
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty() ||
      credentials.session_token->empty() || !credentials.expires) {
    return base::FailedPrecondition("sts " + operation +
                                    " answered without credentials; what answers at its address "
                                    "may not be AWS");
  }
  return credentials;
}

}  // namespace palisade::auth
