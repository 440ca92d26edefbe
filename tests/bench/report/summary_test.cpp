#include <sstream>
#include <string>
#include <vector>

#include "bench/report/summary.hpp"
#include "bench/report/text_table.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

using bench::report::summary;

namespace {

using Rows = std::vector<bench::report::Row>;

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Three invocations whose times and peaks lie `step` apart.
void add_cell(Rows& rows, const std::string& allocator, std::uint64_t purge_ns, std::uint64_t peak,
              std::uint64_t step) {
  for (std::uint64_t i = 0; i < 3; ++i) {
    rows.push_back(sample::row(allocator, purge_ns + i * step, peak + i * step));
    rows.back().invocation = i;
    rows.back().invocations = 3;
  }
}

// Wide enough that no sentence wraps.
std::string words(const Rows& rows) { return summary(rows, 2000); }

}  // namespace

TEST_CASE("the summary says what the purge did to a holder and to the node") {
  CHECK(
      words({sample::row("glibc")}) ==
      "Purging an area of 100,000 words (781 KiB), records of 28 words; 100 holders of one literal "
      "each, 100 bystanders:\n"
      "  With otp, each of 100 holders of one 28-word literal went from 233 to 121,769 words: "
      "92.7 MiB more reserved, 122 times the area. Resident memory grew by 3.00 MiB at its peak. "
      "A purge took 12.3 ms, the median of 5 rounds; the longest pause of a holder in any of them "
      "was 308 us. After a collection a holder has "
      "233 words, and resident memory is back where it was.\n");
}

TEST_CASE("the lowest peak is named where it is lower beyond resolution and spread") {
  Rows rows;
  add_cell(rows, "glibc", 12000000, 3 * sample::kMib, 1000);
  add_cell(rows, "mimalloc", 12000000, 9 * sample::kMib, 1000);
  CHECK(says(words(rows), "3.00 MiB (glibc) to 9.00 MiB (mimalloc) at its peak."));
  CHECK(says(words(rows), "The lowest peak is glibc's, 6.00 MiB below mimalloc's."));
}

TEST_CASE("no lowest peak is named where the difference is below the resolution") {
  Rows rows;
  add_cell(rows, "glibc", 12000000, 3 * sample::kMib, 0);
  add_cell(rows, "mimalloc", 12000000, 3 * sample::kMib + 200000, 0);
  CHECK_FALSE(says(words(rows), "lowest"));
}

TEST_CASE("no lowest peak is named where the invocations overlap") {
  Rows rows;
  add_cell(rows, "glibc", 12000000, 3 * sample::kMib, 4 * sample::kMib);
  add_cell(rows, "mimalloc", 12000000, 6 * sample::kMib, 4 * sample::kMib);
  CHECK_FALSE(says(words(rows), "lowest"));
}

TEST_CASE("the least that stays and the lowest pauses are named with their distance") {
  Rows rows;
  add_cell(rows, "glibc", 12000000, 3 * sample::kMib, 1000);
  add_cell(rows, "mimalloc", 6000000, 9 * sample::kMib, 1000);
  CHECK(says(words(rows), "The least that stays after the purge is glibc's, 3.00 MiB below "
                          "mimalloc's."));
  CHECK(says(words(rows), "The lowest 99th percentile of pauses is mimalloc's, 100 us below "
                          "glibc's."));
}

TEST_CASE("the order of allocators is told area by area with the places that change") {
  Rows rows;
  for (const std::uint64_t area : {10000U, 1000000U}) {
    const bool small = area == 10000;
    Rows cells;
    add_cell(cells, "glibc", 12000000, (small ? 3 : 9) * sample::kMib, 1000);
    add_cell(cells, "mimalloc", 12000000, (small ? 6 : 5) * sample::kMib, 1000);
    add_cell(cells, "tbb", 12000000, 6 * sample::kMib + 500, 1000);
    for (auto& row : cells) row.spec.area_words = area;
    rows.insert(rows.end(), cells.begin(), cells.end());
  }
  const std::string text = words(rows);
  CHECK(says(text, "\nLeast first: '<' where one is called lower than the next, '~' where not.\n"));
  CHECK(says(text, "By area, with otp; 100 holders of one literal each, 100 bystanders:\n  peak:\n"
                   "    10,000 words: glibc < mimalloc ~ tbb. The lowest peak is glibc's, 3.00 MiB "
                   "below mimalloc's.\n"
                   "    1,000,000 words: mimalloc < tbb < glibc. "));
  CHECK(says(text, "The order changes with the area: glibc is below mimalloc at 10,000 words, and "
                   "above it at 1,000,000."));
  CHECK(says(text, "pause p99:\n    10,000 words: glibc ~ mimalloc ~ tbb.\n"));
  CHECK(says(text, "No two of them clearly change places with the area."));
}

