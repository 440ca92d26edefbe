// show, from the command line: what run printed, and refusals.
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using Arguments = std::vector<std::string>;

Arguments small_run(const Arguments& more) {
  Arguments arguments = {
      "run",        "--area-words=1000", "--holders=0,3",        "--bystanders=2",
      "--rounds=1", "--settle=0",        "--blocks=malloc,mmap", "--out=r"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("show prints what run printed, at any width") {
  const TemporaryDirectory directory;
  const Arguments columns = {"--columns", "purge,rounds,thp"};
  const auto ran = run_purgebench(small_run({"--invocations=2"}), directory.path(), {"COLUMNS=90"});
  REQUIRE(ran.code == 0);
  CHECK(says(ran.out, "Run folder: r\n"));
  const auto shown = run_purgebench({"show", "r"}, directory.path(), {"COLUMNS=90"});
  CHECK(shown.code == 0);
  CHECK(shown.err.empty());
  CHECK(shown.out == ran.out);
  const auto wide = run_purgebench({"show", "r"}, directory.path(), {"COLUMNS=300"});
  CHECK(wide.out != ran.out);
  CHECK(run_purgebench({"show", "r/run.json"}, directory.path(), {"COLUMNS=300"}).out == wide.out);
}

TEST_CASE("show takes the columns that run takes") {
  const TemporaryDirectory directory;
  const auto ran = run_purgebench(small_run({"--columns=virtual,rounds"}), directory.path());
  REQUIRE(ran.code == 0);
  const auto shown = run_purgebench({"show", "r", "--columns=virtual,rounds"}, directory.path());
  CHECK(shown.out == ran.out);
  const auto refused = run_purgebench({"show", "r", "--columns=virtul"}, directory.path());
  CHECK(refused.code == 2);
  CHECK(says(refused.err, "virtual"));
}

TEST_CASE("show refuses what is no run with one sentence") {
  const TemporaryDirectory directory;
  directory.write("notes/a.txt", "mine");
  for (const std::string path : {"nosuch", "notes", "notes/a.txt"}) {
    const auto result = run_purgebench({"show", path}, directory.path());
    INFO(result.err);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with("purgebench: "));
    CHECK(result.err.find('\n') == result.err.size() - 1);
    CHECK(says(result.err, path));
  }
  CHECK(run_purgebench({"show"}, directory.path()).code == 2);
}

TEST_CASE("show prints what there is of a run that was cut short, and exits with 2") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({}), directory.path()).code == 0);
  std::string cells = contents_of(directory.path() / "r/cells.jsonl");
  cells.resize(cells.rfind('\n', cells.size() - 2) + 30);
  directory.write("r/cells.jsonl", cells);
  const auto result = run_purgebench({"show", "r"}, directory.path());
  CHECK(result.code == 2);
  CHECK(says(result.out, "1,000 words"));
  CHECK(says(result.out, "Interrupted: 3 of 4 cells are done."));
  CHECK(says(result.err, "r/cells.jsonl ends in a part of a row"));
}
