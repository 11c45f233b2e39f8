#include "provider/lifecycle/compare.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/narrow.h"
#include "provider/lifecycle/normal.h"
#include "provider/schema/parse.h"
#include "provider/value/json.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;

constexpr char kFragment[] = R"({
  "token": "p:m:Thing",
  "resource": {"inputProperties": {
      "name": {"type": "string", "willReplaceOnChanges": true},
      "size": {"type": "integer", "default": 5},
      "tier": {"type": "string", "x-server": "standard"},
      "spec": {"$ref": "#/types/p:m:Spec"},
      "labels": {"type": "object", "additionalProperties": {"type": "string"}},
      "rules": {"type": "array", "items": {"$ref": "#/types/p:m:Rule"}},
      "zones": {"type": "array", "items": {"type": "string"}, "x-same": "set"},
      "ranges": {"type": "array", "items": {"type": "string", "x-same": "cidr"}, "x-same": "set"},
      "ports": {"type": "array", "items": {"$ref": "#/types/p:m:Port"}, "x-same": "set"},
      "things": {"type": "array", "items": {"$ref": "pulumi.json#/Any"}, "x-same": "set"},
      "specs": {"type": "array", "items": {"$ref": "#/types/p:m:Spec"}},
      "policy": {"type": "string", "x-same": "policy"},
      "anyPolicy": {"$ref": "pulumi.json#/Any", "x-same": "policy"},
      "document": {"type": "string", "x-same": "json"},
      "pem": {"type": "string", "x-same": "pem"},
      "cidr": {"type": "string", "x-same": "cidr"},
      "email": {"type": "string", "x-same": "case"},
      "passwordWo": {"type": "string", "x-writeOnly": true},
      "passwordWoVersion": {"type": "integer"},
      "any": {"$ref": "pulumi.json#/Any"}
  }},
  "types": {
    "p:m:Spec": {"type": "object", "properties": {
      "inner": {"$ref": "#/types/p:m:Inner"},
      "vpc": {"type": "string", "willReplaceOnChanges": true}}},
    "p:m:Port": {"type": "object", "properties": {"port": {"type": "integer"},
      "open": {"type": "boolean", "default": false}, "note": {"type": "string"}}},
    "p:m:Inner": {"type": "object", "properties": {"flag": {"type": "boolean", "default": false}}},
    "p:m:Rule": {"type": "object", "properties": {"port": {"type": "integer"},
      "sources": {"type": "array", "items": {"type": "string"}, "x-same": "set"}}}
  }
})";

class CompareTest : public testing::Test {
 protected:
  // The changes as "kind path" texts, replacements marked with "!".
  std::vector<std::string> Texts(const PropertyMap& olds, const PropertyMap& news) {
    std::vector<std::string> texts;
    for (const auto& [path, change] : Compare(shape_.inputs, olds, news)) {
      const char* kind = change.kind == resource::ChangeKind::kAdd      ? "+"
                         : change.kind == resource::ChangeKind::kDelete ? "-"
                                                                        : "~";
      texts.push_back(kind + path.Text() + (change.replace ? "!" : ""));
      EXPECT_TRUE(change.input);
    }
    return texts;
  }
  std::vector<std::string> Json(const char* olds, const char* news) {
    return Texts(*value::ParseJson(olds)->If<PropertyMap>(),
                 *value::ParseJson(news)->If<PropertyMap>());
  }
  using T = std::vector<std::string>;

  const schema::ResourceShape shape_ = *schema::ParseResource(kFragment);
};

TEST_F(CompareTest, NamesTheDeepestPaths) {
  EXPECT_EQ(
      Json(R"({"spec": {"inner": {"flag": true}}})", R"({"spec": {"inner": {"flag": false}}})"),
      T{"~spec.inner.flag"});
  EXPECT_EQ(Json(R"({"labels": {"a": "1", "k.x": "2"}})", R"({"labels": {"a": "1", "k.x": "3"}})"),
            T{"~labels[\"k.x\"]"});
  EXPECT_EQ(
      Json(R"({"rules": [{"port": 1}, {"port": 2}]})", R"({"rules": [{"port": 1}, {"port": 3}]})"),
      T{"~rules[1].port"});
  EXPECT_EQ(Json(R"({"rules": [{"port": 1}]})", R"({"rules": [{"port": 1}, {"port": 3}]})"),
            T{"+rules[1]"});
  EXPECT_EQ(Json(R"({"labels": {"a": "1"}})", R"({"labels": {}})"), T{"-labels.a"});
}

