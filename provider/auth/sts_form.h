#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provider/auth/percent_encoding.h"
#include "provider/base/redacted.h"

namespace palisade::auth {

/// The body of an awsQuery call; wiped, because it may hold a token.
class StsForm {
 public:
  explicit StsForm(const std::string& action) {
    Add("Action", action).Add("Version", "2011-06-15");
  }
  StsForm(const StsForm&) = delete;
  StsForm& operator=(const StsForm&) = delete;
  ~StsForm() { base::Wipe(text_); }

  StsForm& Add(std::string_view name, std::string_view value) {
    if (!text_.empty()) text_ += '&';
    AppendPercentEncoded(text_, name, false);
    text_ += '=';
    AppendPercentEncoded(text_, value, false);
    return *this;
  }
  StsForm& AddIfAny(std::string_view name, const std::string& value) {
    return value.empty() ? *this : Add(name, value);
  }
  StsForm& AddMembers(const std::string& name, const std::vector<std::string>& values,
                      const std::string& member = "") {
    for (std::size_t i = 0; i < values.size(); ++i) {
      Add(name + ".member." + std::to_string(i + 1) + member, values[i]);
    }
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace palisade::auth
