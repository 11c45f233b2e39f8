#include "provider/lifecycle/shape_secrets.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

PropertyMap Wrap(const Properties& properties, const PropertyMap& bag) {
  const PropertyMap once = WithShapeSecrets(Object(properties), bag);
  EXPECT_EQ(WithShapeSecrets(Object(properties), once), once) << "wrapping twice";
  return once;
}

TEST(ShapeSecretsTest, WrapsAtAnyDepth) {
  const PropertyShape user = Nested({{"name", String()}, {"password", SecretOf(String())}});
  const Properties shape = {{"token", SecretOf(String())},
                            {"list", List(user)},
                            {"map", MapOf(user)},
                            {"keys", List(SecretOf(String()))},
                            {"plain", String()}};
  const PropertyValue in = PropertyMap{{"name", "n"}, {"password", "p"}};
  const PropertyValue out = PropertyMap{{"name", "n"}, {"password", MakeSecret("p")}};
  EXPECT_EQ(Wrap(shape, {{"token", "t"},
                         {"list", PropertyArray{in, in}},
                         {"map", PropertyMap{{"a", in}}},
                         {"keys", PropertyArray{"k"}},
                         {"plain", "x"}}),
            (PropertyMap{{"token", MakeSecret("t")},
                         {"list", PropertyArray{out, out}},
                         {"map", PropertyMap{{"a", out}}},
                         {"keys", PropertyArray{MakeSecret("k")}},
                         {"plain", "x"}}));
}

TEST(ShapeSecretsTest, MarksAPlaceOrWhatIsAroundIt) {
  const PropertyShape login = Nested({{"name", String()}, {"password", SecretOf(String())}});
  const ObjectShape shape = Object({{"list", List(login)},
                                    {"map", MapOf(login)},
                                    {"either", OneOf({String(), login})},
                                    {"vault", SecretOf(login)}});
  for (const char* marked : {"list[3].password", "map.a.password", "either.password", "vault",
                             "vault.name", "vault.name.deeper"}) {
    EXPECT_TRUE(MarksSecret(shape, *value::PropertyPath::Parse(marked))) << marked;
  }
  for (const char* other : {"list", "list[3]", "list[3].name", "map.password", "none", "none.a"}) {
    EXPECT_FALSE(MarksSecret(shape, *value::PropertyPath::Parse(other))) << other;
  }
}

TEST(ShapeSecretsTest, AnUnknownInASecretPlaceIsSecret) {
  EXPECT_EQ(Wrap({{"token", SecretOf(String())}}, {{"token", Unknown{}}}),
            (PropertyMap{{"token", MakeSecret(Unknown{})}}));
}

TEST(ShapeSecretsTest, WrongTypesAreWrappedToo) {
  const Properties shape = {{"token", SecretOf(String())},
                            {"o", Nested({{"p", SecretOf(String())}})}};
  EXPECT_EQ(Wrap(shape, {{"token", PropertyArray{1}}, {"o", "x"}}),
            (PropertyMap{{"token", MakeSecret(PropertyArray{1})}, {"o", "x"}}));
}

TEST(ShapeSecretsTest, AnyAlternativeOfAUnionCounts) {
  const PropertyShape either =
      OneOf({Nested({{"value", String()}}), Nested({{"value", SecretOf(String())}})});
  EXPECT_EQ(Wrap({{"u", either}}, {{"u", PropertyMap{{"value", "x"}}}}),
            (PropertyMap{{"u", PropertyMap{{"value", MakeSecret("x")}}}}));
}

TEST(ShapeSecretsTest, TypesThatContainThemselves) {
  auto node = std::make_shared<ObjectShape>();
  PropertyShape to_node = Of(Kind::kObject);
  to_node.object = node;
  node->properties = {{"a", OneOf({to_node, to_node})}, {"b", to_node}};
  EXPECT_FALSE(HasSecrets(to_node));
  node->properties["s"] = SecretOf(String());
  EXPECT_TRUE(HasSecrets(to_node));
  PropertyValue chain = PropertyMap{{"s", "x"}};
  for (int i = 0; i < 400; ++i) chain = PropertyMap{{"a", std::move(chain)}};
  const PropertyValue wrapped = WithShapeSecrets(to_node, chain);
  const PropertyValue* at = &wrapped;
  for (int i = 0; i < 400; ++i) at = &at->If<PropertyMap>()->at("a");
  EXPECT_EQ(*at, PropertyValue(PropertyMap{{"s", MakeSecret("x")}}));
  node->properties.clear();  // It owns itself.
}

TEST(ShapeSecretsTest, FindsSecrets) {
  EXPECT_TRUE(HasSecrets(List(MapOf(SecretOf(String())))));
  EXPECT_TRUE(HasSecrets(OneOf({String(), Nested({{"p", SecretOf(String())}})})));
  EXPECT_FALSE(HasSecrets(List(Nested({{"p", String()}}))));
}

}  // namespace
}  // namespace palisade::lifecycle
