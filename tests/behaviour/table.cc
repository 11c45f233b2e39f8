#include "tests/behaviour/handlers.h"

namespace palisade::behaviour {
namespace {

constexpr resource::ResourceRow kResources[] = {
    {"behaviour:test:Assets", MakeAssets},
    {"behaviour:test:Flaky", MakeFlaky},
    {"behaviour:test:Legacy", MakeLegacy},
    {"behaviour:test:Listed", MakeListed},
    {"behaviour:test:Named", MakeNamed},
    {"behaviour:test:Nested", MakeNested},
    {"behaviour:test:Refreshing", MakeRefreshing},
    {"behaviour:test:Same", MakeSame},
    {"behaviour:test:ShortNamed", MakeShortNamed},
    {"behaviour:test:Simple", MakeSimple},
    {"behaviour:test:Slow", MakeSlow},
    {"behaviour:test:WriteOnly", MakeWriteOnly},
};

constexpr resource::FunctionRow kFunctions[] = {
    {"behaviour:test:counts", MakeCounts},
    {"behaviour:test:drift", MakeDrift},
    {"behaviour:test:echo", MakeEcho},
    {"behaviour:test:failing", MakeFailing},
    {"behaviour:test:secretAnswer", MakeSecretAnswer},
};

}  // namespace

std::span<const resource::ResourceRow> Resources() { return kResources; }
std::span<const resource::FunctionRow> Functions() { return kFunctions; }

}  // namespace palisade::behaviour
