#include "bench/report/area_ranking.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "bench/report/contenders.hpp"
#include "bench/report/standings.hpp"
#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench::report {

namespace {

// Nobody reads more; the table has them all.
constexpr std::size_t kMostGroups = 3;

// What one area did to the contenders of a strategy.
struct AreaCells {
  std::uint64_t words = 0;
  Cells cells;
};

// The areas of scenarios that are otherwise equal, smallest first.
struct Group {
  cells::CellSpec spec;  // any of them
  std::vector<AreaCells> areas;
};

std::string key_of(cells::CellSpec spec) {
  spec.area_words = 0;
  return spec.strategy + " " + scenario_name(spec);
}

std::vector<Group> groups_of(std::span<const MeasuredScenario> scenarios) {
  std::map<std::string, std::map<std::uint64_t, AreaCells>> by_key;
  for (const MeasuredScenario& scenario : scenarios) {
    for (const MeasuredCell& cell : scenario.cells) {
      if (cell.ran.empty() || !cell.spec.module.empty()) continue;
      AreaCells& area = by_key[key_of(cell.spec)][cell.spec.area_words];
      area.words = cell.spec.area_words;
      area.cells.push_back(&cell);
    }
  }
  std::vector<Group> groups;
  for (auto& [key, areas] : by_key) {
    Group group;
    for (auto& [words, area] : areas) {
      if (contenders_of(area.cells, ContenderNames(area.cells)).size() >= 2)
        group.areas.push_back(std::move(area));
    }
    if (group.areas.size() < 2) continue;
    group.spec = group.areas.front().cells.front()->spec;
    groups.push_back(std::move(group));
  }
  std::ranges::stable_sort(groups, [](const Group& a, const Group& b) {
    return a.areas.size() != b.areas.size() ? a.areas.size() > b.areas.size()
                                            : a.spec.holders > b.spec.holders;
  });
  if (groups.size() > kMostGroups) groups.resize(kMostGroups);
  return groups;
}

// "glibc < scudo ~ tbb": whether each is clearly below the next.
std::string order_words(const std::vector<Standing>& ranked, const Contest& contest) {
  std::string text;
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (i > 0) text += clearly_below(ranked[i - 1], ranked[i], contest) ? " < " : " ~ ";
    text += ranked[i].name;
  }
  return text;
}

const Standing* find(const std::vector<Standing>& ranked, const std::string& name) {
  const auto found = std::ranges::find(ranked, name, &Standing::name);
  return found == ranked.end() ? nullptr : &*found;
}

struct RankedArea {
  std::uint64_t words = 0;
  std::vector<Standing> ranked;
};

// The first two contenders that are clearly in one order at one area and in the other at another.
std::string swap_words(const std::vector<RankedArea>& areas, const Contest& contest) {
  for (const RankedArea& one : areas) {
    for (const Standing& low : one.ranked) {
      for (const Standing& high : one.ranked) {
        if (!clearly_below(low, high, contest)) continue;
        for (const RankedArea& other : areas) {
          const Standing* const then_low = find(other.ranked, low.name);
          const Standing* const then_high = find(other.ranked, high.name);
          if (then_low == nullptr || then_high == nullptr ||
              !clearly_below(*then_high, *then_low, contest)) {
            continue;
          }
          return fmt::format(
              "The order changes with the area: {} is below {} at {} words, and above it at {}.",
              low.name, high.name, format_count(one.words), format_count(other.words));
        }
      }
    }
  }
  return "No two of them clearly change places with the area.";
}

// From all cells of the group, so that a contender has one name in all areas.
ContenderNames names_of(const Group& group) {
  Cells all;
  for (const AreaCells& area : group.areas)
    all.insert(all.end(), area.cells.begin(), area.cells.end());
  return ContenderNames(all);
}

std::string contest_words(const Group& group, const Contest& contest, std::size_t width) {
  const ContenderNames names = names_of(group);
  std::vector<RankedArea> areas;
  for (const AreaCells& area : group.areas) {
    auto ranked = standings(contenders_of(area.cells, names), contest);
    if (ranked.size() >= 2) areas.push_back({area.words, std::move(ranked)});
  }
  if (areas.size() < 2) return {};
  std::string text = wrapped(fmt::format("  {}:", contest.name), width);
  for (const RankedArea& area : areas) {
    text += wrapped(fmt::format("    {} words: {}.{}", format_count(area.words),
                                order_words(area.ranked, contest),
                                lowest_sentence(area.ranked, contest)),
                    width, 6);
  }
  return text + wrapped("    " + swap_words(areas, contest), width, 6);
}

std::string group_heading(const Group& group) {
  // What follows the area in the description of a scenario.
  const std::string all = describe(group.spec, nullptr);
  return fmt::format("By area, with {}; {}{}:", printable(group.spec.strategy),
                     all.substr(all.find("; ") + 2), names_of(group).shared(group.spec));
}

}  // namespace

std::string area_ranking(std::span<const MeasuredScenario> scenarios, std::size_t width) {
  std::string text;
  for (const Group& group : groups_of(scenarios)) {
    std::string ranks;
    for (const Contest& contest : contests()) ranks += contest_words(group, contest, width);
    if (ranks.empty()) continue;
    if (text.empty()) {
      text = wrapped("Least first: '<' where one is called lower than the next, '~' where not.",
                     width);
    }
    text += wrapped(group_heading(group), width) + ranks;
  }
  return text;
}

}  // namespace bench::report
