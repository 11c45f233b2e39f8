#include "provider/rpc/urn.h"

#include <gtest/gtest.h>

namespace palisade::rpc {
namespace {

TEST(Urn, TypeIsTheLastOfTheChainAndNamesMayHoldColons) {
  const auto parts = ParseUrn("urn:pulumi:dev::proj::my:Comp$palisade:tls:PrivateKey::a::b$c");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->type, "palisade:tls:PrivateKey");
  EXPECT_EQ(parts->name, "a::b$c");
}

TEST(Urn, OtherTextsAreNone) {
  for (const char* text : {"", "urn", "urn:pulumi:", "urn:pulumi:dev::proj", "urn:pulumi:dev::p::t",
                           "arn:aws:dev::proj::type::name", "urn:pulumi:d::p::$::n"}) {
    EXPECT_FALSE(ParseUrn(text)) << text;
  }
}

TEST(Subject, ComesFromTheUrnAndMayBeRepeated) {
  const std::string urn = "urn:pulumi:d::p::palisade:tls:PrivateKey::key";
  for (const auto& [name, type] :
       {std::pair("", ""), std::pair("key", "palisade:tls:PrivateKey")}) {
    const auto subject = ToSubject(urn, name, type);
    ASSERT_TRUE(subject.ok());
    EXPECT_EQ(subject->urn, urn);
    EXPECT_EQ(subject->type, "palisade:tls:PrivateKey");
    EXPECT_EQ(subject->name, "key");
  }
}

TEST(Subject, RefusesContradictionsAndNothing) {
  const std::string urn = "urn:pulumi:d::p::palisade:tls:PrivateKey::key";
  for (const auto& subject :
       {ToSubject(urn, "other", ""), ToSubject(urn, "", "palisade:tls:Other"),
        ToSubject("", "key", ""), ToSubject("nonsense", "key", "palisade:tls:PrivateKey")}) {
    EXPECT_EQ(subject.status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace palisade::rpc
