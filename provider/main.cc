#include "provider/rpc/main.h"

#include "package.h"
#include "provider/registry.h"

int main(int argc, char** argv) {
  return palisade::rpc::Main(argc, argv, palisade::PalisadePackage(), palisade::MakeRegistry());
}
