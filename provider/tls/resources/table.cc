#include "provider/tls/resources/table.h"

#include <algorithm>
#include <array>
#include <memory>

#include "provider/tls/resources/cert_request_resource.h"
#include "provider/tls/resources/get_certificate.h"
#include "provider/tls/resources/get_public_key.h"
#include "provider/tls/resources/locally_signed_cert_resource.h"
#include "provider/tls/resources/private_key_resource.h"
#include "provider/tls/resources/self_signed_cert_resource.h"

namespace palisade::tls {
namespace {

using resource::MakeResource;
using resource::ResourceRow;

constexpr std::array<ResourceRow, 4> kResources = {{
    {"palisade:tls:CertRequest", MakeResource<CertRequestResource>},
    {"palisade:tls:LocallySignedCert", MakeResource<LocallySignedCertResource>},
    {"palisade:tls:PrivateKey", MakeResource<PrivateKeyResource>},
    {"palisade:tls:SelfSignedCert", MakeResource<SelfSignedCertResource>},
}};
static_assert(std::ranges::is_sorted(kResources, {}, &ResourceRow::token));

}  // namespace

std::span<const ResourceRow> ResourceRows() { return kResources; }

std::vector<resource::MadeFunction> MakeFunctions(http::Transport& transport) {
  std::vector<resource::MadeFunction> made;
  made.push_back({"palisade:tls:getCertificate", std::make_unique<GetCertificate>(transport)});
  made.push_back({"palisade:tls:getPublicKey", std::make_unique<GetPublicKey>()});
  return made;
}

}  // namespace palisade::tls
