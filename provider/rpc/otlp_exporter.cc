#include "provider/rpc/otlp_exporter.h"

#include <span>
#include <utility>

#include "provider/base/utf8.h"
#include "provider/rpc/channel.h"

namespace palisade::rpc {
namespace {

namespace collector = opentelemetry::proto::collector::trace::v1;
namespace common = opentelemetry::proto::common::v1;
namespace trace = opentelemetry::proto::trace::v1;
using std::chrono::milliseconds;

constexpr std::size_t kBatch = 512;
constexpr std::size_t kLongestQueue = 8 * kBatch;
constexpr milliseconds kPatience(5000);

std::string RandomBytes(base::Random& random, std::size_t size) {
  std::string bytes(size, '\0');
  random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

std::uint64_t Nanoseconds(base::Time time) {
  const auto since = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch());
  return static_cast<std::uint64_t>(since.count());
}

using Attributes = google::protobuf::RepeatedPtrField<common::KeyValue>;

void AddText(Attributes& attributes, const std::string& key, const std::string& value) {
  auto& attribute = *attributes.Add();
  attribute.set_key(key);
  attribute.mutable_value()->set_string_value(base::ToUtf8(value));
}

void Encode(const Span& span, base::Random& random, trace::Span& wire) {
  wire.set_trace_id(span.parent ? span.parent->trace_id : RandomBytes(random, 16));
  wire.set_span_id(RandomBytes(random, 8));
  if (span.parent) {
    wire.set_parent_span_id(span.parent->span_id);
    wire.set_trace_state(base::ToUtf8(span.parent->state));
    wire.set_flags(span.parent->flags);
  } else {
    wire.set_flags(1);
  }
  wire.set_name("pulumirpc.ResourceProvider/" + span.method);
  wire.set_kind(trace::Span::SPAN_KIND_SERVER);
  wire.set_start_time_unix_nano(Nanoseconds(span.start));
  wire.set_end_time_unix_nano(Nanoseconds(span.end));
  auto& attributes = *wire.mutable_attributes();
  AddText(attributes, "rpc.system", "grpc");
  AddText(attributes, "rpc.service", "pulumirpc.ResourceProvider");
  AddText(attributes, "rpc.method", span.method);
  if (!span.resource_type.empty()) AddText(attributes, "pulumi.type", span.resource_type);
  auto& code = *attributes.Add();
  code.set_key("rpc.grpc.status_code");
  code.mutable_value()->set_int_value(span.code);
  // A server's span without an error stays unset, by the semantic conventions.
  if (span.code != 0) {
    wire.mutable_status()->set_code(trace::Status::STATUS_CODE_ERROR);
    wire.mutable_status()->set_message(base::ToUtf8(span.message));
  }
}

}  // namespace

OtlpExporter::OtlpExporter(Options options, base::Random& random)
    : options_(std::move(options)),
      random_(random),
      stub_(collector::TraceService::NewStub(OpenChannel(options_.target))),
      thread_([this] { Run(); }) {}

OtlpExporter::~OtlpExporter() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    last_deadline_ = std::chrono::system_clock::now() + options_.last_flush;
    wake_.notify_all();
    wake_.wait_until(lock, last_deadline_, [this] { return sending_ == nullptr; });
    if (sending_ != nullptr) sending_->TryCancel();
  }
  thread_.join();
}

void OtlpExporter::Record(Span span) {
  if (span.parent && !span.parent->sampled()) return;
  std::lock_guard lock(mutex_);
  if (queue_.size() >= kLongestQueue) return;
  queue_.push_back(std::move(span));
  if (queue_.size() == kBatch) wake_.notify_all();
}

void OtlpExporter::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, options_.interval,
                   [this] { return stopping_ || queue_.size() >= kBatch; });
    const bool last = stopping_;
    const std::vector<Span> batch = std::exchange(queue_, {});
    lock.unlock();
    if (!batch.empty()) Send(batch);
    if (last) return;
    lock.lock();
  }
}

void OtlpExporter::Send(const std::vector<Span>& batch) {
  collector::ExportTraceServiceRequest request;
  auto& resource = *request.add_resource_spans();
  auto& attributes = *resource.mutable_resource()->mutable_attributes();
  AddText(attributes, "service.name", options_.service_name);
  AddText(attributes, "service.version", options_.service_version);
  auto& scope = *resource.add_scope_spans();
  scope.mutable_scope()->set_name("palisade");
  for (const Span& span : batch) Encode(span, random_, *scope.add_spans());
  grpc::ClientContext context;
  {
    std::lock_guard lock(mutex_);
    context.set_deadline(stopping_ ? last_deadline_ : std::chrono::system_clock::now() + kPatience);
    sending_ = &context;
  }
  collector::ExportTraceServiceResponse response;
  stub_->Export(&context, request, &response);
  {
    std::lock_guard lock(mutex_);
    sending_ = nullptr;
  }
  wake_.notify_all();
}

}  // namespace palisade::rpc
