#include "provider/auth/sigv4.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "provider/auth/sha256.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

AwsCredentials Keys(const char* id, const char* secret) {
  AwsCredentials keys;
  keys.access_key_id = id;
  keys.secret_access_key = base::Redacted(secret);
  return keys;
}

std::string HeaderOf(const http::Request& request, std::string_view name) {
  std::string found;
  for (const http::Header& header : request.headers) {
    if (!http::SameHeaderName(header.name, name)) continue;
    found += (found.empty() ? "" : " and ") + header.value;
  }
  return found;
}

constexpr char kS3Id[] = "AKIAIOSFODNN7EXAMPLE";
constexpr char kS3Secret[] = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const base::Time kS3Time = sys_days(year{2013} / 5 / 24);
const base::Time kSuiteTime = sys_days(year{2015} / 8 / 30) + std::chrono::minutes(12 * 60 + 36);

// The four worked examples of AWS's documentation of S3's signatures.
TEST(SigV4Test, MatchesTheWorkedExamplesOfS3) {
  struct Example {
    std::string method, path;
    http::Headers headers;
    std::string body, signature;
  };
  const std::vector<Example> examples = {
      {"GET",
       "/test.txt",
       {{"Range", "bytes=0-9"}},
       "",
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"PUT",
       "/test%24file.text",
       {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
       "Welcome to Amazon S3.",
       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
      {"GET",
       "/?lifecycle",
       {},
       "",
       "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
      {"GET",
       "/?max-keys=2&prefix=J",
       {},
       "",
       "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
  };
  const SigV4Options options{"us-east-1", "s3", false, false, true};
  for (const Example& example : examples) {
    http::Request request;
    request.method = example.method;
    request.url = "https://examplebucket.s3.amazonaws.com" + example.path;
    request.headers = example.headers;
    request.body = example.body;
    const auto steps = SigV4StepsOf(request, Keys(kS3Id, kS3Secret), options, kS3Time);
    ASSERT_TRUE(steps.ok()) << steps.status();
    EXPECT_EQ(steps->signature, example.signature) << steps->canonical_request;
  }
}

// The worked example of AWS's general reference.
TEST(SigV4Test, MatchesTheWorkedExampleOfIam) {
  http::Request request;
  request.url = "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  ASSERT_TRUE(SignV4(request, Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                     {"us-east-1", "iam"}, kSuiteTime)
                  .ok());
  EXPECT_EQ(HeaderOf(request, "authorization"),
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
            "SignedHeaders=content-type;host;x-amz-date, "
            "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
  EXPECT_EQ(HeaderOf(request, "host"), "iam.amazonaws.com");
}

TEST(SigV4Test, DerivesThePublishedKey) {
  Sha256 sha;
  Sha256Digest key = sha.Hmac("AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830");
  for (const char* link : {"us-east-1", "iam", "aws4_request"}) key = sha.Hmac(key.view(), link);
  EXPECT_EQ(key.hex(), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  // RFC 4231, case 6: a key longer than a block.
  EXPECT_EQ(
      sha.Hmac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")
          .hex(),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_TRUE(sha.ok());
}

TEST(SigV4Test, SigningAgainReplacesWhatTheFirstTimeAdded) {
  http::Request request;
  request.url = "https://ec2.eu-west-1.amazonaws.com/";
  request.headers = {{"x-custom", "1"}};
  AwsCredentials first = Keys("FIRST", "one");
  first.session_token = base::Redacted("token-one");
  const SigV4Options options{"eu-west-1", "s3", false, false, true};
  ASSERT_TRUE(SignV4(request, first, options, kS3Time).ok());
  request.body = "other";
  ASSERT_TRUE(SignV4(request, Keys("SECOND", "two"), options, kSuiteTime).ok());
  http::Request fresh;
  fresh.url = request.url;
  fresh.headers = {{"x-custom", "1"}};
  fresh.body = "other";
  ASSERT_TRUE(SignV4(fresh, Keys("SECOND", "two"), options, kSuiteTime).ok());
  EXPECT_EQ(HeaderOf(request, "authorization"), HeaderOf(fresh, "authorization"));
  EXPECT_EQ(HeaderOf(request, "x-amz-date"), "20150830T123600Z");
  EXPECT_EQ(HeaderOf(request, "x-amz-security-token"), "");
  EXPECT_EQ(request.headers.size(), fresh.headers.size());
}

TEST(SigV4Test, NeverSignsWhatIsChangedOnTheWay) {
  http::Request request;
  request.url = "http://LocalHost:4566";
  request.headers = {{"User-Agent", "palisade"},
                     {"Expect", ""},
                     {"Connection", "keep-alive"},
                     {"X-Amzn-Trace-Id", "1"},
                     {"Accept", "*/*"}};
  const auto steps = SigV4StepsOf(request, Keys("A", "b"), {"r", "s"}, kS3Time);
  ASSERT_TRUE(steps.ok());
  EXPECT_EQ(steps->canonical_request,
            "GET\n/\n\naccept:*/*\nhost:localhost:4566\nx-amz-date:20130524T000000Z\n\n"
            "accept;host;x-amz-date\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(SigV4Test, LeavesTheUsualPortOutOfHostAndBracketsAddresses) {
  const auto host = [](const std::string& url) {
    http::Request request;
    request.url = url;
    EXPECT_TRUE(SignV4(request, Keys("A", "b"), {"r", "s"}, kS3Time).ok());
    return HeaderOf(request, "host");
  };
  EXPECT_EQ(host("https://a.example:443/x"), "a.example");
  EXPECT_EQ(host("http://a.example:80/x"), "a.example");
  EXPECT_EQ(host("https://a.example:80/x"), "a.example:80");
  EXPECT_EQ(host("http://[fd00:EC2::254]:8080/x?y"), "[fd00:ec2::254]:8080");
}

TEST(SigV4Test, EncodesTwiceExceptForS3) {
  const auto path = [](const std::string& url, bool s3) {
    http::Request request;
    request.url = "https://h" + url;
    const auto steps = SigV4StepsOf(request, Keys("A", "b"), {"r", "s", !s3, !s3, false}, kS3Time);
    EXPECT_TRUE(steps.ok());
    const std::size_t begin = steps->canonical_request.find('\n') + 1;
    return steps->canonical_request.substr(begin,
                                           steps->canonical_request.find('\n', begin) - begin);
  };
  EXPECT_EQ(path("/a%20b/%2F", false), "/a%2520b/%252F");
  EXPECT_EQ(path("/a//b/../c%20d", true), "/a//b/../c%20d");
  // Left raw on the wire by a careless caller: S3 encodes it before it compares.
  EXPECT_EQ(path("/a(b)", true), "/a%28b%29");
}

TEST(SigV4Test, AnUnsignedPayloadIsKept) {
  http::Request request;
  request.url = "https://b.s3.amazonaws.com/k";
  request.body = "x";
  request.headers = {{"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}};
  const auto steps =
      SigV4StepsOf(request, Keys("A", "b"), {"r", "s3", false, false, true}, kS3Time);
  ASSERT_TRUE(steps.ok());
  EXPECT_TRUE(steps->canonical_request.ends_with("\nUNSIGNED-PAYLOAD"));
}

TEST(SigV4Test, RefusesWhatCannotBeSigned) {
  http::Request request;
  request.url = "ftp://example.com/";
  EXPECT_EQ(SignV4(request, Keys("A", "b"), {"r", "s"}, kS3Time).code(),
            absl::StatusCode::kInvalidArgument);
  request.url = "https://user:pass@example.com/";
  EXPECT_FALSE(SignV4(request, Keys("A", "b"), {"r", "s"}, kS3Time).ok());
  request.url = "https://example.com/";
  EXPECT_FALSE(SignV4(request, Keys("", "b"), {"r", "s"}, kS3Time).ok());
  AwsCredentials smuggler = Keys("A", "secret-b");
  smuggler.session_token = base::Redacted("t\r\nX-Evil: 1");
  const absl::Status status = SignV4(request, smuggler, {"r", "s"}, kS3Time);
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(base::Message(status).find("X-Evil"), std::string::npos);
  EXPECT_TRUE(request.headers.empty());
}

}  // namespace
}  // namespace palisade::auth
