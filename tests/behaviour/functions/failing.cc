#include "keys/test.h"
#include "provider/base/status.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// Refuses its arguments, or fails outright.
class Failing final : public resource::Function {
 public:
  void Check(const value::PropertyMap& args, resource::Findings& findings) const override {
    if (value::View(args).Bool(key::kRefuse).value_or(false)) {
      findings.Fail(value::PropertyPath(key::kRefuse), "test.refuse",
                    "it is true; set it to false to be accepted");
    }
  }
  absl::StatusOr<value::PropertyMap> Invoke(resource::Call&,
                                            const resource::FunctionRequest&) const override {
    return base::FailedPrecondition("the function fails because that is what it is for");
  }
};

}  // namespace

std::unique_ptr<const resource::Function> MakeFailing() {
  return std::make_unique<const Failing>();
}

}  // namespace palisade::behaviour
