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
  for (const char* wrong : {"x", "5", "-1/3", "99999999999999999999/"}) {
    EXPECT_EQ(provider_.List({"p:m:Thing", {}, 0, 0, wrong}, emit).status().code(),
              absl::StatusCode::kInvalidArgument)
        << wrong;
  }
  EXPECT_EQ(provider_.List({"p:m:Thing", {{"prefix", 1}}, 0, 0, ""}, emit).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace palisade::lifecycle
