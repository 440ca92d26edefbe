#include "bench/cells/rounds.hpp"

namespace bench::cells {

namespace {

void count_work(const Round& round, CellCounters& counters) noexcept {
  counters.scanned_words = round.work.scanned_words;
  counters.copied_words = round.work.copied_words;
  counters.copied_literal_words = round.work.copied_literal_words;
  counters.temp_copied_words = round.work.temp_copied_words;
  counters.marked_words = round.work.marked_words;
  counters.table_words = round.work.table_words;
  counters.killed = round.work.killed;
  counters.allocations = round.allocations;
}

}  // namespace

bool same_work(const Round& a, const Round& b) noexcept {
  return a.allocations == b.allocations && a.work == b.work;
}

void summarise_rounds(Series<Round>& rounds, CellResult& result) noexcept {
  if (rounds.size() == 0) return;
  count_work(rounds[0], result.counters);
  const auto phase = [&rounds](beam::PurgePhase which) {
    return rounds.median_high(
        [at = static_cast<std::size_t>(which)](const Round& round) { return round.phase_ns[at]; });
  };
  CellTimes& times = result.times;
  times.purge_ns = rounds.median_high([](const Round& round) { return round.purge_ns; });
  times.cpu_ns = rounds.median_high([](const Round& round) { return round.cpu_ns; });
  times.scan_ns = phase(beam::PurgePhase::kScan);
  times.gc_ns = phase(beam::PurgePhase::kCollect);
  times.copy_ns = phase(beam::PurgePhase::kCopy);
  times.release_ns = phase(beam::PurgePhase::kRelease);
  result.memory.minor_faults = rounds.median_high([](const Round& round) { return round.faults; });
}

}  // namespace bench::cells
