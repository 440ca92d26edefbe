// validate, as a person meets it.
#include <algorithm>
#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// A shell script named `name`, which can be run.
std::string script(const TemporaryDirectory& directory, const std::string& name,
                   const std::string& text) {
  const fs::path path = directory.write(name, "#!/bin/sh\n" + text);
  fs::permissions(path, fs::perms::owner_all);
  return path.string();
}

// A program named erl that says it is of another release.
std::string foreign_erl(const TemporaryDirectory& directory) {
  return script(directory, "erl", "printf 27\n");
}

// A program that is no erl, and says `text`.
std::string no_erl(const TemporaryDirectory& directory, const std::string& text) {
  return script(directory, "no-erl", "printf '" + text + "'\n");
}

// An erl that does `deed` to what its driver wrote, "$heaps", if it ran the driver.
std::string meddling_erl(const TemporaryDirectory& directory, const std::string& name,
                         const std::string& deed) {
  return script(directory, name,
                "erl \"$@\" || exit\n"
                "for last; do :; done\n"
                "scratch=$(printf %s \"$last\" | sed -n 's/.*:main(\"\\([^\"]*\\)\").*/\\1/p')\n"
                "heaps=$scratch/heaps\n"
                "[ -z \"$scratch\" ] || " +
                    deed);
}

// An erl that has blocks of 377 words where others have 376.
std::string wrong_erl(const TemporaryDirectory& directory) {
  return meddling_erl(directory, "wrong-erl", "sed -i 's/ 376 / 377 /g' \"$heaps\"\n");
}

// An erl that ends when the driver wrote four lines.
std::string failing_erl(const TemporaryDirectory& directory) {
  return meddling_erl(directory, "failing-erl", "{ sed -i 4q \"$heaps\"; exit 3; }\n");
}

