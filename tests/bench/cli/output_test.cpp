// Output that cannot be written: exit 3, whatever the verdict, a sentence where one can be said,
// and nothing else lost.
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/report/run_folder.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/full_device.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

const std::string kSmallRun =
    "run --area-words 1000 --holders 2 --bystanders 2 --rounds 1 --settle 0";

// Runs a line of a shell in which `purgebench` is the program.
CommandResult run_in_shell(const std::string& line, const TemporaryDirectory& directory) {
  const std::string program =
      "purgebench() { '" + purgebench_executable().string() + "' \"$@\"; }\n";
  return Command({"/bin/bash", "-c", program + line}, directory.path()).wait();
}

std::string run_text(const std::vector<bench::report::Row>& rows) {
  std::vector<std::string> lines;
  lines.reserve(rows.size());
  for (const auto& row : rows) lines.push_back(bench::report::to_json_line(row));
  return bench::report::run_json_text("{}", lines);
}

bool is_character_device(const fs::path& path) {
  return fs::is_character_file(fs::symlink_status(path));
}

TEST_CASE("every command that cannot write what it found exits 3") {
  const TemporaryDirectory directory;
  directory.write("base.json", run_text(sample::run()));
  const std::string module = "'" + (fixtures_dir() / "every_kind.beam").string() + "'";
  const std::string command =
      GENERATE_COPY(as<std::string>{}, "--help", "--version", "run --help", "help", "help run",
                    "list", "list --json", "inspect " + module, "predict --holders 1 " + module,
                    "compare base.json base.json", "run --benchmark_list_tests", kSmallRun);
  for (const std::string lost : {">/dev/full", ">&-"}) {
    const auto result = run_in_shell("purgebench " + command + " " + lost, directory);
    INFO(command << " " << lost << " said: " << result.err);
    CHECK(result.code == 3);
    CHECK(result.err.find("purgebench: cannot write the output: ") != std::string::npos);
  }
}

TEST_CASE("a regression that cannot be shown is lost output") {
  const TemporaryDirectory directory;
  directory.write("base.json", run_text(sample::run()));
  auto rows = sample::run();
  for (auto& row : rows) row.result.counters.allocations *= 2;
  directory.write("new.json", run_text(rows));
  CHECK(run_in_shell("purgebench compare base.json new.json", directory).code == 1);
  CHECK(run_in_shell("purgebench compare base.json new.json >/dev/full", directory).code == 3);
}

TEST_CASE("a stderr that cannot be written changes no exit code of what goes to stdout") {
  const TemporaryDirectory directory;
  for (const std::string lost : {" 2>/dev/full", " 2>&-"}) {
    CHECK(run_in_shell("purgebench list" + lost, directory).code == 0);
    CHECK(run_in_shell("purgebench measure" + lost, directory).code == 2);
  }
}

TEST_CASE("a table that --json sends to a full stderr is lost output") {
  const TemporaryDirectory directory;
  const auto result =
      run_in_shell("purgebench " + kSmallRun + " --json --out r 2>/dev/full", directory);
  CHECK(result.code == 3);
  CHECK(nlohmann::json::parse(result.out).at("benchmarks").size() == 1);
}

TEST_CASE("a run whose second output is lost keeps its folder and its table") {
  const TemporaryDirectory directory;
  const auto device = full_device(directory.path());
  if (!device) SKIP_TEST("there is no device here that may be tried");
  const auto result = run_in_shell(
      "purgebench " + kSmallRun + " --out r --benchmark_out '" + device->string() + "'", directory);
  CHECK(result.code == 3);
  CHECK(result.err.find("cannot write " + device->string() + ": No space left on device") !=
        std::string::npos);
  CHECK(is_character_device(*device));
  CHECK(result.out.find("Run folder: r") != std::string::npos);
  const auto run = nlohmann::json::parse(contents_of(directory.path() / "r/run.json"));
  CHECK(run.at("benchmarks").size() == 1);
}

TEST_CASE("a run whose latest link cannot be made has lost output") {
  const TemporaryDirectory directory;
  fs::create_directories(directory.path() / "results/latest");
  const auto result = run_in_shell("purgebench " + kSmallRun, directory);
  CHECK(result.code == 3);
  CHECK(result.err.find("results/latest is not a link") != std::string::npos);
  CHECK(fs::is_directory(fs::symlink_status(directory.path() / "results/latest")));
}

TEST_CASE("a second output goes where its link leads, and where stdout goes") {
  const TemporaryDirectory directory;
  fs::create_symlink("real.json", directory.path() / "link.json");
  REQUIRE(run_in_shell("purgebench " + kSmallRun + " --out r --benchmark_out link.json", directory)
              .code == 0);
  CHECK(fs::is_symlink(fs::symlink_status(directory.path() / "link.json")));
  CHECK(contents_of(directory.path() / "real.json") ==
        contents_of(directory.path() / "r/run.json"));

  const std::string whole = " >all.txt && cat all.txt";
  for (const std::string out : {"/dev/stdout", "all.txt"}) {
    const auto result = run_in_shell("purgebench " + kSmallRun + " --out " + out.substr(1, 3) +
                                         " --benchmark_out " + out + whole,
                                     directory);
    INFO(result.err);
    CHECK(result.code == 0);
    CHECK(result.out.starts_with("{"));
    CHECK(result.out.find("\n]\n}\n") != std::string::npos);
    CHECK(result.out.find("Run folder: ") > result.out.find("\n]\n}\n"));
  }
}

}  // namespace
