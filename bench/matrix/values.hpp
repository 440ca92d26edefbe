// Reading the values of flags. Every failure is one sentence that begins with the flag.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/outcome.hpp"

namespace bench {

struct Range {
  std::uint64_t min = 0;
  std::uint64_t max = std::numeric_limits<std::uint64_t>::max();
};

// A whole number of decimal digits and nothing else.
[[nodiscard]] Outcome<std::uint64_t> parse_number(std::string_view flag, std::string_view text,
                                                  Range range);

// The values between the commas. None may be empty, none may come twice.
[[nodiscard]] Outcome<std::vector<std::string>> parse_list(std::string_view flag,
                                                           std::string_view text);
[[nodiscard]] Outcome<std::vector<std::uint64_t>> parse_numbers(std::string_view flag,
                                                                std::string_view text, Range range);
// Every value is one of `known`.
[[nodiscard]] Outcome<std::vector<std::string>>
parse_words(std::string_view flag, std::string_view text, std::span<const std::string_view> known);

}  // namespace bench
