// Formatting numbers with units.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/cells/measures.hpp"

namespace bench::report {

// The kernel counts resident pages per thread and adds them up from time to time: smaller
// differences between two readings mean nothing.
inline constexpr std::uint64_t kResolutionBytes = 256 * 1024;

[[nodiscard]] std::string format_count(std::uint64_t count);  // 121,769
[[nodiscard]] std::string format_ns(double ns);               // 850 ns, 42.3 us, 1.20 ms, 3.04 s
[[nodiscard]] std::string format_bytes(double bytes);         // 512 B, 19.5 KiB, 92.7 MiB, 8.01 GiB

// The difference between two resident readings: 36.2 MiB, -3.10 MiB, or <0.25 MiB below the
// kernel's resolution.
[[nodiscard]] std::string format_growth(double bytes);

[[nodiscard]] std::string format_ratio(double ratio);  // x1.15

// A measure's value: a count without its fraction, and a ratio as 0.85.
[[nodiscard]] std::string format_value(cells::MeasureUnit unit, double value);
[[nodiscard]] std::string_view
unit_name(cells::MeasureUnit unit);  // "bytes", "ns", "count", "ratio"

}  // namespace bench::report
