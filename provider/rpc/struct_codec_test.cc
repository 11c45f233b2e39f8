#include "provider/rpc/struct_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "provider/base/status.h"
#include "provider/rpc/signatures.h"

namespace palisade::rpc {
namespace {

using google::protobuf::Struct;
using ::testing::HasSubstr;
using ::testing::Not;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;
using WireValue = google::protobuf::Value;

constexpr EncodeOptions kEverything{.byte_strings = true, .outputs = true, .unknowns = true};

PropertyMap RoundTrip(const PropertyMap& bag, const EncodeOptions& options = kEverything) {
  Struct wire;
  Encode(bag, options, &wire);
  Struct read;
  EXPECT_TRUE(read.ParseFromString(wire.SerializeAsString()));
  auto decoded = Decode(read, "news");
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  return decoded.ok() ? *std::move(decoded) : PropertyMap{};
}

WireValue& At(Struct& wire, const std::string& name) { return (*wire.mutable_fields())[name]; }

Struct& Marked(WireValue& wire, std::string_view signature) {
  Struct& marked = *wire.mutable_struct_value();
  At(marked, std::string(kSignatureKey)).set_string_value(std::string(signature));
  return marked;
}

std::string Refusal(const Struct& wire) {
  const auto decoded = Decode(wire, "news");
  EXPECT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kInvalidArgument);
  return base::Message(decoded.status());
}

TEST(StructCodec, PlainValuesSurvive) {
  const PropertyMap bag{{"null", {}},
                        {"bool", true},
                        {"number", -0.5},
                        {"text", "caf\xC3\xA9"},
                        {"empty", ""},
                        {"list", PropertyArray{1, "two", PropertyArray{}, PropertyMap{}}},
                        {"object", PropertyMap{{"", 1}, {"a.b", PropertyMap{{"c", false}}}}}};
  EXPECT_EQ(RoundTrip(bag), bag);
}

TEST(StructCodec, SpecialValuesSurvive) {
  auto inner = std::make_shared<const PropertyMap>(
      PropertyMap{{"a.txt", value::Asset{"h1", "text", {}, {}}},
                  {"dir", value::Archive{"h2", nullptr, "./dir", {}}}});
  const PropertyMap bag{
      {"secret", value::Secret{value::Box(PropertyMap{{"k", value::Secret{value::Box("x")}}})}},
      {"asset", value::Asset{"h", {}, "./file", {}}},
      {"remote", value::Asset{"h", {}, {}, "https://example.com/x"}},
      {"elided", value::Asset{"h", {}, {}, {}}},
      {"archive", value::Archive{"h3", inner, {}, {}}},
      {"elidedArchive", value::Archive{"h4", nullptr, {}, {}}},
      {"custom",
       value::ResourceReference{"urn:pulumi:s::p::t::n", value::Box("id"), "n", "t", "1"}},
      {"component", value::ResourceReference{"urn:pulumi:s::p::t::n", {}, "", "", ""}},
      {"planned", value::ResourceReference{"urn:x", value::Box(value::Unknown{}), "", "", ""}},
      {"output", value::Output{value::Box(5), true, {"urn:a", "urn:b"}}},
      {"unknownOutput", value::Output{{}, false, {"urn:a"}}},
      {"bytes", value::Bytes{std::string("\x00\xFF\xFE", 3)}}};
  EXPECT_EQ(RoundTrip(bag), bag);
}

TEST(StructCodec, UnknownsOfAllSevenKindsSurvive) {
  for (const auto& [kind, sentinel] : kUnknownSentinels) {
    Struct wire;
    At(wire, "x").set_string_value(std::string(sentinel));
    EXPECT_EQ(Decode(wire, "news").value().at("x"), PropertyValue(value::Unknown{kind}));
    const PropertyMap bag{{"x", PropertyArray{value::Unknown{kind}}}};
    EXPECT_EQ(RoundTrip(bag), bag);
  }
}

TEST(StructCodec, AnswersToRealCallsHoldNoUnknown) {
  EncodeOptions options;
  options.unknowns = false;
  const PropertyMap bag{{"a", PropertyArray{value::Unknown{}}}, {"b", value::Output{}}};
  const PropertyMap expected{{"a", PropertyArray{PropertyValue()}}, {"b", {}}};
  EXPECT_EQ(RoundTrip(bag, options), expected);
}

TEST(StructCodec, OutputsBecomeWhatTheReaderUnderstands) {
  const PropertyMap bag{{"plain", value::Output{value::Box(1), false, {"urn"}}},
                        {"secret", value::Output{value::Box(1), true, {}}},
                        {"unknown", value::Output{}}};
  const PropertyMap expected{
      {"plain", 1}, {"secret", value::MakeSecret(1)}, {"unknown", value::Unknown{}}};
  EXPECT_EQ(RoundTrip(bag, EncodeOptions{}), expected);
}

TEST(StructCodec, WritesValidUtf8WhateverItIsGiven) {
  const PropertyMap bag{{"k\xFF", PropertyArray{"v\xFE"}}};
  EXPECT_EQ(RoundTrip(bag, EncodeOptions{}),
            (PropertyMap{{"k\xEF\xBF\xBD", PropertyArray{"v\xEF\xBF\xBD"}}}));
  EXPECT_EQ(RoundTrip(bag), (PropertyMap{{"k\xEF\xBF\xBD", PropertyArray{value::Bytes{"v\xFE"}}}}));
  EXPECT_EQ(RoundTrip({{"n", std::numeric_limits<double>::quiet_NaN()}}), (PropertyMap{{"n", {}}}));
}

TEST(StructCodec, BytesThatAreTextAreText) {
  Struct wire;
  At(Marked(At(wire, "x"), kBytesSignature), "value").set_string_value("YWJj");
  EXPECT_EQ(Decode(wire, "news").value().at("x"), PropertyValue("abc"));
}

TEST(StructCodec, RefusesNumbersThatAreNotFinite) {
  for (double number :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Struct wire;
    WireValue& item = *At(wire, "rules").mutable_list_value()->add_values();
    At(*item.mutable_struct_value(), "port").set_number_value(number);
    EXPECT_THAT(Refusal(wire), HasSubstr("news: the value of `rules[0].port` is not a finite"));
  }
}

TEST(StructCodec, APathLeadsThroughSecretsAndOutputsAsIfTheyWereNotThere) {
  for (const std::string_view signature : {kSecretSignature, kOutputSignature}) {
    Struct wire;
    Struct& content = *At(Marked(At(wire, "key"), signature), "value").mutable_struct_value();
    At(content, "bits").set_number_value(std::numeric_limits<double>::infinity());
    EXPECT_THAT(Refusal(wire), HasSubstr("news: the value of `key.bits` is not a finite"));
  }
  Struct wire;
  WireValue& item = *At(wire, "keys").mutable_list_value()->add_values();
  At(Marked(item, kSecretSignature), "value");
  EXPECT_THAT(Refusal(wire), HasSubstr("`keys[0]` has no kind"));
}

TEST(StructCodec, RefusesAValueWithoutAKind) {
  Struct wire;
  At(wire, "a").mutable_list_value()->add_values();
  EXPECT_THAT(Refusal(wire), HasSubstr("`a[0]` has no kind"));
}

TEST(StructCodec, RefusesUnknownAndMalformedMarks) {
  const auto refuse = [](auto fill) {
    Struct wire;
    fill(At(wire, "x"));
    return Refusal(wire);
  };
  EXPECT_THAT(refuse([](WireValue& x) { Marked(x, "feed"); }),
              HasSubstr("`x` is a marked object with the signature \"feed\""));
  EXPECT_THAT(refuse([](WireValue& x) {
                At(Marked(x, ""), std::string(kSignatureKey)).set_number_value(1);
              }),
              HasSubstr("signature is not a string"));
  EXPECT_THAT(refuse([](WireValue& x) { Marked(x, kSecretSignature); }),
              HasSubstr("a secret without its member"));
  EXPECT_THAT(
      refuse([](WireValue& x) { At(Marked(x, kAssetSignature), "text").set_number_value(1); }),
      HasSubstr("an asset whose \"text\" is not a string"));
  EXPECT_THAT(
      refuse([](WireValue& x) { At(Marked(x, kArchiveSignature), "assets").set_bool_value(true); }),
      HasSubstr("an archive whose \"assets\" is not an object"));
  EXPECT_THAT(refuse([](WireValue& x) {
                WireValue& assets = At(Marked(x, kArchiveSignature), "assets");
                At(*assets.mutable_struct_value(), "f").set_string_value("hidden");
              }),
              testing::AllOf(HasSubstr("`x.f`"), HasSubstr("a string"), Not(HasSubstr("hidden"))));
  EXPECT_THAT(refuse([](WireValue& x) { Marked(x, kReferenceSignature); }), HasSubstr("\"urn\""));
  EXPECT_THAT(refuse([](WireValue& x) {
                At(Marked(x, kOutputSignature), "dependencies").set_string_value("");
              }),
              HasSubstr("\"dependencies\" is not a list"));
  EXPECT_THAT(
      refuse([](WireValue& x) { At(Marked(x, kOutputSignature), "secret").set_number_value(1); }),
      HasSubstr("\"secret\" is not a boolean"));
  EXPECT_THAT(refuse([](WireValue& x) { Marked(x, kBytesSignature); }),
              HasSubstr("a byte string without"));
  EXPECT_THAT(
      refuse([](WireValue& x) { At(Marked(x, kBytesSignature), "value").set_string_value("%"); }),
      HasSubstr("not base64"));

  Struct top;
  At(top, std::string(kSignatureKey)).set_string_value(std::string(kSecretSignature));
  EXPECT_THAT(Refusal(top), HasSubstr("a property bag was expected"));
}

TEST(StructCodec, AcceptsAThousandLevelsAndNamesTheLimitBeyond) {
  const auto nested = [](int depth) {
    Struct wire;
    Struct* inner = &wire;
    for (int level = 1; level < depth; ++level) inner = At(*inner, "k").mutable_struct_value();
    return wire;
  };
  EXPECT_TRUE(Decode(nested(1000), "news").ok());
  EXPECT_THAT(Refusal(nested(1001)),
              testing::AllOf(HasSubstr("`k.k.k.k.k.k...`"), HasSubstr("1000 levels")));

  Struct lists;
  WireValue* inner = &At(lists, "k");
  for (int level = 0; level < 1200; ++level) inner = inner->mutable_list_value()->add_values();
  inner->set_bool_value(true);
  EXPECT_THAT(Refusal(lists), HasSubstr("`k[0][0][0][0][0]...` is nested deeper"));

  Struct secrets;
  WireValue* content = &At(secrets, "k");
  for (int level = 0; level < 1200; ++level) {
    content = &At(Marked(*content, kSecretSignature), "value");
  }
  content->set_bool_value(true);
  EXPECT_THAT(Refusal(secrets), HasSubstr("`k` is nested deeper"));
}

TEST(StructCodec, AMessageNeverShowsTheContentOfASecret) {
  Struct wire;
  Struct& secret = Marked(At(wire, "password"), kSecretSignature);
  At(Marked(At(secret, "value"), kBytesSignature), "value").set_string_value("hunter2!");
  EXPECT_THAT(Refusal(wire), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace palisade::rpc
