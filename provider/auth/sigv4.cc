#include "provider/auth/sigv4.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "provider/auth/sha256.h"
#include "provider/auth/sigv4_canonical.h"
#include "provider/auth/url_parts.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

constexpr char kAlgorithm[] = "AWS4-HMAC-SHA256";
constexpr char kDate[] = "X-Amz-Date";
constexpr char kToken[] = "X-Amz-Security-Token";
constexpr char kContentHash[] = "X-Amz-Content-Sha256";
constexpr char kAuthorization[] = "Authorization";
constexpr char kUnsigned[] = "UNSIGNED-PAYLOAD";

// "20150830T123600Z"
std::string BasicTime(base::Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  std::string text = "00000000T000000Z";
  const auto put = [&text](std::size_t at, std::size_t digits, std::int64_t value) {
    for (std::size_t i = digits; i-- > 0; value /= 10) {
      text[at + i] = static_cast<char>('0' + value % 10);
    }
  };
  put(0, 4, static_cast<int>(date.year()));
  put(4, 2, static_cast<unsigned>(date.month()));
  put(6, 2, static_cast<unsigned>(date.day()));
  put(9, 2, clock.hours().count());
  put(11, 2, clock.minutes().count());
  put(13, 2, clock.seconds().count());
  return text;
}

const std::string* Find(const http::Headers& headers, std::string_view name) {
  const auto it = std::ranges::find_if(
      headers, [name](const http::Header& h) { return http::SameHeaderName(h.name, name); });
  return it == headers.end() ? nullptr : &it->value;
}

void Remove(http::Headers& headers, std::string_view name) {
  std::erase_if(headers,
                [name](const http::Header& h) { return http::SameHeaderName(h.name, name); });
}

bool FitsHeader(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

absl::Status CheckCredentials(const AwsCredentials& credentials) {
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return base::InvalidArgument("a request cannot be signed without an access key and its secret");
  }
  const bool token_fits =
      !credentials.session_token || FitsHeader(credentials.session_token->Reveal());
  if (FitsHeader(credentials.access_key_id) && token_fits) return absl::OkStatus();
  return base::InvalidArgument(
      "the access key id and the session token must be printable ASCII without blanks; those of " +
      (credentials.source.empty() ? "the configuration" : credentials.source) + " are not");
}

struct Signing {
  UrlParts url;
  std::string time;
  std::string payload_hash;
};

// Everything that is signed as a header, from one reading of the clock.
absl::StatusOr<Signing> Prepare(http::Request& request, const AwsCredentials& credentials,
                                const SigV4Options& options, base::Time now, Sha256& sha) {
  PALISADE_RETURN_IF_ERROR(CheckCredentials(credentials));
  const auto url = ParseUrl(request.url);
  if (!url) {
    return base::InvalidArgument(
        "a request can be signed for http:// and https:// URLs only, not \"" + request.url + "\"");
  }
  Signing signing{*url, BasicTime(now), ""};
  http::Headers& headers = request.headers;
  for (const char* name : {kAuthorization, kDate, kToken}) Remove(headers, name);
  if (Find(headers, "Host") == nullptr) headers.push_back({"Host", HostHeader(*url)});
  headers.push_back({kDate, signing.time});
  if (credentials.session_token && !credentials.session_token->empty()) {
    headers.push_back({kToken, credentials.session_token->Reveal()});
  }
  const std::string* given = Find(headers, kContentHash);
  if (given != nullptr && (*given == kUnsigned || !options.content_sha256_header)) {
    signing.payload_hash = *given;
    return signing;
  }
  signing.payload_hash = sha.Hash(request.body).hex();
  if (options.content_sha256_header) {
    Remove(headers, kContentHash);
    headers.push_back({kContentHash, signing.payload_hash});
  }
  return signing;
}

absl::StatusOr<SigV4Steps> Sign(http::Request& request, const AwsCredentials& credentials,
                                const SigV4Options& options, base::Time now) {
  Sha256 sha;
  PALISADE_ASSIGN_OR_RETURN(const Signing signing,
                            Prepare(request, credentials, options, now, sha));
  const CanonicalHeaders headers = MakeCanonicalHeaders(request.headers);
  SigV4Steps steps;
  steps.canonical_request.reserve(1024);
  steps.canonical_request.append(request.method)
      .append("\n")
      .append(CanonicalPath(signing.url.path, options))
      .append("\n")
      .append(CanonicalQuery(signing.url.query))
      .append("\n")
      .append(headers.lines)
      .append("\n")
      .append(headers.signed_names)
      .append("\n")
      .append(signing.payload_hash);

  const std::string date = signing.time.substr(0, 8);
  const std::string scope = date + "/" + options.region + "/" + options.service + "/aws4_request";
  steps.string_to_sign = std::string(kAlgorithm) + "\n" + signing.time + "\n" + scope + "\n" +
                         sha.Hash(steps.canonical_request).hex();

  std::string secret;
  secret.reserve(4 + credentials.secret_access_key.Reveal().size());
  secret.append("AWS4").append(credentials.secret_access_key.Reveal());
  Sha256Digest key = sha.Hmac(secret, date);
  base::Wipe(secret);
  for (const std::string_view link :
       {std::string_view(options.region), std::string_view(options.service),
        std::string_view("aws4_request")}) {
    key = sha.Hmac(key.view(), link);
  }
  steps.signature = sha.Hmac(key.view(), steps.string_to_sign).hex();
  if (!sha.ok()) return base::Internal("OpenSSL could not compute SHA-256");
  steps.authorization = std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" +
                        scope + ", SignedHeaders=" + headers.signed_names +
                        ", Signature=" + steps.signature;
  return steps;
}

}  // namespace

absl::Status SignV4(http::Request& request, const AwsCredentials& credentials,
                    const SigV4Options& options, base::Time now) {
  PALISADE_ASSIGN_OR_RETURN(SigV4Steps steps, Sign(request, credentials, options, now));
  request.headers.push_back({kAuthorization, std::move(steps.authorization)});
  return absl::OkStatus();
}

absl::StatusOr<SigV4Steps> SigV4StepsOf(const http::Request& request,
                                        const AwsCredentials& credentials,
                                        const SigV4Options& options, base::Time now) {
  http::Request copy = request;
  return Sign(copy, credentials, options, now);
}

}  // namespace palisade::auth
