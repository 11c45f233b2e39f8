#pragma once

#include "provider/resource/resource.h"

namespace palisade::tls {

/// `palisade:tls:getPublicKey`: the public half of a private key in PEM, or in a file as
/// ssh-keygen writes them, which may be PEM as well.
class GetPublicKey final : public resource::Function {
 public:
  void Check(const value::PropertyMap& args, resource::Findings& findings) const override;
  absl::StatusOr<value::PropertyMap> Invoke(
      resource::Call& call, const resource::FunctionRequest& request) const override;
};

}  // namespace palisade::tls
