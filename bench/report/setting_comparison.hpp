// What a setting (blocks, temp, thp) changes, with all else equal.
#pragma once

#include <string>
#include <vector>

#include "bench/report/contenders.hpp"

namespace bench::report {

// A sentence for each setting that varies and each of its values but the first: in what it is
// clearly lower or higher than the first, with which allocators and by how much. Of two contenders
// alone nothing is said: they are told apart as any two are.
[[nodiscard]] std::string setting_sentences(const std::vector<Contender>& contenders,
                                            const ContenderNames& names);

}  // namespace bench::report
