#include <algorithm>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "bench/report/run_folder.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

using bench::report::RunFolder;

namespace {

const std::string kContext = R"({"date": "2024-11-22T18:05:52+00:00", "caches": []})";

std::ptrdiff_t lines_of(const std::filesystem::path& path) {
  const auto text = contents_of(path);
  return std::count(text.begin(), text.end(), '\n');
}

std::size_t rows_in(const std::filesystem::path& run_json) {
  return nlohmann::json::parse(contents_of(run_json)).at("benchmarks").size();
}

RunFolder created(const std::filesystem::path& dir) {
  auto folder = RunFolder::create(dir, kContext);
  REQUIRE(folder.ok());
  return std::move(folder).value();
}

// While it lives, no file of this process grows beyond `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_ = {};
};

}  // namespace

TEST_CASE("every row is in both files of a run as soon as it is added") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path() / "a/run");
  std::size_t count = 0;
  for (const auto& row : sample::run()) {
    REQUIRE(folder.add(row).ok());
    ++count;
    CHECK(lines_of(folder.dir() / "cells.jsonl") == static_cast<std::ptrdiff_t>(count));
    CHECK(rows_in(folder.dir() / "run.json") == count);
  }
}

TEST_CASE("run.json has a context and the rows in their order") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  REQUIRE(folder.add(sample::row("glibc")).ok());
  REQUIRE(folder.add(sample::failed("mimalloc")).ok());
  const auto run = nlohmann::json::parse(contents_of(folder.dir() / "run.json"));
  CHECK(run.at("context").at("date") == "2024-11-22T18:05:52+00:00");
  CHECK(run.at("benchmarks").at(0).at("allocator") == "glibc");
  CHECK(run.at("benchmarks").at(1).at("allocator") == "mimalloc");
  CHECK(contents_of(folder.dir() / "run.json") == folder.run_json());
}

TEST_CASE("a run without cells has a run.json when it ends") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  REQUIRE(folder.finish().ok());
  CHECK(rows_in(folder.dir() / "run.json") == 0);
}

TEST_CASE("a run that lacks rows is interrupted in run.json, and complete with its last one") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  folder.expect(2);
  const auto interrupted = [&] {
    return nlohmann::json::parse(contents_of(folder.dir() / "run.json"))
        .at("context")
        .at("interrupted")
        .get<bool>();
  };
  REQUIRE(folder.finish().ok());
  CHECK(interrupted());
  REQUIRE(folder.add(sample::row("glibc")).ok());
  CHECK(interrupted());
  CHECK(folder.state() == bench::report::RunState{1, 2});
  REQUIRE(folder.add(sample::row("mimalloc")).ok());
  CHECK_FALSE(interrupted());
}

TEST_CASE("a complete run that is resumed keeps its run.json, and one that is not gets a new one") {
  const TemporaryDirectory temporary;
  const auto line = bench::report::to_json_line(sample::row("glibc"));
  const std::string old = bench::report::run_json_text(R"({"date": "once"})", std::vector{line});
  const std::string cut = bench::report::run_json_text(
      bench::report::with_state(R"({"date": "once"})", {1, 2}), std::vector{line});
  const auto resumed = [&](const std::string& run_json, const std::string& cells) {
    temporary.write("run.json", run_json);
    temporary.write("cells.jsonl", cells);
    auto folder = RunFolder::resume(temporary.path(), kContext, {});
    REQUIRE(folder.ok());
    folder.value().expect(folder.value().rows().size());
    REQUIRE(folder.value().finish().ok());
    CHECK(contents_of(temporary.path() / "run.json") == folder.value().run_json());
    return folder.value().run_json();
  };
  CHECK(resumed(old, line + "\n") == old);
  for (const std::string& other : {std::string(), old.substr(0, old.size() / 2), cut}) {
    CHECK(resumed(other, line + "\n").find("2024-11-22") != std::string::npos);
  }
  CHECK(resumed(old, line + "\n" + line + "\n").find("2024-11-22") != std::string::npos);
}

