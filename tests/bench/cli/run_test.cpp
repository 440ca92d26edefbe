// Whole runs, from the command line to the run folder.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Arguments = std::vector<std::string>;

// A run of one small cell, with more flags.
Arguments small_run(const Arguments& more = {}) {
  Arguments arguments = {"run", "--area-words", "1000", "--holders", "3", "--bystanders",
                         "2",   "--rounds",     "1",    "--settle",  "0"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::string names_of(const Arguments& flags) {
  const TemporaryDirectory directory;
  Arguments arguments = {"run", "--benchmark_list_tests"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  const auto result = run_purgebench(arguments, directory.path());
  INFO(result.err);
  CHECK(result.code == 0);
  return result.out;
}

json benchmarks_in(const fs::path& folder) {
  return json::parse(contents_of(folder / "run.json")).at("benchmarks");
}

json context_in(const fs::path& folder) {
  return json::parse(contents_of(folder / "run.json")).at("context");
}

std::size_t lines_in(const fs::path& file) {
  const std::string text = contents_of(file);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// The one child of a running purgebench, as soon as there is one.
pid_t child_of(const Command& command) {
  std::vector<pid_t> children;
  REQUIRE(eventually([&] {
    children = children_of(command.pid());
    return !children.empty();
  }));
  return children.front();
}

Command start(const Arguments& arguments, const fs::path& directory) {
  Arguments all = {purgebench_executable().string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return {all, directory};
}

TEST_CASE("a run leaves a folder with a row per cell and prints the table") {
  const TemporaryDirectory directory;
  const auto result = run_purgebench(small_run({"--out", "a/b", "--holders=4"}), directory.path());
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(result.out.find("a/b") != std::string::npos);
  const json rows = benchmarks_in(directory.path() / "a/b");
  REQUIRE(rows.size() == 2);
  CHECK(lines_in(directory.path() / "a/b/cells.jsonl") == 2);
  for (const json& row : rows) {
    CHECK(row.at("copied_literal_words").get<int>() > 0);
    CHECK_FALSE(row.contains("error_occurred"));
  }
}

TEST_CASE("columns that are asked for are in the table of a run, on stdout or beside the JSON") {
  const TemporaryDirectory directory;
  const auto has_columns = [](const std::string& text) {
    return text.find("  virtual_peak  allocator_allocated  seed  pause max") != std::string::npos;
  };
  const Arguments asked = {"--columns=virtual_peak,allocator_allocated", "--columns",
                           "seed,pause max"};
  const auto shown = run_purgebench(small_run(asked), directory.path());
  INFO(shown.err);
  CHECK(shown.code == 0);
  CHECK(has_columns(shown.out));
  Arguments with_json = small_run(asked);
  with_json.emplace_back("--json");
  const auto beside = run_purgebench(with_json, directory.path());
  CHECK(json::accept(beside.out));
  CHECK(has_columns(beside.err));
  const auto plain = run_purgebench(small_run(), directory.path());
  CHECK(plain.out.find("virtual_peak") == std::string::npos);
}

// The child maps a literal space of 1 GiB, so that there is no less to say of it.
TEST_CASE("a row says the address space of its child, before and after and at most") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--out", "run"}), directory.path()).code == 0);
  for (const json& row : benchmarks_in(directory.path() / "run")) {
    const auto before = row.at("virtual_before").get<std::uint64_t>();
    const auto after = row.at("virtual_after").get<std::uint64_t>();
    CHECK(before > std::uint64_t{1} << 30);
    CHECK(after > std::uint64_t{1} << 30);
    CHECK(row.at("virtual_peak").get<std::uint64_t>() >= std::max(before, after));
    CHECK(before > row.at("resident_before").get<std::uint64_t>());
  }
}

TEST_CASE("a run without --out goes to a folder of its own that latest points to") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run(), directory.path()).code == 0);
  const fs::path first = fs::read_symlink(directory.path() / "results/latest");
  REQUIRE(run_purgebench(small_run(), directory.path()).code == 0);
  const fs::path second = fs::read_symlink(directory.path() / "results/latest");
  CHECK(first != second);
  for (const fs::path& each : {first, second}) {
    CHECK(each.is_relative());
    CHECK(benchmarks_in(directory.path() / "results" / each).size() == 1);
  }
}

TEST_CASE("with --json stdout is run.json and the table is on stderr") {
  const TemporaryDirectory directory;
  const auto result = run_purgebench(small_run({"--json", "--out", "r"}), directory.path());
  CHECK(result.code == 0);
  CHECK(result.out == contents_of(directory.path() / "r/run.json"));
  CHECK(result.err.find("1,000 words") != std::string::npos);
}

TEST_CASE("the list of tests is the names of the cells, and nothing runs") {
  const TemporaryDirectory directory;
  const auto result = run_purgebench(small_run({"--benchmark_list_tests=true", "--held-words=5,6"}),
                                     directory.path());
  CHECK(result.code == 0);
  CHECK(result.out.find("/held:5/") != std::string::npos);
  CHECK(result.out.find("/held:6/") != std::string::npos);
  CHECK(fs::is_empty(directory.path()));
}

TEST_CASE("the flag --benchmark_out is another run.json, and a filter chooses its rows") {
  const TemporaryDirectory directory;
  const auto result = run_purgebench(small_run({"--holders", "4", "--benchmark_filter=holders:4/",
                                                "--benchmark_out=out.json", "--out=r"}),
                                     directory.path());
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(contents_of(directory.path() / "out.json") == contents_of(directory.path() / "r/run.json"));
  REQUIRE(benchmarks_in(directory.path() / "r").size() == 1);
  CHECK(benchmarks_in(directory.path() / "r")[0].at("holders") == 4);
}

TEST_CASE("every invocation of a cell is a row, and passes over all cells alternate") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--holders=4", "--invocations=2", "--out=r"}), directory.path())
              .code == 0);
  std::vector<std::pair<int, int>> order;
  for (const json& row : benchmarks_in(directory.path() / "r")) {
    CHECK(row.at("repetitions") == 2);
    order.emplace_back(row.at("holders").get<int>(), row.at("repetition_index").get<int>());
  }
  CHECK(order == std::vector<std::pair<int, int>>{{3, 0}, {4, 0}, {3, 1}, {4, 1}});
}

