#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/lifecycle/thing_for_test.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(ProviderTest, DeleteOfAMissingObjectSucceeds) {
  script_.deleted = base::NotFound("no such thing");
  EXPECT_TRUE(provider_.Delete({subject_, "id-1", {}, {}, {}}).ok());
  script_.deleted = base::Error(absl::StatusCode::kPermissionDenied, "no");
  EXPECT_EQ(provider_.Delete({subject_, "id-1", {}, {}, {}}).code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(provider_.Delete({subject_, "", {}, {}, {}}).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ProviderTest, CancelEndsCallsUnderWayAndNotTheNext) {
  script_.create = [this](resource::Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    call.RecordId("id-1");
    provider_.Cancel();
    PALISADE_RETURN_IF_ERROR(call.WaitFor(std::chrono::hours(1), "waiting"));
    return Created{"id-1", {}};
  };
  const auto cancelled = provider_.Create({subject_, {}, {}, false});
  ASSERT_TRUE(cancelled.ok());
  EXPECT_EQ(cancelled->code, absl::StatusCode::kCancelled);
  EXPECT_EQ(cancelled->id, "id-1");

  script_.create = [](resource::Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    PALISADE_RETURN_IF_ERROR(call.WaitFor(std::chrono::hours(1), "waiting"));
    return Created{"id-2", {}};
  };
  EXPECT_EQ(provider_.Create({subject_, {}, {}, false})->id, "id-2");
}

TEST_F(ProviderTest, CancelTellsWhoeverTidiesUpAfterTheWaitsWereStopped) {
  Registry registry = Handlers();
  std::stop_token token;
  int told = 0;
  registry.OnCancel([&] {
    ++told;
    EXPECT_TRUE(token.stop_requested());
  });
  Provider provider{
      package_,
      std::move(registry),
      {clock_, base::SystemRandom(), reporter_, [](const std::string&) { return std::nullopt; }}};
  script_.create = [&](resource::Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    token = call.cancel();
    provider.Cancel();
    return Created{"id-1", {}};
  };
  EXPECT_TRUE(provider.Create({subject_, {}, {}, false}).ok());
  EXPECT_EQ(told, 1);
}

TEST_F(ProviderTest, ATimeoutOfTheCallEndsItsWaits) {
  script_.create = [](resource::Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    PALISADE_RETURN_IF_ERROR(call.WaitFor(std::chrono::hours(1), "waiting"));
    return Created{"id-1", {}};
  };
  EXPECT_EQ(provider_.Create({subject_, {}, std::chrono::seconds(10), false}).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ProviderTest, InvokeChecksWrapsAndTellsPreviews) {
  const auto real = provider_.Invoke("p:m:echo", {{"text", MakeSecret("x")}}, false);
  ASSERT_TRUE(real.ok()) << real.status();
  EXPECT_EQ(real->result, (PropertyMap{{"text", MakeSecret("x")}, {"hidden", MakeSecret("real")}}));
  EXPECT_EQ(provider_.Invoke("p:m:echo", {{"text", "x"}}, true)->result.at("hidden"),
            MakeSecret("preview"));
  EXPECT_EQ(provider_.Invoke("p:m:echo", {}, false)->failures.size(), 1u);
  EXPECT_EQ(provider_.Invoke("p:m:ehco", {}, false).status().code(), absl::StatusCode::kNotFound);
}

class ListTest : public ProviderTest {
 protected:
  using Ids = std::vector<std::string>;

  // One page, and in `token` how to get the next.
  Ids Page(std::int64_t limit, std::int64_t page_size, std::string& token) {
    Ids ids;
    const auto next = provider_.List({"p:m:Thing", {}, limit, page_size, token},
                                     [&ids](const resource::ListPage::Item& item) {
                                       ids.push_back(item.id);
                                       return true;
                                     });
    EXPECT_TRUE(next.ok()) << next.status();
    token = next.value_or("");
    return ids;
  }
  // How many items each page has; all of them are told, once and in order.
  std::vector<std::size_t> Sizes(std::int64_t limit, std::int64_t page_size, int all) {
    std::vector<std::size_t> sizes;
    std::string token;
    int next = 0;
    do {
      const Ids ids = Page(limit, page_size, token);
      for (const std::string& id : ids) EXPECT_EQ(id, "id-" + std::to_string(next++));
      sizes.push_back(ids.size());
    } while (!token.empty() && sizes.size() < 50);
    EXPECT_EQ(next, all);
    return sizes;
  }
};

TEST_F(ListTest, AHandlerThatAnswersMoreThanItWasAskedForExceedsNeitherLimitNorPageSize) {
  script_.least_page = 5;
  EXPECT_THAT(Sizes(2, 0, 2), ElementsAre(2));
  EXPECT_THAT(Sizes(7, 3, 7), ElementsAre(3, 2, 2));
  EXPECT_THAT(Sizes(0, 3, 10), ElementsAre(3, 2, 3, 2));
  EXPECT_THAT(Sizes(0, 1, 10), ElementsAre(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_THAT(Sizes(4, 3, 4), ElementsAre(3, 1));
  EXPECT_THAT(Sizes(10, 5, 10), ElementsAre(5, 5));
  script_.least_page = 100;
  EXPECT_THAT(Sizes(0, 4, 10), ElementsAre(4, 4, 2));
}

TEST_F(ListTest, APageIsAskedForAgainAsItWasTheFirstTime) {
  script_.least_page = 5;
  Sizes(4, 3, 4);
  EXPECT_THAT(script_.asked, ElementsAre(":3", ":3"));
}

TEST_F(ListTest, APageThatHasBecomeShorterIsPassedOver) {
  script_.least_page = 5;
  std::string token;
  EXPECT_THAT(Page(0, 4, token), ElementsAre("id-0", "id-1", "id-2", "id-3"));
  script_.least_page = 0;
  EXPECT_THAT(Page(0, 3, token), ElementsAre());
  EXPECT_THAT(Page(0, 3, token), ElementsAre("id-4", "id-5"));
  EXPECT_THAT(Page(0, 3, token), ElementsAre("id-6", "id-7", "id-8"));
}

TEST_F(ProviderTest, ListKeepsItsLimitInTheToken) {
  std::vector<std::string> ids;
  const auto emit = [&ids](const resource::ListPage::Item& item) {
    ids.push_back(item.id);
    return true;
  };
  std::string token;
  int pages = 0;
  do {
    const auto next = provider_.List({"p:m:Thing", {}, 7, 3, token}, emit);
    ASSERT_TRUE(next.ok()) << next.status();
    token = *next;
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(ids.size(), 7u);
  EXPECT_EQ(pages, 3);

  ids.clear();
  EXPECT_EQ(*provider_.List({"p:m:Thing", {}, 0, 0, ""}, emit), "");
  EXPECT_EQ(ids.size(), 10u);
  for (const char* wrong : {"x", "5", "-1/3", "99999999999999999999/", "5/3", "0//3", "-1/0/3",
                            "5/-1/3", "5/99999999999/3"}) {
    EXPECT_EQ(provider_.List({"p:m:Thing", {}, 0, 0, wrong}, emit).status().code(),
              absl::StatusCode::kInvalidArgument)
        << wrong;
  }
  EXPECT_EQ(provider_.List({"p:m:Thing", {{"prefix", 1}}, 0, 0, ""}, emit).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace palisade::lifecycle
