#include "bench/report/standings.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "bench/report/units.hpp"

namespace bench {

namespace {

// Times of fewer invocations say too little. Memory hardly varies between them.
constexpr std::size_t kEnough = 3;

std::optional<double> pause_p99(const CellResult& r) {
  if (!r.times.pause_p99_ns) return std::nullopt;
  return static_cast<double>(*r.times.pause_p99_ns);
}

double growth(const CellResult& r, std::uint64_t resident) {
  return static_cast<double>(resident) - static_cast<double>(r.memory.resident_before);
}

std::optional<double> peak(const CellResult& r) { return growth(r, r.memory.resident_peak); }

std::optional<double> settled(const CellResult& r) {
  const auto& readings = r.memory.resident_settled;
  if (readings.empty()) return std::nullopt;
  return growth(r, readings.back().resident);
}

}  // namespace

const std::array<Contest, 3>& contests() {
  static constexpr std::array<Contest, 3> kContests = {
      {{"peak", "The lowest peak is", peak, format_bytes, true},
       {"pause p99", "The lowest 99th percentile of pauses is", pause_p99, format_ns, false},
       {"settled", "The least that stays after the purge is", settled, format_bytes, true}}};
  return kContests;
}

std::vector<Standing> standings(const std::vector<const MeasuredCell*>& cells,
                                const Contest& contest) {
  std::vector<Standing> all;
  for (const auto* cell : cells) {
    if (const auto sample = cell->sample(contest.read))
      all.push_back({contender(cell->spec), *sample});
  }
  std::ranges::stable_sort(all, {}, [](const Standing& each) { return each.sample.median; });
  return all;
}

bool clearly_below(const Standing& a, const Standing& b, const Contest& contest) {
  if (a.sample.median >= b.sample.median || !a.sample.apart_from(b.sample)) return false;
  if (contest.bytes)
    return b.sample.median - a.sample.median >= static_cast<double>(kResolutionBytes);
  return a.sample.count >= kEnough && b.sample.count >= kEnough;
}

std::string lowest_sentence(const std::vector<Standing>& ranked, const Contest& contest) {
  if (ranked.size() < 2 || !clearly_below(ranked[0], ranked[1], contest)) return {};
  const double gap = ranked[1].sample.median - ranked[0].sample.median;
  return fmt::format(" {} {}'s, {} below {}'s.", contest.lowest, ranked[0].name,
                     contest.format(gap), ranked[1].name);
}

}  // namespace bench
