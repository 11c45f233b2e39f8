#include "provider/registry.h"

#include <gtest/gtest.h>

#include "package.h"
#include "provider/schema/package.h"

namespace palisade {
namespace {

TEST(Registry, HasAHandlerForEveryFragment) {
  const schema::Package package(PalisadePackage());
  const lifecycle::Registry registry = MakeRegistry();
  EXPECT_FALSE(package.resources().empty());
  for (const auto& fragment : package.resources()) {
    EXPECT_NE(registry.FindResource(fragment.token), nullptr) << fragment.token;
  }
  for (const auto& fragment : package.functions()) {
    EXPECT_NE(registry.FindFunction(fragment.token), nullptr) << fragment.token;
  }
}

TEST(Registry, HasAFragmentForEveryRow) {
  const schema::Package package(PalisadePackage());
  const lifecycle::Registry registry = MakeRegistry();
  EXPECT_EQ(registry.resources(), package.resources().size());
  EXPECT_EQ(registry.functions(), package.functions().size());
}

TEST(Registry, EveryFragmentParses) {
  const schema::Package package(PalisadePackage());
  for (const auto& fragment : package.resources()) {
    const auto shape = package.Resource(fragment.token);
    ASSERT_TRUE(shape.ok()) << shape.status();
    EXPECT_EQ((*shape)->token, fragment.token);
    // Parsed once: the second answer is the same object.
    EXPECT_EQ(*package.Resource(fragment.token), *shape);
  }
  for (const auto& fragment : package.functions()) {
    const auto shape = package.Function(fragment.token);
    EXPECT_TRUE(shape.ok()) << shape.status();
  }
  EXPECT_TRUE(package.Config().ok());
  EXPECT_EQ(package.Resource("palisade:tls:Nothing").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace palisade
