#include <sstream>
#include <string>
#include <vector>

#include "bench/report/table.hpp"
#include "bench/report/text_table.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

using bench::report::results_table;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The line of the table that begins with `label`.
std::string line_of(const std::string& table, const std::string& label) {
  for (const auto& line : lines_of(table)) {
    if (line.starts_with("  " + label + " ")) return line;
  }
  return {};
}

}  // namespace

TEST_CASE("at 80 columns the table has what matters most") {
  std::vector<bench::report::Row> rows;
  for (const auto& row : sample::run()) {
    if (row.spec.holders == 100) rows.push_back(row);
  }
  CHECK(results_table(rows, 80) ==
        R"(an area of 100,000 words (781 KiB), records of 28 words; 100 holders of one
    literal each, 100 bystanders
heap of a holder: 233 words before, 121,769 after, 233 after a collection;
    reserved: 92.7 MiB more, 93.7 MiB at its peak; allocations: 200; rounds: 5
  allocator                   purge  pause max      peak   settled  collected
  glibc        12.7 ms [12.3..13.0]     317 us  3.00 MiB  1.50 MiB  <0.25 MiB
  mimalloc     10.2 ms [9.80..10.5]     254 us  42.0 MiB  21.0 MiB  <0.25 MiB
  jemalloc     11.3 ms [10.9..11.6]     282 us  6.00 MiB  3.00 MiB  <0.25 MiB
  libsuper.so  failed: killed by signal 11 (Segmentation fault) while it purged

purge: wall time until the area is freed, median of the rounds; pause max: the
longest of a holder in any round; peak: how far resident memory rose above its
reading before the first purge; settled: the same after the last --settle;
collected: the same after a collection of the holders. Medians over 3
invocations, in brackets the least and the greatest of them.
)");
}

TEST_CASE("at 200 columns the table has the phases, the tails and more spreads") {
  const auto table = results_table(sample::run(), 200);
  for (const char* header : {"scan", "gc", "copy", "release", "pause p50", "pause p99",
                             "bystander max", "trimmed", "efficiency"}) {
    CHECK(says(table, header));
  }
  CHECK(says(line_of(table, "glibc"), "3.00 MiB [3.00..3.01]"));
}

TEST_CASE("an efficiency above the floor's is shown as it is, and marked") {
  auto rows = sample::run();
  CHECK_FALSE(says(results_table(rows, 200), "%!"));
  for (auto& row : rows) row.result.times.efficiency = 1;
  CHECK(says(results_table(rows, 200), "100%"));
  CHECK_FALSE(says(results_table(rows, 200), "%!"));
  for (auto& row : rows) row.result.times.efficiency = 1.37;
  CHECK(says(line_of(results_table(rows, 200), "glibc"), "137%!"));
  CHECK(says(results_table(rows, 200), "with a ! the floor is wrong"));
}

TEST_CASE("no line of the table is wider than the terminal") {
  auto rows = sample::run();
  rows.push_back(sample::failed("/a/path/without/blanks/" + std::string(150, 'x') + ".so"));
  for (const std::size_t width : {40U, 60U, 80U, 100U, 132U, 200U, 400U}) {
    for (const auto& line : lines_of(results_table(rows, width))) {
      INFO(width << ": " << line);
      CHECK(bench::report::text_width(line) <= width);
    }
  }
}

TEST_CASE("the allocators of a scenario stand below each other") {
  auto rows = sample::run();
  std::ranges::stable_sort(rows, {}, [](const bench::report::Row& row) { return row.invocation; });
  const auto lines = lines_of(results_table(rows, 80));
  const auto header = std::ranges::find_if(
      lines, [](const std::string& line) { return line.starts_with("  allocator"); });
  REQUIRE(lines.end() - header > 3);
  CHECK(header[1].starts_with("  glibc"));
  CHECK(header[2].starts_with("  mimalloc"));
  CHECK(header[3].starts_with("  jemalloc"));
}

TEST_CASE("a skipped cell is in the table with its reason") {
  const auto table = results_table(sample::run(), 120);
  CHECK(says(table, "skipped: needs 93.1 GiB at worst, and the memory budget is 16.0 GiB"));
}

