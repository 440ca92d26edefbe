// micro: Google Benchmark's flags in, our exit codes and provenance out.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include <nlohmann/json.hpp>

#include "bench/build_info.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;

// A build with sanitizers has none.
bool lacks_loops() {
  return !fs::exists(fs::path(purgebench_executable()).replace_filename("purgebench-micro"));
}

CommandResult run_micro(std::vector<std::string> flags) {
  const TemporaryDirectory directory;
  flags.insert(flags.begin(), "micro");
  return run_purgebench(flags, directory.path());
}

TEST_CASE("micro lists the loops of every group under the group's name") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const auto result = run_micro({"--benchmark_list_tests"});
  CHECK(result.code == 0);
  for (const char* name : {"copy/list/20000", "copy/copy_bound/20000", "scan/list/20000"}) {
    CHECK(result.out.find(name) != std::string::npos);
  }
  std::istringstream names(result.out);
  for (std::string name; std::getline(names, name);) {
    CHECK(std::ranges::count(name, '/') >= 2);
  }
}

TEST_CASE("micro runs what its filter matches and names commit and build in its JSON") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const auto result = run_micro({"--benchmark_filter=^copy/copy_bound/20000$",
                                 "--benchmark_min_time=0.001", "--benchmark_format=json"});
  REQUIRE(result.code == 0);
  const auto all = nlohmann::json::parse(result.out);
  const auto& context = all.at("context");
  CHECK(context.at("commit") == bench::build_info::kCommit);
  CHECK(context.at("dirty") == (bench::build_info::kDirty ? "true" : "false"));
  CHECK(context.at("compiler") == bench::build_info::kCompiler);
  CHECK(context.at("flags") == bench::build_info::kFlags);
  CHECK(context.contains("cpu_model"));
  CHECK(context.contains("library_build_type_means"));
  REQUIRE(all.at("benchmarks").size() == 1);
  CHECK(all.at("benchmarks")[0].at("name") == "copy/copy_bound/20000");
}

TEST_CASE("a row of micro says how much of its time the bound is") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const auto result =
      run_micro({"--benchmark_filter=^(copy/list|scan/(list|floats_hit_last))/20000",
                 "--benchmark_min_time=0.001", "--benchmark_format=json"});
  const auto rows = nlohmann::json::parse(result.out).at("benchmarks");
  REQUIRE(rows.size() == 3);
  for (const auto& row : rows) CHECK(row.at("of_bound") > 0.0);
}

TEST_CASE("micro refuses flags that there are not, values that are wrong and names of no loop") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const auto flag = run_micro({"--holders", "3"});
  CHECK(flag.code == 2);
  CHECK(flag.err == "purgebench: micro has no flag '--holders' (see purgebench micro --help)\n");
  const auto value = run_micro({"--benchmark_format=table"});
  CHECK(value.code == 2);
  CHECK(value.err.starts_with("purgebench: micro: a flag has a value"));
  const auto name = run_micro({"--benchmark_filter=^no_such_loop$"});
  CHECK(name.code == 2);
  CHECK(name.err.find("no_such_loop") != std::string::npos);
}

TEST_CASE("micro refuses a file that cannot be written before it runs, and notices lost output") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const auto refused = run_micro({"--benchmark_out=/nowhere/file"});
  CHECK(refused.code == 2);
  CHECK(refused.err.find("--benchmark_out") != std::string::npos);
  CHECK(refused.out.empty());
  const TemporaryDirectory directory;
  const auto lost = Command({"/bin/sh", "-c",
                             "'" + purgebench_executable().string() +
                                 "' micro --benchmark_filter=^scan/list/20000 "
                                 "--benchmark_min_time=0.001 >/dev/full"},
                            directory.path())
                        .wait();
  CHECK(lost.code == 3);
  CHECK(lost.err.find("purgebench: cannot write the output") != std::string::npos);
  for (const char* format : {"json", "csv", "console"}) {
    INFO(format);
    const auto file =
        run_micro({"--benchmark_filter=^scan/list/20000", "--benchmark_min_time=0.001",
                   "--benchmark_out=/dev/full", std::string("--benchmark_out_format=") + format});
    CHECK(file.code == 3);
    CHECK(file.err.find("purgebench: cannot write all of the file of --benchmark_out") !=
          std::string::npos);
  }
}

TEST_CASE("micro writes to a file what it prints as JSON") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const TemporaryDirectory directory;
  const fs::path file = directory.path() / "micro.json";
  const auto result =
      run_micro({"--benchmark_filter=^scan/list/20000", "--benchmark_min_time=0.001",
                 "--benchmark_format=json", "--benchmark_out=" + file.string()});
  CHECK(nlohmann::json::parse(contents_of(file)) == nlohmann::json::parse(result.out));
}

TEST_CASE("micro exits with 1 when a loop reports an error") {
  if (lacks_loops()) SKIP_TEST("this build has no micro-benchmarks");
  const TemporaryDirectory directory;
  // Less address space than the literals of one structure reserve.
  const auto result = Command({"/bin/sh", "-c",
                               "ulimit -v 400000; exec '" + purgebench_executable().string() +
                                   "' micro --benchmark_filter=^copy/list/20000"},
                              directory.path())
                          .wait();
  INFO(result.out << result.err);
  CHECK(result.code == 1);
  CHECK(result.out.find("no memory") != std::string::npos);
}

TEST_CASE("micro says that a build without micro-benchmarks has none") {
  const TemporaryDirectory directory;
  const fs::path alone = directory.path() / "purgebench";
  fs::copy_file(purgebench_executable(), alone);
  const auto result = Command({alone.string(), "micro"}, directory.path()).wait();
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.find("this build has no micro-benchmarks") != std::string::npos);
  CHECK(result.err.find(directory.path().string() + "/purgebench-micro") != std::string::npos);
}

TEST_CASE("a process in which cells run loads no benchmark library") {
  const TemporaryDirectory directory;
  // The loader's way to list what a program would load.
  const auto libraries = run_purgebench({"list"}, directory.path(), {"LD_TRACE_LOADED_OBJECTS=1"});
  CHECK(libraries.out.find("libstdc++") != std::string::npos);
  CHECK(libraries.out.find("libbenchmark") == std::string::npos);
}

}  // namespace
