#include "proto/wire_diagnosis.h"

#include <google/protobuf/descriptor.pb.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "proto/serialization.h"
#include "provider/base/utf8.h"

namespace palisade::proto {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Paths are cut here: a thousand steps help nobody.
constexpr std::size_t kShownSteps = 4;

struct Frame {
  const Descriptor* type;
  std::size_t end;
  std::string key;  // of a map entry, once it was read; a field's name at the top
};

class Walker {
 public:
  Walker(const Descriptor& type, std::string_view bytes) : bytes_(bytes) {
    stack_.push_back({&type, bytes.size(), ""});
  }

  std::string Explain() {
    while (!stack_.empty()) {
      if (at_ == stack_.back().end) {
        stack_.pop_back();
        continue;
      }
      if (auto problem = Field()) return *problem;
    }
    return "the request is malformed: its bytes are no message of this call";
  }

 private:
  std::optional<std::string> Field() {
    const auto tag = Varint();
    if (!tag) return Cut();
    switch (*tag & 7) {
      case 0:
        return Varint() ? std::nullopt : std::optional(Cut());
      case 1:
        return Skip(8);
      case 5:
        return Skip(4);
      case 2:
        return Delimited(static_cast<int>(*tag >> 3));
      default:
        return "the request is malformed" + Place() +
               ": a field has a wire type that does not exist";
    }
  }

  std::optional<std::string> Delimited(int number) {
    const auto length = Varint();
    if (!length || *length > stack_.back().end - at_) return Cut();
    const Descriptor& type = *stack_.back().type;
    const FieldDescriptor* field = type.FindFieldByNumber(number);
    const auto size = static_cast<std::size_t>(*length);
    if (field != nullptr && stack_.size() == 1) stack_.back().key = field->name();
    if (field != nullptr && field->type() == FieldDescriptor::TYPE_MESSAGE) {
      if (stack_.size() >= static_cast<std::size_t>(kMaxMessageDepth)) {
        return "the value is nested too deep" + Place() + ": more than the " +
               std::to_string(kMaxObjectDepth) +
               " levels of objects and lists that palisade accepts; flatten it, or pass it as a "
               "JSON text";
      }
      stack_.push_back({field->message_type(), at_ + size, ""});
      return std::nullopt;
    }
    if (field != nullptr && field->type() == FieldDescriptor::TYPE_STRING) {
      const std::string_view text = bytes_.substr(at_, size);
      if (!base::IsUtf8(text)) {
        return "a text is not valid UTF-8" + Place() +
               ": only UTF-8 can be sent; encode binary content, for example as base64";
      }
      if (type.options().map_entry() && number == 1) stack_.back().key = text;
    }
    return Skip(size);
  }

  std::optional<std::string> Skip(std::size_t size) {
    if (size > stack_.back().end - at_) return Cut();
    at_ += size;
    return std::nullopt;
  }

  std::optional<std::uint64_t> Varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < stack_.back().end; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(bytes_[at_++]);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    return std::nullopt;
  }

  std::string Cut() const {
    return "the request is malformed" + Place() + ": it ends in the middle of a field";
  }

  std::string Place() const {
    std::string path;
    std::size_t steps = 0;
    for (const Frame& frame : stack_) {
      if (frame.key.empty()) continue;
      if (steps++ == kShownSteps) {
        path += "...";
        break;
      }
      path += (path.empty() ? "" : ".") + frame.key;
    }
    return path.empty() ? "" : " (in " + path + ")";
  }

  const std::string_view bytes_;
  std::size_t at_ = 0;
  std::vector<Frame> stack_;
};

}  // namespace

std::string ExplainMalformed(const Descriptor& type, std::string_view bytes) {
  return Walker(type, bytes).Explain();
}

}  // namespace palisade::proto
