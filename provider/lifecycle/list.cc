#include <algorithm>
#include <charconv>

#include "provider/base/status.h"
#include "provider/lifecycle/check.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/state.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

constexpr std::int64_t kUsualPage = 100;

// Follow-up pages repeat the first request's limit, so what is left of it travels in the token:
// "<left>/<the handler's continuation>", left being 0 when there is no limit.
struct Token {
  std::int64_t left = 0;
  std::string continuation;
};

std::string TokenText(const Token& token) {
  return std::to_string(token.left) + "/" + token.continuation;
}

absl::StatusOr<Token> ParseToken(const std::string& text) {
  Token token;
  const char* end = text.data() + text.size();
  const auto left = std::from_chars(text.data(), end, token.left);
  if (left.ec != std::errc() || left.ptr == end || *left.ptr != '/' || token.left < 0) {
    return base::InvalidArgument(
        "the continuation token is not one that this provider gave out; "
        "begin the list again without a token");
  }
  token.continuation.assign(left.ptr + 1, end);
  return token;
}

std::string Joined(const std::vector<CheckFailure>& failures) {
  std::string text;
  for (const CheckFailure& failure : failures) {
    text += (text.empty() ? "" : "; ") + (failure.property.empty() ? "" : failure.property + ": ") +
            failure.reason;
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> Provider::List(
    const ListInput& input,
    const std::function<bool(const resource::ListPage::Item&)>& emit) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find({"", "", input.token}));
  const auto configuration = state_->Current();
  const CheckedArguments query = CheckArguments(
      {type.shape.list_inputs, services_, configuration->skip_checks, {}, ""}, input.query);
  if (!query.failures.empty()) {
    return base::InvalidArgument("the query of " + input.token +
                                 " is wrong: " + Joined(query.failures));
  }
  if (value::ContainsUnknown(query.values)) {
    return base::InvalidArgument("the query of " + input.token + " holds an unknown value");
  }

  Token token{std::max<std::int64_t>(input.limit, 0), ""};
  if (!input.continuation.empty()) {
    PALISADE_ASSIGN_OR_RETURN(token, ParseToken(input.continuation));
  }
  std::int64_t page_size = input.page_size > 0 ? input.page_size : kUsualPage;
  if (token.left > 0) page_size = std::min(page_size, token.left);
  resource::Call call = MakeCall("", {}, {});
  PALISADE_ASSIGN_OR_RETURN(const resource::ListPage page,
                            type.handler.List(call, {query.values, token.continuation,
                                                     static_cast<std::size_t>(page_size)}));
  for (const auto& item : page.items) {
    PALISADE_RETURN_IF_ERROR(call.Proceed("listing " + input.token));
    if (!emit(item)) {
      return base::Error(absl::StatusCode::kCancelled, "the list was given up by its reader");
    }
  }
  if (page.continuation.empty()) return std::string();
  if (token.left > 0) {
    token.left -= static_cast<std::int64_t>(page.items.size());
    if (token.left <= 0) return std::string();
  }
  return TokenText({token.left, page.continuation});
}

}  // namespace palisade::lifecycle
