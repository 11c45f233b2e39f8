#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "provider/auth/aws_credentials.h"
#include "provider/auth/find_credentials.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool SameKeys(const AwsCredentials& a, const AwsCredentials& b) {
  const auto token = [](const AwsCredentials& c) {
    return c.session_token ? c.session_token->Reveal() : std::string();
  };
  return a.access_key_id == b.access_key_id && token(a) == token(b) &&
         a.secret_access_key.Reveal() == b.secret_access_key.Reveal();
}

}  // namespace

/// A fetch has a thread of its own, so that every caller can leave when it is cancelled. It is
/// stopped when nobody waits for it any more.
class AwsCredentialProvider::Impl {
 public:
  Impl(AwsCredentialSettings settings, AwsAuthServices services)
      : settings_(std::move(settings)), services_(std::move(services)) {}

  absl::StatusOr<std::shared_ptr<const AwsCredentials>> Get(const std::stop_token& cancel,
                                                            std::optional<milliseconds> at_most) {
    std::unique_lock lock(mutex_);
    const base::Time now = services_.clock.Now();
    if (IsGood(now)) {
      if (IsDue(now)) Start(/*waited_for=*/false);
      return current_;
    }
    // Waits happen on the machine's clock, as the fetch does that they are for.
    const auto end = std::chrono::steady_clock::now() + std::min(at_most.value_or(kEver), kEver);
    if (!fetching_ || abandoned_) {
      // An abandoned fetch ends at once; its result is not for those who come later.
      if (!changed_.wait_until(lock, cancel, end, [this] { return !fetching_ || !abandoned_; })) {
        return GaveUp(cancel);
      }
      if (!fetching_ && IsGood(now)) return current_;
      if (!fetching_) Start(/*waited_for=*/true);
    }
    const std::uint64_t awaited = generation_;
    ++waiting_;
    waited_for_ = true;
    changed_.wait_until(lock, cancel, end, [&] { return generation_ != awaited; });
    --waiting_;
    if (generation_ == awaited) {
      if (waiting_ == 0 && waited_for_) {
        abandoned_ = true;
        thread_.request_stop();
      }
      return GaveUp(cancel);
    }
    return result_;
  }

  void Refused(const AwsCredentials& credentials) {
    const std::lock_guard lock(mutex_);
    if (current_ != nullptr && SameKeys(*current_, credentials)) refused_ = true;
  }

 private:
  static absl::Status GaveUp(const std::stop_token& cancel) {
    if (cancel.stop_requested()) {
      return base::Error(absl::StatusCode::kCancelled, "cancelled while waiting for credentials");
    }
    return base::Error(absl::StatusCode::kDeadlineExceeded,
                       "AWS credentials did not arrive in time: see whether credential_process, "
                       "the sign-in or the metadata service hangs, or raise customTimeouts");
  }

  // How long before their end credentials are renewed: `usual`, but of short-lived ones a part of
  // their life, or every call would fetch.
  base::Time RenewAt(minutes usual, int quarters) const {
    const auto life = *current_->expires - fetched_at_;
    return *current_->expires - std::min<base::Time::duration>(usual, life / 4 * quarters);
  }
  bool IsGood(base::Time now) const {
    if (current_ == nullptr || refused_) return false;
    return !current_->expires || now < RenewAt(minutes(10), 2);
  }
  bool IsDue(base::Time now) const {
    return current_->expires && now >= RenewAt(minutes(15), 3) && !fetching_ &&
           now >= next_early_try_;
  }

  // With the lock held and no fetch under way.
  void Start(bool waited_for) {
    fetching_ = true;
    abandoned_ = false;
    waited_for_ = waited_for;
    // The thread of the last fetch has nothing left to do but to end.
    thread_ = std::jthread([this](const std::stop_token& stop) { Fetch(stop); });
  }

  void Fetch(const std::stop_token& stop) {
    auto found = FindCredentials(settings_, services_, stop);
    const std::lock_guard lock(mutex_);
    const base::Time now = services_.clock.Now();
    fetching_ = false;
    if (found.ok()) {
      current_ = std::make_shared<const AwsCredentials>(*std::move(found));
      fetched_at_ = now;
      refused_ = false;
      result_ = current_;
    } else {
      next_early_try_ = now + kEarlyTryPause;
      result_ = found.status();
    }
    ++generation_;
    changed_.notify_all();
  }

  static constexpr seconds kEarlyTryPause{60};
  // Longer than any run, and far from where a time point overflows.
  static constexpr milliseconds kEver = std::chrono::hours(24 * 365);

  const AwsCredentialSettings settings_;
  const AwsAuthServices services_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::shared_ptr<const AwsCredentials> current_;
  base::Time fetched_at_;
  /// After a renewal ahead of time that failed.
  base::Time next_early_try_;
  bool refused_ = false;
  bool fetching_ = false;
  /// Of the fetch under way: whether somebody ever waited for it, and whether all of them left.
  bool waited_for_ = false, abandoned_ = false;
  int waiting_ = 0;
  /// Counts ended fetches; `result_` is the last one's.
  std::uint64_t generation_ = 0;
  absl::StatusOr<std::shared_ptr<const AwsCredentials>> result_;
  // Last, so that it is stopped and joined before anything it uses goes.
  std::jthread thread_;
};

AwsCredentialProvider::AwsCredentialProvider(AwsCredentialSettings settings,
                                             AwsAuthServices services)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(services))) {}

AwsCredentialProvider::~AwsCredentialProvider() = default;

absl::StatusOr<std::shared_ptr<const AwsCredentials>> AwsCredentialProvider::Get(
    std::stop_token cancel, std::optional<milliseconds> at_most) {
  return impl_->Get(cancel, at_most);
}

void AwsCredentialProvider::Refused(const AwsCredentials& credentials) {
  impl_->Refused(credentials);
}

}  // namespace palisade::auth