TEST_CASE("a complete run that gets another row has a new run.json") {
  const TemporaryDirectory temporary;
  const auto line = bench::report::to_json_line(sample::row("glibc"));
  temporary.write("cells.jsonl", line + "\n");
  temporary.write("run.json",
                  bench::report::run_json_text(R"({"date": "once"})", std::vector{line}));
  auto folder = RunFolder::resume(temporary.path(), kContext, {});
  REQUIRE(folder.ok());
  REQUIRE(folder.value().add(sample::row("mimalloc")).ok());
  CHECK(rows_in(temporary.path() / "run.json") == 2);
}

TEST_CASE("a long run's run.json is complete when it ends") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  for (int i = 0; i < 300; ++i) REQUIRE(folder.add(sample::failed("glibc")).ok());
  CHECK(rows_in(folder.dir() / "run.json") >= 295);
  REQUIRE(folder.finish().ok());
  CHECK(rows_in(folder.dir() / "run.json") == 300);
}

TEST_CASE("a folder that is not empty is refused and left alone") {
  const TemporaryDirectory temporary;
  temporary.write("notes.txt", "mine");
  const auto folder = RunFolder::create(temporary.path(), kContext);
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().sentence == temporary.path().string() + " is not empty");
  CHECK_FALSE(std::filesystem::exists(temporary.path() / "cells.jsonl"));
}

TEST_CASE("a run folder below a file is refused, and the folder is named") {
  const TemporaryDirectory temporary;
  const auto file = temporary.write("file", "");
  for (const auto& dir : {file, file / "run"}) {
    const auto folder = RunFolder::create(dir, kContext);
    REQUIRE_FALSE(folder.ok());
    CHECK(folder.failure().sentence.find(dir.string()) != std::string::npos);
  }
}

TEST_CASE("a run that is resumed has its rows again and goes on behind them") {
  const TemporaryDirectory temporary;
  {
    auto folder = created(temporary.path());
    for (const auto& row : sample::run()) REQUIRE(folder.add(row).ok());
  }
  const auto before = contents_of(temporary.path() / "cells.jsonl");
  auto folder = RunFolder::resume(temporary.path(), kContext, {});
  REQUIRE(folder.ok());
  CHECK(folder.value().rows().size() == sample::run().size());
  REQUIRE(folder.value().add(sample::row("tcmalloc")).ok());
  CHECK(contents_of(temporary.path() / "cells.jsonl").starts_with(before));
  CHECK(rows_in(temporary.path() / "run.json") == sample::run().size() + 1);
}

TEST_CASE("a resumed run clears what a killed one left half written") {
  const TemporaryDirectory temporary;
  created(temporary.path());
  temporary.write(".purgebench-unfinished-1", "{");
  REQUIRE(RunFolder::resume(temporary.path(), kContext, {}).ok());
  CHECK_FALSE(std::filesystem::exists(temporary.path() / ".purgebench-unfinished-1"));
}

TEST_CASE("a folder whose cells are no regular file is not resumed") {
  const TemporaryDirectory temporary;
  std::filesystem::create_symlink("/dev/null", temporary.path() / "cells.jsonl");
  const auto folder = RunFolder::resume(temporary.path(), kContext, {});
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().sentence.find("holds no run to resume") != std::string::npos);
}

TEST_CASE("a line that a crash cut short is dropped when the run is resumed") {
  const TemporaryDirectory temporary;
  const auto line = bench::report::to_json_line(sample::row("glibc"));
  for (const std::size_t cut : {std::size_t{1}, line.size() / 2, line.size()}) {
    temporary.write("cells.jsonl", line + "\n" + line.substr(0, cut));
    auto folder = RunFolder::resume(temporary.path(), kContext, {});
    REQUIRE(folder.ok());
    CHECK(folder.value().rows().size() == 1);
    REQUIRE(folder.value().finish().ok());
    CHECK(contents_of(temporary.path() / "cells.jsonl") == line + "\n");
  }
}

