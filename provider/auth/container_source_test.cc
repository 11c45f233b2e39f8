#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

constexpr char kRelative[] = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr char kFull[] = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

class ContainerSourceTest : public SourceTest {
 protected:
  ContainerSourceTest() { settings_.skip_metadata = true; }
  void Answer() { transport_.Then(200, JsonReply("2026-05-01T18:00:00Z")); }
};

TEST_F(ContainerSourceTest, TheRelativeAddressIsThatOfEcs) {
  variables_[kRelative] = "/v2/credentials/id?x=1";
  Answer();
  const auto found = Find();
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->access_key_id, "ASIAJSON");
  EXPECT_EQ(found->session_token->Reveal(), "SEKRET-json-token");
  EXPECT_EQ(found->expires, At("2026-05-01T18:00:00Z"));
  EXPECT_EQ(found->account_id, "123456789012");
  const http::Request request = Sent(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url, "http://169.254.170.2/v2/credentials/id?x=1");
  EXPECT_TRUE(request.direct);
  EXPECT_EQ(request.connect_timeout, std::chrono::seconds(2));
  EXPECT_EQ(Header(request, "Authorization"), "(none)");
}

TEST_F(ContainerSourceTest, ARelativeAddressCannotNameAnotherHost) {
  for (const char* bad : {".evil.example/x", "@evil.example/", ":80@evil/", "/x\r\nHost: evil"}) {
    variables_[kRelative] = bad;
    ExpectFailure(Find().status(), {std::string(kRelative) + " must be a path"});
  }
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(ContainerSourceTest, AFullAddressIsHttpsOrNear) {
  for (const char* good :
       {"https://creds.example/x", "http://localhost:8080/x", "http://127.0.0.1/x",
        "http://127.9.8.7/x", "http://[::1]:80/x", "http://169.254.170.2/x",
        "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/x", "HTTPS://h/x"}) {
    variables_[kFull] = good;
    Answer();
    const auto found = Find();
    EXPECT_TRUE(found.ok()) << good << ": " << found.status();
    EXPECT_EQ(transport_.sent().back().url, good);
  }
  const std::size_t asked = transport_.sent().size();
  for (const char* bad :
       {"http://creds.example/x", "http://169.254.170.3/x", "http://127.evil.example/x",
        "http://127.0.0.1.evil.example/x", "http://169.254.170.2.evil/x"}) {
    variables_[kFull] = bad;
    ExpectFailure(Find().status(), {kFull, "over plain http", "Use https"});
  }
  for (const char* bad : {"ftp://localhost/x", "localhost/x", "http://u:p@localhost/", "http://",
                          "http://127.0.0.1#@evil.example/", "http://localhost\\@evil.example/"}) {
    variables_[kFull] = bad;
    ExpectFailure(Find().status(), {kFull, "must be an http:// or https:// URL"});
  }
  EXPECT_EQ(transport_.sent().size(), asked);
}

TEST_F(ContainerSourceTest, TheTokensFileBeatsTheTokenAndIsReadEachTime) {
  variables_[kFull] = "http://169.254.170.23/v1/credentials";
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "SEKRET-plain";
  Answer();
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(0), "Authorization"), "SEKRET-plain");
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = home_.Write("t", "SEKRET-one");
  Answer();
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(1), "Authorization"), "SEKRET-one");
  home_.Write("t", "SEKRET-two");
  Answer();
  ASSERT_TRUE(Find().ok());
  EXPECT_EQ(Header(Sent(2), "Authorization"), "SEKRET-two");
}

TEST_F(ContainerSourceTest, ATokenThatBreaksTheHeaderIsRefused) {
  variables_[kFull] = "http://localhost/x";
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "SEKRET\r\nX-Evil: 1";
  ExpectFailure(Find().status(), {"AWS_CONTAINER_AUTHORIZATION_TOKEN holds a line break"});
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = home_.Write("t", "SEKRET\n");
  ExpectFailure(Find().status(), {"_TOKEN_FILE holds a line break"});
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = home_.path() + "/gone";
  ExpectFailure(Find().status(), {"there is no file", "/gone"});
  EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(ContainerSourceTest, ThreeAttempts) {
  variables_[kRelative] = "/x";
  transport_.Then(http::NotSent(base::Error(absl::StatusCode::kUnavailable, "refused")));
  transport_.Then(500, "");
  Answer();
  EXPECT_TRUE(Find().ok());
  transport_.Otherwise([](const http::Request&) -> http::FakeTransport::Answer {
    return base::Error(absl::StatusCode::kDeadlineExceeded, "no answer within 2 s");
  });
  const std::size_t before = transport_.sent().size();
  ExpectFailure(Find().status(), {"container's credentials endpoint", "no answer within 2 s"});
  EXPECT_EQ(transport_.sent().size(), before + 3);
}

TEST_F(ContainerSourceTest, ARefusalIsShownWithoutTheToken) {
  variables_[kRelative] = "/x";
  variables_["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "SEKRET-plain";
  transport_.Then(403, R"({"code":"AccessDenied","message":"SEKRET-plain is not allowed"})");
  ExpectFailure(Find().status(),
                {"HTTP 403, AccessDenied: (hidden) is not allowed", "Check the role"});
  transport_.Then(200, R"({"AccessKeyId":"A"})");
  ExpectFailure(Find().status(), {"has no SecretAccessKey"});
  transport_.Then(200, "SEKRET");
  ExpectFailure(Find().status(), {"is not a JSON object"});
}

}  // namespace
}  // namespace palisade::auth
