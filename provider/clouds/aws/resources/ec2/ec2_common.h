#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "keys/aws/ec2.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/resource.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

namespace names = keys::aws::ec2;

using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;

/// The known text of a property; "" for anything else.
std::string TextOf(const PropertyMap& bag, std::string_view name);

/// Sets a text property unless the text is empty.
void PutText(PropertyMap& bag, std::string_view name, std::string text);

PropertyArray ListOf(const std::vector<std::string>& texts);

/// An address range with the bits behind its prefix cleared, as EC2 stores it; a text that is no
/// range stays as it is.
std::string CanonicalCidr(const std::string& text);

/// The range `seen` in the spelling of the prior inputs (null on import), where both mean the same.
std::string SpelledAsBefore(const PropertyMap* prior, std::string_view name,
                            const std::string& seen);

/// Drops the change of a range that only adds or clears bits behind the prefix.
void ForgetEqualCidr(const resource::DiffRequest& request, std::string_view name,
                     resource::Changes& changes);

/// The ARN of an EC2 object: `resource` is "vpc/vpc-1", `owner` the account. "" without an owner.
std::string ArnOf(const Session& session, const std::string& owner, const std::string& resource);

/// Adds the inputs to the outputs, so that a create and a later read answer the same outputs.
void ShowInputs(Found& found);

/// What becomes of another package's property bags (state version 0).
struct Moved {
  /// From their name to ours.
  std::vector<std::pair<std::string_view, std::string_view>> renamed;
  /// The inputs of this type; others are dropped from the inputs.
  std::vector<std::string_view> inputs;
};
/// Renames, drops foreign inputs and texts that are empty because they were not set, and keeps the
/// owner as accountId. Answers the id that the outputs held, as aws's do; "" without one.
std::string MoveBags(const Moved& moved, PropertyMap& inputs, PropertyMap& outputs);

}  // namespace palisade::aws::ec2
