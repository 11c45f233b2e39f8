#pragma once

#include "provider/resource/resource.h"

namespace palisade::tls {

/// `palisade:tls:CertRequest`. The id is the hex SHA-1 of the request.
class CertRequestResource final : public resource::Resource {
 public:
  void Check(const resource::CheckRequest& request, resource::Findings& findings) const override;
  std::optional<std::string> ExplainUnknown(std::string_view name) const override;
  void Diff(const resource::DiffRequest& request, resource::Changes& changes,
            resource::Findings& findings) const override;
  value::PropertyMap Preview(const resource::PreviewRequest& request) const override;
  absl::StatusOr<resource::Created> Create(resource::Call& call,
                                           const value::PropertyMap& inputs) const override;
  absl::StatusOr<value::PropertyMap> Update(resource::Call& call,
                                            const resource::UpdateRequest& request) const override;
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      resource::Call& call, const resource::ReadRequest& request) const override;
  absl::StatusOr<resource::ListPage> List(resource::Call& call,
                                          const resource::ListRequest& request) const override;
  void Migrate(int version, value::PropertyMap& inputs, value::PropertyMap& outputs) const override;
};

}  // namespace palisade::tls