TEST_CASE("a cell that lost an invocation has its values and the reason") {
  const auto table = results_table(sample::run(), 120);
  CHECK(says(table, "1 of 3 invocations failed: killed by signal 11"));
}

TEST_CASE("a growth below the kernel's resolution is not shown as a number") {
  auto row = sample::row("glibc");
  row.result.memory.resident_peak = row.result.memory.resident_before + 200000;
  row.result.memory.resident_collected = row.result.memory.resident_before - 200000;
  const auto line = line_of(results_table(std::vector{row}, 80), "glibc");
  CHECK(says(line, "<0.25 MiB  1.50 MiB  <0.25 MiB"));
}

TEST_CASE("one invocation has no spread") {
  const auto table = results_table(std::vector{sample::row("glibc")}, 200);
  CHECK_FALSE(says(table, "["));
  CHECK_FALSE(says(table, "Medians"));
}

TEST_CASE("a percentile that was not measured is a dash beside those that were") {
  auto few = sample::row("glibc");
  few.result.times.pause_p99_ns.reset();
  const auto table = results_table(std::vector{few, sample::row("mimalloc")}, 200);
  CHECK(says(line_of(table, "glibc"), "  -  "));
  CHECK_FALSE(says(results_table(std::vector{few}, 200), "p99"));
}

TEST_CASE("what strategies reserve has columns when they differ") {
  auto reachable = sample::row("glibc");
  reachable.spec.strategy = "reachable";
  reachable.result.counters.heap_words_after = sample::equal(271);
  reachable.result.counters.reserved_after = 400000;
  const auto table = results_table(std::vector{sample::row("glibc"), reachable}, 120);
  CHECK(says(table, "strategy"));
  CHECK(says(table, "reserved"));
  CHECK(says(table, "heap words"));
  CHECK_FALSE(says(table, "heap of a holder"));
}

TEST_CASE("with several schedulers only the highest that is reserved is a measured column") {
  std::vector<bench::report::Row> rows = {sample::row("glibc"), sample::row("mimalloc")};
  for (auto& row : rows) row.spec.schedulers = 4;
  rows[1].result.counters.reserved_peak += sample::kMib;
  const auto table = results_table(rows, 400);
  CHECK(says(table, "reserved: 92.7 MiB more; allocations: 200"));
  CHECK(says(table, "reserved peak"));
  CHECK(says(line_of(table, "mimalloc"), "94.7 MiB"));
}

TEST_CASE("two libraries of one name are told apart by their paths") {
  const auto table =
      results_table(std::vector{sample::row("/a/libm.so"), sample::row("/b/libm.so")}, 120);
  CHECK_FALSE(line_of(table, "/a/libm.so").empty());
  CHECK_FALSE(line_of(table, "/b/libm.so").empty());
  CHECK_FALSE(
      line_of(results_table(std::vector{sample::row("/a/libm.so")}, 80), "libm.so").empty());
}

TEST_CASE("a setting that varies has a column, and one that does not is in the title") {
  auto mmap = sample::row("glibc");
  mmap.spec.blocks = "mmap";
  mmap.spec.temp = "malloc";
  auto table = results_table(std::vector{sample::row("glibc"), mmap}, 120);
  CHECK(says(table, "  allocator  blocks  temp  "));
  CHECK(says(table, "\n  glibc      malloc  kept  "));
  CHECK(says(table, "\n  glibc      mmap    malloc  "));
  CHECK_FALSE(says(table, "thp"));
  auto other = mmap;
  other.spec.allocator = "tbb";
  table = results_table(std::vector{mmap, other}, 200);
  CHECK(says(table, "100 bystanders; blocks:mmap temp:malloc\n"));
  CHECK_FALSE(line_of(table, "glibc").empty());
}

TEST_CASE("a lost cell says which setting it had") {
  auto lost = sample::failed("glibc");
  lost.spec.thp = "off";
  const auto table = results_table(std::vector{sample::row("glibc"), lost}, 120);
  CHECK(says(table, "failed (off): killed by signal 11"));
}

