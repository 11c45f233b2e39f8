#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "provider/clouds/aws/core/dialect.h"
#include "provider/clouds/aws/core/protocol_cases_for_test.h"

/// AWS's own protocol cases, as far as they can judge this room. Handlers write parameters and read
/// replies by hand, so the model is followed here, in the test, and what is judged is what lies
/// below: names and numbers of parameters, their encoding, the heads of requests, finding elements
/// in XML, and every dialect's failures.
///
/// Not covered: inputs of restXml (no type speaks it yet), bodies in JSON (a library writes them),
/// blobs, timestamps and maps in replies (no handler reads any through our helpers), compression of
/// requests and host prefixes (no operation of ours has them). Where the folder is missing these
/// tests are skipped, and the others of this room still hold the facts.
namespace palisade::aws::testing {
namespace {

std::vector<std::string> Sorted(const std::string& body) {
  std::vector<std::string> pairs;
  std::size_t begin = 0;
  while (begin <= body.size()) {
    const std::size_t end = std::min(body.find('&', begin), body.size());
    pairs.push_back(body.substr(begin, end - begin));
    begin = end + 1;
  }
  std::ranges::sort(pairs);
  return pairs;
}

std::string HeaderOf(const http::Request& request, std::string_view name) {
  for (const auto& header : request.headers) {
    if (http::SameHeaderName(header.name, name)) return header.value;
  }
  return "";
}

bool HasShape(const json& shapes, const json& shape, const std::string& type) {
  return std::ranges::any_of(shape.at("members"), [&](const json& member) {
    return shapes.at(member.at("shape").get<std::string>()).at("type") == type;
  });
}

int JudgeInputs(const std::string& file, Dialect dialect) {
  int judged = 0;
  const bool ec2 = dialect == Dialect::kEc2Query;
  const json groups = ProtocolCases("input/" + file);
  for (const json& group : groups) {
    const json& shapes = group.at("shapes");
    for (const json& each : group.at("cases")) {
      const json& given = each.at("given");
      const json& wanted = each.at("serialized");
      // Compressed requests have no body to compare; blobs and timestamps are for handlers to
      // spell.
      if (!wanted.contains("body")) continue;
      QueryWriter writer(shapes, ec2);
      if (given.contains("input")) {
        const json& shape = shapes.at(given.at("input").at("shape").get<std::string>());
        if (HasShape(shapes, shape, "timestamp") || each.at("params").contains("Qux") ||
            each.at("params").contains("BlobArg")) {
          continue;
        }
        // A token that the SDK fills in is the session's, here.
        if (wanted.at("body").get<std::string>().find("00000000-0000-4000") != std::string::npos &&
            each.at("params").empty()) {
          continue;
        }
        writer.Structure("", shape, each.at("params"));
      }
      const http::Request request =
          QueryRequest(ServiceOf(group, dialect), given.at("name").get_ref<const std::string&>(),
                       writer.params, "https://example.com");
      const std::string& id = each.at("id").get_ref<const std::string&>();
      EXPECT_EQ(Sorted(request.body), Sorted(wanted.at("body"))) << id;
      EXPECT_EQ(request.method, wanted.at("method")) << id;
      EXPECT_TRUE(
          HeaderOf(request, "content-type").starts_with("application/x-www-form-urlencoded"))
          << id;
      ++judged;
    }
  }
  return judged;
}

int JudgeJsonHeads(const std::string& file, Dialect dialect) {
  int judged = 0;
  const json groups = ProtocolCases("input/" + file);
  for (const json& group : groups) {
    for (const json& each : group.at("cases")) {
      const json headers = each.at("serialized").value("headers", json::object());
      if (!headers.contains("X-Amz-Target")) continue;
      const http::Request request = JsonRequest(
          ServiceOf(group, dialect), each.at("given").at("name").get_ref<const std::string&>(),
          "{}", "https://example.com");
      EXPECT_EQ(HeaderOf(request, "x-amz-target"), headers.at("X-Amz-Target")) << each.at("id");
      EXPECT_EQ(HeaderOf(request, "content-type"), headers.at("Content-Type")) << each.at("id");
      ++judged;
    }
  }
  return judged;
}

int JudgeOutputs(const std::string& file, Dialect dialect) {
  int judged = 0;
  const json groups = ProtocolCases("output/" + file);
  for (const json& group : groups) {
    const json& shapes = group.at("shapes");
    for (const json& each : group.at("cases")) {
      const json& given = each.at("given");
      if (each.contains("errorCode") || !given.contains("output")) continue;
      const std::string& id = each.at("id").get_ref<const std::string&>();
      // Only what our helpers are for; the rest of a case is passed over.
      json shape = shapes.at(given.at("output").at("shape").get<std::string>());
      json wanted = each.at("result");
      const json members = shape.at("members");
      for (const auto& [name, member] : members.items()) {
        if (!HoldsOther(shapes, member)) continue;
        shape.at("members").erase(name);
        wanted.erase(name);
      }
      const http::Response response = ResponseOf(each.at("response"));
      EXPECT_FALSE(IsFailure(response)) << id;
      // An operation of ours always has a reply; none is an error, not an empty one.
      if (response.body.empty()) continue;
      const auto xml = ReadQueryReply(
          ServiceOf(group, dialect), given.at("name").get_ref<const std::string&>(), response.body);
      EXPECT_TRUE(xml.ok()) << id << xml.status();
      if (!xml.ok()) continue;
      EXPECT_EQ(XmlReader(shapes).Structure(shape, xml->root), wanted) << id;
      if (!wanted.empty()) ++judged;
    }
  }
  return judged;
}

int JudgeFailures(const std::string& file, Dialect dialect) {
  int judged = 0;
  const json groups = ProtocolCases("output/" + file);
  for (const json& group : groups) {
    for (const json& each : group.at("cases")) {
      if (!each.contains("errorCode")) continue;
      const http::Response response = ResponseOf(each.at("response"));
      EXPECT_TRUE(IsFailure(response)) << each.at("id");
      const base::CloudError error = ReadFailure(ServiceOf(group, dialect), "Operation", response);
      EXPECT_EQ(error.code, each.at("errorCode")) << each.at("id");
      if (each.contains("errorMessage")) {
        EXPECT_EQ(error.message, each.at("errorMessage")) << each.at("id");
      }
      if (response.body.find("foo-id") != std::string::npos) {
        EXPECT_EQ(error.request_id, "foo-id") << each.at("id");
      }
      EXPECT_EQ(error.http_status, response.status);
      ++judged;
    }
  }
  return judged;
}

// A number that falls would mean that cases were silently passed over.
void ExpectJudged(int judged, int at_least) { EXPECT_GE(judged, at_least); }

class Protocol : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* named = std::getenv("PALISADE_AWS_PROTOCOL_TESTS");
    std::error_code error;
    if (std::filesystem::is_directory(ProtocolFolder() / "input", error)) return;
    ASSERT_EQ(named, nullptr) << "PALISADE_AWS_PROTOCOL_TESTS names " << named
                              << ", a folder without the cases; expected there: input and output";
    GTEST_SKIP() << "NOT RUN: there are no protocol cases at " << ProtocolFolder()
                 << "; set PALISADE_AWS_PROTOCOL_TESTS to the folder that holds input and output";
  }
};