TEST_F(CompareTest, AReplacementComesFromThePropertyOrFromAboveIt) {
  EXPECT_EQ(Json(R"({"name": "a"})", R"({"name": "b"})"), T{"~name!"});
  EXPECT_EQ(Json(R"({"name": "a"})", "{}"), T{"-name!"});
  EXPECT_EQ(Json(R"({"spec": {"vpc": "a"}})", R"({"spec": {"vpc": "b"}})"), T{"~spec.vpc!"});
  EXPECT_EQ(Json(R"({"spec": {"vpc": "a"}})", R"({"spec": {"vpc": "a", "inner": {"flag": true}}})"),
            T{"+spec.inner"});
}

TEST_F(CompareTest, AbsentNullAndDefaultsAreEqual) {
  EXPECT_EQ(Json("{}", R"({"size": 5, "tier": "standard", "labels": null})"), T{});
  EXPECT_EQ(Json(R"({"size": 5})", "{}"), T{});
  EXPECT_EQ(Json(R"({"spec": {"inner": {"flag": false}}})", R"({"spec": {"inner": {}}})"), T{});
  EXPECT_EQ(Json(R"({"size": 7})", R"({"size": 5})"), T{"~size"});
  EXPECT_EQ(Json(R"({"size": 7})", "{}"), T{"-size"});
  EXPECT_EQ(Json("{}", R"({"size": 7})"), T{"+size"});
}

TEST_F(CompareTest, AMapWithoutEntriesIsNone) {
  EXPECT_EQ(Json(R"({"labels": {}})", "{}"), T{});
  EXPECT_EQ(Json("{}", R"({"labels": {"a": null}})"), T{});
  EXPECT_EQ(Json(R"({"labels": {}})", R"({"labels": {"a": "1"}})"), T{"+labels.a"});
  EXPECT_EQ(Json(R"({"labels": {"a": "1"}})", R"({"labels": {}})"), T{"-labels.a"});
  EXPECT_EQ(Json(R"({"any": {}})", "{}"), T{"-any"});
}

TEST_F(CompareTest, AReferenceIsWhatItRefersTo) {
  const auto diff = [&](const value::ResourceReference& a, const value::ResourceReference& b) {
    return Texts({{"any", a}}, {{"any", b}});
  };
  const auto id = [](PropertyValue text) { return value::Box(std::move(text)); };
  const value::ResourceReference one{"urn:r", id("1"), "r", "t", "1.0.0"};
  EXPECT_EQ(diff(one, {"urn:r", id("1"), "r", "t", "1.1.0"}), T{});
  EXPECT_EQ(diff(one, {"urn:r", id("2"), "r", "t", "1.0.0"}), T{"~any"});
  EXPECT_EQ(diff(one, {"urn:s", id("1"), "r", "t", "1.0.0"}), T{"~any"});
  EXPECT_EQ(diff(one, {"urn:r", id(value::Unknown{}), "r", "t", "1.0.0"}), T{"~any"});
}

TEST_F(CompareTest, TextsOfOneMeaningAreEqual) {
  EXPECT_EQ(Json(R"({"document": "{\"a\": 1, \"b\": [1, 2]}"})",
                 R"({"document": "{\"b\":[1,2],\"a\":1.0}"})"),
            T{});
  EXPECT_EQ(Json(R"({"document": "[1,2]"})", R"({"document": "[2,1]"})"), T{"~document"});
  // As a value or as text, which is the same document.
  EXPECT_EQ(Json(R"({"anyPolicy": {"Action": ["b", "a"], "R": ["x"]}})",
                 R"({"anyPolicy": "{\"R\": \"x\", \"Action\": [\"a\", \"b\"]}"})"),
            T{});
  EXPECT_EQ(Json(R"({"anyPolicy": {"Action": "a"}})", R"({"anyPolicy": "{\"Action\": \"b\"}"})"),
            T{"~anyPolicy"});
  EXPECT_EQ(Json(R"({"policy": "{\"Action\": [\"b\", \"a\"], \"R\": [\"x\"]}"})",
                 R"({"policy": "{\"R\": \"x\", \"Action\": [\"a\", \"b\"]}"})"),
            T{});
  EXPECT_EQ(Json(R"({"pem": "-----BEGIN X-----\nAAAA\nBBBB\n-----END X-----\n"})",
                 R"({"pem": " \n-----BEGIN X-----\r\nAAAABBBB\r\n-----END X-----"})"),
            T{});
  EXPECT_EQ(Json(R"({"pem": "-----BEGIN X-----\nAAAA\n-----END X-----\n"})",
                 R"({"pem": "-----BEGIN X-----\nAAAB\n-----END X-----\n"})"),
            T{"~pem"});
  EXPECT_EQ(Json(R"({"cidr": "2001:DB8:0::/32"})", R"({"cidr": "2001:db8::/32"})"), T{});
  EXPECT_EQ(Json(R"({"cidr": "10.0.0.0/8"})", R"({"cidr": "10.0.0.0/9"})"), T{"~cidr"});
  EXPECT_EQ(Json(R"({"email": "A@x.org"})", R"({"email": "a@X.org"})"), T{});
  EXPECT_EQ(Json(R"({"document": "not json"})", R"({"document": "not  json"})"), T{"~document"});
}

