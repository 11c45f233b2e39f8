#include "provider/schema/parse.h"

#include <gtest/gtest.h>

namespace palisade::schema {
namespace {

using Kind = PropertyShape::Kind;

constexpr char kFragment[] = R"({
  "token": "p:m:Thing",
  "resource": {
    "inputProperties": {
      "name": {"type": "string", "x-name": {"maxLength": 24, "lowerCase": true,
                                             "forbiddenPrefixes": ["x-", "y-"]},
               "x-check": {"pattern": "[a-z]+", "patternMeans": "letters", "maxLength": 24}},
      "size": {"type": "integer", "default": 5, "x-check": {"minimum": 1}},
      "tree": {"$ref": "#/types/p:m:Tree", "willReplaceOnChanges": true},
      "color": {"$ref": "#/types/p:m:Color"},
      "tags": {"type": "object", "additionalProperties": {"type": "string"}},
      "set": {"type": "array", "items": {"type": "string", "secret": true}, "x-same": "set"},
      "either": {"oneOf": [{"type": "string"}, {"type": "number"}]},
      "any": {"$ref": "pulumi.json#/Any"},
      "passwordWo": {"type": "string", "x-writeOnly": true, "secret": true},
      "tier": {"type": "string", "x-server": "standard",
               "defaultInfo": {"environment": ["TIER"]}}
    },
    "requiredInputs": ["tree"],
    "properties": {"arn": {"type": "string"},
                   "tagsAll": {"type": "object", "x-mirrors": "tags"}},
    "required": ["arn"],
    "listInputs": {"properties": {"prefix": {"type": "string"}}}
  },
  "types": {
    "p:m:Tree": {"type": "object", "properties": {
        "value": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/types/p:m:Tree"}}},
      "required": ["value"]},
    "p:m:Color": {"type": "string", "x-closed": true, "enum": [{"value": "red", "name": "Red"}]}
  }
})";

TEST(ParseResource, ReadsTheVocabulary) {
  const auto shape = ParseResource(kFragment);
  ASSERT_TRUE(shape.ok()) << shape.status();
  EXPECT_EQ(shape->token, "p:m:Thing");
  const PropertyShape& name = *shape->inputs.Find("name");
  EXPECT_EQ(name.name_rule->max_length, 24u);
  EXPECT_TRUE(name.name_rule->lower_case);
  EXPECT_EQ(name.name_rule->forbidden_prefixes, (std::vector<std::string>{"x-", "y-"}));
  EXPECT_EQ(name.limits.pattern, "[a-z]+");
  const PropertyShape& size = *shape->inputs.Find("size");
  EXPECT_EQ(size.kind, Kind::kInteger);
  EXPECT_EQ(size.default_value, value::PropertyValue(5));
  EXPECT_EQ(size.limits.minimum, 1);
  EXPECT_TRUE(shape->inputs.Find("tree")->required);
  EXPECT_TRUE(shape->inputs.Find("tree")->replaces);
  EXPECT_TRUE(shape->inputs.Find("color")->closed);
  EXPECT_EQ(shape->inputs.Find("color")->enum_values.at(0).value, value::PropertyValue("red"));
  EXPECT_EQ(shape->inputs.Find("tags")->kind, Kind::kMap);
  EXPECT_EQ(shape->inputs.Find("set")->same, Same::kSet);
  EXPECT_TRUE(shape->inputs.Find("set")->element->secret);
  EXPECT_EQ(shape->inputs.Find("either")->alternatives.size(), 2u);
  EXPECT_EQ(shape->inputs.Find("any")->kind, Kind::kAny);
  EXPECT_TRUE(shape->inputs.Find("passwordWo")->write_only);
  EXPECT_EQ(shape->inputs.Find("tier")->server_default, value::PropertyValue("standard"));
  EXPECT_EQ(shape->inputs.Find("tier")->default_environment.at(0), "TIER");
  EXPECT_TRUE(shape->outputs.Find("arn")->required);
  EXPECT_EQ(shape->outputs.Find("tagsAll")->mirrors, "tags");
  EXPECT_NE(shape->list_inputs.Find("prefix"), nullptr);
  EXPECT_EQ(shape->inputs.Find("nothing"), nullptr);
}

TEST(ParseResource, ATypeMayContainItself) {
  const auto shape = ParseResource(kFragment);
  ASSERT_TRUE(shape.ok());
  const ObjectShape* tree = shape->inputs.Find("tree")->object.get();
  EXPECT_EQ(tree->Find("children")->element->object.get(), tree);
  EXPECT_TRUE(tree->Find("value")->required);
}

TEST(ParseResource, MalformedFragmentsAreBugsOfOurs) {
  for (const char* text :
       {"", "[]", R"({"resource": {"inputProperties": {"a": {"type": "strnig"}}}})",
        R"({"resource": {"inputProperties": {"a": {"$ref": "#/types/none"}}}})",
        R"({"resource": {"inputProperties": {}, "requiredInputs": ["a"]}})",
        R"({"resource": {"inputProperties": {"a": {"type": "string", "x-same": "x"}}}})"}) {
    EXPECT_EQ(ParseResource(text).status().code(), absl::StatusCode::kInternal) << text;
  }
}

TEST(ParseConfig, KeepsDescriptionsForMissingKeys) {
  const auto shape = ParseConfig(
      R"({"config": {"properties": {"k": {"type": "string", "description": "why"}},
          "required": ["k"]}})");
  ASSERT_TRUE(shape.ok()) << shape.status();
  EXPECT_EQ(shape->Find("k")->description, "why");
  EXPECT_TRUE(shape->Find("k")->required);
}

}  // namespace
}  // namespace palisade::schema