TEST_CASE("nothing is said of areas where there is one or one allocator") {
  Rows rows;
  add_cell(rows, "glibc", 12000000, 0, 1000);
  CHECK_FALSE(says(words(rows), "By area"));
  add_cell(rows, "mimalloc", 12000000, 0, 1000);
  CHECK_FALSE(says(words(rows), "By area"));
  add_cell(rows, "glibc", 12000000, 0, 1000);
  rows.back().spec.area_words = 5;
  CHECK_FALSE(says(words(rows), "By area"));
}

TEST_CASE("the fastest is named where no invocation of another was as fast") {
  Rows apart;
  add_cell(apart, "glibc", 12000000, 0, 1000);
  add_cell(apart, "mimalloc", 11000000, 0, 1000);
  CHECK(says(words(apart), "The fastest is mimalloc."));
  Rows overlapping;
  add_cell(overlapping, "glibc", 12000000, 0, 1000000);
  add_cell(overlapping, "mimalloc", 11000000, 0, 1000000);
  CHECK_FALSE(says(words(overlapping), "fastest"));
}

TEST_CASE("nobody is called the fastest after one invocation") {
  CHECK_FALSE(
      says(words({sample::row("glibc", 12000000), sample::row("mimalloc", 1000)}), "fastest"));
}

TEST_CASE("growth below the resolution is not told as a number") {
  CHECK(says(words({sample::row("glibc", 12300000, 100000)}),
             "Resident memory grew by less than 0.25 MiB at its peak."));
}

TEST_CASE("memory that does not come back is told") {
  auto row = sample::row("glibc");
  row.result.memory.resident_collected = row.result.memory.resident_before + 40 * sample::kMib;
  CHECK(says(words({row}), "has 233 words; resident memory then stays 40.0 MiB above the start."));
}

TEST_CASE("memory that is below the start in the end is back where it was") {
  auto row = sample::row("glibc");
  row.result.memory.resident_collected = row.result.memory.resident_before - sample::kMib;
  CHECK(says(words({row}), "has 233 words, and resident memory is back where it was."));
  auto other = sample::row("mimalloc");
  other.result.memory.resident_collected = other.result.memory.resident_before + sample::kMib;
  CHECK(says(words({row, other}), "stays less than 0.25 MiB (glibc) to 1.00 MiB (mimalloc) above"));
}

TEST_CASE("without holders the summary says that nobody copied") {
  auto row = sample::row("glibc");
  row.spec.holders = 0;
  const auto text = words({row});
  CHECK(says(text, "nobody held a literal: 100 bystanders were scanned, and kept 233 words."));
  CHECK(says(text, "; the longest pause of a bystander in any of them was 2.10 us."));
  CHECK_FALSE(says(text, "After a collection"));
  row.spec.bystanders = 1;
  CHECK(says(words({row}), "nobody held a literal: 1 bystander was scanned, and kept 233 words."));
}

TEST_CASE("dead holders are told beside live ones") {
  auto row = sample::row("glibc");
  sample::add_dead_holders(row, 100);
  CHECK(says(words({row}),
             "With otp, each of 100 holders of one 28-word literal went from 233 to 121,769 words, "
             "and 100 processes that held nothing but garbage that refers to the area went from "
             "233 to 121,769 words: 92.7 MiB more reserved, 122 times the area."));
  CHECK(says(words({row}), "; the longest pause of a holder in any of them was"));
}

TEST_CASE("dead holders without live ones are told, with their longest pause") {
  auto row = sample::row("glibc");
  sample::add_dead_holders(row, 1);
  row.spec.holders = 0;
  const auto text = words({row});
  CHECK(says(text, "nobody held a literal: 100 bystanders were scanned, and kept 233 words. 1 "
                   "process that held nothing but garbage that refers to the area went from 233 to "
                   "121,769 words: 92.7 MiB more reserved, 122 times the area."));
  CHECK(says(text, "; the longest pause of a dead holder in any of them was 290 us."));
  row.spec.bystanders = 0;
  CHECK(says(words({row}), "With otp, nobody held a literal. 1 process that held nothing but"));
}

TEST_CASE("dead holders whose heaps stay as they were kept their words") {
  auto row = sample::row("glibc");
  sample::add_dead_holders(row, 2);
  row.result.counters.dead_heap_words_after = 233;
  CHECK(says(words({row}), ", and 2 processes that held nothing but garbage that refers to the "
                           "area kept 233 words: "));
}

