#include <optional>
#include <string>

#include "keys/test.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// Objects, lists, maps and unions, with secrets at depth in both directions.
class Nested final : public Stored {
 public:
  Nested() : Stored("nested") {}

  void Check(const resource::CheckRequest& request, resource::Findings& findings) const override {
    resource::CheckOneOf(request.inputs, {key::kLeft, key::kRight}, /*optional=*/true, findings);
    resource::CheckNeeds(request.inputs, key::kDetail, key::kLeft, findings);
    if (value::View(request.inputs).String(key::kCode) == "warn") {
      findings.Warn(value::PropertyPath(key::kCode), "test.code",
                    "the code asks for a warning; choose another one");
    }
  }

  std::optional<std::string> ExplainUnknown(std::string_view name) const override {
    if (name == "configuration") return "it was renamed: write settings instead";
    return std::nullopt;
  }

  /// What the service decides about the settings is not known before; the rest of the object is.
  PropertyMap Preview(const resource::PreviewRequest& request) const override {
    PropertyMap generated{{key::kNote, "made for you"},
                          {key::kKey, value::Unknown{}},
                          {key::kLogins, value::Unknown{}}};
    if (request.old_outputs != nullptr) {
      if (const PropertyMap* old = value::View(*request.old_outputs).Object(key::kGenerated)) {
        generated = *old;
      }
    }
    return Merged(Certain(request.inputs), {{key::kGenerated, generated}});
  }

 protected:
  PropertyMap Decided(Call& call, const PropertyMap&) const override {
    const auto login = [&call](const char* user) {
      return PropertyMap{{key::kUser, user}, {key::kPass, "pass-" + RandomHex(call, 8)}};
    };
    return {{key::kGenerated,
             PropertyMap{{key::kNote, "made for you"},
                         {key::kKey, "key-" + RandomHex(call, 8)},
                         {key::kLogins, value::PropertyArray{login("ann"), login("ben")}}}}};
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeNested() { return std::make_unique<const Nested>(); }

}  // namespace palisade::behaviour
