#pragma once

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/value/view.h"

namespace palisade::aws::testing {

/// The least that a type of EC2 is: a name that can be changed.
class Thing : public AwsResource {
 public:
  using AwsResource::AwsResource;

  /// What Settle answers, for tests of failures after the object exists.
  mutable absl::Status settled;

 protected:
  const AwsTraits& aws() const override {
    static const AwsTraits kTraits{.service = kEc2,
                                   .tagging = Tagging::kEc2Id,
                                   .resource_type = "thing",
                                   .not_found = {"InvalidThingID.NotFound"},
                                   .changing_outputs = {"renamed"}};
    return kTraits;
  }
  absl::StatusOr<std::string> Make(Session& session, const value::PropertyMap& inputs,
                                   const Tags& tags) const override {
    Params params;
    params.Add("Name", value::View(inputs).String("name").value_or(""))
        .AddTagSpecification("thing", tags);
    const auto xml = session.Ec2("CreateThing", params, http::Idempotency::kNonIdempotent);
    if (!xml.ok()) return xml.status();
    return Text(xml->root, "thingId");
  }
  absl::Status Settle(Session&, const std::string&, const value::PropertyMap&,
                      bool) const override {
    return settled;
  }
  absl::StatusOr<std::optional<Found>> Look(Session& session, const std::string& id,
                                            const value::PropertyMap*) const override {
    Params params;
    params.Add("ThingId.1", id);
    const auto xml = session.Ec2("DescribeThings", params, http::Idempotency::kIdempotent);
    if (!xml.ok()) return xml.status();
    for (const auto item : Items(xml->root, "thingSet")) {
      Found found;
      found.inputs["name"] = Text(item, "name");
      found.outputs["thingId"] = id;
      found.outputs["renamed"] = true;
      found.tags = TagSet(item);
      return std::optional(found);
    }
    return std::optional<Found>();
  }
  absl::Status Change(Session& session, const resource::UpdateRequest& request) const override {
    const auto name = value::View(request.new_inputs).String("name");
    if (name == value::View(request.old_inputs).String("name")) return absl::OkStatus();
    Params params;
    params.Add("ThingId", request.id).Add("Name", name.value_or(""));
    return session.Ec2("RenameThing", params, http::Idempotency::kIdempotent).status();
  }
  absl::Status Remove(Session& session, const resource::DeleteRequest& request) const override {
    Params params;
    params.Add("ThingId", request.id);
    return session.Ec2("DeleteThing", params, http::Idempotency::kIdempotent).status();
  }
  absl::StatusOr<ListedPage> Enumerate(Session& session, const std::string&,
                                       std::size_t) const override {
    const auto xml = session.Ec2("DescribeThings", {}, http::Idempotency::kIdempotent);
    if (!xml.ok()) return xml.status();
    ListedPage page;
    for (const auto item : Items(xml->root, "thingSet")) {
      page.items.push_back({Text(item, "thingId"), ""});
    }
    return page;
  }
};

}  // namespace palisade::aws::testing
