#include <memory>

#include "provider/tls/resources/table.h"
#include "provider/tls/resources/testing.h"

/// What holds for each type, whatever it does.
namespace palisade::tls {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Case {
  std::unique_ptr<const resource::Resource> type;
  PropertyMap inputs;
  resource::Created made;
};

class EveryType : public testing::Test {
 protected:
  EveryType() {
    const std::string key = world_.Key("ED25519");
    const PropertyMap triggers{{"a", "b"}};
    const PropertyMap root = RootInputs(key);
    PropertyMap cert = With(root, "pkcs12Password", "hunter2");
    cert["dnsNames"] = PropertyArray{"a.example.com"};
    cert["maxPathLength"] = 1;
    const PropertyMap csr{{"privateKeyPemWo", key},
                          {"privateKeyPemWoVersion", 1},
                          {"subject", PropertyMap{{"commonName", "leaf"}}},
                          {"triggers", triggers}};
    const PropertyMap signed_inputs{
        {"certRequestPem", world_.Create(CertRequestResource(), csr).outputs.at("certRequestPem")},
        {"caCertPem", world_.Create(SelfSignedCertResource(), root).outputs.at("certPem")},
        {"caPrivateKeyPem", key},
        {"allowedUses", PropertyArray{"server_auth"}},
        {"validityPeriodHours", 10},
        {"earlyRenewalHours", 1},
        {"isCaCertificate", false},
        {"setSubjectKeyId", true},
        {"pkcs12Password", "hunter2"},
        {"pkcs12PrivateKeyPem", key}};
    const PropertyMap own{{"algorithm", "RSA"}, {"rsaBits", 1024}, {"triggers", triggers}};
    const std::map<std::string, PropertyMap> inputs = {
        {"palisade:tls:CertRequest", csr},
        {"palisade:tls:LocallySignedCert", signed_inputs},
        {"palisade:tls:PrivateKey", own},
        {"palisade:tls:SelfSignedCert", cert}};
    for (const auto& row : ResourceRows()) {
      const auto found = inputs.find(std::string(row.token));
      if (found == inputs.end()) {
        ADD_FAILURE() << row.token << " has no inputs in the table above; add some that it accepts";
        continue;
      }
      Case one{row.make(), found->second, {}};
      one.made = world_.Create(*one.type, one.inputs);
      cases_.push_back(std::move(one));
    }
  }

  // Calls everything that may meet such inputs.
  void Exercise(const Case& one, const PropertyMap& inputs) {
    world_.Check(*one.type, inputs);
    world_.Diff(*one.type, one.made.id, one.inputs, one.made.outputs, inputs);
    one.type->Preview({inputs, nullptr, nullptr, world_.clock});
    one.type->Preview({inputs, &one.inputs, &one.made.outputs, world_.clock});
  }

  World world_;
  std::vector<Case> cases_;
};

TEST_F(EveryType, TakesUnknownsAndWrongTypesAnywhere) {
  const PropertyValue strange[] = {Unknown{},
                                   PropertyArray{Unknown{}},
                                   true,
                                   -1e300,
                                   0.5,
                                   std::string("\xff\0", 2),
                                   value::Null{},
                                   PropertyMap{{"commonName", Unknown{}}},
                                   PropertyArray{1, PropertyMap{}}};
  for (const Case& one : cases_) {
    Exercise(one, {});
    for (const auto& [name, member] : one.inputs) {
      Exercise(one, Without(one.inputs, name));
      for (const PropertyValue& value : strange) Exercise(one, With(one.inputs, name, value));
      // An unknown input that is otherwise right is no failure of any rule.
      EXPECT_THAT(world_.Check(*one.type, With(one.inputs, name, Unknown{})).failures, IsEmpty())
          << name;
    }
  }
}

TEST_F(EveryType, DiffOfTheSameIsNothingAndRefreshChangesNothing) {
  for (const Case& one : cases_) {
    EXPECT_THAT(world_.Check(*one.type, one.inputs).failures, IsEmpty());
    EXPECT_THAT(
        world_.Diff(*one.type, one.made.id, one.inputs, one.made.outputs, one.inputs).changes,
        IsEmpty());
    const auto read = world_.Read(*one.type, one.made.id, &one.inputs, &one.made.outputs);
    ASSERT_TRUE(read.ok() && read->has_value()) << read.status();
    EXPECT_EQ((*read)->outputs, one.made.outputs);
    EXPECT_EQ((*read)->inputs, one.inputs);
    resource::Call call = world_.Call();
    EXPECT_TRUE(one.type->Delete(call, {one.made.id, one.inputs, one.made.outputs}).ok());
  }
}

TEST_F(EveryType, UpdatesInPlaceKeepWhatWasMade) {
  for (const Case& one : cases_) {
    resource::Call call = world_.Call();
    const auto updated =
        one.type->Update(call, {one.made.id, one.inputs, one.made.outputs, one.inputs});
    ASSERT_TRUE(updated.ok()) << updated.status();
    for (const auto& [name, member] : *updated) {
      EXPECT_EQ(member, one.made.outputs.at(name)) << name;
    }
    // With the inputs, it is everything.
    for (const auto& [name, member] : one.made.outputs) {
      EXPECT_TRUE(updated->contains(name) || one.inputs.contains(name)) << name;
    }
  }
}

TEST_F(EveryType, NeverPutsASecretIntoAReason) {
  constexpr char kSecret[] = "-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----\n";
  for (const Case& one : cases_) {
    for (const auto& [name, member] : one.inputs) {
      if (!member.Is<std::string>()) continue;
      const PropertyMap inputs = With(one.inputs, name, kSecret);
      EXPECT_THAT(world_.Check(*one.type, inputs).text, Not(HasSubstr("U0VDUkVU"))) << name;
      resource::Call call = world_.Call();
      EXPECT_THAT(base::Message(one.type->Create(call, inputs).status()),
                  Not(HasSubstr("U0VDUkVU")))
          << name;
    }
  }
}

TEST_F(EveryType, StopsBeforeCreatingWhenCancelled) {
  world_.reporter.stop.request_stop();
  for (const Case& one : cases_) {
    resource::Call call = world_.Call();
    EXPECT_EQ(one.type->Create(call, one.inputs).status().code(), absl::StatusCode::kCancelled);
  }
}

}  // namespace
}  // namespace palisade::tls
