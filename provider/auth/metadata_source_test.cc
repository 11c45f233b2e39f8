#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

class MetadataSourceTest : public SourceTest {
 protected:
  void Answer(const std::string& expiration = "2026-05-01T18:00:00Z") {
    transport_.Then(200, "SEKRET-imds")
        .Then(200, "web-role\nother")
        .Then(200, JsonReply(expiration));
  }
};

TEST_F(MetadataSourceTest, AsksByVersionTwoAndPastEveryProxy) {
  Answer();
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAJSON");
  EXPECT_EQ(found->source, "the role web-role of the instance");
  const auto sent = transport_.sent();
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[0].method, "PUT");
  EXPECT_EQ(sent[0].url, "http://169.254.169.254/latest/api/token");
  EXPECT_EQ(Header(sent[0], "x-aws-ec2-metadata-token-ttl-seconds"), "21600");
  EXPECT_EQ(sent[1].url, "http://169.254.169.254/latest/meta-data/iam/security-credentials/");
  EXPECT_EQ(sent[2].url,
            "http://169.254.169.254/latest/meta-data/iam/security-credentials/web-role");
  for (const http::Request& request : sent) {
    EXPECT_TRUE(request.direct);
    EXPECT_EQ(request.connect_timeout, std::chrono::seconds(1));
    EXPECT_LE(request.total_timeout, std::chrono::seconds(2));
  }
  EXPECT_EQ(Header(sent[2], "x-aws-ec2-metadata-token"), "SEKRET-imds");
}

TEST_F(MetadataSourceTest, NoTokenMeansNoCredentialsAndNeverVersionOne) {
  for (const int status : {403, 404, 405}) {
    transport_.Then(status, "");
    const std::size_t before = transport_.sent().size();
    ExpectFailure(Find().status(),
                  {"no token for version 2: HTTP " + std::to_string(status), "version 1"});
    EXPECT_EQ(transport_.sent().size(), before + 1);
  }
  transport_.Then(200, "a\r\nX-Evil: 1");
  ExpectFailure(Find().status(), {"no token for version 2"});
}

TEST_F(MetadataSourceTest, OneShortAttemptWhereThereIsNoInstance) {
  transport_.Otherwise([](const http::Request&) -> http::FakeTransport::Answer {
    return http::NotSent(base::Error(absl::StatusCode::kUnavailable, "no route to host"));
  });
  ExpectFailure(Find().status(), {"no route to host", "hop limit"});
  EXPECT_EQ(transport_.sent().size(), 1U);
  variables_["AWS_METADATA_SERVICE_NUM_ATTEMPTS"] = "3";
  variables_["AWS_METADATA_SERVICE_TIMEOUT"] = "5";
  EXPECT_FALSE(Find().ok());
  EXPECT_EQ(transport_.sent().size(), 4U);
  EXPECT_EQ(transport_.sent().back().connect_timeout, std::chrono::seconds(5));
}

TEST_F(MetadataSourceTest, CanBeSwitchedOff) {
  variables_["AWS_EC2_METADATA_DISABLED"] = "TRUE";
  ExpectFailure(Find().status(), {"switched off by AWS_EC2_METADATA_DISABLED"});
  variables_.erase("AWS_EC2_METADATA_DISABLED");
  settings_.skip_metadata = true;
  ExpectFailure(Find().status(), {"switched off by skipMetadataApiCheck"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(MetadataSourceTest, TheEndpointIsConfigured) {
  const auto asked = [this] {
    Answer();
    EXPECT_TRUE(Find().ok());
    return transport_.sent()[transport_.sent().size() - 3].url;
  };
  Config("[default]\nec2_metadata_service_endpoint_mode = IPv6\n");
  EXPECT_EQ(asked(), "http://[fd00:ec2::254]/latest/api/token");
  Config("[default]\nec2_metadata_service_endpoint = http://profile:1\n");
  EXPECT_EQ(asked(), "http://profile:1/latest/api/token");
  variables_["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://env:2/";
  EXPECT_EQ(asked(), "http://env:2/latest/api/token");
  settings_.metadata_endpoint = "http://configured:3";
  EXPECT_EQ(asked(), "http://configured:3/latest/api/token");

  settings_.metadata_endpoint = "nonsense";
  ExpectFailure(Find().status(), {"\"nonsense\"", "http://"});
  settings_.metadata_endpoint.clear();
  variables_.erase("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  Config("");
  variables_["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "ipv5";
  ExpectFailure(Find().status(), {"ipv4 or ipv6", "\"ipv5\""});
}

TEST_F(MetadataSourceTest, ATokenThatIsNoLongerGoodIsReplaced) {
  transport_.Then(200, "SEKRET-old").Then(401, "").Then(200, "SEKRET-new").Then(200, "web-role");
  transport_.Then(200, JsonReply("2026-05-01T18:00:00Z"));
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(4), "x-aws-ec2-metadata-token"), "SEKRET-new");
}

TEST_F(MetadataSourceTest, AnInstanceWithoutARole) {
  transport_.Then(200, "SEKRET-imds").Then(404, "");
  ExpectFailure(Find().status(), {"the instance has no role"});
  transport_.Then(200, "SEKRET-imds").Then(200, "");
  ExpectFailure(Find().status(), {"names no role"});
}

TEST_F(MetadataSourceTest, AnErrorInTheAnswerIsShown) {
  transport_.Then(200, "SEKRET-imds").Then(200, "web-role");
  transport_.Then(200, R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume"})");
  ExpectFailure(Find().status(), {"web-role", "AssumeRoleUnauthorizedAccess", "EC2 cannot assume"});
  transport_.Then(200, "SEKRET-imds").Then(200, "web-role").Then(200, "SEKRET");
  ExpectFailure(Find().status(), {"is not a JSON object"});
}

// The service hands out old keys when it cannot renew them; AWS accepts them on.
TEST_F(MetadataSourceTest, AnOutageOfTheServiceIsOutlasted) {
  for (const char* old : {"2026-05-01T11:00:00Z", "2026-05-01T12:10:00Z"}) {
    Answer(old);
    const auto found = Find();
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(found->expires, At("2026-05-01T12:17:00Z"));
  }
  Answer("2026-05-01T12:16:00Z");
  EXPECT_EQ(Find()->expires, At("2026-05-01T12:16:00Z"));
}

}  // namespace
}  // namespace palisade::auth
