// What a command line says to somebody who mistyped it: the name that was meant, what is given
// twice, what is missing, and where to read on.
#include <filesystem>
#include <string>
#include <vector>

#include "allocators/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using Arguments = std::vector<std::string>;

CommandResult run_anywhere(const Arguments& arguments) {
  const TemporaryDirectory directory;
  auto result = run_purgebench(arguments, directory.path());
  CHECK(std::filesystem::is_empty(directory.path()));
  return result;
}

// Checks that these are refused with this sentence, or one that ends so.
void check_refused(const Arguments& arguments, const std::string& end) {
  const auto result = run_anywhere(arguments);
  INFO(Catch::StringMaker<Arguments>::convert(arguments) << " said: " << result.err);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.starts_with("purgebench: "));
  CHECK(result.err.ends_with(end + "\n"));
}

TEST_CASE("a mistyped command is answered with the one that was meant") {
  check_refused({"predcit"}, ": did you mean 'predict'?");
  check_refused({"Lists"}, ": did you mean 'list'?");
  check_refused({"help", "comapre"}, ": did you mean 'compare'?");
}

TEST_CASE("a mistyped flag of any command is answered with the one that was meant") {
  check_refused({"run", "--alocator", "glibc"}, ": did you mean '--allocator'?");
  check_refused({"run", "--area_words=5"}, ": did you mean '--area-words'?");
  check_refused({"predict", "x.beam", "--holder", "5"}, ": did you mean '--holders'?");
  check_refused({"inspect", "x.beam", "--jsn"}, ": did you mean '--json'?");
  check_refused({"compare", "a", "b", "-json"}, ": did you mean '--json'?");
  check_refused({"validate", "--rnadom", "5"}, ": did you mean '--random'?");
  check_refused({"list", "--JSON"}, ": did you mean '--json'?");
  check_refused({"-v"}, ": did you mean '-V'?");
}

TEST_CASE("a mistyped name is answered with the one that was meant, whatever it names") {
  check_refused({"run", "--preset", "quik"}, ": did you mean 'quick'?");
  check_refused({"run", "--strategy", "opt"}, ": did you mean 'otp'?");
  check_refused({"run", "--blocks", "mallc"}, ": did you mean 'malloc'?");
  check_refused({"run", "--temp", "keep"}, ": did you mean 'kept'?");
  check_refused({"run", "--thp", "sytem"}, ": did you mean 'system'?");
  check_refused({"run", "--shape", "records,tupels"}, ": did you mean 'tuples'?");
}

TEST_CASE("a mistyped allocator or a tuning of one is answered with the one that was meant") {
  if (!allocators::kCanPreload) return;  // then there is one allocator, and nothing to mean
  check_refused({"run", "--allocator", "glibc,mimaloc"}, ": did you mean 'mimalloc'?");
  check_refused({"run", "--allocator", "jemalloc:decay"}, ": did you mean 'jemalloc:decay0'?");
}

TEST_CASE("what is like no name is refused without a guess") {
  check_refused({"measure"}, "list, help)");
  check_refused({"run", "--xyzzy"}, "(see purgebench run --help)");
  check_refused({"run", "--preset", "everything"}, "selfcheck)");
}

TEST_CASE("a step of a program that is mistyped is answered with the one that was meant") {
  const TemporaryDirectory directory;
  const std::string file = directory.write("steps", "hibernat 0\n").string();
  check_refused({"validate", "--program", file}, "hibernat 0: did you mean 'hibernate'?");
}

TEST_CASE("a flag that takes one value is refused when it is given twice, with both values") {
  for (const auto& [command, flag] :
       std::vector<std::pair<std::string, std::string>>{{"run", "--out"},
                                                        {"run", "--seed"},
                                                        {"run", "--rounds"},
                                                        {"run", "--invocations"},
                                                        {"run", "--literal-space"},
                                                        {"run", "--memory-budget"},
                                                        {"run", "--timeout"},
                                                        {"run", "--benchmark_filter"},
                                                        {"run", "--benchmark_out"},
                                                        {"run", "--benchmark_out_format"},
                                                        {"validate", "--erl"},
                                                        {"validate", "--random"},
                                                        {"validate", "--seed"},
                                                        {"validate", "--program"}}) {
    check_refused({command, flag, "a", flag + "=b"},
                  flag + " is given twice but takes one value: 'a' or 'b'");
  }
  for (const std::string flag : {"--holders", "--held-words", "--heap-words", "--max-heap-size"})
    check_refused({"predict", "x.beam", flag, "5", flag, "5", flag, "6"},
                  flag + " is given 3 times but takes one value: '5' or '5' or '6'");
}

