// palisade_aws_bench
//
// What of AWS can be measured without a process around it, as JSON: the cost of a signature, and
// how late the rhythm of waiting notices that a firewall is READY, in a time that nobody has to
// wait for.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "provider/auth/sigv4.h"
#include "provider/base/fake_clock.h"
#include "provider/base/random.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_edit.h"
#include "provider/resource/wait.h"

namespace palisade::bench {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kRounds = 15, kSignaturesPerRound = 2000;

[[noreturn]] void Fail(const absl::Status& status) {
  std::fprintf(stderr, "palisade_aws_bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

double CpuMicroseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double Median(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return samples[samples.size() / 2];
}

http::Request Unsigned(std::size_t body) {
  http::Request request;
  request.method = "POST";
  request.url = "https://network-firewall.us-west-2.amazonaws.com/";
  request.headers = {{"Content-Type", "application/x-amz-json-1.0"},
                     {"X-Amz-Target", "NetworkFirewall_20201112.DescribeFirewall"},
                     {"User-Agent", "palisade/0.1.0"}};
  request.body.assign(body, 'x');
  return request;
}

/// CPU time of a signature with temporary credentials, microseconds.
double Signature(std::size_t body) {
  auth::AwsCredentials credentials;
  credentials.access_key_id = "ASIATESTBENCH0000001";
  credentials.secret_access_key = base::Redacted(std::string(40, 's'));
  credentials.session_token = base::Redacted(std::string(350, 't'));
  const auth::SigV4Options options{.region = "us-west-2", .service = "network-firewall"};
  http::Request request = Unsigned(body);
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const double start = CpuMicroseconds();
    for (int i = 0; i < kSignaturesPerRound; ++i) {
      // Each second is another text to sign.
      const base::Time now{seconds(1'700'000'000 + i)};
      const absl::Status status = auth::SignV4(request, credentials, options, now);
      if (!status.ok()) Fail(status);
    }
    rounds.push_back((CpuMicroseconds() - start) / kSignaturesPerRound);
  }
  return Median(std::move(rounds));
}

class Silent final : public resource::Reporter {
 public:
  void Log(resource::Severity, std::string_view, std::string_view) override {}
  void Status(std::string_view, std::string_view) override {}
};

/// How long after `needed` the wait for a firewall ends.
milliseconds Delay(milliseconds needed, int& looks) {
  const base::FakeClock clock{base::Time(seconds(1'700'000'000))};
  Silent reporter;
  resource::Call call(clock, base::SystemRandom(), reporter, {.urn = "urn", .cancel = {}});
  const base::SteadyTime ready = clock.Steady() + needed;
  const absl::Status status = resource::WaitUntil(
      call, {"waiting", aws::networkfirewall::kTypicalProvisioning},
      [&]() -> absl::StatusOr<resource::Sight> {
        ++looks;
        return resource::Sight{.done = clock.Steady() >= ready, .state = "PROVISIONING"};
      });
  if (!status.ok()) Fail(status);
  return std::chrono::ceil<milliseconds>(clock.Steady() - ready);
}

/// Waits of a range of lengths, evenly spread.
json Notice(seconds from, seconds to) {
  double delay = 0, wait = 0, most = 0;
  int looks = 0, samples = 0;
  for (milliseconds needed = from; needed < to; needed += milliseconds(137), ++samples) {
    const double late = std::chrono::duration<double>(Delay(needed, looks)).count();
    delay += late;
    most = std::max(most, late);
    wait += std::chrono::duration<double>(needed).count();
  }
  return {{"from_s", from.count()},
          {"to_s", to.count()},
          {"mean_s", delay / samples},
          {"max_s", most},
          {"mean_wait_s", wait / samples},
          {"mean_looks", static_cast<double>(looks) / samples},
          {"samples", samples}};
}

int Main() {
  json result;
  result["signature_us"] = {{"small", Signature(200)}, {"100_kb", Signature(100'000)}};
  result["notice_simulated"] = json::array();
  for (const auto& [from, to] : {std::pair(seconds(0), seconds(5)),
                                 {seconds(5), seconds(240)},
                                 {seconds(240), seconds(600)}}) {
    result["notice_simulated"].push_back(Notice(from, to));
  }
  std::printf("%s\n", result.dump(2).c_str());
  return 0;
}

}  // namespace
}  // namespace palisade::bench

int main() { return palisade::bench::Main(); }
