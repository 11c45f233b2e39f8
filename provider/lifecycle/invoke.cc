#include "provider/base/status.h"
#include "provider/lifecycle/bags.h"
#include "provider/lifecycle/check.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"
#include "provider/lifecycle/suggest.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {

absl::StatusOr<InvokeResult> Provider::Invoke(const std::string& token, const PropertyMap& args,
                                              bool preview) const {
  const absl::StatusOr<const schema::FunctionShape*> shape = package_.Function(token);
  if (!shape.ok()) {
    if (shape.status().code() != absl::StatusCode::kNotFound) return shape.status();
    std::vector<std::string> tokens;
    for (const auto& fragment : package_.functions()) tokens.emplace_back(fragment.token);
    return base::NotFound("\"" + token + "\" is no function of the package " +
                          std::string(package_.name()) + DidYouMean(NearestName(token, tokens)));
  }
  const resource::Function* handler = registry_.FindFunction(token);
  if (handler == nullptr) {
    return base::Internal("the function " + token + " has a fragment but no handler");
  }

  const auto configuration = state_->Current();
  const auto rules = [handler](const PropertyMap& values, resource::Findings& findings) {
    handler->Check(values, findings);
  };
  CheckedArguments checked =
      CheckArguments({(*shape)->inputs, services_, configuration->skip_checks, rules, ""}, args);
  if (!checked.failures.empty()) return InvokeResult{{}, std::move(checked.failures)};
  if (value::ContainsUnknown(checked.values)) {
    return base::InvalidArgument("cannot call " + token +
                                 ": an argument is not known yet; wait for it with apply, or use "
                                 "the function's output form");
  }
  const Bag arguments{std::move(checked.values), {}, std::move(checked.secret_paths)};
  const Redactor redactor({&arguments});
  resource::Call call = MakeCall("", {}, redactor);
  PALISADE_ASSIGN_OR_RETURN(PropertyMap result,
                            redactor.Answer(handler->Invoke(call, {arguments.values, preview})));
  if (value::ContainsUnknown(result)) {
    return base::Internal(token + " left a result unknown; this is a bug in palisade");
  }
  return InvokeResult{Close((*shape)->outputs, std::move(result), arguments.secret_paths), {}};
}

}  // namespace palisade::lifecycle
