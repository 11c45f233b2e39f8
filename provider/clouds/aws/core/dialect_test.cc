#include "provider/clouds/aws/core/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/clouds/aws/core/retry_class.h"

namespace palisade::aws {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Kind = http::Verdict::Kind;

base::CloudError Read(const Service& service, int status, const std::string& body,
                      http::Headers headers = {}) {
  return ReadFailure(service, "Op", {status, std::move(headers), body});
}

TEST(ReadFailure, WithoutABodyKeepsTheStatus) {
  for (const Service* service : {&kEc2, &kNetworkFirewall, &kS3}) {
    const auto error = Read(*service, 503, "", {{"x-amzn-RequestId", "r-1"}});
    EXPECT_EQ(error.code, "");
    EXPECT_EQ(error.http_status, 503);
    EXPECT_EQ(error.request_id, "r-1");
    EXPECT_EQ(error.message, "the reply has no body");
  }
}

TEST(ReadFailure, OfAPageInHtmlShowsItsTitleOnly) {
  const std::string page = "<html><head><TITLE>502 Bad Gateway</TITLE></head><body>secret</body>";
  for (const Service* service : {&kEc2, &kNetworkFirewall, &kSts}) {
    const auto error = Read(*service, 502, page, {{"content-type", "text/html"}});
    EXPECT_EQ(error.code, "");
    EXPECT_THAT(error.message, HasSubstr("502 Bad Gateway"));
    EXPECT_THAT(error.message, HasSubstr("text/html"));
    EXPECT_THAT(error.message, Not(HasSubstr("secret")));
  }
}

TEST(ReadFailure, OfS3AndRoute53) {
  const auto s3 = Read(kS3, 404,
                       "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>gone"
                       "</Message><RequestId>R3</RequestId><HostId>h</HostId></Error>");
  EXPECT_EQ(s3.code, "NoSuchBucket");
  EXPECT_EQ(s3.request_id, "R3");
  const auto route53 =
      Read(kRoute53, 400,
           "<InvalidChangeBatch xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Messages>"
           "<Message>one</Message><Message>two</Message></Messages><RequestId>R5</RequestId>"
           "</InvalidChangeBatch>");
  EXPECT_EQ(route53.code, "InvalidChangeBatch");
  EXPECT_EQ(route53.message, "one; two");
  EXPECT_EQ(route53.request_id, "R5");
}

TEST(ReadFailure, TextThatIsNotUtf8DoesNotPass) {
  const auto error = Read(kNetworkFirewall, 400, "{\"__type\":\"A\",\"message\":\"x\"}",
                          {{"x-amzn-requestid", "\xff"}});
  EXPECT_EQ(error.request_id, "\xEF\xBF\xBD");
}

TEST(BareCode, LosesNamespaceAndLink) {
  EXPECT_EQ(BareCode("Foo"), "Foo");
  EXPECT_EQ(BareCode("a.b#Foo"), "Foo");
  EXPECT_EQ(BareCode("a.b#Foo:http://x#y"), "Foo");
  EXPECT_EQ(BareCode(" Foo "), "Foo");
  EXPECT_EQ(BareCode(""), "");
}

TEST(Query, EncodesEverythingButTheUnreserved) {
  Params params;
  params.Add("Name", "a b+c&d=e/\xC3\xA9~-._");
  const auto request = QueryRequest(kEc2, "CreateThing", params, "https://h");
  EXPECT_EQ(request.body,
            "Action=CreateThing&Version=2016-11-15&Name=a%20b%2Bc%26d%3De%2F%C3%A9~-._");
}

TEST(Params, NumberFiltersAndTags) {
  Params params;
  params.AddFilter("vpc-id", {"vpc-1", "vpc-2"})
      .AddFilter("default", {"true"})
      .AddTagSpecification("vpc", {{"a", "1"}, {"b", "2"}})
      .AddTagSpecification("vpc", {})
      .Add("DryRun", false);
  EXPECT_EQ(FormEncoded(params),
            "Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.1.Value.2=vpc-2&"
            "Filter.2.Name=default&Filter.2.Value.1=true&"
            "TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=a&"
            "TagSpecification.1.Tag.1.Value=1&TagSpecification.1.Tag.2.Key=b&"
            "TagSpecification.1.Tag.2.Value=2&DryRun=false");
}

TEST(Xml, ReadsWhatIsThereAndMissesNothing) {
  const auto xml = ParseXml(
      "<r><a> x </a><e/><n>12</n><bad>1x</bad><s><item>1</item><item>2</item></s>"
      "<tagSet><item><key>k</key><value/></item></tagSet></r>");
  ASSERT_TRUE(xml.ok());
  const auto root = xml->root;
  EXPECT_EQ(Text(root, "a"), " x ");
  EXPECT_EQ(OptionalText(root, "e"), "");
  EXPECT_EQ(OptionalText(root, "none"), std::nullopt);
  EXPECT_EQ(Number(root, "n"), 12);
  EXPECT_EQ(Number(root, "bad"), std::nullopt);
  EXPECT_EQ(TextItems(root, "s"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(TagSet(root), (Tags{{"k", ""}}));
  for (const char* text : {"", "<r>", "<r></s>", "no", "<!-- only -->"}) {
    EXPECT_FALSE(ParseXml(text).ok()) << text;
  }
}

TEST(Xml, EntitiesOfADocumentAreNotExpanded) {
  const auto bomb =
      ParseXml("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r><x>&b;</x></r>");
  ASSERT_TRUE(bomb.ok());
  EXPECT_EQ(Text(bomb->root, "x"), "&b;");
}

Kind KindOf(const Service& service, int status, const std::string& code,
            http::Headers headers = {}) {
  base::CloudError error;
  error.code = code;
  return Judge(service, error, {status, std::move(headers), ""}).kind;
}

TEST(Judge, TellsThrottlingFromQuotasFromFailures) {
  EXPECT_EQ(KindOf(kEc2, 200, ""), Kind::kDone);
  EXPECT_EQ(KindOf(kEc2, 503, "RequestLimitExceeded"), Kind::kThrottled);
  EXPECT_EQ(KindOf(kEc2, 400, "Throttling"), Kind::kThrottled);
  EXPECT_EQ(KindOf(kEc2, 429, ""), Kind::kThrottled);
  EXPECT_EQ(KindOf(kEc2, 503, ""), Kind::kTransient);
  EXPECT_EQ(KindOf(kEc2, 500, "InternalError"), Kind::kTransient);
  EXPECT_EQ(KindOf(kEc2, 400, "RequestTimeout"), Kind::kTransient);
  EXPECT_EQ(KindOf(kEc2, 400, "InvalidVpcID.NotFound"), Kind::kDone);
  EXPECT_EQ(KindOf(kEc2, 501, ""), Kind::kDone);
  EXPECT_EQ(KindOf(kNetworkFirewall, 400, "LimitExceededException"), Kind::kDone);
  Service lenient = kNetworkFirewall;
  lenient.limit_is_quota = false;
  EXPECT_EQ(KindOf(lenient, 400, "LimitExceededException"), Kind::kThrottled);
}

TEST(Judge, HeedsWhatTheServerAsksFor) {
  base::CloudError error;
  error.code = "Throttling";
  const auto after = [&](http::Headers headers) {
    return Judge(kEc2, error, {503, std::move(headers), ""}).after;
  };
  EXPECT_EQ(after({{"x-amz-retry-after", "1500"}}), std::chrono::milliseconds(1500));
  EXPECT_EQ(after({{"Retry-After", "3"}}), std::chrono::milliseconds(3000));
  EXPECT_EQ(after({{"Retry-After", "soon"}}), std::nullopt);
  EXPECT_EQ(after({}), std::nullopt);
}

}  // namespace
}  // namespace palisade::aws
