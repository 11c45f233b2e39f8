#pragma once

#include "provider/resource/resource.h"

namespace palisade::tls {

/// `palisade:tls:getCertificate`: what certificates in PEM say. Fetching them from a server is
/// refused until there is an HTTP client.
class GetCertificate final : public resource::Function {
 public:
  void Check(const value::PropertyMap& args, resource::Findings& findings) const override;
  absl::StatusOr<value::PropertyMap> Invoke(
      resource::Call& call, const resource::FunctionRequest& request) const override;
};

}  // namespace palisade::tls
