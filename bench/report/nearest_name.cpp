#include "bench/report/nearest_name.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace bench::report {

namespace {

constexpr std::size_t kMostWrong = 3;
constexpr std::size_t kCharactersPerWrong = 3;
constexpr std::size_t kShortestBeginning = 3;

char folded(char c) {
  if (c == '_') return '-';
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string folded(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
  std::string text(name);
  std::ranges::transform(text, text.begin(), [](char c) { return folded(c); });
  return text;
}

// The distance between `a` and `b`, computed row by row; only the last three rows are kept.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

// The only known name that begins with `beginning`.
std::optional<std::string_view> completed(std::string_view beginning,
                                          std::span<const std::string_view> known) {
  if (beginning.size() < kShortestBeginning) return std::nullopt;
  std::optional<std::string_view> found;
  for (const std::string_view name : known) {
    if (!folded(name).starts_with(beginning)) continue;
    if (found) return std::nullopt;
    found = name;
  }
  return found;
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view typed,
                                             std::span<const std::string_view> known) {
  const std::string wanted = folded(typed);
  const std::size_t allowed =
      std::min(kMostWrong, (wanted.size() + kCharactersPerWrong - 1) / kCharactersPerWrong);
  std::optional<std::string_view> nearest;
  std::size_t least = allowed + 1;
  for (const std::string_view name : known) {
    const std::string candidate = folded(name);
    // The difference of the lengths is a lower bound; it keeps very long input cheap.
    if (std::max(candidate.size(), wanted.size()) - std::min(candidate.size(), wanted.size()) >=
        least)
      continue;
    const std::size_t wrong = distance(wanted, candidate);
    // A name that shares no character is not near.
    if (wrong >= least || wrong >= std::min(wanted.size(), candidate.size())) continue;
    least = wrong;
    nearest = name;
  }
  return nearest ? nearest : completed(wanted, known);
}

std::string did_you_mean(std::string_view typed, std::span<const std::string_view> known) {
  const auto nearest = nearest_name(typed, known);
  return nearest ? fmt::format(": did you mean '{}'?", *nearest) : std::string();
}

}  // namespace bench::report
