#include "provider/clouds/aws/core/dialect.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "provider/base/status.h"
#include "provider/base/utf8.h"

namespace palisade::aws {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestExcerpt = 200;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

// What a page in HTML calls itself; a proxy's or a load balancer's page says no more.
std::string TitleOf(const std::string& body) {
  const std::string lower = Lower(body);
  const auto begin = lower.find("<title>");
  const auto end = lower.find("</title>");
  if (begin == std::string::npos || end == std::string::npos || end < begin) return "";
  const auto text = begin + std::string_view("<title>").size();
  return base::ToUtf8(body.substr(text, std::min(end - text, kLongestExcerpt)));
}

// For a body in no form that the dialect knows. It is not shown: nobody knows what is in it.
std::string Unreadable(const http::Response& response) {
  if (response.body.empty()) return "the reply has no body";
  const std::string title = TitleOf(response.body);
  const std::string* type = response.Find("content-type");
  return "the reply is not from the service (" +
         (type == nullptr ? "of no stated type" : base::ToUtf8(type->substr(0, 64))) + ", " +
         std::to_string(response.body.size()) + " bytes" +
         (title.empty() ? ")" : ", titled \"" + title + "\")");
}

std::string StringOf(const json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

void ReadJsonFailure(const http::Response& response, base::CloudError& error) {
  const json body = json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  if (const std::string* header = response.Find("x-amzn-errortype")) error.code = BareCode(*header);
  if (!body.is_object()) {
    if (error.code.empty()) error.message = Unreadable(response);
    return;
  }
  for (const char* key : {"__type", "code", "Code"}) {
    if (error.code.empty()) error.code = BareCode(StringOf(body, key));
  }
  for (const char* key : {"message", "Message", "errorMessage"}) {
    if (error.message.empty()) error.message = StringOf(body, key);
  }
}

// <Response><Errors><Error> of EC2, <ErrorResponse><Error> of query and Route 53, <Error> of S3.
pugi::xml_node ErrorElement(pugi::xml_node root) {
  const std::string_view name = root.name();
  if (name == "Error") return root;
  if (const auto direct = root.child("Error")) return direct;
  return root.child("Errors").child("Error");
}

// Route 53 may list what is wrong with a batch: <InvalidChangeBatch><Messages><Message>.
bool ReadMessages(pugi::xml_node root, base::CloudError& error) {
  const std::vector<std::string> texts = TextItems(root, "Messages", "Message");
  if (texts.empty()) return false;
  error.code = root.name();
  for (const std::string& text : texts) {
    error.message += (error.message.empty() ? "" : "; ") + text;
  }
  return true;
}

void ReadXmlFailure(const http::Response& response, base::CloudError& error) {
  const auto xml = response.body.empty() ? absl::StatusOr<Xml>(base::InvalidArgument("empty"))
                                         : ParseXml(response.body);
  if (!xml.ok()) {
    error.message = Unreadable(response);
    return;
  }
  if (ReadMessages(xml->root, error)) return;
  const pugi::xml_node element = ErrorElement(xml->root);
  if (!element) {
    error.message = Unreadable(response);
    return;
  }
  error.code = BareCode(Text(element, "Code"));
  error.message = Text(element, "Message");
  if (error.message.empty()) error.message = Text(element, "message");
}

}  // namespace

std::string BareCode(std::string_view code) {
  code = code.substr(0, code.find(':'));
  const auto hash = code.rfind('#');
  if (hash != std::string_view::npos) code.remove_prefix(hash + 1);
  while (!code.empty() && code.back() == ' ') code.remove_suffix(1);
  while (!code.empty() && code.front() == ' ') code.remove_prefix(1);
  return std::string(code);
}

http::Request QueryRequest(const Service& service, std::string_view operation, const Params& params,
                           const std::string& url) {
  http::Request request;
  request.method = "POST";
  request.url = url + "/";
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"});
  Params head;
  head.Add("Action", std::string(operation)).Add("Version", std::string(service.api_version));
  request.body = FormEncoded(head);
  if (!params.items().empty()) request.body += "&" + FormEncoded(params);
  return request;
}

http::Request JsonRequest(const Service& service, std::string_view operation, std::string body,
                          const std::string& url) {
  http::Request request;
  request.method = "POST";
  request.url = url + "/";
  request.headers.push_back({"Content-Type", service.dialect == Dialect::kJson10
                                                 ? "application/x-amz-json-1.0"
                                                 : "application/x-amz-json-1.1"});
  request.headers.push_back(
      {"X-Amz-Target", std::string(service.target_prefix) + "." + std::string(operation)});
  request.body = std::move(body);
  return request;
}

bool IsFailure(const http::Response& response) {
  return response.status < 200 || response.status > 299;
}

std::string RequestIdOf(const http::Response& response) {
  for (const char* name : {"x-amzn-requestid", "x-amz-request-id"}) {
    if (const std::string* id = response.Find(name)) return base::ToUtf8(*id);
  }
  // RequestId of query and restXml, RequestID of EC2's failures, requestId of its replies: at the
  // top, or in the metadata.
  const auto xml = ParseXml(response.body);
  if (!xml.ok()) return "";
  for (const pugi::xml_node node : {xml->root, xml->root.child("ResponseMetadata")}) {
    for (const char* name : {"RequestId", "RequestID", "requestId"}) {
      if (auto id = OptionalText(node, name)) return *id;
    }
  }
  return "";
}

base::CloudError ReadFailure(const Service& service, std::string_view operation,
                             const http::Response& response) {
  base::CloudError error;
  error.service = service.name;
  error.operation = operation;
  error.http_status = response.status;
  const bool speaks_json =
      service.dialect == Dialect::kJson10 || service.dialect == Dialect::kJson11;
  speaks_json ? ReadJsonFailure(response, error) : ReadXmlFailure(response, error);
  error.code = base::ToUtf8(error.code);
  error.message = base::ToUtf8(error.message);
  error.request_id = RequestIdOf(response);
  return error;
}

absl::StatusOr<Xml> ReadQueryReply(const Service& service, std::string_view operation,
                                   const std::string& body) {
  PALISADE_ASSIGN_OR_RETURN(Xml xml, ParseXml(body));
  const std::string expected = std::string(operation) + "Response";
  if (xml.root.name() != expected) {
    return base::InvalidArgument("its element is not " + expected);
  }
  if (service.dialect == Dialect::kQuery) {
    const std::string result = std::string(operation) + "Result";
    if (const auto inner = xml.root.child(result.c_str())) xml.root = inner;
  }
  return xml;
}

}  // namespace palisade::aws
