#include <algorithm>

#include "provider/http/fake_transport.h"
#include "provider/tls/resources/get_public_key.h"
#include "provider/tls/resources/table.h"
#include "provider/tls/resources/testing.h"

namespace palisade::tls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> Failures(const resource::Function& function, const PropertyMap& args,
                                  std::string* text = nullptr) {
  resource::Findings findings;
  function.Check(args, findings);
  std::vector<std::string> failures;
  for (const auto& one : findings.failures()) {
    failures.push_back(one.path.Text() + " " + one.rule);
    if (text != nullptr) *text += one.reason;
  }
  return failures;
}

TEST(GetPublicKey, AnswersWhatThePrivateKeyHas) {
  World world;
  const auto key =
      world.Create(PrivateKeyResource(), {{"algorithm", "ECDSA"}, {"ecdsaCurve", "P256"}});
  const GetPublicKey function;
  resource::Call call = world.Call();
  // A file of ssh-keygen may be of any form: PEM was its only one before OpenSSH 7.8.
  for (const auto& [name, form] : {std::pair("privateKeyPem", "privateKeyPemPkcs8"),
                                   std::pair("privateKeyOpenssh", "privateKeyOpenssh"),
                                   std::pair("privateKeyOpenssh", "privateKeyPem"),
                                   std::pair("privateKeyOpenssh", "privateKeyPemPkcs8")}) {
    const PropertyMap args{{name, key.outputs.at(form)}};
    EXPECT_THAT(Failures(function, args), IsEmpty());
    const auto result = function.Invoke(call, {args, false});
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->at("id"), PropertyValue(key.id));
    EXPECT_EQ(result->at("algorithm"), PropertyValue("ECDSA"));
    for (const char* same : {"publicKeyPem", "publicKeyOpenssh", "publicKeyFingerprintMd5",
                             "publicKeyFingerprintSha256"}) {
      EXPECT_EQ(result->at(same), key.outputs.at(same));
    }
  }
}

TEST(GetPublicKey, WantsExactlyOneReadableKey) {
  const GetPublicKey function;
  EXPECT_THAT(Failures(function, {}), ElementsAre("privateKeyPem exclusive"));
  std::string text;
  EXPECT_THAT(Failures(function, {{"privateKeyPem", "my secret"}}, &text),
              ElementsAre("privateKeyPem tls.private-key"));
  EXPECT_THAT(text, Not(HasSubstr("my secret")));
  EXPECT_THAT(Failures(function, {{"privateKeyOpenssh", "my secret"}}),
              ElementsAre("privateKeyOpenssh tls.private-key"));
  EXPECT_THAT(Failures(function, {{"privateKeyPem", Unknown{}}, {"privateKeyOpenssh", Unknown{}}}),
              ElementsAre("privateKeyOpenssh exclusive"));
  World world;
  resource::Call call = world.Call();
  EXPECT_EQ(function.Invoke(call, {{}, false}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Table, MakesEveryHandler) {
  std::vector<std::string> tokens;
  for (const auto& row : ResourceRows()) {
    EXPECT_NE(row.make(), nullptr);
    tokens.emplace_back(row.token);
  }
  EXPECT_THAT(tokens, Not(IsEmpty()));
  EXPECT_TRUE(std::ranges::is_sorted(tokens));
  http::FakeTransport transport;
  for (const auto& made : MakeFunctions(transport)) EXPECT_NE(made.handler, nullptr) << made.token;
}

}  // namespace
}  // namespace palisade::tls
