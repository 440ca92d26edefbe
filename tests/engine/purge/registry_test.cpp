// Purge strategies by name.
#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

// The names of the files in engine/ that list `name` or have <name>_strategy in their code, once
// for each such line.
std::vector<std::string> files_naming(const std::string& name) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(source_dir() / "engine")) {
    const auto extension = entry.path().extension();
    if (extension != ".hpp" && extension != ".cpp") continue;
    std::istringstream code(contents_of(entry.path()));
    for (std::string line; std::getline(code, line);) {
      line.resize(std::min(line.find("//"), line.size()));
      const bool names = line.find("STRATEGY(" + name + ")") != std::string::npos ||
                         line.find(name + "_strategy") != std::string::npos;
      if (names) found.push_back(entry.path().filename().string());
    }
  }
  return found;
}

}  // namespace

TEST_CASE("the strategy of the runtime is registered as otp") {
  REQUIRE(beam::find_strategy("otp") != nullptr);
  CHECK(beam::find_strategy("otp") == beam::purge_strategies().front().strategy);
}

TEST_CASE("a strategy that does not exist is not found") {
  CHECK(beam::find_strategy("") == nullptr);
  CHECK(beam::find_strategy("ot") == nullptr);
  CHECK(beam::find_strategy("otp ") == nullptr);
}

TEST_CASE("every strategy has a name of its own, a summary and an implementation") {
  std::set<std::string_view> names;
  for (const beam::StrategyEntry& entry : beam::purge_strategies()) {
    CHECK(names.insert(entry.name).second);
    CHECK_FALSE(entry.summary.empty());
    CHECK(entry.strategy == beam::find_strategy(entry.name));
  }
}

TEST_CASE("a strategy is one file of its name and one line in the list") {
  for (const beam::StrategyEntry& entry : beam::purge_strategies()) {
    const std::string name(entry.name);
    auto files = files_naming(name);
    std::ranges::sort(files);
    CHECK(files == std::vector<std::string>{name + ".cpp", "strategies.hpp"});
  }
}