TEST_CASE("deterministic counters are the same in every invocation") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--invocations=2", "--out=r"}), directory.path()).code == 0);
  const json rows = benchmarks_in(directory.path() / "r");
  for (const char* const key :
       {"scanned_words", "copied_words", "copied_literal_words", "temp_copied_words", "allocations",
        "held_words", "reserved_peak", "heap_words_after"}) {
    CHECK(rows[0].at(key) == rows[1].at(key));
  }
}

TEST_CASE("a module runs, and --holders 0 scans everyone and copies nothing") {
  const TemporaryDirectory directory;
  const std::string module = (fixtures_dir() / "every_kind.beam").string();
  const auto result =
      run_purgebench({"run", "--module", module, "--holders", "0,2", "--rounds", "1", "--out", "r"},
                     directory.path());
  INFO(result.err);
  REQUIRE(result.code == 0);
  const json rows = benchmarks_in(directory.path() / "r");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("copied_literal_words") == 0);
  CHECK(rows[1].at("copied_literal_words").get<int>() > 0);
  CHECK(rows[1].at("module") == "every_kind");
}

TEST_CASE("a cell above the memory budget is skipped with the figure, and that is no failure") {
  const TemporaryDirectory directory;
  const auto result =
      run_purgebench(small_run({"--area-words=100000000", "--literal-space=2000000000",
                                "--memory-budget=200000000", "--out=r"}),
                     directory.path());
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  const json rows = benchmarks_in(directory.path() / "r");
  REQUIRE(rows.size() == 2);
  CHECK_FALSE(rows[0].contains("skipped"));
  CHECK(rows[1].at("skipped") == true);
  CHECK(rows[1].at("predicted_bytes").get<std::uint64_t>() > 200'000'000);
}

