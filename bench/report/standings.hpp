// Which contender is lowest in one scenario, and whether that is significant.
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

// A measure that contenders are ranked by.
struct Contest {
  std::string_view name;                    // "peak"; also used as "lower peak"
  std::string_view lowest;                  // "The lowest peak is"
  const cells::Measure* measure = nullptr;  // resident memory, ranked by growth, or a time

  [[nodiscard]] std::string format(double value) const;
};

// The 99th percentile pause, the resident peak, and the resident memory after the last --settle;
// both of the latter as growth since before the purge.
[[nodiscard]] const std::array<Contest, 3>& contests();

struct Standing {
  std::string name;  // of the contender
  stats::Sample sample;
};

// Empty: not measured.
[[nodiscard]] std::optional<Standing> standing_of(const Contender& contender,
                                                  const Contest& contest);

// The contenders of one scenario and strategy, lowest first.
[[nodiscard]] std::vector<Standing> standings(const std::vector<Contender>& contenders,
                                              const Contest& contest);

// Whether `a` is below `b` by more than chance and the kernel's resolution explain, by the rule in
// order_rule().
[[nodiscard]] bool clearly_below(const Standing& a, const Standing& b, const Contest& contest);

// " The lowest peak is glibc's, 6.00 MiB below mimalloc's."; empty if no contender's is.
[[nodiscard]] std::string lowest_sentence(const std::vector<Standing>& ranked,
                                          const Contest& contest);

// "3 invocations", "2 to 3 invocations": the number of invocations behind a median. Not empty.
[[nodiscard]] std::string invocations_text(const std::set<std::size_t>& counts);

// "the 75% intervals of their medians are apart, memory also by 0.25 MiB or more": the rule of
// clearly_below() for these numbers of invocations. Not empty.
[[nodiscard]] std::string order_rule(const std::set<std::size_t>& counts);

}  // namespace bench::report
