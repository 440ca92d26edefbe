#include <string>
#include <vector>

#include "bench/report/contenders.hpp"
#include "bench/report/setting_comparison.hpp"
#include "bench/report/summary.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

namespace {

using Rows = std::vector<bench::report::Row>;

struct Setting {
  std::string allocator;
  std::string blocks = "malloc";
  std::string temp = "kept";
  std::string thp = "system";
};

// Three invocations of a cell, whose peaks are a page apart.
void add(Rows& rows, const Setting& setting, std::uint64_t peak = 3 * sample::kMib) {
  for (std::uint64_t i = 0; i < 3; ++i) {
    auto row = sample::row(setting.allocator, 12000000 + i * 1000, peak + i * 4096);
    row.spec.blocks = setting.blocks;
    row.spec.temp = setting.temp;
    row.spec.thp = setting.thp;
    row.invocation = i;
    row.invocations = 3;
    rows.push_back(row);
  }
}

std::vector<std::string> names_of(const Rows& rows) {
  const auto scenarios = bench::report::scenarios_of(rows);
  REQUIRE(scenarios.size() == 1);
  bench::report::Cells cells;
  for (const auto& cell : scenarios.front().cells) cells.push_back(&cell);
  std::vector<std::string> names;
  for (const auto& each : bench::report::contenders_of(cells, bench::report::ContenderNames(cells)))
    names.push_back(each.name);
  return names;
}

std::string words(const Rows& rows) { return bench::report::summary(rows, 4000); }

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a contender is named by what varies") {
  Rows rows;
  add(rows, {.allocator = "glibc"});
  CHECK(names_of(rows) == Names{"glibc"});
  add(rows, {.allocator = "jemalloc"});
  CHECK(names_of(rows) == Names{"glibc", "jemalloc"});
  add(rows, {.allocator = "glibc", .thp = "off"});
  CHECK(names_of(rows) == Names{"glibc thp:system", "jemalloc thp:system", "glibc thp:off"});
  Rows settings;
  add(settings, {.allocator = "glibc"});
  add(settings, {.allocator = "glibc", .temp = "malloc"});
  CHECK(names_of(settings) == Names{"temp:kept", "temp:malloc"});
}

TEST_CASE("two libraries of one name are different contenders") {
  Rows rows;
  add(rows, {.allocator = "/a/libm.so"});
  add(rows, {.allocator = "/b/libm.so"});
  add(rows, {.allocator = "/b/libn.so"});
  CHECK(names_of(rows) == Names{"/a/libm.so", "/b/libm.so", "libn.so"});
}

TEST_CASE("allocators that serve nothing are one contender, of all their invocations") {
  for (const std::string blocks : {"mmap", "erts"}) {
    Rows rows;
    add(rows, {.allocator = "glibc", .blocks = blocks}, 3 * sample::kMib);
    add(rows, {.allocator = "jemalloc", .blocks = blocks}, 30 * sample::kMib);
    CHECK(names_of(rows) == Names{"blocks:" + blocks});
    const std::string text = words(rows);
    CHECK_FALSE(says(text, "lowest"));
    CHECK_FALSE(says(text, "glibc"));
    CHECK(says(text, "grew by 16.5 MiB at its peak"));
    CHECK(says(text, "medians over 6 invocations."));
    CHECK(
        says(text, "With blocks:" + blocks +
                       " no allocator serves any of what a purge asks for: cells that differ in "
                       "the allocator alone differ by chance, are not ranked, and count as one."));
    CHECK(says(text, "100 bystanders; blocks:" + blocks + ":\n"));
  }
}

TEST_CASE("one allocator that serves nothing needs no explanation") {
  Rows rows;
  add(rows, {.allocator = "glibc", .blocks = "mmap"});
  CHECK_FALSE(says(words(rows), "serves"));
}

TEST_CASE("allocators that serve the temporary copies are ranked, and that is said") {
  Rows rows;
  add(rows, {.allocator = "glibc", .blocks = "mmap", .temp = "malloc"}, 3 * sample::kMib);
  add(rows, {.allocator = "jemalloc", .blocks = "mmap", .temp = "malloc"}, 30 * sample::kMib);
  const std::string text = words(rows);
  CHECK(says(text, "The lowest peak is glibc's, 27.0 MiB below jemalloc's."));
  CHECK(says(text, "With blocks:mmap temp:malloc allocators serve the temporary copies alone."));
}

