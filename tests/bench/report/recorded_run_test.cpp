#include <filesystem>
#include <string>
#include <vector>

#include "bench/report/recorded_run.hpp"
#include "bench/report/run_folder.hpp"
#include "bench/report/run_report.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/temporary_directory.hpp"

using bench::report::read_recorded_run;

namespace {

namespace fs = std::filesystem;
using Rows = std::vector<bench::report::Row>;

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// What a run prints when it ends, and what its folder says afterwards.
struct Printed {
  std::string by_run;
  std::string by_show;
};

Printed printed(const Rows& rows, const fs::path& dir, std::size_t width,
                const bench::report::ColumnNames& columns = {}) {
  auto folder = bench::report::RunFolder::create(dir, "{}");
  REQUIRE(folder.ok());
  folder.value().expect(rows.size());
  for (const auto& row : rows) REQUIRE(folder.value().add(row).ok());
  REQUIRE(folder.value().finish().ok());
  const auto read = read_recorded_run(dir);
  if (!read.ok()) FAIL(read.failure().sentence);
  CHECK(read.value().flaw.empty());
  return {
      bench::report::run_report(folder.value().rows(), folder.value().state(), dir, columns, width),
      bench::report::run_report(read.value().rows, read.value().state, read.value().dir, columns,
                                width)};
}

std::string failure_of(const fs::path& path) {
  const auto read = read_recorded_run(path);
  REQUIRE_FALSE(read.ok());
  return read.failure().sentence;
}

std::string flaw_of(const fs::path& path) {
  const auto read = read_recorded_run(path);
  if (!read.ok()) FAIL(read.failure().sentence);
  return read.value().flaw;
}

std::string line_of(const bench::report::Row& row) {
  return bench::report::to_json_line(row) + "\n";
}

// Of every kind that the words and the table tell apart.
bench::report::Row any_row() {
  auto row = sample::row(
      *rc::gen::elementOf(std::vector<std::string>{"glibc", "jemalloc", "/opt/a/libm.so"}));
  bench::cells::CellSpec& spec = row.spec;
  const auto one_of = [](std::uint64_t a, std::uint64_t b) {
    return *rc::gen::elementOf(std::vector<std::uint64_t>{a, b});
  };
  spec.blocks = *rc::gen::elementOf(std::vector<std::string>{"malloc", "mmap", "erts"});
  spec.temp = *rc::gen::elementOf(std::vector<std::string>{"kept", "malloc"});
  spec.thp = *rc::gen::elementOf(std::vector<std::string>{"system", "off"});
  spec.module = *rc::gen::elementOf(std::vector<std::string>{"", "build/config.beam"});
  spec.area_words = one_of(100000, 1000000);
  spec.held_words = *rc::gen::elementOf(std::vector<std::uint64_t>{0, 1, 28, 100});
  spec.holders = one_of(0, 100);
  spec.bystanders = one_of(1, 20000);
  spec.dead_holders = one_of(0, 10);
  spec.heap_words = one_of(0, 500);
  spec.touch_pages = one_of(0, 10);
  spec.rounds = one_of(0, 5);
  spec.schedulers = one_of(1, 4);
  spec.seed = one_of(1, 7);
  spec.literal_space_bytes = one_of(bench::cells::kDefaultLiteralSpaceBytes, 1 << 20);
  if (one_of(0, 1) == 1) spec.settle_ms = {0, 500};
  row.result.memory.resident_settled.assign(spec.settle_ms.size(), {});
  for (std::size_t i = 0; i < spec.settle_ms.size(); ++i)
    row.result.memory.resident_settled[i] = {spec.settle_ms[i], (i + 4) * sample::kMib};
  row.result.times.purge_ns = *rc::gen::inRange<std::uint64_t>(1, 1000000000);
  row.result.times.efficiency = *rc::gen::inRange(0, 1000) / 999.0;
  row.result.counters.heap_words_after = {7, 5, one_of(7, 9)};
  row.result.counters.killed = one_of(0, 3);
  if (spec.dead_holders != 0) sample::add_dead_holders(row);
  if (one_of(0, 9) == 9) row.result = sample::failed("glibc").result;
  if (one_of(0, 9) == 9) row.result = sample::skipped("glibc").result;
  return row;
}

}  // namespace

TEST_CASE("a run that is shown again has the words of the run itself") {
  const TemporaryDirectory temporary;
  for (const std::size_t width : {40U, 80U, 200U}) {
    const auto text = printed(sample::run(), temporary.path() / std::to_string(width), width);
    CHECK(says(text.by_run, "Run folder: "));
    CHECK(text.by_show == text.by_run);
  }
}

TEST_CASE("columns that are asked for are shown again too") {
  const TemporaryDirectory temporary;
  const auto text = printed(sample::run(), temporary.path() / "r", 100,
                            {"peak", "purge_ns", "allocator_version"});
  CHECK(says(text.by_run, "allocator_version"));
  CHECK(text.by_show == text.by_run);
}

