// Who measured least in one scenario, and whether that means anything.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bench/cells/measures.hpp"
#include "bench/report/contenders.hpp"

namespace bench::report {

// What contenders are ranked by.
struct Contest {
  std::string_view name;    // "peak"; "lower peak" has to be English
  std::string_view lowest;  // "The lowest peak is"
  const cells::Measure* measure =
      nullptr;  // resident memory, of which the growth counts, or a time

  [[nodiscard]] std::string format(double value) const;
};

// The pause at the 99th percentile, the resident peak, and what stays after the last --settle; both
// as growth since before the purge.
[[nodiscard]] const std::array<Contest, 3>& contests();

struct Standing {
  std::string name;  // the contender's
  stats::Sample sample;
};

// Empty: it did not measure that.
[[nodiscard]] std::optional<Standing> standing_of(const Contender& contender,
                                                  const Contest& contest);

// What contenders of one scenario and strategy measured, least first.
[[nodiscard]] std::vector<Standing> standings(const std::vector<Contender>& contenders,
                                              const Contest& contest);

// Whether `a` is below `b` by more than chance and the kernel's resolution explain: by the rule
// that order_rule() tells.
[[nodiscard]] bool clearly_below(const Standing& a, const Standing& b, const Contest& contest);

// " The lowest peak is glibc's, 6.00 MiB below mimalloc's."; empty when nobody's is.
[[nodiscard]] std::string lowest_sentence(const std::vector<Standing>& ranked,
                                          const Contest& contest);

// "3 invocations", "2 to 3 invocations": of how many a figure is the median. Not empty.
[[nodiscard]] std::string invocations_text(const std::set<std::size_t>& counts);

// "the 75% intervals of their medians are apart, memory also by 0.25 MiB or more": when
// clearly_below() calls one of two lower that have so many invocations. Not empty.
[[nodiscard]] std::string order_rule(const std::set<std::size_t>& counts);

}  // namespace bench::report
