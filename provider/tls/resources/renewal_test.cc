#include "provider/tls/resources/renewal.h"

#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const SelfSignedCertResource kType;

class RenewalTest : public testing::Test {
 protected:
  RenewalTest() {
    inputs_ = {{"privateKeyPem", world_.Key("ED25519")},
               {"subject", PropertyMap{{"commonName", "models.example.com"}}},
               {"allowedUses", PropertyArray{}},
               {"validityPeriodHours", 10},
               {"earlyRenewalHours", 2}};
    made_ = world_.Create(kType, inputs_);
  }
  Diffed At(seconds after_noon, const PropertyMap& now) {
    world_.clock.Advance(std::chrono::duration_cast<std::chrono::milliseconds>(kNoon + after_noon -
                                                                               world_.clock.Now()));
    return world_.Diff(kType, made_.id, inputs_, made_.outputs, now);
  }
  Diffed At(seconds after_noon) { return At(after_noon, inputs_); }

  World world_;
  PropertyMap inputs_;
  resource::Created made_;
};

// Issued at 12:00 for 10 h with a window of 2 h.
TEST_F(RenewalTest, BeginsExactlyWithTheWindow) {
  EXPECT_THAT(At(hours(0)).changes, IsEmpty());
  EXPECT_THAT(At(hours(7)).changes, IsEmpty());
  EXPECT_THAT(At(hours(8) - seconds(1)).changes, IsEmpty());
  const Diffed due = At(hours(8));
  EXPECT_EQ(PathsOf(due.changes), (std::set<std::string>{"readyForRenewal"}));
  const resource::Change& change = due.changes.begin()->second;
  EXPECT_TRUE(change.replace);
  EXPECT_FALSE(change.input);
  EXPECT_EQ(change.kind, resource::ChangeKind::kUpdate);
  EXPECT_THAT(due.warnings, HasSubstr("CN=models.example.com"));
  EXPECT_THAT(due.warnings, HasSubstr("expires at 2025-03-04T22:00:00Z"));
  EXPECT_THAT(At(hours(11)).warnings, HasSubstr("expired at 2025-03-04T22:00:00Z"));
}

TEST_F(RenewalTest, WithoutAWindowItWaitsForTheEndAndSaysSo) {
  const PropertyMap none = Without(inputs_, "earlyRenewalHours");
  EXPECT_FALSE(At(hours(1), none).replaces());
  EXPECT_THAT(At(hours(1), none).warnings, IsEmpty());
  const Diffed late = At(hours(9), none);
  EXPECT_FALSE(late.replaces());
  EXPECT_THAT(late.warnings, HasSubstr("tls.expires-before-renewal"));
  EXPECT_FALSE(At(hours(10) - seconds(1), none).replaces());
  EXPECT_TRUE(At(hours(10), none).replaces());
}

TEST_F(RenewalTest, AnotherWindowIsInPlaceUnlessItIsOpen) {
  const Diffed early = At(hours(4), With(inputs_, "earlyRenewalHours", 5));
  EXPECT_EQ(PathsOf(early.changes), (std::set<std::string>{"earlyRenewalHours"}));
  EXPECT_FALSE(early.replaces());
  EXPECT_TRUE(At(hours(5), With(inputs_, "earlyRenewalHours", 5)).replaces());
  // Open under the old window, but not under the new one.
  const PropertyMap shorter = With(inputs_, "earlyRenewalHours", 1);
  EXPECT_FALSE(At(hours(8), shorter).replaces());
  const PropertyMap noted = With(made_.outputs, "readyForRenewal", true);
  EXPECT_FALSE(world_.Diff(kType, made_.id, inputs_, noted, shorter).replaces());
  EXPECT_TRUE(At(hours(9), shorter).replaces());
  // Whatever an unknown window turns out to be, this certificate is still valid.
  EXPECT_FALSE(At(hours(9), With(inputs_, "earlyRenewalHours", Unknown{})).replaces());
  EXPECT_TRUE(At(hours(10), With(inputs_, "earlyRenewalHours", Unknown{})).replaces());
}

TEST_F(RenewalTest, AWindowAsLongAsTheLifeRenewsOnEveryRun) {
  const Diffed diff = At(hours(0), With(inputs_, "earlyRenewalHours", 10));
  EXPECT_TRUE(diff.replaces());
  EXPECT_THAT(diff.warnings, HasSubstr("every run"));
  EXPECT_TRUE(At(hours(0), With(inputs_, "earlyRenewalHours", 9e15)).replaces());
}

TEST_F(RenewalTest, RefreshNotesThatItIsDueAndNeverTheOpposite) {
  const auto refresh = [&](const PropertyMap& outputs) {
    const auto read = world_.Read(kType, made_.id, &inputs_, &outputs);
    EXPECT_TRUE(read.ok() && read->has_value());
    return (*read)->outputs;
  };
  EXPECT_EQ(refresh(made_.outputs), made_.outputs);
  const PropertyMap noted = With(made_.outputs, "readyForRenewal", true);
  EXPECT_EQ(refresh(noted), noted);
  // What was noted replaces on the next run, whatever its clock says.
  const Diffed diff = world_.Diff(kType, made_.id, inputs_, noted, inputs_);
  EXPECT_TRUE(diff.replaces());
  world_.clock.Advance(hours(8));
  EXPECT_EQ(refresh(made_.outputs), noted);
  // What cannot be read is kept as it is.
  const PropertyMap kept = refresh({{"certPem", "?"}, {"validityEndTime", 5}});
  EXPECT_EQ(World::Text(kept, "certPem"), "?");
  EXPECT_EQ(kept.at("validityEndTime"), PropertyValue(5));
  EXPECT_FALSE(kept.contains("readyForRenewal"));
}

// The engine takes any difference of an import's own Diff for a program that says something else.
TEST_F(RenewalTest, WaitsForTheRunAfterAnImport) {
  const auto imported = [&](const PropertyMap& outputs) {
    return world_.Diff(kType, made_.id, inputs_, outputs, inputs_, /*just_imported=*/true);
  };
  EXPECT_THAT(imported(made_.outputs).warnings, IsEmpty());
  world_.clock.Advance(hours(9));
  EXPECT_THAT(imported(made_.outputs).changes, IsEmpty());
  EXPECT_THAT(imported(made_.outputs).warnings, HasSubstr("is replaced by a later run"));
  EXPECT_THAT(imported(With(made_.outputs, "readyForRenewal", true)).changes, IsEmpty());
  EXPECT_TRUE(world_.Diff(kType, made_.id, inputs_, made_.outputs, inputs_).replaces());
}

TEST_F(RenewalTest, ReadsTheEndFromTheCertificateIfNeedBe) {
  EXPECT_EQ(EndOf(Without(made_.outputs, "validityEndTime")), kNoon + hours(10));
  EXPECT_EQ(EndOf({}), std::nullopt);
  EXPECT_FALSE(IsDue(kNoon, kNoon + seconds(1), 0));
  EXPECT_TRUE(IsDue(kNoon, kNoon, 0));
}

}  // namespace
}  // namespace palisade::tls