TEST_F(CompareTest, SetsAreAligned) {
  EXPECT_EQ(Json(R"({"zones": ["a", "b", "c"]})", R"({"zones": ["c", "a", "b", "a"]})"), T{});
  EXPECT_EQ(Json(R"({"zones": ["a", "b"]})", R"({"zones": ["b", "x", "a"]})"), T{"+zones[1]"});
  EXPECT_EQ(Json(R"({"zones": ["a", "b", "c"]})", R"({"zones": ["c", "a"]})"), T{"-zones[1]"});
  EXPECT_EQ(Json(R"({"zones": ["a", "a"]})", R"({"zones": ["a"]})"), T{});
  EXPECT_EQ(
      Json(R"({"rules": [{"sources": ["a", "b"]}]})", R"({"rules": [{"sources": ["b", "a"]}]})"),
      T{});
}

TEST_F(CompareTest, ElementsOfSetsAreToldWhereTheyStand) {
  EXPECT_EQ(Json(R"({"zones": ["a", "b"]})", R"({"zones": ["b", "c"]})"),
            (T{"-zones[0]", "+zones[1]"}));
  EXPECT_EQ(Json(R"({"zones": ["a", "b", "c", "d"]})", R"({"zones": ["b", "d", "e"]})"),
            (T{"-zones[0]", "~zones[2]"}));
  EXPECT_EQ(Json(R"({"zones": ["a", "b"]})", R"({"zones": ["a", "c"]})"), T{"~zones[1]"});
  EXPECT_EQ(Json(R"({"zones": ["a", "a", "b"]})", R"({"zones": ["c", "c"]})"),
            (T{"~zones[0]", "~zones[1]", "-zones[2]"}));
  // Objects differ as a whole, unless both stand at one index.
  EXPECT_EQ(Json(R"({"ports": [{"port": 1, "note": "x"}, {"port": 2}]})",
                 R"({"ports": [{"port": 2}, {"port": 1, "note": "y"}]})"),
            (T{"-ports[0]", "+ports[1]"}));
  EXPECT_EQ(Json(R"({"ports": [{"port": 1, "note": "x"}, {"port": 2}]})",
                 R"({"ports": [{"port": 1, "note": "y"}, {"port": 2}, {"port": 3}]})"),
            (T{"~ports[0].note", "+ports[2]"}));
}

TEST_F(CompareTest, ElementsOfSetsAreEqualInAnySpelling) {
  EXPECT_EQ(Json(R"({"ranges": ["2001:DB8:0::/32", "10.0.0.0/8"]})",
                 R"({"ranges": ["10.0.0.0/8", "2001:db8::/32", "10.0.0.0/9"]})"),
            T{"+ranges[2]"});
  EXPECT_EQ(Json(R"({"ports": [{"port": 1, "open": false}, {"port": 2}]})",
                 R"({"ports": [{"port": 2, "note": null}, {"port": 1}, {"port": 3}]})"),
            T{"+ports[2]"});
}

TEST_F(CompareTest, ElementsOfSetsThatJsonCannotTellApart) {
  value::Asset one, two;
  one.hash = "h1";
  two.hash = "h2";
  EXPECT_EQ(Texts({{"things", value::PropertyArray{one, two}}},
                  {{"things", value::PropertyArray{value::Unknown{}, two, one, one}}}),
            T{"+things[0]"});
  EXPECT_EQ(Texts({{"things", value::PropertyArray{one}}},
                  {{"things", value::PropertyArray{two, value::Unknown{}}}}),
            (T{"~things[0]", "+things[1]"}));
}

TEST_F(CompareTest, ALargeSetIsComparedElementByElement) {
  value::PropertyArray olds, news;
  for (int i = 0; i < 20000; ++i) {
    olds.push_back("domain-" + std::to_string(i));
    news.push_back("domain-" + std::to_string(i + 1));
  }
  EXPECT_EQ(Texts({{"zones", olds}}, {{"zones", news}}), (T{"-zones[0]", "+zones[19999]"}));
}

TEST_F(CompareTest, WhatComesOrGoesAsAWholeMayReplace) {
  EXPECT_EQ(Json("{}", R"({"spec": {"vpc": "a"}})"), T{"+spec!"});
  EXPECT_EQ(Json(R"({"spec": {"vpc": "a"}})", "{}"), T{"-spec!"});
  EXPECT_EQ(Json("{}", R"({"spec": {"inner": {"flag": true}, "vpc": null}})"), T{"+spec"});
  EXPECT_EQ(Json(R"({"specs": []})", R"({"specs": [{"vpc": "a"}]})"), T{"+specs[0]!"});
}

