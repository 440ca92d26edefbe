// validate, as a person meets it.
#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// A program named erl that says it is of another release.
std::string foreign_erl(const TemporaryDirectory& directory) {
  const fs::path path = directory.write("erl", "#!/bin/sh\nprintf 27\n");
  fs::permissions(path, fs::perms::owner_all);
  return path.string();
}

// An erl that has blocks of 377 words where others have 376: what its driver wrote is changed.
std::string wrong_erl(const TemporaryDirectory& directory) {
  const fs::path path = directory.write(
      "wrong-erl", "#!/bin/sh\n"
                   "erl \"$@\" || exit\n"
                   "for last; do :; done\n"
                   "scratch=$(printf %s \"$last\" | sed -n 's/.*:main(\"\\([^\"]*\\)\").*/\\1/p')\n"
                   "[ -z \"$scratch\" ] || sed -i 's/ 376 / 377 /g' \"$scratch/heaps\"\n");
  fs::permissions(path, fs::perms::owner_all);
  return path.string();
}

// The program that a table shows in its smallest form.
std::string shrunk_program(const std::string& table) {
  const std::size_t announced = table.find("In its smallest form");
  const std::size_t begin = table.find("\n\n", announced) + 2;
  return table.substr(begin, table.find("\n\n", begin) + 1 - begin);
}

void check_refused(const CommandResult& result, const std::string& named) {
  INFO(result.err);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.starts_with("purgebench: "));
  CHECK(result.err.find('\n') == result.err.size() - 1);
  CHECK(result.err.find(named) != std::string::npos);
}

TEST_CASE("validate without an erl says what it needs") {
  const TemporaryDirectory directory;
  check_refused(
      run_purgebench({"validate"}, directory.path(), {"PATH=" + directory.path().string()}),
      "there is no erl on PATH to compare with; OTP 25 is needed");
  check_refused(run_purgebench({"validate", "--erl", "/nowhere/erl"}, directory.path()),
                "--erl /nowhere/erl: there is no such program");
}

TEST_CASE("validate with an erl of another release names both") {
  const TemporaryDirectory directory;
  const std::string erl = foreign_erl(directory);
  check_refused(run_purgebench({"validate", "--erl", erl}, directory.path()),
                erl + " is OTP 27, and what is modelled is OTP 25");
  check_refused(
      run_purgebench({"validate"}, directory.path(), {"PATH=" + directory.path().string()}),
      "is OTP 27");
}

TEST_CASE("validate refuses what it cannot run before it looks for an erl") {
  const TemporaryDirectory directory;
  const std::string file = directory.write("program", "jump\n").string();
  const std::string absent = (directory.path() / "absent").string();
  check_refused(run_purgebench({"validate", "--program", file}, directory.path()),
                "program: line 1 is no option, module or step: jump");
  check_refused(run_purgebench({"validate", "--program", absent}, directory.path()), "absent");
  check_refused(run_purgebench({"validate", "--program", file, "--random", "5"}, directory.path()),
                "--program and --random");
  check_refused(run_purgebench({"validate", "--random", "0"}, directory.path()), "--random");
  check_refused(run_purgebench({"validate", "--seed", "x"}, directory.path()), "--seed");
}

TEST_CASE("validate runs the program of a file and leaves nothing behind") {
  const TemporaryDirectory directory;
  const TemporaryDirectory scratch;
  const std::string file = directory.write("three", "list 0 3\nmajor\n").string();
  const auto result = run_purgebench({"validate", "--json", "--program", file}, directory.path(),
                                     {"TMPDIR=" + scratch.path().string()});
  if (result.code == 2) SKIP_TEST("no erl of OTP 25 on this machine");
  REQUIRE(result.code == 0);
  CHECK(result.err.empty());
  CHECK(fs::is_empty(scratch.path()));
  const json all = json::parse(result.out);
  CHECK(all.at("otp_release") == "25");
  CHECK(all.at("differences") == 0);
  CHECK(all.at("checks").size() == 2 * 16);
  CHECK(all.at("checks")[3] == json({{"name", "three: 1 list 0 3"},
                                     {"quantity", "heap_size"},
                                     {"real", 8},
                                     {"model", 8},
                                     {"equal", true}}));
}

TEST_CASE("validate prints the smallest program that differs and runs it again") {
  const TemporaryDirectory directory;
  if (run_purgebench({"validate", "--random", "1"}, directory.path()).code == 2) {
    SKIP_TEST("no erl of OTP 25 on this machine");
  }
  const std::string erl = wrong_erl(directory);
  const auto first =
      run_purgebench({"validate", "--erl", erl, "--random", "30", "--seed", "8"}, directory.path());
  INFO(first.out << first.err);
  CHECK(first.code == 1);
  const std::string program = shrunk_program(first.out);
  INFO(program);
  CHECK(std::ranges::count(program, '\n') <= 6);
  const std::string file = directory.write("smallest", program).string();
  CHECK(run_purgebench({"validate", "--erl", erl, "--program", file}, directory.path()).code == 1);
  CHECK(run_purgebench({"validate", "--program", file}, directory.path()).code == 0);
}

}  // namespace