TEST_CASE("a damaged line is not resumed from, and is named") {
  const TemporaryDirectory temporary;
  const auto line = bench::report::to_json_line(sample::row("glibc"));
  temporary.write("cells.jsonl", line + "\n{\"name\":\n" + line + "\n");
  const auto folder = RunFolder::resume(temporary.path(), kContext, {});
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().sentence.find("cells.jsonl line 2") != std::string::npos);
}

TEST_CASE("a run that was made elsewhere is not resumed, and stays as it was") {
  const TemporaryDirectory temporary;
  const auto cells = bench::report::to_json_line(sample::row("glibc")) + "\n";
  temporary.write("cells.jsonl", cells);
  bench::report::RunIdentity identity;
  identity.provenance.commit = "another";
  const auto folder = RunFolder::resume(temporary.path(), kContext, identity);
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().sentence == temporary.path().string() +
                                         " cannot be resumed: its rows are of commit unknown, and "
                                         "this is commit another");
  CHECK(contents_of(temporary.path() / "cells.jsonl") == cells);
}

TEST_CASE("a run from before rows had a schema is not resumed, and the line is named") {
  const TemporaryDirectory temporary;
  auto row = bench::report::row_json(sample::row("glibc"));
  row.erase("row_schema");
  temporary.write("cells.jsonl", row.dump() + "\n");
  const auto folder = RunFolder::resume(temporary.path(), kContext, {});
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().sentence.find("cells.jsonl line 1: a row is of a version without") !=
        std::string::npos);
}

TEST_CASE("a folder of something else is not resumed") {
  const TemporaryDirectory temporary;
  temporary.write("notes.txt", "mine");
  CHECK_FALSE(RunFolder::resume(temporary.path(), kContext, {}).ok());
}

TEST_CASE("a folder that is not there is created when it is to be resumed") {
  const TemporaryDirectory temporary;
  CHECK(RunFolder::resume(temporary.path() / "run", kContext, {}).ok());
}

TEST_CASE("two runs do not write to one folder") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  REQUIRE(folder.add(sample::row("glibc")).ok());
  const auto second = RunFolder::resume(temporary.path(), kContext, {});
  REQUIRE_FALSE(second.ok());
  CHECK(second.failure().sentence == "another run is writing to " + temporary.path().string());
}

TEST_CASE("a row that does not fit is a failure, and no half of it is in the file") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  REQUIRE(folder.add(sample::row("glibc")).ok());
  const auto cells = contents_of(folder.dir() / "cells.jsonl");
  const auto run = contents_of(folder.dir() / "run.json");
  {
    const FileSizeLimit limit(cells.size() + 100);
    const auto added = folder.add(sample::row("mimalloc"));
    REQUIRE_FALSE(added.ok());
    CHECK(added.failure().sentence ==
          "cannot write " + (folder.dir() / "cells.jsonl").string() + ": File too large");
  }
  CHECK(contents_of(folder.dir() / "cells.jsonl") == cells);
  CHECK(contents_of(folder.dir() / "run.json") == run);
}

TEST_CASE("a row that did not fit is written when there is room again") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  {
    const FileSizeLimit limit(100);
    REQUIRE_FALSE(folder.add(sample::row("glibc")).ok());
    REQUIRE_FALSE(folder.add(sample::row("mimalloc")).ok());
  }
  REQUIRE(folder.finish().ok());
  CHECK(lines_of(folder.dir() / "cells.jsonl") == 2);
  CHECK(rows_in(folder.dir() / "run.json") == 2);
}

TEST_CASE("a run.json that does not fit leaves the old one, and no other file behind") {
  const TemporaryDirectory temporary;
  auto folder = created(temporary.path());
  REQUIRE(folder.add(sample::row("glibc")).ok());
  const auto run = contents_of(folder.dir() / "run.json");
  const FileSizeLimit limit(2 * contents_of(folder.dir() / "cells.jsonl").size() + 10);
  const auto added = folder.add(sample::row("glibc"));
  REQUIRE_FALSE(added.ok());
  CHECK(added.failure().sentence.find("run.json") != std::string::npos);
  CHECK(contents_of(folder.dir() / "run.json") == run);
  CHECK_FALSE(std::filesystem::exists(folder.dir() / "run.json.new"));
}
