// Rows of a run that never happened, with figures like those of real ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/report/row.hpp"

namespace sample {

inline constexpr std::uint64_t kMib = std::uint64_t{1} << 20;

inline bench::cells::Spread equal(std::uint64_t value) { return {value, value, value}; }

// 100 holders of one 28-word record of an area of 100,000 words.
inline bench::cells::CellCounters counters() {
  bench::cells::CellCounters c;
  c.area_words = 100000;
  c.held_words = {28, 28, 28};
  c.scanned_words = 46600;
  c.copied_words = 2300;
  c.copied_literal_words = 2800;
  c.temp_copied_words = 10000000;
  c.allocations = 200;
  c.pause_samples = 500;
  c.area_bytes = 800000;
  c.reserved_before = 372800;
  c.reserved_after = 97601600;
  c.reserved_peak = 98588000;
  c.live_after = 24000;
  c.heap_words_before = equal(233);
  c.heap_words_after = equal(121769);
  c.heap_words_settled = equal(233);
  c.bystander_heap_words_after = equal(233);
  return c;
}

inline bench::cells::CellTimes times(std::uint64_t purge_ns) {
  bench::cells::CellTimes t;
  t.purge_ns = purge_ns;
  t.cpu_ns = purge_ns - 1000;
  t.scan_ns = purge_ns / 50;
  t.gc_ns = purge_ns / 20;
  t.copy_ns = purge_ns / 10 * 8;
  t.release_ns = purge_ns / 100;
  t.pause_p50_ns = purge_ns / 110;
  t.pause_p99_ns = purge_ns / 60;
  t.pause_max_ns = purge_ns / 40;
  t.bystander_pause_p50_ns = 410;
  t.bystander_pause_max_ns = 2100;
  t.spawn_ns = 65000;
  t.lines_ns = 7000;
  t.teardown_ns = 21000;
  t.floor_ns = purge_ns / 8;
  t.efficiency = 0.125;
  return t;
}

inline bench::cells::CellMemory memory(std::uint64_t peak, std::uint64_t settled,
                                       std::uint64_t collected) {
  bench::cells::CellMemory m;
  m.resident_base = 2 * kMib;
  m.resident_before = 3 * kMib;
  m.resident_after = 3 * kMib + peak / 2;
  m.resident_peak = 3 * kMib + peak;
  m.resident_settled = {{100, 3 * kMib + settled}};
  m.resident_collected = 3 * kMib + collected;
  m.resident_trimmed = 3 * kMib - 640 * 1024;
  m.fragmentation = 1.5;
  m.virtual_before = 1100 * kMib;
  m.virtual_after = 1200 * kMib;
  m.virtual_peak = 1210 * kMib;
  m.minor_faults = 2400;
  m.allocator_after = {.allocated = 2 * kMib, .active = {}, .resident = 4 * kMib, .retained = {}};
  return m;
}

inline bench::report::Row row(const std::string& allocator, std::uint64_t purge_ns = 12300000,
                              std::uint64_t peak = 3 * kMib) {
  bench::report::Row row;
  row.spec.allocator = allocator;
  row.result.rounds = 5;
  row.result.allocator_version = "2.36";
  row.result.allocator_path = "/lib/x86_64-linux-gnu/libc.so.6";
  row.result.allocator_build_id = "d1704d25fbbb72fa95d517b883131828c0883fe9";
  row.result.counters = counters();
  row.result.times = times(purge_ns);
  row.result.memory = memory(peak, peak / 2, 100 * 1024);
  return row;
}

// Dead holders, of which each has as much afterwards as a live one.
inline void add_dead_holders(bench::report::Row& row, std::uint64_t count = 10) {
  row.spec.dead_holders = count;
  row.result.counters.dead_heap_words_before = 233;
  row.result.counters.dead_heap_words_after = 121769;
  row.result.times.dead_pause_p50_ns = 150000;
  row.result.times.dead_pause_max_ns = 290000;
}

inline bench::report::Row failed(const std::string& allocator) {
  bench::report::Row row;
  row.spec.allocator = allocator;
  row.result.failed = true;
  row.result.error_message = "killed by signal 11 (Segmentation fault) while it purged";
  return row;
}

inline bench::report::Row skipped(const std::string& allocator) {
  bench::report::Row row;
  row.spec.allocator = allocator;
  row.spec.holders = 100000;
  row.result.skipped = true;
  row.result.skip_message = "needs 93.1 GiB at worst, and the memory budget is 16.0 GiB";
  row.result.predicted_bytes = 99977000000;
  return row;
}

// Three invocations of each allocator in two scenarios; a failed and a skipped cell, and a lost
// invocation.
inline std::vector<bench::report::Row> run() {
  const struct {
    const char* allocator;
    std::uint64_t purge_ns;
    std::uint64_t peak;
  } cells[] = {{"glibc", 12300000, 3 * kMib},
               {"mimalloc", 9800000, 42 * kMib},
               {"jemalloc", 10900000, 6 * kMib}};
  std::vector<bench::report::Row> rows;
  for (const std::uint64_t holders : {100U, 1000U}) {
    for (const auto& cell : cells) {
      for (std::uint64_t i = 0; i < 3; ++i) {
        auto next = row(cell.allocator, cell.purge_ns * holders / 100 + i * 370000,
                        cell.peak * holders / 100 + i * 4096);
        next.spec.holders = holders;
        next.invocation = i;
        next.invocations = 3;
        rows.push_back(next);
      }
    }
  }
  rows.back().result = failed("jemalloc").result;
  rows.push_back(failed("/opt/allocators/libsuper.so"));
  rows.push_back(skipped("glibc"));
  return rows;
}

}  // namespace sample