TEST_CASE("a list that is given twice is one longer list, in every command") {
  const auto cells =
      run_anywhere({"run", "--holders", "5", "--holders", "6", "--benchmark_list_tests"});
  CHECK(cells.code == 0);
  CHECK(cells.out.find("holders:5/") != std::string::npos);
  CHECK(cells.out.find("holders:6/") != std::string::npos);
  const std::string file = (fixtures_dir() / "literals_40818.beam").string();
  check_refused({"predict", file, "--hold", "1", "--hold", "1"}, "--hold names '1' twice");
}

TEST_CASE("a missing argument is named with what the command takes") {
  check_refused({"compare"}, "compare needs BASE: purgebench compare BASE NEW");
  check_refused({"compare", "a"}, "compare needs NEW: purgebench compare BASE NEW");
  check_refused({"inspect"}, "inspect needs FILE: purgebench inspect FILE");
  check_refused({"predict", "--holders", "5"}, "predict needs FILE: purgebench predict FILE");
}

TEST_CASE("a flag of a command that stands in front of it is put in its place") {
  check_refused({"--json", "list"},
                "--json is a flag of list and must follow it: purgebench list --json");
}

TEST_CASE("a flag that takes no value or only true and false says so") {
  check_refused({"run", "--json=yes"}, "--json takes no value");
  check_refused({"run", "--benchmark_list_tests=maybe"},
                "--benchmark_list_tests takes only true or false");
}

TEST_CASE("an empty name of a file is shown as one") {
  for (const Arguments& arguments : {Arguments{"inspect", ""},
                                     {"predict", ""},
                                     {"compare", "", ""},
                                     {"validate", "--program", ""}})
    check_refused(arguments, "cannot open '': No such file or directory");
  check_refused({"validate", "--erl", ""}, "--erl '': there is no such program");
}

// The first `bytes` of a fixture, in a file.
std::string cut(const TemporaryDirectory& directory, const std::string& fixture,
                std::size_t bytes) {
  const std::string whole = contents_of(fixtures_dir() / fixture);
  return directory.write("cut.beam", whole.substr(0, bytes)).string();
}

TEST_CASE("a damaged module is refused with what was expected and what was found") {
  const TemporaryDirectory directory;
  for (const std::string command : {"inspect", "predict"}) {
    check_refused(
        {command, cut(directory, "literals_40818.beam", 100)},
        "cut.beam: the file is truncated at byte 8: it announces " +
            std::to_string(std::filesystem::file_size(fixtures_dir() / "literals_40818.beam") - 8) +
            " more bytes, and 92 are left");
    check_refused({command, directory.write("text.beam", "-module(x).\n").string()},
                  "text.beam: this is not a .beam file, which begins with FOR1 at byte 0");
    check_refused({command, directory.write("empty.beam", "").string()},
                  "empty.beam: this is not a .beam file, which begins with FOR1 at byte 0");
  }
}

TEST_CASE("help prints what --help does, of the program and of each command") {
  CHECK(run_anywhere({"help"}).out == run_anywhere({"--help"}).out);
  for (const std::string command :
       {"run", "inspect", "predict", "compare", "validate", "micro", "list", "help"}) {
    const auto help = run_anywhere({"help", command});
    CHECK(help.code == 0);
    CHECK(help.err.empty());
    CHECK(help.out.find("Usage: purgebench " + command) != std::string::npos);
    CHECK(help.out == run_anywhere({command, "--help"}).out);
  }
}

TEST_CASE("the version is told by the short flag too") {
  CHECK(run_anywhere({"-V"}).out == run_anywhere({"--version"}).out);
  CHECK(run_anywhere({"-V"}).out.starts_with("purgebench "));
}

}  // namespace
