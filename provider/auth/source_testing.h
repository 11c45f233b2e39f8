#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "provider/auth/find_credentials.h"
#include "provider/auth/testing.h"
#include "provider/auth/time_text.h"
#include "provider/base/cloud_error.h"
#include "provider/base/fake_clock.h"
#include "provider/http/fake_transport.h"

namespace palisade::auth {

/// Zeros only, so that jitter is none.
class ZeroRandom final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, 0); }
};

/// A home folder, an environment, a network and a clock, all of them empty and nobody else's. It is
/// noon of 2026-05-01.
class SourceTest : public testing::Test {
 protected:
  SourceTest() { settings_.sts_region = "eu-west-1"; }
  absl::StatusOr<AwsCredentials> Find() {
    return FindCredentials(settings_, Services(), cancel_.get_token());
  }
  AwsAuthServices Services() {
    AwsAuthServices services{transport_,
                             clock_,
                             random_,
                             EnvironmentOf(variables_),
                             network_,
                             [](const std::string& region) -> absl::StatusOr<std::string> {
                               return "https://sts." + region + ".amazonaws.com/";
                             }};
    services.run_process = run_process_;
    return services;
  }
  void Config(const std::string& text) { home_.Write(".aws/config", text); }
  void Credentials(const std::string& text) { home_.Write(".aws/credentials", text); }
  http::Request Sent(std::size_t index) {
    const auto sent = transport_.sent();
    EXPECT_LT(index, sent.size());
    return index < sent.size() ? sent[index] : http::Request();
  }
  static std::string Header(const http::Request& request, std::string_view name) {
    for (const http::Header& header : request.headers) {
      if (http::SameHeaderName(header.name, name)) return header.value;
    }
    return "(none)";
  }
  /// An answer of STS with the keys ASIA<name>.
  static std::string StsReply(const std::string& operation, const std::string& name) {
    return "<" + operation + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" +
           operation + "Result><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/" +
           name + "/s</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIA" + name +
           "</AccessKeyId><SecretAccessKey>SEKRET-role</"
           "SecretAccessKey><SessionToken>SEKRET-token-" +
           name + "</SessionToken><Expiration>2026-05-01T13:00:00Z</Expiration></Credentials></" +
           operation + "Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></" +
           operation + "Response>";
  }
  static std::string StsError(const std::string& code, const std::string& message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message +
           "</Message></Error><RequestId>req-7</RequestId></ErrorResponse>";
  }
  /// An answer of a container's or an instance's endpoint.
  static std::string JsonReply(const std::string& expiration) {
    return R"({"Code":"Success","AccessKeyId":"ASIAJSON","SecretAccessKey":"SEKRET-json",)"
           R"("Token":"SEKRET-json-token","AccountId":"123456789012","Expiration":")" +
           expiration + R"("})";
  }
  base::Time At(const char* iso) { return *ParseIsoTime(iso); }

  TempFolder home_;
  std::map<std::string, std::string> variables_{{"HOME", home_.path()}};
  const base::FakeClock clock_{*ParseIsoTime("2026-05-01T12:00:00Z")};
  ZeroRandom random_;
  http::FakeTransport transport_;
  std::shared_ptr<const http::Network> network_ = std::make_shared<http::Network>();
  AwsCredentialSettings settings_;
  std::stop_source cancel_;
  std::function<absl::StatusOr<ProcessResult>(const std::vector<std::string>&, std::stop_token)>
      run_process_ =
          [](const std::vector<std::string>&, std::stop_token) -> absl::StatusOr<ProcessResult> {
    return base::Internal("the test expected no process");
  };
};

}  // namespace palisade::auth
