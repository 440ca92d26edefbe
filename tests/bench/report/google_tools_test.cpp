// Whether the tools of others read run.json.
#include <cstdlib>
#include <filesystem>
#include <string>

#include "bench/report/context.hpp"
#include "bench/report/run_folder.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

// Where Debian's libbenchmark-tools puts it.
constexpr const char* kComparePy = "/usr/share/benchmark/compare.py";

bool succeeds(const std::string& command) { return std::system(command.c_str()) == 0; }

std::string quoted(const std::filesystem::path& path) { return " '" + path.string() + "'"; }

// A run folder of the sample run, with a row that has no 99th percentile.
std::filesystem::path written_run(const std::filesystem::path& dir, std::uint64_t times) {
  auto folder = bench::report::RunFolder::create(dir, bench::report::context_json({}));
  REQUIRE(folder.ok());
  for (auto row : sample::run()) {
    row.result.times.purge_ns *= times;
    row.result.times.pause_p99_ns.reset();
    REQUIRE(folder.value().add(row).ok());
  }
  return dir / "run.json";
}

}  // namespace

TEST_CASE("Python reads run.json, which has no NaN and no infinity") {
  if (!succeeds("/usr/bin/python3 -c '' 2>/dev/null")) SKIP_TEST("there is no python3");
  const TemporaryDirectory dir;
  const auto script =
      dir.write("strict.py", "import json, sys\n"
                             "def refuse(constant): sys.exit(constant)\n"
                             "run = json.load(open(sys.argv[1]), parse_constant=refuse)\n"
                             "assert run['benchmarks'] and run['context']['caches'] is not None\n");
  CHECK(succeeds("/usr/bin/python3" + quoted(script) + quoted(written_run(dir.path() / "run", 1))));
}

TEST_CASE("Google Benchmark's compare.py compares two runs") {
  if (!std::filesystem::exists(kComparePy)) SKIP_TEST("libbenchmark-tools is not installed");
  if (!succeeds("/usr/bin/python3 -c 'import scipy.stats' 2>/dev/null")) {
    SKIP_TEST("compare.py needs python3-scipy");
  }
  const TemporaryDirectory dir;
  const auto base = written_run(dir.path() / "base", 1);
  const auto contender = written_run(dir.path() / "new", 2);
  const auto output = dir.path() / "output";
  REQUIRE(succeeds(std::string("/usr/bin/python3 ") + kComparePy + " --no-color benchmarks" +
                   quoted(base) + quoted(contender) + " >" + quoted(output)));
  const auto text = contents_of(output);
  for (const auto& row : sample::run()) {
    CHECK(text.find(bench::report::cell_name(row.spec)) != std::string::npos);
  }
  CHECK(text.find("+1.0000") != std::string::npos);
}