TEST_CASE("areas are not ranked by allocators that serve nothing") {
  Rows rows;
  for (const std::uint64_t area : {100000U, 1000000U}) {
    Rows cells;
    add(cells, {.allocator = "glibc", .blocks = "mmap"}, 9 * sample::kMib);
    add(cells, {.allocator = "jemalloc", .blocks = "mmap"}, 10 * sample::kMib);
    for (auto& row : cells) row.spec.area_words = area;
    rows.insert(rows.end(), cells.begin(), cells.end());
  }
  CHECK_FALSE(says(words(rows), "By area"));
  for (const std::uint64_t area : {100000U, 1000000U}) {
    Rows cells;
    add(cells, {.allocator = "glibc"}, 3 * sample::kMib);
    add(cells, {.allocator = "jemalloc"}, 30 * sample::kMib);
    for (auto& row : cells) row.spec.area_words = area;
    rows.insert(rows.end(), cells.begin(), cells.end());
  }
  const std::string text = words(rows);
  CHECK(says(text, "100,000 words: glibc blocks:malloc < blocks:mmap < jemalloc blocks:malloc."));
  CHECK(says(text, "1,000,000 words: glibc blocks:malloc < blocks:mmap < jemalloc blocks:malloc."));
}

TEST_CASE("two settings of one allocator are compared as allocators are") {
  Rows rows;
  add(rows, {.allocator = "glibc"}, 9 * sample::kMib);
  add(rows, {.allocator = "glibc", .thp = "off"}, 3 * sample::kMib);
  const std::string text = words(rows);
  CHECK(says(text, "3.00 MiB (thp:off) to 9.00 MiB (thp:system) at its peak."));
  CHECK(says(text, "The lowest peak is thp:off's, 6.00 MiB below thp:system's."));
  CHECK_FALSE(says(text, "instead of"));
}

TEST_CASE("of several allocators a setting is compared with each by itself") {
  Rows rows;
  add(rows, {.allocator = "glibc"}, 9 * sample::kMib);
  add(rows, {.allocator = "jemalloc"}, 9 * sample::kMib);
  add(rows, {.allocator = "tbb"}, 9 * sample::kMib);
  add(rows, {.allocator = "glibc", .thp = "off"}, 3 * sample::kMib);
  add(rows, {.allocator = "jemalloc", .thp = "off"}, 13 * sample::kMib);
  add(rows, {.allocator = "tbb", .thp = "off"}, 9 * sample::kMib);
  CHECK(says(words(rows),
             " thp:off instead of thp:system: lower peak with glibc (by 6.00 MiB); "
             "higher peak with jemalloc (by 4.00 MiB); lower settled memory with "
             "glibc (by 3.00 MiB); higher settled memory with jemalloc (by 2.00 MiB)."));
}

TEST_CASE("a setting without a clear difference is told to have none") {
  Rows rows;
  for (const std::string allocator : {"glibc", "jemalloc"}) {
    for (const std::string temp : {"kept", "malloc"})
      add(rows, {.allocator = allocator, .temp = temp});
  }
  CHECK(says(words(rows), " temp:malloc instead of temp:kept: no clear difference."));
}

TEST_CASE("blocks that no allocator serves are compared with every one that serves its own") {
  Rows rows;
  for (const std::string allocator : {"glibc", "jemalloc"}) {
    add(rows, {.allocator = allocator}, 9 * sample::kMib);
    add(rows, {.allocator = allocator, .blocks = "mmap"}, 3 * sample::kMib);
    add(rows, {.allocator = allocator, .blocks = "erts"}, 12 * sample::kMib);
  }
  const std::string text = words(rows);
  CHECK(says(text, " blocks:mmap instead of blocks:malloc: lower peak with glibc (by 6.00 MiB), "
                   "jemalloc (by 6.00 MiB); lower settled"));
  CHECK(says(text, " blocks:erts instead of blocks:malloc: higher peak with glibc (by 3.00 MiB), "
                   "jemalloc (by 3.00 MiB); higher settled"));
}