TEST_CASE("nothing is said of dead holders where there are none") {
  CHECK_FALSE(says(words({sample::row("glibc")}), "garbage"));
}

TEST_CASE("pauses of many bystanders are told as the means that they are") {
  auto row = sample::row("glibc");
  row.spec.holders = 0;
  row.spec.bystanders = 10001;
  CHECK(says(words({row}), "; the longest pause of bystanders, in the mean of 64 of them, in any"));
  row.spec.schedulers = 2;  // whose purges time nobody in batches
  CHECK(says(words({row}), "; the longest pause of a bystander in any of them"));
}

TEST_CASE("of one round the purge and the longest pause are of the same purge") {
  auto row = sample::row("glibc");
  row.result.rounds = 1;
  CHECK(says(words({row}), " The purge took 12.3 ms; the longest pause of a holder was 308 us."));
}

TEST_CASE("the summary says of how many invocations its medians are, and what lower means") {
  Rows rows;
  add_cell(rows, "glibc", 12000000, 3 * sample::kMib, 1000);
  CHECK(says(words(rows), "\nTimes and resident memory are medians over 3 invocations.\n"));
  add_cell(rows, "mimalloc", 12000000, 9 * sample::kMib, 1000);
  CHECK(says(words(rows),
             "\nTimes and resident memory are medians over 3 invocations. One is called lower than "
             "another where the 75% intervals of their medians are apart, memory also by 0.25 MiB "
             "or more.\n"));
  rows.pop_back();
  CHECK(says(words(rows), "over 2 to 3 invocations. One is called lower than another where the 50% "
                          "to 75% intervals of their medians are apart, memory also by 0.25 MiB or "
                          "more; times of fewer than 3 invocations are put in no order."));
}

TEST_CASE("of one invocation each no interval is spoken of") {
  const auto text = words({sample::row("glibc"), sample::row("mimalloc")});
  CHECK(says(text, "\nOne is called lower than another where memory differs by 0.25 MiB or more; "
                   "times of one invocation are put in no order.\n"));
  CHECK_FALSE(says(text, "%"));
  CHECK_FALSE(says(text, "medians"));
}

TEST_CASE("killed processes are told") {
  auto row = sample::row("glibc");
  row.result.counters.killed = 7;
  CHECK(says(words({row}), "; 7 were killed."));
  row.result.counters.killed = 1;
  CHECK(says(words({row}), "; 1 was killed."));
}

TEST_CASE("each strategy of a scenario has its sentences") {
  auto reachable = sample::row("glibc");
  reachable.spec.strategy = "reachable";
  const auto text = words({sample::row("glibc"), reachable});
  CHECK(says(text, "\n  With otp, "));
  CHECK(says(text, "\n  With reachable, "));
}

TEST_CASE("lost cells are counted") {
  CHECK(says(words(sample::run()),
             "2 cells failed, 1 cell did not fit into memory: the table says why."));
  CHECK(words({sample::failed("glibc")}) == "1 cell failed: the table says why.\n");
}

TEST_CASE("of many scenarios the summary tells some and counts the rest") {
  Rows rows;
  for (std::uint64_t holders = 1; holders <= 9; ++holders) {
    rows.push_back(sample::row("glibc"));
    rows.back().spec.holders = holders;
  }
  CHECK(says(words(rows), "\n5 more scenarios are in the table.\n"));
  rows.resize(5);
  CHECK(says(words(rows), "\n1 more scenario is in the table.\n"));
}

TEST_CASE("no line of the summary is wider than the terminal") {
  for (const std::size_t width : {40U, 80U, 200U}) {
    std::istringstream lines(summary(sample::run(), width));
    for (std::string line; std::getline(lines, line);)
      CHECK(bench::report::text_width(line) <= width);
  }
}

TEST_CASE("a run without rows has no summary") { CHECK(summary({}, 80).empty()); }

TEST_CASE("a floor that is beaten is told, and one that is met is not") {
  Rows rows{sample::row("glibc"), sample::row("mimalloc"), sample::row("jemalloc")};
  rows[0].result.times.efficiency = 1;
  CHECK_FALSE(says(words(rows), "floor"));
  rows[1].result.times.efficiency = 1.01;
  CHECK(says(words(rows), "\nIn 1 cell the purge took less than the floor, which is wrong there: "
                          "efficiency above 100% is no merit.\n"));
  rows[2].result.times.efficiency = 3;
  CHECK(says(words(rows), "In 2 cells the purge took less than the floor"));
}
