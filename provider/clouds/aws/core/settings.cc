#include "provider/clouds/aws/core/settings.h"

#include <algorithm>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/digest.h"
#include "provider/value/json.h"
#include "provider/value/view.h"

namespace palisade::aws {
namespace {

using value::PropertyArray;
using value::PropertyMap;
using value::View;

constexpr char kConfigKey[] = "aws";
constexpr char kAccounts[] = "accounts";

const PropertyMap& Top(const resource::Settings& settings) {
  static const PropertyMap kNothing;
  const PropertyMap* top = View(settings.values).Object(kConfigKey);
  return top == nullptr ? kNothing : *top;
}

// Reads a setting from the account, else from the top.
class Reader {
 public:
  Reader(const PropertyMap& own, const PropertyMap& top) : own_(own), top_(top) {}

  std::string Text(std::string_view name) const { return For(name).String(name).value_or(""); }
  std::optional<bool> Flag(std::string_view name) const { return For(name).Bool(name); }
  std::optional<std::int64_t> Integer(std::string_view name) const {
    return For(name).Integer(name);
  }
  std::vector<std::string> Texts(std::string_view name) const {
    return For(name).Strings(name).value_or(std::vector<std::string>{});
  }
  std::map<std::string, std::string> TextMap(std::string_view name) const {
    return TextsOf(For(name).Object(name));
  }
  const PropertyMap* Object(std::string_view name) const { return For(name).Object(name); }
  /// The account's own settings, for what is never taken from the top.
  const View& own() const { return own_; }
  /// Where the keys that make up a base of credentials are taken from.
  const View& credentials() const {
    constexpr std::string_view kBase[] = {"accessKey", "secretKey", "token", "profile",
                                          "assumeRoleWithWebIdentity"};
    const bool has_own = std::ranges::any_of(kBase, [this](auto name) { return own_.Has(name); });
    return has_own ? own_ : top_;
  }

  static std::map<std::string, std::string> TextsOf(const PropertyMap* object) {
    std::map<std::string, std::string> texts;
    if (object == nullptr) return texts;
    for (const auto& [key, item] : *object) {
      if (const auto* text = item.If<std::string>()) texts.emplace(key, *text);
    }
    return texts;
  }

 private:
  const View& For(std::string_view name) const { return own_.Has(name) ? own_ : top_; }

