#pragma once

#include <google/protobuf/struct.pb.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "pulumi/engine.grpc.pb.h"
#include "pulumi/provider.grpc.pb.h"
#include "tests/bench/plugin_process.h"

namespace palisade::bench {

using Bag = google::protobuf::Struct;

/// The engine's side of the callback service: takes log lines and drops them.
class EngineDouble {
 public:
  EngineDouble();
  const std::string& address() const { return address_; }

 private:
  class Service final : public pulumirpc::Engine::Service {
    grpc::Status Log(grpc::ServerContext* context, const pulumirpc::LogRequest* request,
                     google::protobuf::Empty* response) override;
  };
  Service service_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

struct Created {
  Bag inputs;  // as Check answered them
  std::string id;
  Bag outputs;
};

/// One channel to a plugin, as the engine has. A call that fails ends the bench with its message.
class Client {
 public:
  explicit Client(int port);

  void Handshake(const std::string& engine_address);
  void Configure();
  std::string GetSchema();
  Bag Check(const std::string& type, const Bag& olds, const Bag& news);
  pulumirpc::DiffResponse Diff(const std::string& type, const Created& old, const Bag& news);
  /// Check, then Create, of a resource that must succeed.
  Created Make(const std::string& type, const Bag& news);
  Created CreateChecked(const std::string& type, const Bag& inputs);

 private:
  std::unique_ptr<pulumirpc::ResourceProvider::Stub> stub_;
};

inline constexpr char kPrivateKey[] = "palisade:tls:PrivateKey";
inline constexpr char kSelfSignedCert[] = "palisade:tls:SelfSignedCert";

/// The inputs of an EC key on P-256.
Bag EcKeyInputs();

/// The inputs of a certificate for `key_pem` (a secret), filled with DNS names up to about 2 KB.
Bag CertificateInputs(const std::string& key_pem);

/// The text of a property, also of one wrapped as a secret.
std::string TextOf(const Bag& bag, const std::string& property);

}  // namespace palisade::bench
