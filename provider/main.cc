#include "package.h"
#include "provider/registry.h"
#include "provider/rpc/main.h"

int main(int argc, char** argv) {
  return palisade::rpc::Main(argc, argv, palisade::PalisadePackage(), palisade::MakeRegistry());
}
