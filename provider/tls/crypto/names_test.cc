#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/key_usage.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/serial_number.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/test_keys.h"
#include "provider/tls/crypto/time_text.h"

namespace palisade::tls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Address(std::string_view text) {
  const auto parsed = ParseIpAddress(text);
  return parsed.ok() ? IpAddressText(*parsed) : "refused";
}

TEST(IpAddressTest, ReadsAndWritesBothFamilies) {
  EXPECT_EQ(Address("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(Address("::ffff:10.1.2.3"), "10.1.2.3");
  EXPECT_EQ(Address("2001:DB8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  EXPECT_EQ(Address("::"), "::");
  EXPECT_EQ(Address("1:0:2:0:3:0:4:0"), "1:0:2:0:3:0:4:0");
  EXPECT_EQ(Address("fe80::"), "fe80::");
  for (const char* bad : {"", "1.2.3", "1.2.3.256", "01.2.3.4", "fe80::1%eth0", "1.2.3.4/8", " ::1",
                          "localhost", "::1::"}) {
    EXPECT_EQ(Address(bad), "refused") << bad;
  }
  EXPECT_THAT(base::Message(CheckIpAddress("10.0.0.0/8")), HasSubstr("prefix length"));
}

std::string Uri(std::string_view text) {
  const auto normal = NormalizeUri(text);
  return normal.ok() ? *normal : "refused";
}

TEST(UriTest, NormalizesAsTheEstablishedPackageDoes) {
  EXPECT_EQ(Uri("SPIFFE://Trust-Domain/Path"), "spiffe://Trust-Domain/Path");
  EXPECT_EQ(Uri("urn:uuid:F81D4FAE"), "urn:uuid:F81D4FAE");
  EXPECT_EQ(Uri("https://u:p%40@h:8443/a b?q= #f g"), "https://u:p%40@h:8443/a%20b?q= #f%20g");
  EXPECT_EQ(Uri("https://h/%7E%2f#"), "https://h/%7E%2f");
  EXPECT_EQ(Uri("https://[2001:db8::1]:1/"), "https://[2001:db8::1]:1/");
  EXPECT_EQ(Uri("https://h/?"), "https://h/?");
  for (const char* bad : {"", ":x", "https://h/%zz", "https://h:x/", "https://[1.2.3.4]/",
                          "https://h%41/", "https://a b/", "a\nb", "https://[::1/", "a:b/c\x7f"}) {
    EXPECT_EQ(Uri(bad), "refused") << bad;
  }
  EXPECT_THAT(base::Message(CheckUri("https://\xc3\xa4.example/")), HasSubstr("xn--"));
}

TEST(AltNamesTest, TheFirstBadItemIsNamed) {
  const auto bad = EncodeAltNames({{"a", "\xc3\xa4.b"}, {}, {}, {}});
  EXPECT_THAT(base::Message(bad.status()), HasSubstr("dnsNames[1]: \"\xc3\xa4.b\""));
  EXPECT_THAT(base::Message(EncodeAltNames({{}, {"x"}, {}, {}}).status()),
              HasSubstr("ipAddresses[0]"));
  // What a preview calls no name can be encoded all the same: its check may be skipped.
  EXPECT_TRUE(EncodeAltNames({{"my host", ""}, {}, {}, {"a b@example.com"}}).ok());
  EXPECT_FALSE(CheckDnsName("").ok());
  EXPECT_FALSE(CheckDnsName("a b").ok());
  EXPECT_TRUE(CheckDnsName("*.Example.com").ok());
}

TEST(AltNamesTest, ComeBackAndSurviveEveryTruncation) {
  const AltNames names{{"a", "*.B"}, {"10.0.0.1", "::1"}, {"urn:x"}, {"who@example.com"}};
  const auto der = EncodeAltNames(names);
  ASSERT_TRUE(der.ok());
  const auto parsed = ParseAltNames(*der);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->names, names);
  for (std::size_t size = 0; size < der->size(); ++size) {
    EXPECT_FALSE(ParseAltNames(der->substr(0, size)).ok()) << size;
  }
}

TEST(AllowedUsesTest, SuggestsTheNearest) {
  EXPECT_EQ(AllowedUses().size(), 23U);
  EXPECT_EQ(NearestAllowedUse("serverAuth"), "server_auth");
  EXPECT_EQ(NearestAllowedUse("keyCertSign"), "cert_signing");
  EXPECT_EQ(NearestAllowedUse("digital_signatur"), "digital_signature");
  EXPECT_EQ(NearestAllowedUse("bananas"), "");
  EXPECT_THAT(base::Message(CheckAllowedUse("server-auth")), HasSubstr("did you mean"));
  EXPECT_THAT(base::Message(CheckAllowedUse("bananas")), HasSubstr("expected one of"));
  const std::vector<std::string> uses = {"server_auth", "bananas"};
  EXPECT_THAT(base::Message(EncodeAllowedUses(uses).status()), HasSubstr("allowedUses[1]"));
}

TEST(AllowedUsesTest, AllComeBack) {
  std::vector<std::string> all;
  for (const AllowedUse& use : AllowedUses()) all.emplace_back(use.name);
  const auto der = EncodeAllowedUses(all);
  ASSERT_TRUE(der.ok());
  EXPECT_EQ(ParseUsages(*der)->allowed_uses, all);
  const std::vector<std::string> two = {"digital_signature", "decipher_only"};
  EXPECT_EQ(ToHex(EncodeAllowedUses(two)->key_usage_der), "0303078080");
  EXPECT_EQ(EncodeAllowedUses({})->key_usage_der, "");
}

TEST(SubjectTest, SaysWhichMemberIsWrong) {
  Subject subject;
  subject.organization = "\xff";
  EXPECT_THAT(base::Message(EncodeSubject(subject).status()), HasSubstr("organization"));
  subject = {};
  subject.email_address = "\xc3\xa4@example.com";
  EXPECT_THAT(base::Message(EncodeSubject(subject).status()), HasSubstr("emailAddress"));
  EXPECT_TRUE(IsEmptyName(*EncodeSubject({})));
}

TEST(SubjectTest, ReportsWhatItCannotSay) {
  // O=one, O=two, DC=example
  const NamePtr name(X509_NAME_new());
  const auto add = [&](const char* field, const char* text) {
    X509_NAME_add_entry_by_txt(name.get(), field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  };
  add("O", "one");
  add("O", "two");
  add("DC", "example");
  const std::string der = ToDer<const X509_NAME*>(i2d_X509_NAME, name.get());
  const auto parsed = ParseSubject(der);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->subject.organization, "one");
  EXPECT_FALSE(parsed->exact);
  EXPECT_THAT(parsed->not_expressible, ElementsAre(HasSubstr("more than one organization"),
                                                   HasSubstr("0.9.2342.19200300.100.1.25")));
  EXPECT_EQ(*DistinguishedNameText(der),
            "O=one+O=two,0.9.2342.19200300.100.1.25=#13076578616d706c65");
  EXPECT_FALSE(ParseSubject(der.substr(1)).ok());
}

TEST(SerialNumberTest, DecimalAndBytesAgree) {
  EXPECT_EQ(SerialNumber::FromDecimal("256")->bytes(), std::string("\x01\0", 2));
  EXPECT_EQ(SerialNumber::FromBytes(std::string("\0\x01\0", 3))->Decimal(), "256");
  for (const char* bad : {"", "0", "-1", "1x", "00",
                          "99999999999999999999999999999999999999999999"
                          "999999999999"}) {
    EXPECT_FALSE(SerialNumber::FromDecimal(bad).ok()) << bad;
  }
}

class ZeroFirst final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = calls_ == 0 ? 0 : 0xff;
    ++calls_;
  }

 private:
  int calls_ = 0;
};

TEST(SerialNumberTest, ARandomOneIsNeverZero) {
  ZeroFirst random;
  EXPECT_EQ(SerialNumber::Random(random).bytes(), std::string(16, '\xff'));
}

TEST(TimeTextTest, ReadsWhatTheEstablishedPackageWrites) {
  const auto time = ParseTime("2025-01-02T03:04:05.678901234+02:00");
  ASSERT_TRUE(time.ok());
  EXPECT_EQ(TimeText(*time), "2025-01-02T01:04:05Z");
  for (const char* bad : {"", "2025-01-02", "2025-13-02T03:04:05Z", "2025-02-30T03:04:05Z",
                          "2025-01-02T03:04:05", "2025-01-02T03:04:05.Z", "2025-01-02T24:04:05Z",
                          "2025-01-02T03:04:05Zx", "2025-01-02T03:04:05+2:00"}) {
    EXPECT_FALSE(ParseTime(bad).ok()) << bad;
  }
}

TEST(TimeTextTest, HoursEndWithTheYear9999) {
  const Seconds start = *ParseTime("2025-03-04T05:06:07Z");
  const auto over = AddHours(start, std::int64_t{1} << 60);
  EXPECT_THAT(base::Message(over.status()), HasSubstr("at most 69905898"));
  EXPECT_EQ(TimeText(*AddHours(start, 69905898)), "9999-12-31T23:06:07Z");
  EXPECT_FALSE(AddHours(start, 69905899).ok());
  EXPECT_FALSE(AddHours(start, -1).ok());
  EXPECT_EQ(EncodeTime(*ParseTime("2049-12-31T23:59:59Z")),
            "\x17\x0d"
            "491231235959Z");
  EXPECT_EQ(EncodeTime(*ParseTime("2050-01-01T00:00:00Z")),
            "\x18\x0f"
            "20500101000000Z");
}

}  // namespace
}  // namespace palisade::tls
