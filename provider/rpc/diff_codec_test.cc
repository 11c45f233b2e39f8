#include "provider/rpc/diff_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace palisade::rpc {
namespace {

using resource::ChangeKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using value::PropertyPath;

TEST(DiffCodec, NoChangeIsNoneAndNeverUnknown) {
  pulumirpc::DiffResponse response;
  EncodeDiff({}, &response);
  EXPECT_EQ(response.changes(), pulumirpc::DiffResponse::DIFF_NONE);
  EXPECT_TRUE(response.hasdetaileddiff());
  EXPECT_THAT(response.diffs(), IsEmpty());
}

TEST(DiffCodec, TopLevelNamesComeOnceAndPathsAreExact) {
  lifecycle::DiffResult result;
  const PropertyPath rules("rules");
  result.changes[rules.Child(0).Child("a.b")] = {ChangeKind::kUpdate, false, true};
  result.changes[rules.Child(1)] = {ChangeKind::kAdd, true, true};
  result.changes[PropertyPath("name")] = {ChangeKind::kDelete, false, false};
  result.delete_before_replace = true;
  pulumirpc::DiffResponse response;
  EncodeDiff(result, &response);
  EXPECT_EQ(response.changes(), pulumirpc::DiffResponse::DIFF_SOME);
  EXPECT_THAT(response.diffs(), ElementsAre("name", "rules"));
  EXPECT_THAT(response.replaces(), ElementsAre("rules"));
  EXPECT_TRUE(response.deletebeforereplace());
  ASSERT_EQ(response.detaileddiff_size(), 3);
  const auto& nested = response.detaileddiff().at("rules[0][\"a.b\"]");
  EXPECT_EQ(nested.kind(), pulumirpc::PropertyDiff::UPDATE);
  EXPECT_TRUE(nested.inputdiff());
  EXPECT_EQ(response.detaileddiff().at("rules[1]").kind(), pulumirpc::PropertyDiff::ADD_REPLACE);
  EXPECT_EQ(response.detaileddiff().at("name").kind(), pulumirpc::PropertyDiff::DELETE);
  EXPECT_FALSE(response.detaileddiff().at("name").inputdiff());
}

TEST(DiffCodec, WhatNoPathCanNameIsAChangeOfWhatHoldsIt) {
  lifecycle::DiffResult result;
  const PropertyPath tags = PropertyPath("settings").Child("tags");
  result.changes[tags.Child("a\\")] = {ChangeKind::kAdd, false, true};
  result.changes[tags.Child("b\\")] = {ChangeKind::kDelete, true, true};
  result.changes[tags.Child("c")] = {ChangeKind::kAdd, false, true};
  pulumirpc::DiffResponse response;
  EncodeDiff(result, &response);
  ASSERT_EQ(response.detaileddiff_size(), 2);
  const auto& whole = response.detaileddiff().at("settings.tags");
  EXPECT_EQ(whole.kind(), pulumirpc::PropertyDiff::UPDATE_REPLACE);
  EXPECT_TRUE(whole.inputdiff());
  EXPECT_EQ(response.detaileddiff().at("settings.tags.c").kind(), pulumirpc::PropertyDiff::ADD);
  EXPECT_THAT(response.diffs(), ElementsAre("settings"));
  EXPECT_THAT(response.replaces(), ElementsAre("settings"));
}

}  // namespace
}  // namespace palisade::rpc