TEST_F(CompareTest, AnUnknownObjectMayHoldWhatReplaces) {
  const PropertyMap spec{{"spec", PropertyMap{{"inner", PropertyMap{{"flag", true}}}}}};
  EXPECT_EQ(Texts(spec, {{"spec", value::Unknown{}}}), T{"~spec!"});
  EXPECT_EQ(Texts({}, {{"spec", value::Unknown{}}}), T{"+spec!"});
  EXPECT_EQ(Texts({{"specs", value::PropertyArray{}}}, {{"specs", value::Unknown{}}}),
            T{"~specs!"});
  EXPECT_EQ(Texts({{"rules", value::PropertyArray{}}}, {{"rules", value::Unknown{}}}), T{"~rules"});
  EXPECT_EQ(Texts(spec, {{"spec", PropertyMap{{"inner", value::Unknown{}}}}}), T{"~spec.inner"});
}

TEST_F(CompareTest, UnknownsAreChanges) {
  EXPECT_EQ(Texts({{"name", "a"}}, {{"name", value::Unknown{}}}), T{"~name!"});
  EXPECT_EQ(Texts({}, {{"name", value::Unknown{}}}), T{"+name!"});
  EXPECT_EQ(Texts({{"labels", PropertyMap{{"a", "1"}}}}, {{"labels", value::Unknown{}}}),
            T{"~labels"});
  EXPECT_EQ(Texts({{"zones", value::PropertyArray{"a"}}},
                  {{"zones", value::PropertyArray{"a", value::Unknown{}}}}),
            T{"+zones[1]"});
  EXPECT_EQ(Texts({{"spec", PropertyMap{{"vpc", "a"}}}},
                  {{"spec", PropertyMap{{"vpc", value::Unknown{}}}}}),
            T{"~spec.vpc!"});
}

TEST_F(CompareTest, WhatLifecycleKeepsForItselfIsNotCompared) {
  EXPECT_EQ(Texts({{"__defaults", value::PropertyArray{"size"}}, {"passwordWo", "a"}},
                  {{"skipChecks", value::PropertyArray{"type"}}, {"passwordWo", "b"}}),
            T{});
  EXPECT_EQ(Texts({{"passwordWoVersion", 1}}, {{"passwordWoVersion", 2}}), T{"~passwordWoVersion"});
}

TEST_F(CompareTest, AssetsCompareByHash) {
  value::Asset full, elided, other;
  full.hash = elided.hash = "h1";
  full.text = "content";
  other.hash = "h2";
  EXPECT_EQ(Texts({{"any", elided}}, {{"any", full}}), T{});
  EXPECT_EQ(Texts({{"any", elided}}, {{"any", other}}), T{"~any"});
}

TEST_F(CompareTest, EqualBagsHaveNoDifference) {
  const PropertyMap bag{{"any", PropertyMap{{"deep", value::PropertyArray{1, "x", value::Null{}}}}},
                        {"stranger", PropertyMap{{"x", 1}}}};
  EXPECT_EQ(Texts(bag, bag), T{});
  EXPECT_EQ(Texts(bag, {{"any", PropertyMap{{"deep", value::PropertyArray{2, "x"}}}},
                        {"stranger", PropertyMap{{"x", 2}}}}),
            (T{"~any.deep[0]", "-any.deep[2]", "~stranger.x"}));
}

TEST_F(CompareTest, NarrowKeepsTheUsersSpellingAndOnlyWhatTheUserManages) {
  const PropertyMap prior{{"name", "a"},
                          {"document", "{ \"a\": 1 }"},
                          {"size", 5},
                          {"passwordWo", "secret"},
                          {"spec", PropertyMap{{"vpc", "v"}}}};
  const PropertyMap read{
      {"name", "b"},
      {"document", "{\"a\":1}"},
      {"tier", "standard"},
      {"spec", PropertyMap{{"vpc", "v"}, {"inner", PropertyMap{{"flag", true}}}}}};
  const PropertyMap narrow = Narrow(shape_.inputs, prior, read);
  EXPECT_EQ(narrow, (PropertyMap{{"name", "b"},
                                 {"document", "{ \"a\": 1 }"},
                                 {"size", 5},
                                 {"passwordWo", "secret"},
                                 {"spec", PropertyMap{{"vpc", "v"}}}}));
}

TEST_F(CompareTest, AnImportLeavesDefaultsOut) {
  EXPECT_EQ(WithoutDefaults(shape_.inputs, {{"size", 5}, {"tier", "premium"}, {"name", "a"}}),
            (PropertyMap{{"tier", "premium"}, {"name", "a"}}));
}

}  // namespace
}  // namespace palisade::lifecycle
