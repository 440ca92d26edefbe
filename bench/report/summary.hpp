// The results of a run in sentences.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/report/row.hpp"

namespace bench::report {

// A few sentences per scenario, wrapped at `width`. An allocator is called better than another only
// where the difference exceeds both the kernel's resolution and the spread of the invocations.
[[nodiscard]] std::string summary(std::span<const Row> rows, std::size_t width);

}  // namespace bench::report
