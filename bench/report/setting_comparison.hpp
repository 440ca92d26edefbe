// The effect of a setting (blocks, temp, thp), all else equal.
#pragma once

#include <string>
#include <vector>

#include "bench/report/contenders.hpp"

namespace bench::report {

// A sentence for each setting that varies and each of its values but the first: where it is clearly
// lower or higher than the first, with which allocators and by how much. Empty for only two
// contenders, which are compared like any two.
[[nodiscard]] std::string setting_sentences(const std::vector<Contender>& contenders,
                                            const ContenderNames& names);

}  // namespace bench::report
