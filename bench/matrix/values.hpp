// Parses the values of flags that take words or lists. Every failure is one sentence that begins
// with the flag.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/report/numbers.hpp"

namespace bench::matrix {

// The values between the commas. None may be empty or repeated.
[[nodiscard]] Outcome<std::vector<std::string>> parse_list(std::string_view flag,
                                                           std::string_view text);
// Numbers as in numbers.hpp. For "1,000" the failure explains that this is the list of 1 and 000.
[[nodiscard]] Outcome<std::vector<std::uint64_t>>
parse_numbers(std::string_view flag, std::string_view text, cells::Range range);
// The value must be one of `known`.
[[nodiscard]] Outcome<Done> check_word(std::string_view flag, std::string_view value,
                                       std::span<const std::string_view> known);
// Every value must be one of `known`.
[[nodiscard]] Outcome<std::vector<std::string>>
parse_words(std::string_view flag, std::string_view text, std::span<const std::string_view> known);

}  // namespace bench::matrix
