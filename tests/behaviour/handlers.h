#pragma once

#include <memory>
#include <span>

#include "provider/resource/resource.h"

namespace palisade::behaviour {

std::span<const resource::ResourceRow> Resources();
std::span<const resource::FunctionRow> Functions();

// One per file of resources/ and functions/.
std::unique_ptr<const resource::Resource> MakeAssets();
std::unique_ptr<const resource::Resource> MakeFlaky();
std::unique_ptr<const resource::Resource> MakeLegacy();
std::unique_ptr<const resource::Resource> MakeListed();
std::unique_ptr<const resource::Resource> MakeNamed();
std::unique_ptr<const resource::Resource> MakeNested();
std::unique_ptr<const resource::Resource> MakeRefreshing();
std::unique_ptr<const resource::Resource> MakeSame();
std::unique_ptr<const resource::Resource> MakeShortNamed();
std::unique_ptr<const resource::Resource> MakeSimple();
std::unique_ptr<const resource::Resource> MakeSlow();
std::unique_ptr<const resource::Resource> MakeWriteOnly();

std::unique_ptr<const resource::Function> MakeCounts();
std::unique_ptr<const resource::Function> MakeDrift();
std::unique_ptr<const resource::Function> MakeEcho();
std::unique_ptr<const resource::Function> MakeFailing();
std::unique_ptr<const resource::Function> MakeSecretAnswer();

}  // namespace palisade::behaviour
