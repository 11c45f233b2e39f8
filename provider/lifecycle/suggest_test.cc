#include "provider/lifecycle/suggest.h"

#include <gtest/gtest.h>

#include <vector>

namespace palisade::lifecycle {
namespace {

const std::vector<std::string> kNames = {"allowedUses", "dnsNames",        "earlyRenewalHours",
                                         "ecdsaCurve",  "isCaCertificate", "privateKeyPem",
                                         "rsaBits",     "subject",         "validityPeriodHours"};

std::string Name(std::string_view given) { return NearestName(given, kNames).value_or("-"); }

TEST(SuggestTest, CaseAndUnderscoresAreNoDifference) {
  EXPECT_EQ(Name("validity_period_hours"), "validityPeriodHours");
  EXPECT_EQ(Name("RSABITS"), "rsaBits");
  EXPECT_EQ(Name("private-key-pem"), "privateKeyPem");
}

TEST(SuggestTest, SlipsAreForgiven) {
  EXPECT_EQ(Name("validityPeriodHour"), "validityPeriodHours");  // lost
  EXPECT_EQ(Name("subjectt"), "subject");                        // added
  EXPECT_EQ(Name("sbuject"), "subject");                         // swapped
  EXPECT_EQ(Name("alowedUse"), "allowedUses");                   // two
}

TEST(SuggestTest, LeftOutWordsAreForgivenInNamesOnly) {
  EXPECT_EQ(Name("validityHours"), "validityPeriodHours");
  EXPECT_EQ(Name("bits"), "rsaBits");
  EXPECT_EQ(Name("isCa"), "isCaCertificate");
  const std::vector<std::string> values = {"server_auth", "client_auth"};
  EXPECT_EQ(NearestValue("auth", values), std::nullopt);
}

TEST(SuggestTest, NothingNearIsNothing) {
  EXPECT_EQ(Name("banana"), "-");
  EXPECT_EQ(Name(""), "-");
  EXPECT_EQ(Name("x"), "-");
  EXPECT_EQ(Name("___"), "-");
  EXPECT_EQ(NearestName("subject", {}), std::nullopt);
  EXPECT_EQ(Name(std::string(1000000, 's')), "-");
}

TEST(SuggestTest, ShortValuesHaveToBeEqualButForCase) {
  const std::vector<std::string> values = {"L", "ZH", "RSA", "ECDSA"};
  EXPECT_EQ(NearestValue("zh", values), "ZH");
  EXPECT_EQ(NearestValue("zo", values), std::nullopt);
  EXPECT_EQ(NearestValue("rsa", values), "RSA");
  EXPECT_EQ(NearestValue("RAS", values), "RSA");
}

TEST(SuggestTest, AnotherNumberIsANewerValue) {
  const std::vector<std::string> values = {"TLSv1.2", "m5.large"};
  EXPECT_EQ(NearestValue("TLSv1.4", values), std::nullopt);
  EXPECT_EQ(NearestValue("m7.large", values), std::nullopt);
  EXPECT_EQ(NearestValue("m5.lrage", values), "m5.large");
  EXPECT_EQ(NearestValue("tlsv1.2", values), "TLSv1.2");
}

TEST(SuggestTest, TheNearestWins) {
  const std::vector<std::string> names = {"subjectA", "subjects", "subject"};
  EXPECT_EQ(NearestName("subject_", names), "subject");
}

TEST(SuggestTest, Phrase) {
  EXPECT_EQ(DidYouMean("subject"), "; did you mean \"subject\"?");
  EXPECT_EQ(DidYouMean(std::nullopt), "");
}

}  // namespace
}  // namespace palisade::lifecycle
