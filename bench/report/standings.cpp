#include "bench/report/standings.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "bench/report/units.hpp"

namespace bench::report {

namespace {

// Times need at least this many invocations. Memory hardly varies between them.
constexpr std::size_t kEnough = 3;

}  // namespace

const std::array<Contest, 3>& contests() {
  static const std::array<Contest, 3> kContests = {
      {{"peak", "The lowest peak is", &cells::measure("resident_peak")},
       {"pause p99", "The lowest 99th percentile of pauses is", &cells::measure("pause_p99_ns")},
       {"settled memory", "The least that stays after the purge is",
        &cells::measure("resident_settled")}}};
  return kContests;
}

std::string Contest::format(double value) const { return format_value(measure->unit, value); }

std::optional<Standing> standing_of(const Contender& contender, const Contest& contest) {
  const auto sample = contender.cell.sample(
      [&](const cells::CellResult& result) { return cells::growth_of(*contest.measure, result); });
  if (!sample) return std::nullopt;
  return Standing{contender.name, *sample};
}

std::vector<Standing> standings(const std::vector<Contender>& contenders, const Contest& contest) {
  std::vector<Standing> all;
  for (const Contender& each : contenders) {
    if (auto standing = standing_of(each, contest)) all.push_back(std::move(*standing));
  }
  std::ranges::stable_sort(all, {}, [](const Standing& each) { return each.sample.median; });
  return all;
}

bool clearly_below(const Standing& a, const Standing& b, const Contest& contest) {
  if (a.sample.median >= b.sample.median || !a.sample.apart_from(b.sample)) return false;
  if (contest.measure->kind == cells::MeasureKind::kMemory)
    return b.sample.median - a.sample.median >= static_cast<double>(kResolutionBytes);
  return a.sample.count >= kEnough && b.sample.count >= kEnough;
}

std::string lowest_sentence(const std::vector<Standing>& ranked, const Contest& contest) {
  if (ranked.size() < 2 || !clearly_below(ranked[0], ranked[1], contest)) return {};
  const double gap = ranked[1].sample.median - ranked[0].sample.median;
  return fmt::format(" {} {}'s, {} below {}'s.", contest.lowest, ranked[0].name,
                     contest.format(gap), ranked[1].name);
}

std::string invocations_text(const std::set<std::size_t>& counts) {
  const std::size_t least = *counts.begin();
  const std::size_t most = *counts.rbegin();
  if (most == 1) return "1 invocation";
  if (least == most) return fmt::format("{} invocations", most);
  return fmt::format("{} to {} invocations", least, most);
}

std::string order_rule(const std::set<std::size_t>& counts) {
  if (*counts.rbegin() == 1) {
    return "memory differs by 0.25 MiB or more; times of one invocation are put in no order";
  }
  double low = 1;
  double high = 0;
  for (const std::size_t count : counts) {
    low = std::min(low, stats::interval_level(count));
    high = std::max(high, stats::interval_level(count));
  }
  std::string level = stats::format_level(low);
  if (level != stats::format_level(high)) level += " to " + stats::format_level(high);
  std::string text = fmt::format(
      "the {} intervals of their medians are apart, memory also by 0.25 MiB or more", level);
  if (*counts.begin() < kEnough)
    text += fmt::format("; times of fewer than {} invocations are put in no order", kEnough);
  return text;
}

}  // namespace bench::report
