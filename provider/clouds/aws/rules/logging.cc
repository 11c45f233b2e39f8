#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <string>

#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/firewall.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/transform.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kRule = "aws.nf.log-destination";

struct Destination {
  std::string_view type;
  // The key that is needed, and the one that may stand beside it.
  std::string_view key, optional;
  std::string_view noun;
};
constexpr Destination kDestinations[] = {
    {"S3", "bucketName", "prefix", "an S3 bucket"},
    {"CloudWatchLogs", "logGroup", "", "a log group"},
    {"KinesisDataFirehose", "deliveryStream", "", "a delivery stream"},
};

const Destination* Find(std::string_view type) {
  for (const Destination& one : kDestinations) {
    if (one.type == type) return &one;
  }
  return nullptr;
}

bool Matches(std::string_view text, const re2::RE2& pattern) {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// What is wrong with the name of a destination; empty when nothing is.
std::string JudgeName(const Destination& destination, std::string_view text) {
  static const re2::RE2 kBucket("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  static const re2::RE2 kLogGroup("[A-Za-z0-9._/#-]{1,512}");
  static const re2::RE2 kStream("[A-Za-z0-9._-]{1,64}");
  if (text.starts_with("arn:")) {
    return Quoted(text) + " is an ARN; write only the name of " + std::string(destination.noun);
  }
  if (destination.key == "bucketName") {
    if (text.starts_with("s3://")) {
      return Quoted(text) + " is a URL; write only the bucket's name, and the rest as prefix";
    }
    if (text.find('/') != text.npos) {
      return Quoted(text) + " holds a path; write it as prefix";
    }
    if (Matches(text, kBucket) && text.find("..") == text.npos && !ParseAddress(text)) return "";
    return Quoted(text) +
           " is no bucket's name, which has 3 to 63 lower-case letters, digits, "
           "dots and hyphens, and a letter or digit at both ends";
  }
  const bool stream = destination.key == "deliveryStream";
  if (Matches(text, stream ? kStream : kLogGroup)) return "";
  return Quoted(text) + " is no name of " + std::string(destination.noun) + ", which has 1 to " +
         (stream ? "64 letters, digits, dots, _ and -" : "512 letters, digits, _ - / . and #");
}

void CheckKeys(const Place& map, const Destination& destination) {
  const std::string key(destination.key);
  bool told = false;
  for (const auto& [name, unused] : map.bag) {
    if (name == destination.key || (!name.empty() && name == destination.optional)) continue;
    told = true;
    const bool slip = !View(map.bag).Has(key);
    map.Fail(name, kRule,
             "is no key of " + std::string(destination.noun) + "; " +
                 (slip ? "write " + key
                       : "expected " + key +
                             (destination.optional.empty()
                                  ? ""
                                  : " and " + std::string(destination.optional))));
  }
  const bool unknown = std::ranges::any_of(
      map.bag, [](const auto& entry) { return value::ContainsUnknown(entry.second); });
  if (!View(map.bag).Has(key) && !told && !unknown) {
    map.findings.Fail(map.path, kRule,
                      "names no destination; for " + std::string(destination.type) + " set " + key);
  }
  const auto text = View(map.bag).String(key);
  if (!text) return;
  if (const std::string reason = JudgeName(destination, *text); !reason.empty()) {
    map.Fail(key, kRule, reason);
  }
}

void CheckDuplicates(const Place& logging) {
  struct First {
    std::string path, destination;
  };
  std::map<std::string, First> seen;
  logging.Objects("logDestinationConfigs", [&](const Place& config) {
    const View view(config.bag);
    const auto log = view.String("logType"), destination = view.String("logDestinationType");
    if (!log || !destination) return;
    const auto [first, is_new] = seen.emplace(*log, First{config.path.Text(), *destination});
    if (is_new) return;
    const std::string reason = *log + " logs go somewhere in " + first->second.path + " already";
    if (first->second.destination == *destination) {
      config.Fail("logType", "aws.nf.duplicate", reason + "; remove one");
    } else {
      config.Warn("logType", "aws.nf.duplicate",
                  reason + "; the service keeps three destinations, one for each type of log");
    }
  });
}

}  // namespace

void CheckLoggingConfiguration(const PropertyMap& inputs, Findings& findings) {
  const Place root{inputs, PropertyPath(), findings};
  CheckArn(root, "firewallArn", kFirewallArn);
  root.Object("loggingConfiguration", [](const Place& logging) {
    CheckDuplicates(logging);
    logging.Objects("logDestinationConfigs", [](const Place& config) {
      const auto type = View(config.bag).String("logDestinationType");
      const Destination* destination = type ? Find(*type) : nullptr;
      if (destination == nullptr) return;
      config.Object("logDestination", [&](const Place& map) { CheckKeys(map, *destination); });
    });
  });
}

}  // namespace palisade::aws::rules
