// The command line, refusing: exit 2, one sentence on stderr, and nothing created.
#include <filesystem>
#include <string>
#include <vector>

#include "bench/matrix/axes.hpp"
#include "bench/matrix/settings.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// Checks that these are refused in an empty directory, with a sentence that holds `named`; what was
// said.
std::string check_refused(const Arguments& arguments, const std::string& named) {
  const TemporaryDirectory directory;
  const auto result = run_purgebench(arguments, directory.path());
  INFO(Catch::StringMaker<Arguments>::convert(arguments) << " said: " << result.err);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.starts_with("purgebench: "));
  CHECK(result.err.find('\n') == result.err.size() - 1);
  CHECK(result.err.find(named) != std::string::npos);
  CHECK(fs::is_empty(directory.path()));
  return result.err;
}

TEST_CASE("a bad value of any flag of run is refused with the flag") {
  for (const char* const flag :
       {"--strategy",     "--allocator",  "--blocks",     "--temp",          "--area-words",
        "--term-words",   "--shape",      "--held-words", "--holders",       "--bystanders",
        "--dead-holders", "--heap-words", "--schedulers", "--preset",        "--rounds",
        "--invocations",  "--settle",     "--seed",       "--literal-space", "--memory-budget",
        "--timeout"}) {
    check_refused({"run", flag, "-1"}, flag);
    check_refused({"run", std::string(flag) + "=x"}, flag);
  }
}

// Every flag of every command that takes a number, with what comes before it.
std::vector<Arguments> number_flags() {
  const std::string module = (fixtures_dir() / "every_kind.beam").string();
  std::vector<Arguments> all;
  for (const auto flags : {bench::matrix::axis_flags(), bench::matrix::setting_flags()}) {
    for (const auto& flag : flags)
      if (flag.numbers) all.push_back({"run", std::string(flag.name)});
  }
  for (const char* const flag :
       {"--holders", "--held-words", "--hold", "--heap-words", "--max-heap-size"})
    all.push_back({"predict", module, flag});
  all.push_back({"validate", "--random"});
  all.push_back({"validate", "--random", "1", "--seed"});
  return all;
}

TEST_CASE("what people write for a number and what is none is refused by every flag, by name") {
  const std::vector<std::pair<std::string, std::string>> values = {
      {"1,000", "1000"},
      {"010", "begins with a zero"},
      {"1e3", "write it out"},
      {"+5", "without a sign"},
      {" 5", "without a space"},
      {"5 ", "without a space"},
      {"0x10", "decimal"},
      {"-1", "not '-1'"},
      {"", "''"},
      {"5parsecs", "what may follow its digits"},
      {"1.5", "write it whole"},
      {"99999999999999999999", "too large"}};
  for (const Arguments& arguments : number_flags()) {
    for (const auto& [value, said] : values) {
      Arguments all = arguments;
      all.push_back(value);
      const std::string error = check_refused(all, said);
      CHECK(error.starts_with("purgebench: " + arguments.back() + " "));
    }
  }
}

TEST_CASE("numbers are looked at before names and files") {
  check_refused({"run", "--preset", "nosuch", "--rounds", "010"}, "--rounds");
  check_refused({"run", "--strategy", "nosuch", "--holders", "1,000"}, "--holders");
  check_refused({"predict", "nosuch.beam", "--holders", "010"}, "--holders");
  check_refused({"validate", "--erl", "/nowhere/erl", "--random", "010"}, "--random");
}

TEST_CASE("own data of a single word is refused as no term is so small") {
  check_refused({"run", "--heap-words", "1"}, "--heap-words 1");
}

TEST_CASE("a column that there is not is refused with the nearest that there is") {
  check_refused({"run", "--columns", "purge,resident_peek"}, "did you mean 'resident_peak'?");
  check_refused({"run", "--columns", "purge", "--columns", "puse_max"}, "--columns: ");
  check_refused({"run", "--columns="}, "--columns");
}

TEST_CASE("a flag without its value is refused") {
  check_refused({"run", "--holders"}, "--holders needs a value");
  check_refused({"run", "--out"}, "--out needs a value");
}

TEST_CASE("an unknown flag, argument or command is refused by name") {
  check_refused({"run", "--holder", "5"}, "run has no flag --holder");
  check_refused({"run", "--holder=5"}, "run has no flag --holder ");
  check_refused({"run", "quick"}, "run takes no argument 'quick'");
  check_refused({"--quiet"}, "unknown flag --quiet");
  check_refused({"measure"}, "unknown command 'measure'");
  check_refused({}, "a command is missing");
  check_refused({"run", "--json=yes"}, "--json takes no value");
}

TEST_CASE("the commands of children are no commands for people") {
  check_refused({"cell"}, "unknown command 'cell'");
  check_refused({"cell", "not-a-descriptor", "{}"}, "internal command");
}

TEST_CASE("an output folder that is a file, is not empty or cannot be made is refused") {
  const TemporaryDirectory other;
  const std::string file = other.write("file", "text").string();
  check_refused({"run", "--out", file}, "--out");
  check_refused({"run", "--out", file + "/run"}, "--out");
  check_refused({"run", "--out", other.path().string()},
                "--out " + other.path().string() + " is not empty");
  check_refused({"run", "--out", ""}, "--out");
  check_refused({"run", "--resume"}, "--resume needs --out");
  CHECK(contents_of(file) == "text");
}

TEST_CASE("a folder that holds no run cannot be resumed") {
  const TemporaryDirectory other;
  other.write("file", "text");
  check_refused({"run", "--resume", "--out", other.path().string()}, other.path().string());
}

TEST_CASE("a Google Benchmark output that cannot be written is refused") {
  check_refused({"run", "--benchmark_out", "/nonexistent/run.json"}, "--benchmark_out");
  check_refused({"run", "--benchmark_out=x.csv", "--benchmark_out_format=csv"},
                "--benchmark_out_format");
  check_refused({"run", "--benchmark_out_format=json"},
                "--benchmark_out_format needs --benchmark_out");
}

TEST_CASE("a module that cannot be read is refused by inspect and by run") {
  const TemporaryDirectory other;
  const std::string text = other.write("text.beam", "text").string();
  const std::string good = (fixtures_dir() / "every_kind.beam").string();
  check_refused({"inspect", good, text}, text);
  check_refused({"inspect", "nosuch.beam"}, "nosuch.beam");
  check_refused({"inspect"}, "FILE");
  check_refused({"run", "--module", text}, text);
  check_refused({"run", "--module", good, "--shape", "list"}, "--shape");
}

TEST_CASE("comparing what is no run is refused with its name") {
  check_refused({"compare", "nosuch", "nosuch"}, "nosuch");
  check_refused({"compare", "nosuch"}, "NEW");
  check_refused({"compare", "a", "b", "c"}, "'c'");
}

}  // namespace
