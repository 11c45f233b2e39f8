#include <gtest/gtest.h>

#include "provider/lifecycle/thing_for_test.h"

// What an update tells its handler of `ignoreChanges`, beyond the inputs.
namespace palisade::lifecycle {
namespace {

TEST_F(ProviderTest, AwaitIsToldWhatAnUpdateLeavesToOthers) {
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 1}};
  const PropertyMap old_inputs{{"size", 1}};
  std::vector<bool> ignores;
  // The same call goes on to Await.
  script_.update = [&](resource::Call& call, const resource::UpdateRequest& request) {
    for (const char* text : {"tier", "labels", "labels.a", "size"}) {
      ignores.push_back(call.Ignores(*value::PropertyPath::Parse(text)));
    }
    return request.old_outputs;
  };
  const auto updated = provider_.Update(
      {subject_, "id-1", olds, old_inputs, {{"size", 2}}, {}, {"tier", "labels.*"}, false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(ignores, (std::vector<bool>{true, false, true, false}));
}

}  // namespace
}  // namespace palisade::lifecycle
