// What a run loses when it, a child or the disk fails: at most the cell that was running. What is
// there stays readable, and a resumed run makes it whole.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Arguments = std::vector<std::string>;

// Eight cells that take a while each, in a folder r.
constexpr std::size_t kCells = 8;
const Arguments kRun = {"run",
                        "--area-words=1000",
                        "--holders=1,2,3,4",
                        "--bystanders=2,3",
                        "--rounds=1",
                        "--settle=50",
                        "--out=r"};

// The rows of cells.jsonl, each of which has to be a whole line of JSON.
std::vector<json> rows_in(const fs::path& file) {
  const std::string text = contents_of(file);
  CHECK((text.empty() || text.back() == '\n'));
  std::vector<json> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) rows.push_back(json::parse(line));
  return rows;
}

std::size_t lines_in(const fs::path& file) {
  const std::string text = contents_of(file);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Nothing but the two files.
void check_only_files(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    INFO(name);
    CHECK((name == "cells.jsonl" || name == "run.json"));
  }
}

// The one file is made of the other.
void check_readable(const fs::path& folder) {
  const auto rows = rows_in(folder / "cells.jsonl");
  const json run = json::parse(contents_of(folder / "run.json"));
  CHECK(run.at("context").is_object());
  CHECK(run.at("benchmarks").size() <= rows.size());
}

// Resuming brings every cell once, and keeps the rows that were there.
void check_resumed(const TemporaryDirectory& directory) {
  const std::string before = contents_of(directory.path() / "r/cells.jsonl");
  Arguments arguments = kRun;
  arguments.emplace_back("--resume");
  const auto result = run_purgebench(arguments, directory.path());
  INFO(result.err);
  CHECK(result.code == 0);
  check_only_files(directory.path() / "r");
  CHECK(contents_of(directory.path() / "r/cells.jsonl").starts_with(before));
  std::set<std::string> names;
  for (const json& row : rows_in(directory.path() / "r/cells.jsonl")) {
    CHECK_FALSE(row.contains("error_occurred"));
    CHECK(names.insert(row.at("name").get<std::string>()).second);
  }
  CHECK(names.size() == kCells);
  const json run = json::parse(contents_of(directory.path() / "r/run.json"));
  CHECK(run.at("benchmarks").size() == kCells);
}

TEST_CASE("a run that is interrupted or killed loses its running cell and is made whole") {
  const TemporaryDirectory directory;
  const int number = GENERATE(SIGINT, SIGKILL);
  Arguments arguments = {purgebench_executable().string()};
  arguments.insert(arguments.end(), kRun.begin(), kRun.end());
  Command command(arguments, directory.path());
  const fs::path cells = directory.path() / "r/cells.jsonl";
  REQUIRE(eventually([&] { return lines_in(cells) >= 2; }));
  const auto children = children_of(command.pid());
  command.signal(number);
  CHECK(command.wait().code == (number == SIGINT ? 130 : 128 + SIGKILL));
  for (const pid_t child : children) CHECK(eventually([&] { return !is_running(child); }));
  check_readable(directory.path() / "r");
  // Who is killed may leave a file that is not yet in its place, until the run is resumed.
  if (number == SIGINT) check_only_files(directory.path() / "r");
  CHECK(lines_in(cells) >= 2);
  check_resumed(directory);
}

TEST_CASE("a child that is killed loses its own cell and leaves the folder readable") {
  const TemporaryDirectory directory;
  Arguments arguments = {purgebench_executable().string()};
  arguments.insert(arguments.end(), kRun.begin(), kRun.end());
  Command command(arguments, directory.path());
  pid_t killed = 0;
  REQUIRE(eventually([&] {
    const auto children = children_of(command.pid());
    if (!children.empty()) killed = children.front();
    return killed != 0;
  }));
  kill(killed, SIGKILL);
  CHECK(command.wait().code == 1);
  check_readable(directory.path() / "r");
  check_only_files(directory.path() / "r");
  const auto rows = rows_in(directory.path() / "r/cells.jsonl");
  CHECK(rows.size() == kCells);
  CHECK(std::ranges::count_if(rows,
                              [](const json& row) { return row.contains("error_occurred"); }) == 1);
}

// RLIMIT_FSIZE stands for a full disk: a write beyond it fails.
TEST_CASE("a full disk fails the run and keeps whole rows that a resumed run completes") {
  const TemporaryDirectory directory;
  std::string line = "set -o pipefail; (ulimit -f 8; exec " + purgebench_executable().string();
  for (const std::string& argument : kRun) line += " " + argument;
  // What is printed goes through a pipe, which no limit of files concerns.
  line += ") | cat > /dev/null";
  Command command({"/bin/bash", "-c", line}, directory.path());
  const auto result = command.wait();
  CHECK(result.code == 3);
  CHECK(result.err.find("cannot write r/") != std::string::npos);
  CHECK(fs::file_size(directory.path() / "r/cells.jsonl") <= 8192);
  CHECK(lines_in(directory.path() / "r/cells.jsonl") >= 1);
  CHECK(lines_in(directory.path() / "r/cells.jsonl") < kCells);
  check_readable(directory.path() / "r");
  check_only_files(directory.path() / "r");
  check_resumed(directory);
}

}  // namespace
