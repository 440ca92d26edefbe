// Numbers as people type them: one grammar for flags, lists and programs. units.hpp formats them.
//
// A number is whole and in decimal digits, without a sign, a space, a fraction, an exponent or a
// leading zero, which readers interpret differently. A unit suffix may follow:
//
//   counts  k M G                  10^3, 10^6, 10^9
//   bytes   B kB MB GB KiB MiB GiB  1, 10^3, 10^6, 10^9, 2^10, 2^20, 2^30
//   times   ms s min
//
// Without a suffix it is in the flag's own unit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/base/outcome.hpp"
#include "bench/cells/range.hpp"

namespace bench::report {

// Digits only. Empty: `text` is not a number, or exceeds 64 bits.
[[nodiscard]] std::optional<std::uint64_t> parse_digits(std::string_view text);

// In the range's unit. The failure is a sentence that begins with the flag and says what to write.
[[nodiscard]] Outcome<std::uint64_t> parse_number(std::string_view flag, std::string_view text,
                                                  cells::Range range);

// `text` without digit-group separators, "1000" for "1,000". Empty: its digits are not grouped.
[[nodiscard]] std::string without_separators(std::string_view text);

}  // namespace bench::report
