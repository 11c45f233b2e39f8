#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "provider/resource/resource.h"

namespace palisade::lifecycle {

/// Rules between the keys of the configuration, and those that need code. `config` is native and
/// unwrapped and may hold unknowns; no message may show a value, for nobody knows which are secret.
using ConfigRules =
    std::function<void(const value::PropertyMap& config, resource::Findings& findings)>;

/// Handlers by token, made when the registry is made (they hold nothing). Immutable afterwards.
class Registry {
 public:
  Registry() = default;
  void Add(std::span<const resource::ResourceRow> rows);
  void Add(std::span<const resource::FunctionRow> rows);
  void Add(std::vector<resource::MadeResource> made);
  void Add(std::vector<resource::MadeFunction> made);

  /// `hook` runs at each Cancel, after the waits of the calls under way were stopped: the engine
  /// cancels at every normal end of a run, and more than once when calls are slow to end. It has to
  /// return within a second.
  void OnCancel(std::function<void()> hook) { cancel_hooks_.push_back(std::move(hook)); }
  void RunCancelHooks() const {
    for (const auto& hook : cancel_hooks_) hook();
  }

  /// `world`, to which the handlers refer, ends after them with the registry.
  void Own(std::shared_ptr<const void> world) { world_ = std::move(world); }

  /// `rules` run in CheckConfig and Configure after the shape's own, also when some of those
  /// failed, so types must not be trusted: use value::View.
  void OnCheckConfig(ConfigRules rules) { config_rules_.push_back(std::move(rules)); }
  std::span<const ConfigRules> config_rules() const { return config_rules_; }

  /// Null for an unknown token.
  const resource::Resource* FindResource(std::string_view token) const;
  const resource::Function* FindFunction(std::string_view token) const;

  std::size_t resources() const { return resources_.size(); }
  std::size_t functions() const { return functions_.size(); }

 private:
  // First, so that it ends last.
  std::shared_ptr<const void> world_;
  std::map<std::string, std::shared_ptr<const resource::Resource>, std::less<>> resources_;
  std::map<std::string, std::shared_ptr<const resource::Function>, std::less<>> functions_;
  std::vector<std::function<void()>> cancel_hooks_;
  std::vector<ConfigRules> config_rules_;
};

}  // namespace palisade::lifecycle
