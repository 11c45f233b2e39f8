#pragma once

#include "provider/http/transport.h"
#include "provider/resource/resource.h"

namespace palisade::tls {

/// `palisade:tls:getCertificate`: what certificates say, those of PEM text or those that a server
/// shows. An https server is asked through the proxy that the configuration or else the environment
/// names, a tls one directly, as the established package does.
class GetCertificate final : public resource::Function {
 public:
  /// `transport` outlives the function.
  explicit GetCertificate(http::Transport& transport) : transport_(transport) {}

  void Check(const value::PropertyMap& args, resource::Findings& findings) const override;
  absl::StatusOr<value::PropertyMap> Invoke(
      resource::Call& call, const resource::FunctionRequest& request) const override;

 private:
  absl::StatusOr<std::string> Fetch(resource::Call& call, const std::string& url,
                                    bool verify) const;

  http::Transport& transport_;
};

}  // namespace palisade::tls
