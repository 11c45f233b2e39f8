// schema_tool <schema folder> <version> <output folder>
//
// Merges and checks a package's fragments and writes what the build embeds. Files whose content did
// not change are left alone, so that nothing is compiled again for nothing.

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "provider/schema/tool/emit.h"

namespace {

bool SameContent(const std::filesystem::path& path, const std::string& content) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  std::ostringstream existing;
  existing << file.rdbuf();
  return existing.str() == content;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: schema_tool <schema folder> <version> <output folder>\n";
    return 2;
  }
  try {
    const auto fragments = palisade::schema::tool::ReadFragments(argv[1]);
    for (const auto& [name, content] : palisade::schema::tool::Emit(fragments, argv[2])) {
      const std::filesystem::path path = std::filesystem::path(argv[3]) / name;
      if (SameContent(path, content)) continue;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << content;
    }
  } catch (const std::exception& error) {
    std::cerr << "schema_tool: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