// Whether it was refused for want of an erl of OTP 25; any other refusal is an error.
bool lacks_erl(const CommandResult& result) {
  const auto says = [&](const char* text) { return result.err.find(text) != std::string::npos; };
  return result.code == 2 && (says("there is no erl on PATH") || says("is no erl: ") ||
                              says(", and what is modelled is OTP 25"));
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

TEST_CASE("validate with a program that is no erl says so") {
  const TemporaryDirectory directory;
  for (const char* answer : {"", "hello", "total 25\\ndrwx", "2525252525252525252525"}) {
    const std::string erl = no_erl(directory, answer);
    check_refused(run_purgebench({"validate", "--erl", erl}, directory.path()),
                  erl + " is no erl: it does not tell its release");
  }
}

TEST_CASE("validate finds the release behind what an erl says when it starts") {
  const TemporaryDirectory directory;
  const std::string erl = no_erl(directory, "warning: no locale\\nR16B03\\n");
  check_refused(run_purgebench({"validate", "--erl", erl}, directory.path()),
                erl + " is OTP R16B03, and what is modelled is OTP 25");
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
  const std::string empty = directory.write("empty", "# nothing\n").string();
  check_refused(run_purgebench({"validate", "--program", empty}, directory.path()),
                "contains no program");
  check_refused(run_purgebench({"validate", "--program", ""}, directory.path()), "cannot open");
  for (const char* seed : {"x", "-1", "18446744073709551616"}) {
    check_refused(run_purgebench({"validate", "--random", "1", "--seed", seed}, directory.path()),
                  "--seed takes a whole number");
  }
  check_refused(run_purgebench({"validate", "--seed", "2"}, directory.path()),
                "--seed applies only to random programs");
}

TEST_CASE("validate quotes the beginning of a long line that is wrong") {
  const TemporaryDirectory directory;
  const std::string file = directory.write("long", std::string(100'000, 'x')).string();
  const auto refused = run_purgebench({"validate", "--program", file}, directory.path());
  check_refused(refused, "long: line 1 is no option, module or step: xxx");
  CHECK(refused.err.size() < 200);
}

TEST_CASE("validate shows the program that an erl ran when it failed") {
  const TemporaryDirectory directory;
  const std::string file =
      directory.write("five", "list 0 3\nmajor\ndrop 0\nminor\nlist 1 7\n").string();
  const std::string erl = failing_erl(directory);
  const auto refused =
      run_purgebench({"validate", "--erl", erl, "--program", file}, directory.path());
  if (lacks_erl(refused)) SKIP_TEST("no erl of OTP 25 on this machine");
  CHECK(refused.code == 1);
  CHECK(refused.err.find("while it ran five (list 0 3; major; drop 0;") != std::string::npos);
}

TEST_CASE("validate runs the program of a file and leaves nothing behind") {
  const TemporaryDirectory directory;
  const TemporaryDirectory scratch;
  const std::string file = directory.write("three", "list 0 3\nmajor\n").string();
  const auto result = run_purgebench({"validate", "--json", "--program", file}, directory.path(),
                                     {"TMPDIR=" + scratch.path().string()});
  if (lacks_erl(result)) SKIP_TEST("no erl of OTP 25 on this machine");
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

TEST_CASE("validate does not care for modules and settings of Erlang where it is started") {
  const TemporaryDirectory directory;
  if (lacks_erl(run_purgebench({"validate", "--random", "1"}, directory.path()))) {
    SKIP_TEST("no erl of OTP 25 on this machine");
  }
  const std::string file = directory.write("three", "list 0 3\nmajor\n").string();
  for (const char* name : {"rand.beam", "lists.beam", "compile.beam", ".erlang"}) {
    directory.write(name, "no module");
  }
  fs::create_directory(directory.path() / "scratch");
  const std::string here = directory.path().string();
  const auto result =
      run_purgebench({"validate", "--program", file}, directory.path(),
                     {"HOME=" + here, "XDG_CONFIG_HOME=" + here, "ERL_LIBS=" + here,
                      "ERL_FLAGS=-pa .", "ERL_AFLAGS=-eval halt(3)", "ERL_ZFLAGS=-s no_such",
                      "ERL_COMPILER_OPTIONS=[no_such", "TMPDIR=scratch"});
  CHECK(result.code == 0);
  CHECK(result.err.empty());
  CHECK(fs::is_empty(directory.path() / "scratch"));
}

TEST_CASE("an erl that crashes in validate leaves no dump where it was started") {
  const TemporaryDirectory directory;
  const TemporaryDirectory scratch;
  const std::string erl = script(directory, "erl",
                                 "unset ERL_CRASH_DUMP_SECONDS\n"
                                 "echo dump >erl_crash.dump\necho it crashed\nexit 1\n");
  // Also where it is named from there.
  for (const std::string& name : {erl, std::string("./erl")}) {
    const auto result = run_purgebench({"validate", "--erl", name}, directory.path(),
                                       {"TMPDIR=" + scratch.path().string()});
    CHECK(result.code == 2);
    CHECK(result.err.find(name) != std::string::npos);
    CHECK(result.err.find("it crashed") != std::string::npos);
    CHECK_FALSE(fs::exists(directory.path() / "erl_crash.dump"));
    CHECK(fs::is_empty(scratch.path()));
  }
}

TEST_CASE("validate names the directory that it cannot write to") {
  const TemporaryDirectory directory;
  const std::string file = directory.write("three", "list 0 3\n").string();
  const auto result =
      run_purgebench({"validate", "--program", file}, directory.path(), {"TMPDIR=/nowhere"});
  if (lacks_erl(result)) SKIP_TEST("no erl of OTP 25 on this machine");
  CHECK(result.code == 2);
  CHECK(result.err ==
        "purgebench: cannot make a directory in /nowhere: No such file or directory\n");
}

TEST_CASE("validate prints the smallest program that differs and runs it again") {
  const TemporaryDirectory directory;
  if (lacks_erl(run_purgebench({"validate", "--random", "1"}, directory.path()))) {
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