  const View own_, top_;
};

std::optional<std::chrono::seconds> Seconds(const View& view, std::string_view name) {
  const auto text = view.String(name);
  if (!text) return std::nullopt;
  const auto duration = ParseDuration(*text);
  return duration.ok() ? std::optional(*duration) : std::nullopt;
}

auth::AwsAssumeRole RoleOf(const PropertyMap& bag) {
  const View view(bag);
  auth::AwsAssumeRole role;
  role.role_arn = view.String("roleArn").value_or("");
  role.session_name = view.String("sessionName").value_or("");
  role.external_id = view.String("externalId").value_or("");
  role.policy = view.String("policy").value_or("");
  role.source_identity = view.String("sourceIdentity").value_or("");
  role.duration = Seconds(view, "duration");
  role.policy_arns = view.Strings("policyArns").value_or(std::vector<std::string>{});
  role.transitive_tag_keys = view.Strings("transitiveTagKeys").value_or(std::vector<std::string>{});
  role.tags = Reader::TextsOf(view.Object("tags"));
  return role;
}

auth::AwsWebIdentity WebIdentityOf(const PropertyMap& bag) {
  const View view(bag);
  auth::AwsWebIdentity identity;
  identity.role_arn = view.String("roleArn").value_or("");
  identity.session_name = view.String("sessionName").value_or("");
  identity.policy = view.String("policy").value_or("");
  identity.token = base::Redacted(view.String("webIdentityToken").value_or(""));
  identity.token_file = view.String("webIdentityTokenFile").value_or("");
  identity.duration = Seconds(view, "duration");
  identity.policy_arns = view.Strings("policyArns").value_or(std::vector<std::string>{});
  return identity;
}

auth::AwsCredentialSettings CredentialsOf(const Reader& reader) {
  auth::AwsCredentialSettings credentials;
  const View& base = reader.credentials();
  credentials.access_key = base.String("accessKey").value_or("");
  credentials.secret_key = base::Redacted(base.String("secretKey").value_or(""));
  credentials.token = base::Redacted(base.String("token").value_or(""));
  credentials.profile = base.String("profile").value_or("");
  if (const PropertyMap* identity = base.Object("assumeRoleWithWebIdentity")) {
    credentials.web_identity = WebIdentityOf(*identity);
  }
  // A role of the top is one of another account; assuming it first would be a surprise.
  if (const PropertyArray* roles = reader.own().Array("assumeRoles")) {
    for (const auto& role : *roles) {
      if (const auto* bag = role.If<PropertyMap>())
        credentials.assume_roles.push_back(RoleOf(*bag));
    }
  }
  credentials.shared_config_files = reader.Texts("sharedConfigFiles");
  credentials.shared_credentials_files = reader.Texts("sharedCredentialsFiles");
  credentials.skip_metadata = reader.Flag("skipMetadataApiCheck").value_or(false);
  credentials.metadata_endpoint = reader.Text("ec2MetadataServiceEndpoint");
  credentials.metadata_endpoint_mode = reader.Text("ec2MetadataServiceEndpointMode");
  credentials.sts_region = reader.Text("stsRegion");
  credentials.region = reader.Text("region");
  return credentials;
}

http::Network NetworkOf(const Reader& reader) {
  http::Network network;
  network.http_proxy = reader.Text("httpProxy");
  network.https_proxy = reader.Text("httpsProxy");
  if (auto hosts = reader.Text("noProxy"); !hosts.empty()) network.no_proxy = std::move(hosts);
  network.ca_bundle = reader.Text("customCaBundle");
  network.insecure = reader.Flag("insecure").value_or(false);
  return network;
}

}  // namespace

std::vector<std::string> AccountNames(const resource::Settings& settings) {
  std::vector<std::string> names;
  if (const PropertyMap* accounts = View(Top(settings)).Object(kAccounts)) {
    for (const auto& [name, unused] : *accounts) names.push_back(name);
  }
  return names;
}

absl::StatusOr<AccountSettings> ReadSettings(const resource::Settings& settings,
                                             const std::string& account) {
  const PropertyMap& top = Top(settings);
  const PropertyMap* own = &top;
  if (!account.empty()) {
    const PropertyMap* accounts = View(top).Object(kAccounts);
    own = accounts == nullptr ? nullptr : View(*accounts).Object(account);
    if (own == nullptr) {
      std::string known;
      for (const std::string& name : AccountNames(settings)) {
        known += (known.empty() ? "" : ", ") + name;
      }
      return base::FailedPrecondition(
          "there is no account \"" + account + "\" in the configuration palisade:aws; " +
          (known.empty() ? "its `accounts` is empty" : "its `accounts` has " + known));
    }
  }
  const Reader reader(*own, top);
  AccountSettings read;
  read.credentials = CredentialsOf(reader);
  read.region = reader.Text("region");
  read.allowed_account_ids =
      reader.own().Strings("allowedAccountIds").value_or(std::vector<std::string>{});
  read.forbidden_account_ids = reader.Texts("forbiddenAccountIds");
  if (const PropertyMap* tags = reader.Object("defaultTags")) {
    read.default_tags = Reader::TextsOf(View(*tags).Object("tags"));
  }
  if (const PropertyMap* ignored = reader.Object("ignoreTags")) {
    const View view(*ignored);
    read.ignored_tag_keys = view.Strings("keys").value_or(std::vector<std::string>{});
    read.ignored_tag_prefixes = view.Strings("keyPrefixes").value_or(std::vector<std::string>{});
  }
  read.endpoints = reader.TextMap("endpoints");
  read.network = NetworkOf(reader);
  read.max_retries = reader.Integer("maxRetries");
  read.use_fips = reader.Flag("useFipsEndpoint");
  read.use_dual_stack = reader.Flag("useDualstackEndpoint");
  read.s3_path_style = reader.Flag("s3UsePathStyle");
  read.skip_requesting_account_id = reader.Flag("skipRequestingAccountId").value_or(false);
  read.skip_region_validation = reader.Flag("skipRegionValidation").value_or(false);
  read.creation_marker = reader.Flag("creationMarker").value_or(true);
  return read;
}

std::string DigestOf(const resource::Settings& settings, const std::string& account) {
  PropertyMap parts = Top(settings);
  PropertyMap own;
  if (const PropertyMap* accounts = View(parts).Object(kAccounts)) {
    if (const PropertyMap* found = View(*accounts).Object(account)) own = *found;
  }
  parts.insert_or_assign(kAccounts, std::move(own));
  parts.insert_or_assign("", account);
  return Sha256Hex(value::ToJsonText(parts));
}

}  // namespace palisade::aws
