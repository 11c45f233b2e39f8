#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "provider/base/status.h"
#include "provider/lifecycle/bags.h"
#include "provider/lifecycle/check.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

constexpr std::int64_t kUsualPage = 100;

// Follow-up pages repeat the first request's limit, so what is left of it travels in the token:
// "<left>/<skip>/<the handler's continuation>", left being 0 when there is no limit. A service may
// answer more than it was asked for; its page is then asked for again, and `skip` items of it,
// which the engine has, are passed over.
struct Token {
  std::int64_t left = 0;
  std::uint32_t skip = 0;
  std::string continuation;
};

std::string TokenText(const Token& token) {
  return std::to_string(token.left) + "/" + std::to_string(token.skip) + "/" + token.continuation;
}

// Reads a number and the slash behind it from the beginning of `text`.
template <typename Number>
bool Take(std::string_view& text, Number& number) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr == end || *read.ptr != '/') return false;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()) + 1);
  return true;
}

absl::StatusOr<Token> ParseToken(std::string_view text) {
  Token token;
  if (!Take(text, token.left) || !Take(text, token.skip) || token.left < 0) {
    return base::InvalidArgument(
        "the continuation token is not one that this provider gave out; "
        "begin the list again without a token");
  }
  token.continuation = text;
  return token;
}

// What follows after `told` items of the `page` that `token` asked for; nothing at the end.
std::string Next(Token token, const resource::ListPage& page, std::size_t told) {
  if (token.left > 0) {
    token.left -= static_cast<std::int64_t>(told);
    if (token.left <= 0) return "";
  }
  const std::size_t seen = token.skip + told;
  if (seen < page.items.size()) {
    token.skip = static_cast<std::uint32_t>(seen);
    return TokenText(token);
  }
  if (page.continuation.empty()) return "";
  // The page was shorter than the last time: what is left to pass over stands on the next one.
  token.skip = static_cast<std::uint32_t>(seen - page.items.size());
  token.continuation = page.continuation;
  return TokenText(token);
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
  CheckedArguments query = CheckArguments({type.shape.list_inputs,
                                           services_,
                                           configuration->skip_checks,
                                           {},
                                           "",
                                           "is not part of the query of this type"},
                                          input.query);
  if (!query.failures.empty()) {
    return base::InvalidArgument("the query of " + input.token +
                                 " is wrong: " + Joined(query.failures));
  }
  if (value::ContainsUnknown(query.values)) {
    return base::InvalidArgument("the query of " + input.token + " holds an unknown value");
  }

  Token token{std::max<std::int64_t>(input.limit, 0), 0, ""};
  if (!input.continuation.empty()) {
    PALISADE_ASSIGN_OR_RETURN(token, ParseToken(input.continuation));
  }
  const auto most = static_cast<std::size_t>(input.page_size > 0 ? input.page_size : kUsualPage);
  const auto room = token.left > 0 ? std::min(most, static_cast<std::size_t>(token.left)) : most;
  // A page that is asked for again was not cut by the limit: there would be no token.
  const std::size_t asked = token.skip > 0 ? most : room;
  const Bag asking{std::move(query.values), {}, std::move(query.secret_paths)};
  const Redactor redactor({&asking});
  resource::Call call = MakeCall("", {}, redactor);
  PALISADE_ASSIGN_OR_RETURN(
      const resource::ListPage page,
      redactor.Answer(type.handler.List(call, {asking.values, token.continuation, asked})));
  std::size_t told = 0;
  for (std::size_t i = token.skip; i < page.items.size() && told < room; ++i, ++told) {
    PALISADE_RETURN_IF_ERROR(call.Proceed("listing " + input.token));
    if (!emit(page.items[i])) {
      return base::Error(absl::StatusCode::kCancelled, "the list was given up by its reader");
    }
  }
  return Next(token, page, told);
}

}  // namespace palisade::lifecycle