TEST_CASE("whatever was measured, it is shown again as the run showed it") {
  check_property([] {
    const TemporaryDirectory temporary;
    Rows rows;
    for (int i = 0; i < 6; ++i) rows.push_back(any_row());
    const auto width = *rc::gen::elementOf(std::vector<std::size_t>{60, 80, 400});
    const auto text = printed(rows, temporary.path() / "r", width);
    RC_ASSERT(text.by_show == text.by_run);
  });
}

TEST_CASE("a run is read from its folder or from either of its files") {
  const TemporaryDirectory temporary;
  const fs::path dir = temporary.path() / "r";
  printed(sample::run(), dir, 80);
  for (const fs::path& path : {dir, dir / "run.json", dir / "cells.jsonl"}) {
    const auto read = read_recorded_run(path);
    REQUIRE(read.ok());
    CHECK(read.value().rows.size() == sample::run().size());
    CHECK(read.value().dir == dir);
    CHECK(read.value().flaw.empty());
  }
  fs::remove(dir / "cells.jsonl");
  CHECK(flaw_of(dir).empty());
}

TEST_CASE("a run that was cut short is shown as far as it came, and said to be so") {
  const TemporaryDirectory temporary;
  const fs::path dir = temporary.path() / "r";
  {
    auto folder = bench::report::RunFolder::create(dir, "{}");
    REQUIRE(folder.ok());
    folder.value().expect(36);
    REQUIRE(folder.value().add(sample::row("glibc")).ok());
    REQUIRE(folder.value().finish().ok());
  }
  // A row that run.json does not have yet.
  temporary.write("r/cells.jsonl", line_of(sample::row("glibc")) + line_of(sample::row("tbb")));
  const auto read = read_recorded_run(dir);
  REQUIRE(read.ok());
  CHECK(read.value().rows.size() == 2);
  CHECK(read.value().flaw == dir.string() + " holds a run that was cut short, or still goes on: 2 "
                                            "of 36 cells are done");
  const auto text = bench::report::run_report(read.value().rows, read.value().state, dir, {}, 200);
  CHECK(says(text, "Interrupted: 2 of 36 cells are done."));
}

TEST_CASE("a row that a crash cut short is left out, and said to be") {
  const TemporaryDirectory temporary;
  const auto line = line_of(sample::row("glibc"));
  const auto cells = temporary.write("cells.jsonl", line + line.substr(0, line.size() / 2));
  const auto read = read_recorded_run(temporary.path());
  REQUIRE(read.ok());
  CHECK(read.value().rows.size() == 1);
  CHECK(read.value().flaw == cells.string() + " ends in a part of a row, which is left out");
}

TEST_CASE("rows without a run.json that can be read are shown, and the lack is said") {
  const TemporaryDirectory temporary;
  temporary.write("cells.jsonl", line_of(sample::row("glibc")));
  CHECK(says(flaw_of(temporary.path()), "run.json: No such file or directory"));
  for (const std::string damaged : {"", "{", "[]", R"({"benchmarks": 5})"}) {
    temporary.write("run.json", damaged);
    INFO(damaged);
    CHECK(says(flaw_of(temporary.path()), "run.json is no"));
  }
}

TEST_CASE("what is no run is refused with its name") {
  const TemporaryDirectory temporary;
  const std::string dir = temporary.path().string();
  CHECK(failure_of("/nowhere/r") == "cannot open /nowhere/r: No such file or directory");
  CHECK(failure_of(dir) == dir + " holds no run: it has neither cells.jsonl nor run.json");
  const auto text = temporary.write("notes.txt", "mine");
  CHECK(failure_of(text) == text.string() + " is not JSON");
  const auto google =
      temporary.write("google.json", R"({"benchmarks": [{"name": "BM_copy/8", "real_time": 1}]})");
  CHECK(failure_of(google) == google.string() + " benchmarks[0]: a row's name is not a cell's: "
                                                "\"BM_copy/8\"");
}

TEST_CASE("a damaged row is refused with its line") {
  const TemporaryDirectory temporary;
  const auto line = line_of(sample::row("glibc"));
  temporary.write("cells.jsonl", line + "{\"name\":\n" + line);
  CHECK(says(failure_of(temporary.path()), "cells.jsonl line 2: a row is not a JSON object"));
}

TEST_CASE("a run that ended before its first cell is refused with that") {
  const TemporaryDirectory temporary;
  temporary.write("cells.jsonl", "");
  CHECK(failure_of(temporary.path()) == temporary.path().string() +
                                            " holds a run without a row: it ended before its first "
                                            "cell did");
}

TEST_CASE("a folder in the place of a run's file is no such file") {
  const TemporaryDirectory temporary;
  fs::create_directory(temporary.path() / "cells.jsonl");
  CHECK(says(failure_of(temporary.path()), "holds no run"));
}
