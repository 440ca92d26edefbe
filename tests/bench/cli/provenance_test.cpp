// What made a row is in the row, and rows that were made in another way are not mixed with it.
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "allocators/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Arguments = std::vector<std::string>;

Arguments small_run(const Arguments& more) {
  Arguments arguments = {"run",        "--bystanders=2", "--rounds=1",
                         "--settle=0", "--out=r",        "--area-words=1000"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Arguments module_run(const Arguments& more) {
  Arguments arguments = {"run", "--bystanders=2", "--rounds=1", "--settle=0", "--out=r"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

json rows_in(const TemporaryDirectory& directory) {
  return json::parse(contents_of(directory.path() / "r/run.json")).at("benchmarks");
}

// Changes a text in the rows of the run, as if they had been made so.
void rewrite_rows(const TemporaryDirectory& directory, const char* key, const json& value) {
  json row = json::parse(contents_of(directory.path() / "r/cells.jsonl"));
  row[key] = value;
  std::ofstream(directory.path() / "r/cells.jsonl") << row.dump() << "\n";
}

void check_not_resumed(const Arguments& arguments, const TemporaryDirectory& directory,
                       const std::string& why) {
  const std::string cells = contents_of(directory.path() / "r/cells.jsonl");
  const std::string run = contents_of(directory.path() / "r/run.json");
  const auto result = run_purgebench(arguments, directory.path());
  CHECK(result.code == 2);
  CHECK(result.err.starts_with("purgebench: r"));
  INFO(result.err);
  CHECK(result.err.find(why) != std::string::npos);
  CHECK(contents_of(directory.path() / "r/cells.jsonl") == cells);
  CHECK(contents_of(directory.path() / "r/run.json") == run);
}

TEST_CASE("every row says who made it, as the context does") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--holders=1,2"}), directory.path()).code == 0);
  const json run = json::parse(contents_of(directory.path() / "r/run.json"));
  for (const json& row : run.at("benchmarks")) {
    for (const char* const key : {"commit", "dirty", "host_name", "kernel"})
      CHECK(row.at(key) == run.at("context").at(key));
    CHECK(row.at("date").get<std::string>() >= run.at("context").at("date").get<std::string>());
    CHECK_FALSE(row.at("program_build_id").get<std::string>().empty());
  }
}

TEST_CASE("rows of another commit, host or schema are not resumed") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--holders=1"}), directory.path()).code == 0);
  const json row = rows_in(directory)[0];
  for (const auto& [key, what] :
       {std::pair("commit", "of commit other, and this is commit "),
        std::pair("host_name", "of host other, and this is host "),
        std::pair("cpu_model", "of processor other, and this is processor "),
        std::pair("program_build_id", "of build other, and this is build "),
        std::pair("allocator_build_id", "with build-id other, and this is a library ")}) {
    rewrite_rows(directory, key, "other");
    check_not_resumed(small_run({"--holders=1,2", "--resume"}), directory, what);
    rewrite_rows(directory, key, row.at(key));
  }
  rewrite_rows(directory, "row_schema", 1);
  check_not_resumed(small_run({"--holders=1,2", "--resume"}), directory, "a row is of schema 1");
  rewrite_rows(directory, "row_schema", row.at("row_schema"));
  CHECK(run_purgebench(small_run({"--holders=1,2", "--resume"}), directory.path()).code == 0);
}

TEST_CASE("a run with another seed is not resumed") {
  const TemporaryDirectory directory;
  REQUIRE(run_purgebench(small_run({"--holders=1"}), directory.path()).code == 0);
  check_not_resumed(small_run({"--holders=1", "--seed=2", "--resume"}), directory,
                    "its rows are of seed 1, and this is seed 2");
}

TEST_CASE("a module's row has the hash of the file, and other contents are not resumed") {
  const TemporaryDirectory directory;
  const fs::path file = directory.path() / "x.beam";
  fs::copy_file(fixtures_dir() / "every_kind.beam", file);
  const Arguments module = {"--module=x.beam", "--holders=1"};
  REQUIRE(run_purgebench(module_run(module), directory.path()).code == 0);
  CHECK(rows_in(directory)[0].at("module_hash") == allocators::sha256_of_file(file));
  fs::copy_file(fixtures_dir() / "atom_map.beam", file, fs::copy_options::overwrite_existing);
  check_not_resumed(module_run({"--module=x.beam", "--holders=1", "--resume"}), directory,
                    "its rows are of a module x with SHA-256 ");
}

TEST_CASE("two files of one name are two scenarios of one run") {
  const TemporaryDirectory directory;
  for (const auto& [name, fixture] :
       {std::pair("v1", "every_kind.beam"), std::pair("v2", "atom_map.beam")}) {
    fs::create_directory(directory.path() / name);
    fs::copy_file(fixtures_dir() / fixture, directory.path() / name / "x.beam");
  }
  const auto result = run_purgebench(
      module_run({"--module=v1/x.beam,v2/x.beam,old=v1/x.beam", "--holders=1"}), directory.path());
  INFO(result.err);
  REQUIRE(result.code == 0);
  const json rows = rows_in(directory);
  REQUIRE(rows.size() == 3);
  for (const json& row : rows) {
    const std::string name = row.at("name").get<std::string>();
    const std::string hash = row.at("module_hash").get<std::string>().substr(0, 8);
    CHECK((name.find("/module:x@" + hash + "/") != std::string::npos ||
           name.find("/module:old/") != std::string::npos));
  }
  CHECK(rows[0].at("module_hash") != rows[1].at("module_hash"));
  CHECK(rows[0].at("module_hash") == rows[2].at("module_hash"));
  CHECK(result.out.find("module old: ") != std::string::npos);
}

}  // namespace
