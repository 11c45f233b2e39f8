#include "provider/clouds/aws/rules/cidr.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Cidr Of(std::string_view text) {
  const auto cidr = ParseCidr(text);
  EXPECT_TRUE(cidr.ok()) << text;
  return cidr.ok() ? *cidr : Cidr();
}

TEST(Cidr, CanonicalTextIsWhatEc2Answers) {
  const struct {
    const char *given, *canonical;
  } rows[] = {
      {"10.0.0.0/16", "10.0.0.0/16"},
      {"100.68.0.18/18", "100.68.0.0/18"},
      {"10.255.255.255/0", "0.0.0.0/0"},
      {"192.0.2.7/32", "192.0.2.7/32"},
      {"192.0.2.7/31", "192.0.2.6/31"},
      {"2001:DB8:0:0:0:0:0:1/64", "2001:db8::/64"},
      {"2001:db8:ffff::1/33", "2001:db8:8000::/33"},
      {"::/0", "::/0"},
      {"1111:0000:0000:0000:0000:0000:0000:0111/128", "1111::111/128"},
  };
  for (const auto& row : rows) {
    const Cidr cidr = Of(row.given);
    EXPECT_EQ(cidr.Canonical().Text(), row.canonical) << row.given;
    EXPECT_EQ(cidr.Canonical().Canonical(), cidr.Canonical());
    EXPECT_FALSE(cidr.Canonical().HasHostBits());
  }
}

TEST(Cidr, RefusesWhatIsNoRangeAndSaysWhatToWrite) {
  const struct {
    const char *given, *reason;
  } rows[] = {
      {"10.0.0.0", "write 10.0.0.0/32"},      {"2001:DB8::1", "write 2001:db8::1/128"},
      {"10.0.0.0/33", "expected 0 to 32"},    {"::/129", "expected 0 to 128"},
      {"10.0.0.0/", "wrong prefix length"},   {"10.0.0.0/-1", "wrong prefix length"},
      {"10.0.0.0/1/2", "wrong prefix"},       {"10.0.0/8", "is not an address range"},
      {"10.0.0.256/8", "not an address"},     {"010.0.0.1/8", "not an address"},
      {" 10.0.0.0/8", "blanks around it"},    {"", "is not an address range"},
      {"/8", "is not an address range"},      {"example.com/8", "is not an address range"},
      {"10.0.0.0/255.0.0.0", "wrong prefix"},
  };
  for (const auto& row : rows) {
    const auto cidr = ParseCidr(row.given);
    ASSERT_FALSE(cidr.ok()) << row.given;
    EXPECT_THAT(base::Message(cidr.status()), HasSubstr(row.reason));
  }
  EXPECT_FALSE(IsCidr(std::string_view("10.0.0.0\0/8", 11)));
}

TEST(Cidr, ContainsAndOverlaps) {
  EXPECT_TRUE(Of("10.0.0.0/16").Contains(Of("10.0.255.0/24")));
  EXPECT_TRUE(Of("10.0.0.9/16").Contains(Of("10.0.0.0/16")));
  EXPECT_FALSE(Of("10.0.0.0/16").Contains(Of("10.1.0.0/24")));
  EXPECT_FALSE(Of("10.0.0.0/24").Contains(Of("10.0.0.0/16")));
  EXPECT_TRUE(Of("10.0.0.0/24").Overlaps(Of("10.0.0.0/16")));
  EXPECT_FALSE(Of("0.0.0.0/0").Contains(Of("::/0")));
  EXPECT_TRUE(Of("0.0.0.0/0").Contains(Of("203.0.113.7/32")));
  EXPECT_TRUE(Of("2001:db8::/33").Contains(Of("2001:db8:7fff::/48")));
  EXPECT_FALSE(Of("2001:db8::/33").Contains(Of("2001:db8:8000::/48")));
}

TEST(Cidr, KnowsWhatWasMeantAsAnAddress) {
  for (const char* text : {"203.0.113.0/24", "203.0.113.7", "10.0.0.256", "10.0.0/8", "::1",
                           "2001:db8::/32", "fe80:::1", " 10.0.0.1 "}) {
    EXPECT_TRUE(LooksLikeAddress(text)) << text;
  }
  for (const char* text : {"example.com", ".example.com", "1.example.com", "fe.example", "", "/",
                           "10.0", "example.com/24", "a:b", "host:443"}) {
    EXPECT_FALSE(LooksLikeAddress(text)) << text;
  }
}

Found CheckBlock(const PropertyValue& value, const CidrLimits& limits) {
  return CheckAt([&](const Place& place) { CheckCidr(place, "cidrBlock", limits); },
                 {{"cidrBlock", value}});
}

TEST(CheckCidr, HoldsTheLimitsOfANetwork) {
  EXPECT_THAT(CheckBlock("10.0.0.0/16", kNetworkV4).reasons, IsEmpty());
  EXPECT_THAT(CheckBlock("10.0.0.0/28", kNetworkV4).reasons, IsEmpty());
  EXPECT_THAT(CheckBlock("10.0.0.0/8", kNetworkV4).reasons, ElementsAre(HasSubstr("/16 to /28")));
  EXPECT_THAT(CheckBlock("10.0.0.0/29", kNetworkV4).failures,
              ElementsAre("cidrBlock aws.ec2.cidr"));
  EXPECT_THAT(CheckBlock("2001:db8::/56", kNetworkV4).reasons,
              ElementsAre(HasSubstr("an IPv4 range is expected")));
  EXPECT_THAT(CheckBlock("10.0.0.0/16", kAnyV6).reasons,
              ElementsAre(HasSubstr("an IPv6 range is expected")));
}

TEST(CheckCidr, WarnsOfHostBits) {
  const Found found = CheckBlock("10.0.1.0/16", kNetworkV4);
  EXPECT_THAT(found.failures, IsEmpty());
  EXPECT_THAT(found.warnings, ElementsAre("cidrBlock aws.ec2.cidr-host-bits"));
  EXPECT_THAT(found.reasons, ElementsAre(HasSubstr("the range is 10.0.0.0/16")));
}

TEST(CheckCidr, SkipsWhatItCannotJudge) {
  for (const PropertyValue& value : {kUnknown, PropertyValue(5), PropertyValue(PropertyMap{})}) {
    EXPECT_THAT(CheckBlock(value, kNetworkV4).reasons, IsEmpty());
  }
}

}  // namespace
}  // namespace palisade::aws::rules
