// What a person reads: help, version, lists.
#include <nlohmann/json.hpp>

#include "allocators/registry.hpp"
#include "bench/matrix/axes.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/matrix/settings.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using nlohmann::json;

CommandResult run_anywhere(const std::vector<std::string>& arguments) {
  const TemporaryDirectory directory;
  auto result = run_purgebench(arguments, directory.path());
  CHECK(std::filesystem::is_empty(directory.path()));
  return result;
}

TEST_CASE("every command has help that fits a terminal of 80 columns") {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"--help"},
                                                    {"run", "--help"},
                                                    {"inspect", "-h"},
                                                    {"predict", "--help"},
                                                    {"compare", "--help"},
                                                    {"show", "--help"},
                                                    {"validate", "--help"},
                                                    {"micro", "--help"},
                                                    {"list", "--help"}}) {
    const auto result = run_anywhere(arguments);
    CHECK(result.code == 0);
    CHECK(result.err.empty());
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("the help of run has every flag") {
  const auto help = run_anywhere({"run", "--help"}).out;
  for (const auto flags : {bench::matrix::axis_flags(), bench::matrix::setting_flags()}) {
    for (const auto& flag : flags) {
      INFO(flag.name);
      CHECK(help.find(flag.name) != std::string::npos);
    }
  }
}

TEST_CASE("the version names the program") {
  const auto result = run_anywhere({"--version"});
  CHECK(result.code == 0);
  CHECK(result.out.starts_with("purgebench "));
}

TEST_CASE("the list as JSON has the keys of its contract") {
  const auto result = run_anywhere({"list", "--json"});
  REQUIRE(result.code == 0);
  const json list = json::parse(result.out);
  CHECK(list.at("strategies").at(0) == "otp");
  CHECK(list.at("run_presets") ==
        json({"quick", "standard", "full", "seed", "strategies", "selfcheck"}));
  CHECK(list.at("allocator_presets").is_array());
  REQUIRE(list.at("allocators").size() == allocators::registry().size());
  for (const json& allocator : list.at("allocators")) {
    for (const char* const key : {"name", "found", "version", "path", "package", "reason"}) {
      CHECK(allocator.contains(key));
    }
    const bool found = allocator.at("found").get<bool>();
    CHECK(allocator.at("reason").is_null() == found);
    CHECK(allocator.at("version").is_string() == found);
  }
}

TEST_CASE("the list for people names every strategy, allocator and preset") {
  const auto result = run_anywhere({"list"});
  REQUIRE(result.code == 0);
  CHECK(result.out.find("otp") != std::string::npos);
  for (const auto* const each : allocators::registry()) {
    CHECK(result.out.find(each->name) != std::string::npos);
    for (const auto& preset : each->presets) {
      CHECK(result.out.find(std::string(each->name) + ":" + std::string(preset.name)) !=
            std::string::npos);
      for (const auto& knob : preset.knobs)
        CHECK(result.out.find(knob.variable) != std::string::npos);
    }
  }
  for (const auto& preset : bench::matrix::run_presets())
    CHECK(result.out.find(preset.name) != std::string::npos);
}

TEST_CASE("inspect tells modules as an array, in the order given") {
  const std::string first = (fixtures_dir() / "every_kind.beam").string();
  const std::string second = (fixtures_dir() / "no_literals.beam").string();
  const auto result = run_anywhere({"inspect", first, second, "--json"});
  REQUIRE(result.code == 0);
  const json modules = json::parse(result.out);
  REQUIRE(modules.size() == 2);
  CHECK(modules[0].at("file") == first);
  CHECK(modules[1].at("file") == second);
  for (const json& module : modules) {
    CHECK(module.at("area_words") == module.at("static_words").get<std::uint64_t>() +
                                         module.at("line_words").get<std::uint64_t>() +
                                         module.at("dynamic_words").get<std::uint64_t>());
  }
}

}  // namespace