TEST_CASE("a run in which every cell is skipped measured nothing, which is a bad end") {
  const TemporaryDirectory directory;
  const auto result =
      run_purgebench(small_run({"--memory-budget", "1000", "--out", "r"}), directory.path());
  CHECK(result.code == 1);
  CHECK(result.err == "purgebench: nothing was measured: every cell was skipped\n");
  const json rows = benchmarks_in(directory.path() / "r");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].at("skipped") == true);
  CHECK(rows[0].at("predicted_bytes").get<std::uint64_t>() > 64 << 20);
}

TEST_CASE("an interrupt keeps the rows that are there, leaves no child and exits with 130") {
  const TemporaryDirectory directory;
  const int number = GENERATE(SIGINT, SIGTERM);
  Command command = start({"run", "--preset", "quick", "--out", "r"}, directory.path());
  const fs::path cells = directory.path() / "r/cells.jsonl";
  REQUIRE(eventually([&] { return lines_in(cells) >= 1; }));
  const pid_t child = child_of(command);
  command.signal(number);
  const auto result = command.wait();
  CHECK(result.code == 130);
  CHECK_FALSE(is_running(child));
  CHECK(benchmarks_in(directory.path() / "r").size() == lines_in(cells));
  const json context = context_in(directory.path() / "r");
  const auto done = context.at("cells_done").get<std::size_t>();
  const auto planned = context.at("cells_planned").get<std::size_t>();
  CHECK(context.at("interrupted") == true);
  CHECK(done == lines_in(cells));
  CHECK(done < planned);
  CHECK(result.out.ends_with("Interrupted: " + std::to_string(done) + " of " +
                             std::to_string(planned) +
                             " cells are done. The same command with --resume and --out r does the "
                             "rest.\n"));
}

TEST_CASE("an interrupt in the first cell leaves a run.json without rows") {
  const TemporaryDirectory directory;
  Command command = start(small_run({"--settle", "60000", "--out", "r"}), directory.path());
  const pid_t child = child_of(command);
  command.signal(SIGINT);
  CHECK(command.wait().code == 130);
  CHECK_FALSE(is_running(child));
  CHECK(benchmarks_in(directory.path() / "r").empty());
}

TEST_CASE("an interrupted run is resumed without what it has") {
  const TemporaryDirectory directory;
  const auto cells = [](const char* holders, const Arguments& more) {
    Arguments arguments = {"run",     "--area-words=1000", "--rounds=1", "--settle=0",
                           "--out=r", "--holders",         holders};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  };
  REQUIRE(run_purgebench(cells("3", {}), directory.path()).code == 0);
  const std::string before = contents_of(directory.path() / "r/cells.jsonl");
  // A crash may cut the last line short.
  std::ofstream(directory.path() / "r/cells.jsonl", std::ios::app) << R"({"name":"purge/)";
  REQUIRE(run_purgebench(cells("3,4", {"--resume"}), directory.path()).code == 0);
  const std::string after = contents_of(directory.path() / "r/cells.jsonl");
  CHECK(after.starts_with(before));
  CHECK(lines_in(directory.path() / "r/cells.jsonl") == 2);
  CHECK(benchmarks_in(directory.path() / "r").size() == 2);
  CHECK(context_in(directory.path() / "r").at("interrupted") == false);
}

TEST_CASE("resuming a run that lacks nothing leaves its folder as it was") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--out=r"}), directory.path()).code == 0);
  // Of another day.
  const fs::path file = directory.path() / "r/run.json";
  std::string before = contents_of(file);
  before.replace(before.find("\"date\": \"20"), 11, "\"date\": \"19");
  std::ofstream(file) << before;
  const auto result =
      run_purgebench(small_run({"--out=r", "--resume", "--json"}), directory.path());
  INFO(result.err);
  CHECK(result.code == 0);
  CHECK(contents_of(file) == before);
  CHECK(result.out == before);
}

