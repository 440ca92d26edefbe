#include "bench/report/setting_comparison.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/report/standings.hpp"
#include "bench/report/text_table.hpp"

namespace bench::report {

namespace {

// Two contenders that differ in one setting only.
struct Pair {
  const Contender* before;
  const Contender* after;
  std::string with;  // the allocator; empty if none serves anything on either side
};

std::vector<std::string> values_of(const std::vector<Contender>& contenders,
                                   const SettingAxis& axis) {
  std::vector<std::string> values;
  for (const Contender& each : contenders) {
    const std::string& value = each.cell.spec.*axis.value;
    if (std::ranges::count(values, value) == 0) values.push_back(value);
  }
  return values;
}

// Whether they differ in this setting only; an allocator that serves nothing is ignored.
bool differ_in_one(const cells::CellSpec& a, const cells::CellSpec& b, const SettingAxis& axis) {
  for (const SettingAxis& other : setting_axes()) {
    if (other.name != axis.name && a.*other.value != b.*other.value) return false;
  }
  return a.allocator == b.allocator || !allocator_serves(a) || !allocator_serves(b);
}

std::vector<Pair> pairs_of(const std::vector<Contender>& contenders, const ContenderNames& names,
                           const SettingAxis& axis, const std::string& before,
                           const std::string& after) {
  std::vector<Pair> pairs;
  for (const Contender& a : contenders) {
    if (a.cell.spec.*axis.value != before) continue;
    for (const Contender& b : contenders) {
      const cells::CellSpec& spec = b.cell.spec;
      if (spec.*axis.value != after || !differ_in_one(a.cell.spec, spec, axis)) continue;
      std::string with;
      if (allocator_serves(spec)) with = names.allocator(spec);
      if (allocator_serves(a.cell.spec)) with = names.allocator(a.cell.spec);
      pairs.push_back({&a, &b, with});
    }
  }
  return pairs;
}

// "lower peak with glibc (by 3.00 MiB), mimalloc (by 39.0 MiB)"; empty: with none.
std::string change_words(const std::vector<Pair>& pairs, const Contest& contest, bool lower) {
  std::vector<std::string> changed;
  for (const Pair& pair : pairs) {
    const auto before = standing_of(*pair.before, contest);
    const auto after = standing_of(*pair.after, contest);
    if (!before || !after) continue;
    const bool clear =
        lower ? clearly_below(*after, *before, contest) : clearly_below(*before, *after, contest);
    if (!clear) continue;
    const double by = std::abs(after->sample.median - before->sample.median);
    changed.push_back(fmt::format("{}{}by {}{}", pair.with, pair.with.empty() ? "" : " (",
                                  contest.format(by), pair.with.empty() ? "" : ")"));
  }
  if (changed.empty()) return {};
  const bool named = !pairs.front().with.empty();
  return fmt::format("{} {} {}{}", lower ? "lower" : "higher", contest.name, named ? "with " : "",
                     fmt::join(changed, ", "));
}

std::string value_sentence(const std::vector<Pair>& pairs, const SettingAxis& axis,
                           const std::string& before, const std::string& after) {
  std::vector<std::string> changes;
  for (const Contest& contest : contests()) {
    for (const bool lower : {true, false}) {
      if (auto words = change_words(pairs, contest, lower); !words.empty())
        changes.push_back(std::move(words));
    }
  }
  return fmt::format(
      " {0}:{1} instead of {0}:{2}: {3}.", axis.name, printable(after), printable(before),
      changes.empty() ? "no clear difference" : fmt::format("{}", fmt::join(changes, "; ")));
}

}  // namespace

std::string setting_sentences(const std::vector<Contender>& contenders,
                              const ContenderNames& names) {
  if (contenders.size() <= 2) return {};
  std::string text;
  for (const SettingAxis& axis : setting_axes()) {
    const auto values = values_of(contenders, axis);
    for (std::size_t i = 1; i < values.size(); ++i) {
      const auto pairs = pairs_of(contenders, names, axis, values[0], values[i]);
      if (!pairs.empty()) text += value_sentence(pairs, axis, values[0], values[i]);
    }
  }
  return text;
}

}  // namespace bench::report
