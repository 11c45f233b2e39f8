#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "provider/clouds/aws/core/params.h"
#include "provider/http/fake_transport.h"

namespace palisade::aws::testing {

/// A request of the query dialects, taken apart.
struct Asked {
  std::string operation;
  std::map<std::string, std::string> params;
  std::string Get(const std::string& name) const {
    const auto it = params.find(name);
    return it == params.end() ? "" : it->second;
  }
};
Asked Parse(const http::Request& request);

http::Response Reply(const std::string& operation, const std::string& inside);
http::Response Failure(int status, const std::string& code, const std::string& message = "no");

/// A stand-in of EC2 and STS with one type of object, "thing", for the transport's Otherwise.
class FakeEc2 {
 public:
  struct Object {
    std::string name;
    Tags tags;
    bool visible = true;
  };

  http::FakeTransport::Answer Answer(const http::Request& request);

  /// Answers instead of the service; the object is made all the same if `after` is asked.
  std::function<std::optional<http::FakeTransport::Answer>(const Asked&)> before, after;
  std::map<std::string, Object> objects;
  std::string account = "111122223333";
  std::vector<Asked> asked;

  int Count(const std::string& operation) const;

 private:
  http::Response CarryOut(const Asked& request);
  http::Response DescribeTags(const Asked& request) const;
  http::Response DeleteTags(const Asked& request);

  int made_ = 0;
};

inline int HexDigit(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

inline std::string Decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      decoded += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

inline std::string Element(const std::string& name, const std::string& inside) {
  return "<" + name + ">" + inside + "</" + name + ">";
}

inline std::string TagItems(const Tags& tags) {
  std::string items;
  for (const auto& [key, text] : tags) {
    items += Element("item", Element("key", key) + Element("value", text));
  }
  return Element("tagSet", items);
}

inline Tags TagsIn(const Asked& request, const std::string& prefix) {
  Tags tags;
  for (int i = 1; request.params.contains(prefix + std::to_string(i) + ".Key"); ++i) {
    const std::string tag = prefix + std::to_string(i);
    tags[request.Get(tag + ".Key")] = request.Get(tag + ".Value");
  }
  return tags;
}

inline Asked Parse(const http::Request& request) {
  Asked asked;
  std::string_view body = request.body;
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    asked.params[Decoded(pair.substr(0, equals))] = Decoded(pair.substr(equals + 1));
  }
  asked.operation = asked.Get("Action");
  return asked;
}

inline http::Response Reply(const std::string& operation, const std::string& inside) {
  return {200,
          {{"Content-Type", "text/xml"}, {"x-amzn-requestid", "req-1"}},
          Element(operation + "Response", inside + Element("requestId", "req-1"))};
}

inline http::Response Failure(int status, const std::string& code, const std::string& message) {
  return {status,
          {},
          Element("Response", Element("Errors", Element("Error", Element("Code", code) +
                                                                     Element("Message", message))) +
                                  Element("RequestID", "req-bad"))};
}

inline http::FakeTransport::Answer FakeEc2::Answer(const http::Request& request) {
  const Asked parsed = Parse(request);
  asked.push_back(parsed);
  if (before) {
    if (auto answer = before(parsed)) return *std::move(answer);
  }
  http::Response response = CarryOut(parsed);
  if (after) {
    if (auto answer = after(parsed)) return *std::move(answer);
  }
  return response;
}

inline int FakeEc2::Count(const std::string& operation) const {
  return static_cast<int>(std::ranges::count(asked, operation, &Asked::operation));
}

inline http::Response FakeEc2::CarryOut(const Asked& request) {
  const std::string& operation = request.operation;
  if (operation == "GetCallerIdentity") {
    return Reply(operation, Element("GetCallerIdentityResult",
                                    Element("Account", account) + Element("UserId", "AIDA") +
                                        Element("Arn", "arn:aws:iam::" + account + ":user/me")));
  }
  if (operation == "CreateThing") {
    const std::string id = "thing-" + std::to_string(++made_);
    objects[id] = {request.Get("Name"), TagsIn(request, "TagSpecification.1.Tag."), true};
    return Reply(operation, Element("thingId", id));
  }
  if (operation == "DescribeTags") return DescribeTags(request);
  if (operation == "DeleteTags") return DeleteTags(request);
  if (operation == "DescribeThings" && request.Get("ThingId.1").empty()) {
    std::string items;
    for (const auto& [id, object] : objects) items += Element("item", Element("thingId", id));
    return Reply(operation, Element("thingSet", items));
  }
  const std::string named =
      request.Get("ResourceId.1") + request.Get("ThingId.1") + request.Get("ThingId");
  const auto it = objects.find(named);
  if (it == objects.end() || !it->second.visible) return Failure(400, "InvalidThingID.NotFound");
  if (operation == "DescribeThings") {
    return Reply(operation,
                 Element("thingSet", Element("item", Element("thingId", named) +
                                                         Element("name", it->second.name) +
                                                         TagItems(it->second.tags))));
  }
  if (operation == "RenameThing") it->second.name = request.Get("Name");
  if (operation == "CreateTags") {
    for (const auto& [key, text] : TagsIn(request, "Tag.")) it->second.tags[key] = text;
  }
  if (operation == "DeleteThing") objects.erase(it);
  return Reply(operation, Element("return", "true"));
}

// All or nothing, as the service does it.
inline http::Response FakeEc2::DeleteTags(const Asked& request) {
  std::vector<Object*> named;
  for (int i = 1; request.params.contains("ResourceId." + std::to_string(i)); ++i) {
    const auto it = objects.find(request.Get("ResourceId." + std::to_string(i)));
    if (it == objects.end()) return Failure(400, "InvalidThingID.NotFound");
    named.push_back(&it->second);
  }
  for (Object* object : named) {
    for (const auto& [key, text] : TagsIn(request, "Tag.")) object->tags.erase(key);
  }
  return Reply("DeleteTags", Element("return", "true"));
}

inline http::Response FakeEc2::DescribeTags(const Asked& request) const {
  const std::string wanted = request.Get("Filter.2.Value.1");
  std::string items;
  for (const auto& [id, object] : objects) {
    const auto tag = object.tags.find(request.Get("Filter.1.Value.1"));
    if (tag == object.tags.end() || (!wanted.empty() && tag->second != wanted)) continue;
    items += Element("item", Element("resourceId", id) + Element("resourceType", "thing") +
                                 Element("key", tag->first) + Element("value", tag->second));
  }
  return Reply("DescribeTags", Element("tagSet", items));
}

}  // namespace palisade::aws::testing
