// Numbers as people type them: the one grammar of flags, of lists and of programs. units.hpp has
// how they are shown.
//
// A number is whole and in decimal digits, without a sign, a space, a fraction, an exponent or a
// leading zero: of those, every reader makes something else. A suffix of what it counts may follow:
//
//   counts  k M G                  10^3, 10^6, 10^9
//   bytes   B kB MB GB KiB MiB GiB  1, 10^3, 10^6, 10^9, 2^10, 2^20, 2^30
//   times   ms s min
//
// Without one it counts the flag's own unit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/base/outcome.hpp"
#include "bench/cells/range.hpp"

namespace bench::report {

// Digits alone. Nothing: `text` is no number, or one of more than 64 bits.
[[nodiscard]] std::optional<std::uint64_t> parse_digits(std::string_view text);

// In the range's unit. A failure is a sentence that begins with the flag and says what to write.
[[nodiscard]] Outcome<std::uint64_t> parse_number(std::string_view flag, std::string_view text,
                                                  cells::Range range);

// `text` without the separators by which tables group digits, when they are grouped so: 1000 of
// "1,000". Empty: they are not.
[[nodiscard]] std::string without_separators(std::string_view text);

}  // namespace bench::report