TEST_CASE("an allocator that serves nothing is in brackets, and the legend says why") {
  auto row = sample::row("glibc");
  row.spec.blocks = "erts";
  const auto legend = std::string("(allocator): none of what a purge asks for comes from it");
  for (const auto& line : {results_table(std::vector{row}, 400)}) {
    CHECK_FALSE(line_of(line, "(glibc)").empty());
    CHECK(says(line, legend));
  }
  row.spec.temp = "malloc";  // which it serves
  CHECK_FALSE(says(results_table(std::vector{row}, 400), "(glibc)"));
  CHECK_FALSE(says(results_table(std::vector{row}, 400), legend));
}

TEST_CASE("of what no process is there nothing is told") {
  auto row = sample::row("glibc");
  row.spec.holders = 0;
  auto& result = row.result;
  result.counters.pause_samples = 0;
  result.times.pause_p99_ns.reset();
  result.times.pause_p50_ns = result.times.pause_max_ns = 0;
  result.counters.heap_words_before = result.counters.heap_words_after = {};
  result.counters.heap_words_settled = result.counters.held_words = {};
  auto table = results_table(std::vector{row}, 400);
  CHECK(says(table, "heap of a bystander: 233 words; reserved:"));
  for (const char* absent : {"holder:", "pause p50", "pause max", "collected", ": 0 words"})
    CHECK_FALSE(says(table, absent));
  CHECK(says(table, "bystander max"));
  auto alone = sample::row("glibc");
  alone.spec.bystanders = 0;
  alone.result.counters.bystander_heap_words_after = {};
  table = results_table(std::vector{alone}, 400);
  CHECK_FALSE(says(table, "bystander max"));
  CHECK(says(table, "pause max"));
}

TEST_CASE("dead holders have columns and facts where there are any") {
  auto row = sample::row("glibc");
  CHECK_FALSE(says(results_table(std::vector{row}, 400), "dead"));
  sample::add_dead_holders(row);
  auto table = results_table(std::vector{row}, 400);
  CHECK(says(table, "100 bystanders, 10 dead holders\n"));
  CHECK(says(table, "233 after a collection; heap of a dead holder: 233 words before, 121,769 "
                    "after; reserved:"));
  CHECK(says(table, "dead max: the longest pause of a dead holder in any round;"));
  auto skip = row;
  skip.spec.strategy = "skip";
  skip.result.counters.dead_heap_words_after = 233;
  CHECK(says(results_table(std::vector{row, skip}, 400), "dead words"));
}

TEST_CASE("facts begin with the heaps that there are") {
  auto row = sample::row("glibc");
  sample::add_dead_holders(row);
  row.spec.holders = row.spec.bystanders = 0;
  CHECK(says(results_table(std::vector{row}, 400), "\nheap of a dead holder: 233 words before"));
}

TEST_CASE("what is measured in the rounds says which of them it is") {
  const auto table = results_table(sample::run(), 400);
  CHECK(says(table, "purge: wall time until the area is freed, median of the rounds;"));
  CHECK(says(table, "scan, gc, copy, release: thread time of a purge, median of the rounds;"));
  CHECK(says(table, "pause p50, pause p99: of all pauses of holders in all rounds;"));
  CHECK(says(table, "bystander max: the longest pause of another in any round;"));
  CHECK(says(table, "Medians over 2 to 3 invocations, in brackets the least and the greatest"));
  CHECK_FALSE(says(table, "means of 64"));
}

TEST_CASE("the table says where pauses are means") {
  auto row = sample::row("glibc");
  row.spec.bystanders = 20000;
  CHECK(says(results_table(std::vector{row}, 400),
             "; of more than 10,000 processes, pauses of bystanders are means of 64"));
}

TEST_CASE("the rounds are told once") {
  auto row = sample::row("glibc");
  CHECK(says(results_table(std::vector{row}, 200), "; allocations: 200; rounds: 5\n"));
  row.spec.rounds = 5;
  const auto table = results_table(std::vector{row}, 200);
  CHECK(says(table, "; 5 rounds\n"));
  CHECK_FALSE(says(table, "rounds: 5"));
}