TEST_CASE("runs that start at once without --out have a folder each") {
  const TemporaryDirectory directory;
  std::vector<std::unique_ptr<Command>> runs;
  for (int i = 0; i < 6; ++i) {
    runs.push_back(std::make_unique<Command>(
        Arguments{purgebench_executable().string(), "run", "--memory-budget=1", "--holders=1"},
        directory.path()));
  }
  for (const auto& run : runs) CHECK(run->wait().code == 1);
  std::size_t folders = 0;
  for (const auto& entry : fs::directory_iterator(directory.path() / "results")) {
    if (entry.is_symlink()) continue;
    ++folders;
    CHECK(benchmarks_in(entry.path()).size() == 1);
  }
  CHECK(folders == 6);
}

TEST_CASE("a child that is killed fails its cell by name, and the run goes on") {
  const TemporaryDirectory directory;
  Command command = start(
      {"run", "--area-words=1000", "--holders=3,4", "--rounds=1", "--settle=60000", "--out=r"},
      directory.path());
  const pid_t first = child_of(command);
  kill(first, SIGUSR1);  // sanitizers handle what a crash raises
  REQUIRE(eventually([&] { return !is_running(first) && !children_of(command.pid()).empty(); }));
  kill(child_of(command), SIGKILL);
  CHECK(command.wait().code == 1);
  const json rows = benchmarks_in(directory.path() / "r");
  REQUIRE(rows.size() == 2);
  for (const json& row : rows) CHECK(row.at("error_occurred") == true);
  CHECK(rows[0].at("error_message").get<std::string>().find("SIGUSR1") != std::string::npos);
  CHECK(rows[1].at("error_message").get<std::string>().find("SIGKILL") != std::string::npos);
}

TEST_CASE("a child that takes longer than the timeout fails its cell") {
  const TemporaryDirectory directory;
  // It sleeps for all but a millisecond of the time, and has work to do besides.
  const auto result = run_purgebench(
      {"run", "--area-words=1000", "--holders=3", "--settle=999", "--timeout=1", "--out=r"},
      directory.path());
  CHECK(result.code == 1);
  const json rows = benchmarks_in(directory.path() / "r");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].at("error_message").get<std::string>().find("--timeout") != std::string::npos);
}

TEST_CASE("a cell without transparent huge pages has them turned off for its process") {
  const TemporaryDirectory directory;
  const auto has_line = [](pid_t process, const std::string& line) {
    return contents_of("/proc/" + std::to_string(process) + "/status").find(line) !=
           std::string::npos;
  };
  if (!has_line(getpid(), "THP_enabled:\t1")) SKIP_TEST("the kernel does not tell, or has none");
  for (const std::string mode : {"system", "off"}) {
    const Command command =
        start(small_run({"--settle", "60000", "--thp", mode, "--out", mode}), directory.path());
    const pid_t child = child_of(command);
    CHECK(eventually(
        [&] { return has_line(child, mode == "off" ? "THP_enabled:\t0" : "THP_enabled:\t1"); }));
  }
}

TEST_CASE("a child ends with its parent, however that ends") {
  const TemporaryDirectory directory;
  Command command = start(small_run({"--settle", "60000", "--out", "r"}), directory.path());
  const pid_t child = child_of(command);
  command.signal(SIGKILL);
  command.wait();
  CHECK(eventually([&] { return !is_running(child); }));
}

TEST_CASE("numbers with suffixes ask for the same cells as those written out") {
  CHECK(names_of({"--area-words=10k,1M", "--holders=1,1k", "--settle=100ms,1s", "--seed=7k",
                  "--literal-space=512MiB", "--memory-budget=10MB", "--timeout=5min"}) ==
        names_of({"--area-words=10000,1000000", "--holders=1,1000", "--settle=100,1000",
                  "--seed=7000", "--literal-space=536870912", "--memory-budget=10000000",
                  "--timeout=300"}));
}

}  // namespace
