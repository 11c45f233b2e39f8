#include "provider/clouds/aws/rules/capacity.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

PropertyArray Items(std::size_t count) {
  PropertyArray items;
  for (std::size_t i = 0; i < count; ++i) items.push_back("x" + std::to_string(i));
  return items;
}

const PropertyArray kBoth{"TLS_SNI", "HTTP_HOST"};

PropertyMap StatelessRule(PropertyMap match) {
  return {{"ruleDefinition", PropertyMap{{"matchAttributes", std::move(match)}}}};
}

Found CheckSource(const PropertyValue& capacity, const PropertyMap& source) {
  return Check(CheckCapacity,
               {{"capacity", capacity}, {"ruleGroup", PropertyMap{{"rulesSource", source}}}});
}

TEST(Capacity, MultipliesTheMatchSettingsOfAStatelessRule) {
  // The model's own example: two protocols and three sources need 6.
  const PropertyMap two_times_three =
      StatelessRule({{"protocols", Items(2)}, {"sources", Items(3)}, {"destinations", Items(0)}});
  EXPECT_EQ(StatelessNeed({{"statelessRules", PropertyArray{two_times_three}}}), 6);
  EXPECT_EQ(StatelessNeed({{"statelessRules", PropertyArray{StatelessRule({})}}}), 1);
  EXPECT_EQ(StatelessNeed({{"statelessRules", PropertyArray{two_times_three, StatelessRule({})}}}),
            7);
  EXPECT_EQ(
      StatelessNeed({{"statelessRules", PropertyArray{StatelessRule({{"sources", Items(2)},
                                                                     {"destinations", Items(2)},
                                                                     {"sourcePorts", Items(2)},
                                                                     {"destinationPorts", Items(2)},
                                                                     {"protocols", Items(2)},
                                                                     {"tcpFlags", Items(2)}})}}}),
      64);
  EXPECT_EQ(StatelessNeed({}), 0);
}

TEST(Capacity, DoesNotOverflow) {
  const PropertyMap large = StatelessRule({{"sources", Items(60000)},
                                           {"destinations", Items(60000)},
                                           {"sourcePorts", Items(60000)},
                                           {"destinationPorts", Items(60000)},
                                           {"protocols", Items(255)}});
  EXPECT_GT(StatelessNeed({{"statelessRules", PropertyArray{large, large}}}), 1'000'000'000);
}

TEST(Capacity, CountsUnknownsAsLittleAsTheyCanBe) {
  EXPECT_EQ(
      StatelessNeed({{"statelessRules",
                      PropertyArray{StatelessRule({{"sources", kUnknown},
                                                   {"protocols", PropertyArray{6, kUnknown}}}),
                                    kUnknown}}}),
      3);
  EXPECT_EQ(StatelessNeed({{"statelessRules", kUnknown}}), 0);
  EXPECT_EQ(DomainListNeed({{"targets", Items(5)}, {"targetTypes", kUnknown}}), 5);
  EXPECT_EQ(
      DomainListNeed({{"targets", PropertyArray{kUnknown, "a", "a"}}, {"targetTypes", kBoth}}), 4);
  EXPECT_EQ(DomainListNeed({{"targets", Items(5)},
                            {"targetTypes", PropertyArray{"AWS_ROUTE_53_RESOLVED_DOMAIN"}}}),
            5);
  EXPECT_EQ(StatefulRulesNeed({{"statefulRules", PropertyArray{kUnknown, kUnknown}}}), 2);
}

TEST(Capacity, FailsWithTheNumberThatIsNeeded) {
  const PropertyMap source{
      {"rulesString", "pass ip any any -> any any (sid:1;)\n#\nnonsense\ndrop x"}};
  const Found found = CheckSource(2, source);
  EXPECT_THAT(found.failures, ElementsAre("capacity aws.nf.capacity"));
  EXPECT_THAT(found.reasons, ElementsAre(HasSubstr("2 is lower than the 3 that the rules need")));
  EXPECT_THAT(CheckSource(3, source).reasons, IsEmpty());
  EXPECT_THAT(CheckSource(kUnknown, source).reasons, IsEmpty());
  EXPECT_THAT(CheckSource("2", source).reasons, IsEmpty());
}

TEST(Capacity, JudgesEverySource) {
  EXPECT_THAT(CheckSource(1, {{"statefulRules", Items(2)}}).failures,
              ElementsAre("capacity aws.nf.capacity"));
  EXPECT_THAT(CheckSource(1, {{"statelessRulesAndCustomActions",
                               PropertyMap{{"statelessRules", Items(2)}}}})
                  .failures,
              ElementsAre("capacity aws.nf.capacity"));
  EXPECT_THAT(Check(CheckCapacity, {{"capacity", 0}, {"rules", "drop x"}}).failures,
              ElementsAre("capacity aws.nf.capacity"));
  EXPECT_THAT(CheckSource(1, {{"statefulRules", kUnknown}, {"rulesString", kUnknown}}).reasons,
              IsEmpty());
}

TEST(Capacity, WarnsOfTheRulesThatADomainListAdds) {
  const PropertyMap source{
      {"rulesSourceList", PropertyMap{{"targets", Items(10)}, {"targetTypes", kBoth}}}};
  EXPECT_THAT(CheckSource(19, source).failures, ElementsAre("capacity aws.nf.capacity"));
  EXPECT_THAT(CheckSource(21, source).failures, IsEmpty());
  EXPECT_THAT(CheckSource(21, source).reasons, ElementsAre(HasSubstr("set at least 22")));
  EXPECT_THAT(CheckSource(22, source).reasons, IsEmpty());
}

}  // namespace
}  // namespace palisade::aws::rules
