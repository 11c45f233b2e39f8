#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "provider/resource/resource.h"
#include "tests/behaviour/world.h"

namespace palisade::behaviour {

using resource::Call;
using value::PropertyMap;

/// A resource whose objects live in the World: the ordinary life that the types of this package
/// share, each changing one thing about it.
class Stored : public resource::Resource {
 public:
  explicit Stored(std::string_view kind) : kind_(kind) {}

  PropertyMap Preview(const resource::PreviewRequest& request) const override;
  absl::StatusOr<resource::Created> Create(Call& call, const PropertyMap& inputs) const override;
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      Call& call, const resource::ReadRequest& request) const override;
  absl::StatusOr<PropertyMap> Update(Call& call,
                                     const resource::UpdateRequest& request) const override;
  absl::Status Delete(Call& call, const resource::DeleteRequest& request) const override;

 protected:
  const std::string& kind() const { return kind_; }

  /// The id of a new object; random unless the type has a natural one.
  virtual std::string NewId(Call& call, const PropertyMap& inputs) const;
  /// Outputs that follow from the inputs alone; with unknowns where an input is unknown.
  virtual PropertyMap Certain(const PropertyMap& /*inputs*/) const { return {}; }
  /// Outputs that only the making of the object decides; kept over updates.
  virtual PropertyMap Decided(Call& /*call*/, const PropertyMap& /*inputs*/) const { return {}; }
  /// What an update does to the outputs beyond Certain.
  virtual void Touch(PropertyMap& /*outputs*/) const {}

 private:
  const std::string kind_;
};

/// `bytes` random bytes in hex.
std::string RandomHex(Call& call, std::size_t bytes);

/// `base` with the entries of `more` over it.
PropertyMap Merged(PropertyMap base, const PropertyMap& more);

}  // namespace palisade::behaviour
