#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/cells/measures.hpp"
#include "bench/cells/run_cell.hpp"
#include "bench/report/row.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

using bench::cells::CellSpec;

namespace {

bool deterministic(std::string_view key, const CellSpec& spec) {
  const bench::cells::Measure* const found = bench::cells::find_measure(key);
  return found != nullptr && bench::cells::deterministic(*found, spec);
}

// Cells of one seed, each under settings that no counter may depend on, but for --schedulers.
std::vector<CellSpec> settings_of(std::uint64_t schedulers) {
  CellSpec spec;
  spec.area_words = 5000;
  spec.holders = 30;
  spec.bystanders = 10;
  spec.dead_holders = 5;
  spec.heap_words = 300;
  spec.held_words = 100;
  spec.rounds = 2;
  spec.settle_ms = {0};
  spec.schedulers = schedulers;
  std::vector<CellSpec> all(3, spec);
  all[1].blocks = "erts";
  all[2].blocks = "mmap";
  all[2].settle_ms = {0, 1};
#ifndef PURGEBENCH_SANITIZED
  // A sanitizer's shadow memory grows with what is touched, and the readings show it.
  all.push_back(spec);
  all.back().touch_pages = 20000;
#endif
  return all;
}

// What a cell measures, by the keys of a row.
nlohmann::ordered_json measured(const CellSpec& spec) {
  bench::cells::CellHooks hooks;
  bench::report::Row row;
  row.spec = spec;
  row.result = bench::cells::run_cell(spec, hooks);
  INFO(row.result.error_message);
  REQUIRE_FALSE(row.result.failed);
  return bench::report::row_json(row);
}

}  // namespace

TEST_CASE("what is deterministic is equal under every setting") {
  const auto first = measured(settings_of(1).front());
  for (const std::uint64_t schedulers : {1U, 4U}) {
    for (const CellSpec& spec : settings_of(schedulers)) {
      const auto row = measured(spec);
      for (const auto& [key, value] : first.items()) {
        INFO(bench::report::cell_name(spec) << " " << key);
        if (deterministic(key, spec)) CHECK(row.at(key) == value);
      }
    }
  }
}

TEST_CASE("every count of words is deterministic, with any number of schedulers") {
  CellSpec spec;
  for (const std::uint64_t schedulers : {1U, 2U, 64U}) {
    spec.schedulers = schedulers;
    for (const bench::cells::Measure& each : bench::cells::measures()) {
      INFO(each.key);
      if (each.key.find("words") != std::string_view::npos) CHECK(deterministic(each.key, spec));
    }
    for (const char* const key : {"allocations", "killed", "pause_samples"})
      CHECK(deterministic(key, spec));
  }
}

TEST_CASE("the highest that is reserved depends on timing with more than one scheduler") {
  CellSpec spec;
  CHECK(deterministic("reserved_peak", spec));
  spec.schedulers = 2;
  CHECK_FALSE(deterministic("reserved_peak", spec));
  CHECK(deterministic("reserved_after", spec));
}

TEST_CASE("what says what was purged is deterministic") {
  for (const bench::cells::Measure& each : bench::cells::measures()) {
    if (each.compared == bench::cells::Compared::kInput)
      CHECK(bench::cells::deterministic(each, CellSpec()));
  }
}

TEST_CASE("times, residency, faults and what allocators say are not deterministic") {
  const auto row = bench::report::row_json(sample::row("glibc"));
  for (const auto& [key, value] : row.items()) {
    const bool measured = key.ends_with("_ns") || key.starts_with("resident") ||
                          key.starts_with("allocator_") || key.ends_with("_time") ||
                          key == "minor_faults" || key == "fragmentation" || key == "efficiency" ||
                          key == "group_peak";
    if (measured) CHECK_FALSE(deterministic(key, CellSpec()));
  }
}
