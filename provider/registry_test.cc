#include "provider/registry.h"

#include <gtest/gtest.h>

#include "package.h"
#include "provider/base/clock.h"
#include "provider/base/random.h"
#include "provider/http/fake_transport.h"
#include "provider/schema/package.h"

namespace palisade {
namespace {

class Registry : public ::testing::Test {
 protected:
  const schema::Package package{PalisadePackage()};
  http::FakeTransport transport;
  World world{{transport, base::SystemClock(), base::SystemRandom(),
               [](const std::string&) { return std::nullopt; }, "0.0.0"}};
  const lifecycle::Registry registry = MakeRegistry(world);
};

TEST_F(Registry, HasAHandlerForEveryFragment) {
  EXPECT_FALSE(package.resources().empty());
  for (const auto& fragment : package.resources()) {
    EXPECT_NE(registry.FindResource(fragment.token), nullptr) << fragment.token;
  }
  for (const auto& fragment : package.functions()) {
    EXPECT_NE(registry.FindFunction(fragment.token), nullptr) << fragment.token;
  }
}

TEST_F(Registry, HasAFragmentForEveryRow) {
  EXPECT_EQ(registry.resources(), package.resources().size());
  EXPECT_EQ(registry.functions(), package.functions().size());
}

TEST_F(Registry, EveryFragmentParses) {
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