TEST_F(Protocol, InputsOfTheQueryDialects) {
  ExpectJudged(JudgeInputs("ec2.json", Dialect::kEc2Query), 20);
  ExpectJudged(JudgeInputs("query.json", Dialect::kQuery), 30);
}

TEST_F(Protocol, HeadsOfTheJsonDialects) {
  ExpectJudged(JudgeJsonHeads("json.json", Dialect::kJson11), 10);
  ExpectJudged(JudgeJsonHeads("json_1_0.json", Dialect::kJson10), 5);
}

TEST_F(Protocol, OutputsOfTheQueryDialects) {
  ExpectJudged(JudgeOutputs("ec2.json", Dialect::kEc2Query), 11);
  ExpectJudged(JudgeOutputs("query.json", Dialect::kQuery), 11);
}

TEST_F(Protocol, FailuresOfAllDialects) {
  ExpectJudged(JudgeFailures("ec2.json", Dialect::kEc2Query), 2);
  ExpectJudged(JudgeFailures("query.json", Dialect::kQuery), 3);
  ExpectJudged(JudgeFailures("json.json", Dialect::kJson11), 12);
  ExpectJudged(JudgeFailures("json_1_0.json", Dialect::kJson10), 12);
  ExpectJudged(JudgeFailures("rest-xml.json", Dialect::kRestXml), 2);
}

}  // namespace
}  // namespace palisade::aws::testing
