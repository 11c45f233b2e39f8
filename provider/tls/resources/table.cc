#include "provider/tls/resources/table.h"

#include <algorithm>
#include <array>

#include "provider/tls/resources/cert_request_resource.h"
#include "provider/tls/resources/get_certificate.h"
#include "provider/tls/resources/get_public_key.h"
#include "provider/tls/resources/locally_signed_cert_resource.h"
#include "provider/tls/resources/private_key_resource.h"
#include "provider/tls/resources/self_signed_cert_resource.h"

namespace palisade::tls {
namespace {

using resource::FunctionRow;
using resource::MakeFunction;
using resource::MakeResource;
using resource::ResourceRow;

constexpr std::array<ResourceRow, 4> kResources = {{
    {"palisade:tls:CertRequest", MakeResource<CertRequestResource>},
    {"palisade:tls:LocallySignedCert", MakeResource<LocallySignedCertResource>},
    {"palisade:tls:PrivateKey", MakeResource<PrivateKeyResource>},
    {"palisade:tls:SelfSignedCert", MakeResource<SelfSignedCertResource>},
}};
static_assert(std::ranges::is_sorted(kResources, {}, &ResourceRow::token));

constexpr std::array<FunctionRow, 2> kFunctions = {{
    {"palisade:tls:getCertificate", MakeFunction<GetCertificate>},
    {"palisade:tls:getPublicKey", MakeFunction<GetPublicKey>},
}};
static_assert(std::ranges::is_sorted(kFunctions, {}, &FunctionRow::token));

}  // namespace

std::span<const ResourceRow> ResourceRows() { return kResources; }
std::span<const FunctionRow> FunctionRows() { return kFunctions; }

}  // namespace palisade::tls
