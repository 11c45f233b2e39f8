#include "provider/rpc/requests.h"

#include <gtest/gtest.h>

#include <limits>

namespace palisade::rpc {
namespace {

using std::chrono::milliseconds;

TEST(Timeout, IsMillisecondsOfAnySaneNumber) {
  EXPECT_EQ(ToTimeout(0).value(), milliseconds(0));
  EXPECT_EQ(ToTimeout(1.5).value(), milliseconds(1500));
  EXPECT_EQ(ToTimeout(1e-9).value(), milliseconds(1)) << "zero would mean the provider's own";
  EXPECT_GT(ToTimeout(std::numeric_limits<double>::infinity()).value(), std::chrono::years(99));
  EXPECT_FALSE(ToTimeout(-1).ok());
  EXPECT_FALSE(ToTimeout(std::numeric_limits<double>::quiet_NaN()).ok());
}

TEST(Requests, AnAbsentBagIsNotAnEmptyOne) {
  pulumirpc::ReadRequest request;
  request.set_urn("urn:pulumi:d::p::a:b:C::n");
  request.set_id("id");
  EXPECT_EQ(ToReadInput(request)->inputs, std::nullopt);
  request.mutable_inputs();
  EXPECT_EQ(ToReadInput(request)->inputs, value::PropertyMap{});
  EXPECT_EQ(ToReadInput(request)->properties, std::nullopt);
}

TEST(Requests, ReadUpdateAndDeleteNeedAnId) {
  pulumirpc::ReadRequest read;
  pulumirpc::UpdateRequest update;
  pulumirpc::DeleteRequest remove;
  for (auto* urn : {read.mutable_urn(), update.mutable_urn(), remove.mutable_urn()}) {
    *urn = "urn:pulumi:d::p::a:b:C::n";
  }
  for (const auto& status : {ToReadInput(read).status(), ToUpdateInput(update).status(),
                             ToDeleteInput(remove).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message().find("id: "), 0u);
  }
}

TEST(Requests, AutonamingModesAreTranslatedAndOthersRefused) {
  using Wire = pulumirpc::CheckRequest::AutonamingOptions;
  using Mode = lifecycle::Autonaming::Mode;
  pulumirpc::CheckRequest request;
  EXPECT_EQ(ToCheckInput(request, {})->autonaming, std::nullopt);
  request.mutable_autonaming()->set_proposed_name("n");
  for (const auto& [wire, mode] :
       {std::pair(Wire::PROPOSE, Mode::kPropose), std::pair(Wire::ENFORCE, Mode::kEnforce),
        std::pair(Wire::DISABLE, Mode::kDisable)}) {
    request.mutable_autonaming()->set_mode(wire);
    const auto input = ToCheckInput(request, {});
    EXPECT_EQ(input->autonaming->mode, mode);
    EXPECT_EQ(input->autonaming->proposed_name, "n");
  }
  request.mutable_autonaming()->set_mode(static_cast<Wire::Mode>(9));
  EXPECT_FALSE(ToCheckInput(request, {}).ok());
}

}  // namespace
}  // namespace palisade::rpc