TEST_CASE("a message with escape sequences reaches no terminal") {
  auto row = sample::failed("glibc");
  row.result.error_message = "\x1b[2J";
  CHECK_FALSE(says(results_table(std::vector{row}, 80), "\x1b"));
}

TEST_CASE("a run in which nothing was measured has its reasons and no legend") {
  CHECK(results_table(std::vector{sample::failed("glibc")}, 80) ==
        R"(an area of 100,000 words (781 KiB), records of 28 words; 100 holders of one
    literal each, 100 bystanders
  allocator
  glibc      failed: killed by signal 11 (Segmentation fault) while it purged
)");
}

TEST_CASE("a run without rows has no table") { CHECK(results_table({}, 80).empty()); }

TEST_CASE("whatever was measured, the table fits its terminal") {
  check_property([](std::uint64_t time, std::uint64_t memory, bool fail) {
    auto row = sample::row("glibc");
    row.result.failed = fail;
    row.result.times.purge_ns = time;
    row.result.times.pause_p50_ns = ~time;
    row.result.memory.resident_peak = memory;
    row.result.counters.heap_words_after = {memory, time, memory};
    const auto width = *rc::gen::inRange<std::size_t>(40, 250);
    for (const auto& line :
         lines_of(results_table(std::vector{row, sample::row("mimalloc")}, width))) {
      RC_ASSERT(bench::report::text_width(line) <= width);
    }
  });
}

TEST_CASE("columns that are asked for are the table's, in the order of asking") {
  std::vector<bench::report::Row> rows;
  for (const auto& row : sample::run()) {
    if (row.spec.holders == 100) rows.push_back(row);
  }
  CHECK(results_table(rows, 80, {"virtual_after", "allocator_resident", "settled"}) ==
        R"(an area of 100,000 words (781 KiB), records of 28 words; 100 holders of one
    literal each, 100 bystanders
heap of a holder: 233 words before, 121,769 after, 233 after a collection;
    reserved: 92.7 MiB more, 93.7 MiB at its peak; allocations: 200; rounds: 5
  allocator    virtual_after  allocator_resident                settled
  glibc             1.17 GiB            4.00 MiB  1.50 MiB [1.50..1.50]
  mimalloc          1.17 GiB            4.00 MiB  21.0 MiB [21.0..21.0]
  jemalloc          1.17 GiB            4.00 MiB  3.00 MiB [3.00..3.00]
  libsuper.so  failed: killed by signal 11 (Segmentation fault) while it purged

settled: how far resident memory was above its reading before the first purge,
after the last --settle. Medians over 3 invocations, in brackets the least and
the greatest of them.
)");
}

TEST_CASE("columns that do not fit beside each other are in tables below, each with its labels") {
  const auto all = bench::report::parse_columns("all");
  REQUIRE(all.ok());
  for (const std::size_t width : {40U, 80U, 200U}) {
    INFO(width);
    const auto table = results_table(sample::run(), width, all.value());
    for (const auto& line : lines_of(table)) CHECK(bench::report::text_width(line) <= width);
    for (const auto& name : all.value()) {
      INFO(name);
      CHECK(says(table, " " + name));
    }
    if (width >= 80) CHECK_FALSE(says(table, "~"));
  }
}

TEST_CASE("the meaning of a column that is asked for refers to no column that is not there") {
  const auto rows = std::vector{sample::row("glibc")};
  CHECK(says(
      results_table(rows, 200, {"trimmed"}),
      "trimmed: how far resident memory was above its reading before the first purge, after the"));
  CHECK(says(results_table(rows, 200, {"peak", "trimmed"}), "trimmed: the same after the"));
}

TEST_CASE("a column that is asked for is there even where nobody measured it") {
  const auto table = results_table(std::vector{sample::row("glibc")}, 80, {"group_peak"});
  CHECK(line_of(table, "glibc").ends_with(" -"));
}
