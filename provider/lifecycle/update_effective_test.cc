#include <gtest/gtest.h>

#include "provider/lifecycle/thing_for_test.h"

// Outputs that show what holds for an input that the program leaves out.
namespace palisade::lifecycle {
namespace {

TEST_F(ProviderTest, AnUpdateShowsTheStandardThatWasSpeltOutBefore) {
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 1}, {"tier", "standard"}};
  const PropertyMap old_inputs{{"size", 1}, {"tier", "standard"}};
  script_.update = [](resource::Call&, const resource::UpdateRequest&) {
    return PropertyMap{{"arn", "x"}, {"tier", "standard"}};
  };
  const auto updated =
      provider_.Update({subject_, "id-1", olds, old_inputs, {{"size", 2}}, {}, {}, false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->properties,
            (PropertyMap{{"__v", 1}, {"arn", "x"}, {"size", 2}, {"tier", "standard"}}));
}

TEST_F(ProviderTest, AnUpdateForgetsWhatTheProgramTookOut) {
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 1}, {"tier", "large"}};
  const PropertyMap old_inputs{{"size", 1}, {"tier", "large"}};
  const auto updated =
      provider_.Update({subject_, "id-1", olds, old_inputs, {{"size", 1}}, {}, {}, false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->properties, (PropertyMap{{"__v", 1}, {"arn", "x"}, {"size", 1}}));
}

}  // namespace
}  // namespace palisade::lifecycle
