#include "tests/bench/client.h"

#include <limits>
#include <string_view>
#include <utility>

namespace palisade::bench {
namespace {

constexpr std::string_view kSignature = "4dabf18193072939515e22adb298388d";
constexpr std::string_view kSecret = "1b47061264138c4ac30d75fd1eb44270";
constexpr std::size_t kBagBytes = 2048;
constexpr int kMaxMessageBytes = 400 << 20;  // the engine's limit

std::string Urn(const std::string& type) {
  return "urn:pulumi:bench::bench::" + type + "::measured";
}

void Demand(const grpc::Status& status, const char* call) {
  if (!status.ok()) Fail(std::string(call) + ": " + status.error_message());
}

google::protobuf::Value Text(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  return value;
}

google::protobuf::Value Secret(const std::string& text) {
  google::protobuf::Value value;
  auto& fields = *value.mutable_struct_value()->mutable_fields();
  fields[std::string(kSignature)] = Text(std::string(kSecret));
  fields["value"] = Text(text);
  return value;
}

template <typename Request>
Request Addressed(const std::string& type) {
  Request request;
  request.set_urn(Urn(type));
  request.set_name("measured");
  request.set_type(type);
  return request;
}

}  // namespace

grpc::Status EngineDouble::Service::Log(grpc::ServerContext* /*context*/,
                                        const pulumirpc::LogRequest* /*request*/,
                                        google::protobuf::Empty* /*response*/) {
  return grpc::Status::OK;
}

EngineDouble::EngineDouble() {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  address_ = "127.0.0.1:" + std::to_string(port);
}

Client::Client(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetInt("grpc.enable_http_proxy", 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  stub_ = pulumirpc::ResourceProvider::NewStub(grpc::CreateCustomChannel(
      "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments));
}

void Client::Handshake(const std::string& engine_address) {
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  pulumirpc::ProviderHandshakeRequest request;
  request.set_engine_address(engine_address);
  request.set_configure_with_urn(true);
  request.set_supports_views(true);
  request.set_supports_refresh_before_update(true);
  request.set_invoke_with_preview(true);
  request.set_accepts_byte_string(true);
  pulumirpc::ProviderHandshakeResponse response;
  Demand(stub_->Handshake(&context, request, &response), "Handshake");
}

void Client::Configure() {
  grpc::ClientContext context;
  pulumirpc::ConfigureRequest request;
  request.mutable_args();
  request.set_acceptsecrets(true);
  request.set_acceptresources(true);
  request.set_id("00000000-0000-4000-8000-000000000000");
  request.set_urn("urn:pulumi:bench::bench::pulumi:providers:palisade::default");
  request.set_name("default");
  request.set_type("pulumi:providers:palisade");
  pulumirpc::ConfigureResponse response;
  Demand(stub_->Configure(&context, request, &response), "Configure");
}

std::string Client::GetSchema() {
  grpc::ClientContext context;
  pulumirpc::GetSchemaResponse response;
  Demand(stub_->GetSchema(&context, {}, &response), "GetSchema");
  return std::move(*response.mutable_schema());
}

Bag Client::Check(const std::string& type, const Bag& olds, const Bag& news) {
  grpc::ClientContext context;
  auto request = Addressed<pulumirpc::CheckRequest>(type);
  *request.mutable_olds() = olds;
  *request.mutable_news() = news;
  request.set_randomseed(std::string(32, 'r'));
  pulumirpc::CheckResponse response;
  Demand(stub_->Check(&context, request, &response), "Check");
  if (response.failures_size() > 0) Fail("Check: " + response.failures(0).reason());
  return std::move(*response.mutable_inputs());
}

pulumirpc::DiffResponse Client::Diff(const std::string& type, const Created& old, const Bag& news) {
  grpc::ClientContext context;
  auto request = Addressed<pulumirpc::DiffRequest>(type);
  request.set_id(old.id);
  *request.mutable_olds() = old.outputs;
  *request.mutable_old_inputs() = old.inputs;
  *request.mutable_news() = news;
  pulumirpc::DiffResponse response;
  Demand(stub_->Diff(&context, request, &response), "Diff");
  return response;
}

Created Client::Make(const std::string& type, const Bag& news) {
  return CreateChecked(type, Check(type, {}, news));
}

Created Client::CreateChecked(const std::string& type, const Bag& inputs) {
  grpc::ClientContext context;
  auto request = Addressed<pulumirpc::CreateRequest>(type);
  *request.mutable_properties() = inputs;
  pulumirpc::CreateResponse response;
  Demand(stub_->Create(&context, request, &response), "Create");
  if (response.id().empty()) Fail("Create answered no id");
  return {inputs, response.id(), std::move(*response.mutable_properties())};
}

Bag EcKeyInputs() {
  Bag bag;
  (*bag.mutable_fields())["algorithm"] = Text("ECDSA");
  (*bag.mutable_fields())["ecdsaCurve"] = Text("P256");
  return bag;
}

Bag CertificateInputs(const std::string& key_pem) {
  Bag bag;
  auto& fields = *bag.mutable_fields();
  fields["privateKeyPem"] = Secret(key_pem);
  fields["validityPeriodHours"].set_number_value(8760);
  fields["earlyRenewalHours"].set_number_value(24);
  auto& subject = *fields["subject"].mutable_struct_value()->mutable_fields();
  subject["commonName"] = Text("models.example.com");
  subject["organization"] = Text("Example");
  for (const char* use : {"digital_signature", "key_encipherment", "server_auth"}) {
    *fields["allowedUses"].mutable_list_value()->add_values() = Text(use);
  }
  auto* names = fields["dnsNames"].mutable_list_value();
  for (int i = 0; bag.ByteSizeLong() < kBagBytes; ++i) {
    *names->add_values() = Text("replica-" + std::to_string(i) + ".models.example.com");
  }
  return bag;
}

std::string TextOf(const Bag& bag, const std::string& property) {
  const auto field = bag.fields().find(property);
  if (field == bag.fields().end()) Fail("no property " + property);
  if (!field->second.has_struct_value()) return field->second.string_value();
  return TextOf(field->second.struct_value(), "value");
}

}  // namespace palisade::bench
