#include "provider/lifecycle/bags.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/migrate.h"
#include "provider/lifecycle/shape_secrets.h"
#include "provider/value/transform.h"
#include "provider/value/view.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;

PropertyMap InputsAmong(const schema::ObjectShape& inputs, const PropertyMap& outputs) {
  PropertyMap among;
  for (const auto& [name, item] : outputs) {
    if (inputs.Find(name) != nullptr) among.emplace_hint(among.end(), name, item);
  }
  return among;
}

// `path` below another top-level property.
PropertyPath Moved(const PropertyPath& path, std::string_view top) {
  PropertyPath moved(top);
  for (std::size_t i = 1; i < path.steps().size(); ++i) {
    moved = std::visit([&moved](const auto& step) { return moved.Child(step); }, path.steps()[i]);
  }
  return moved;
}

// The longest beginning of `path` that leads to the same place in both bags.
PropertyPath SamePlace(const PropertyPath& path, const PropertyMap& known, const PropertyMap& now) {
  PropertyPath place;
  for (const PropertyPath::Step& step : path.steps()) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      place = place.Child(*name);
      continue;
    }
    const PropertyValue* before = value::Find(known, place);
    const PropertyValue* after = value::Find(now, place);
    if (before == nullptr || after == nullptr || *before != *after) return place;
    place = place.Child(std::get<std::size_t>(step));
  }
  return place;
}

// An output that mirrors an input holds its secrets, too.
void AddMirrored(const schema::ObjectShape& shape, std::set<PropertyPath>& paths) {
  std::set<PropertyPath> mirrored;
  for (const auto& [name, property] : shape.properties) {
    if (property.mirrors.empty()) continue;
    for (const PropertyPath& path : paths) {
      if (path.top() == property.mirrors) mirrored.insert(Moved(path, name));
    }
  }
  paths.merge(mirrored);
}

}  // namespace

Bag Open(const PropertyMap& wire) {
  Bag bag;
  for (auto& [name, item] : value::Unwrapped(wire, &bag.secret_paths)) {
    if (item.IsNull()) continue;
    const bool internal = IsInternalName(name) || name == kSkipChecksName;
    (internal ? bag.internals : bag.values).emplace(name, std::move(item));
  }
  return bag;
}

OpenState OpenStored(const schema::ResourceShape& shape, const resource::Resource& handler,
                     const std::optional<PropertyMap>& inputs, const PropertyMap& outputs) {
  OpenState state{inputs ? Open(*inputs) : Bag{}, Open(outputs)};
  const value::View internals(state.outputs.internals);
  const int version = static_cast<int>(internals.Integer(kVersionName).value_or(0));
  // State of a newer version is left as it is: this version cannot know the way back.
  if (!state.outputs.values.empty() && version < handler.traits().state_version) {
    Migrate(handler, version, state.inputs, state.outputs);
  }
  // Inputs of our own that are empty are a program that says nothing (an internet gateway).
  if (state.inputs.values.empty() && (!inputs || version == 0)) {
    state.inputs.values = InputsAmong(shape.inputs, state.outputs.values);
    state.inputs.secret_paths.insert(state.outputs.secret_paths.begin(),
                                     state.outputs.secret_paths.end());
  }
  return state;
}

std::set<PropertyPath> SecretPathsIn(const schema::ObjectShape& shape, const PropertyMap& now,
                                     const Bag& known) {
  std::set<PropertyPath> paths;
  for (const PropertyPath& path : known.secret_paths) {
    if (!MarksSecret(shape, path)) paths.insert(SamePlace(path, known.values, now));
  }
  return paths;
}

PropertyMap Close(const schema::ObjectShape& shape, PropertyMap values,
                  std::set<PropertyPath> secret_paths) {
  if (!secret_paths.empty()) AddMirrored(shape, secret_paths);
  return WithShapeSecrets(shape, value::WithSecrets(std::move(values), secret_paths));
}

PropertyMap CloseInputs(const schema::ResourceShape& shape, PropertyMap values,
                        std::set<PropertyPath> secret_paths) {
  AddMirrored(shape.outputs, secret_paths);
  PropertyMap inputs = Close(shape.inputs, std::move(values), std::move(secret_paths));
  for (auto& [name, item] : inputs) {
    if (shape.inputs.Find(name) != nullptr) continue;
    const schema::PropertyShape* output = shape.outputs.Find(name);
    if (output != nullptr) item = WithShapeSecrets(*output, std::move(item));
  }
  return inputs;
}

void KeepSecretsOfUnsaid(const schema::ResourceShape& shape, const OpenState& old, Bag& news) {
  for (const Bag* bag : {&old.inputs, &old.outputs}) {
    for (const PropertyPath& path : bag->secret_paths) {
      if (news.values.contains(path.top()) || MarksSecret(shape.outputs, path)) continue;
      // What an output mirrors says what is secret there now.
      const schema::PropertyShape* output = shape.outputs.Find(path.top());
      if (output == nullptr || output->mirrors.empty()) news.secret_paths.insert(path);
    }
  }
}

std::set<std::string> TextsOf(const PropertyMap& internals, std::string_view name) {
  const auto texts = value::View(internals).Strings(name);
  if (!texts) return {};
  return {texts->begin(), texts->end()};
}

PropertyMap Outputs(const schema::ResourceShape& shape, const resource::Resource& handler,
                    const PropertyMap& inputs, const PropertyMap& computed) {
  PropertyMap outputs = computed;
  for (const auto& [name, item] : inputs) {
    if (shape.outputs.Find(name) != nullptr) outputs.emplace(name, item);
  }
  std::erase_if(outputs, [&shape](const auto& entry) {
    const schema::PropertyShape* input = shape.inputs.Find(entry.first);
    return input != nullptr && input->write_only;
  });
  outputs[kVersionName] = handler.traits().state_version;
  return outputs;
}

PropertyMap PreviewOutputs(const schema::ResourceShape& shape, const PropertyMap& inputs,
                           const PropertyMap& computed) {
  PropertyMap outputs;
  for (const auto& [name, property] : shape.outputs.properties) {
    if (const auto known = computed.find(name); known != computed.end()) {
      outputs.emplace(name, known->second);
      continue;
    }
    if (const auto given = inputs.find(name); given != inputs.end()) {
      outputs.emplace(name, given->second);
      continue;
    }
    // An optional input that was not given stays absent, unless the service fills it.
    const schema::PropertyShape* input = shape.inputs.Find(name);
    if (input != nullptr && !property.required && !input->server_default) continue;
    outputs.emplace(name, value::Unknown{});
  }
  return outputs;
}

}  // namespace palisade::lifecycle
