#include "bench/matrix/values.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/report/nearest_name.hpp"

namespace bench {
namespace {

std::string range_text(Range range) {
  if (range.max == std::numeric_limits<std::uint64_t>::max())
    return fmt::format("of at least {}", range.min);
  return fmt::format("from {} to {}", range.min, range.max);
}

}  // namespace

Outcome<std::uint64_t> parse_number(std::string_view flag, std::string_view text, Range range) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const bool digits_only = !text.empty() && read.ptr == end;
  if (digits_only && read.ec == std::errc() && number >= range.min && number <= range.max)
    return number;
  if (range.min == range.max)
    return Failure{fmt::format("{} can only be {}, not '{}'", flag, range.min, text)};
  return Failure{
      fmt::format("{} takes a whole number {}, not '{}'", flag, range_text(range), text)};
}

Outcome<std::vector<std::string>> parse_list(std::string_view flag, std::string_view text) {
  std::vector<std::string> values;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    std::string value(text.substr(at, comma - at));
    if (value.empty()) return Failure{fmt::format("{} has an empty value in '{}'", flag, text)};
    if (std::ranges::find(values, value) != values.end()) {
      return Failure{fmt::format("{} names '{}' twice", flag, value)};
    }
    values.push_back(std::move(value));
    at = comma + 1;
  }
  return values;
}

Outcome<std::vector<std::uint64_t>> parse_numbers(std::string_view flag, std::string_view text,
                                                  Range range) {
  const auto list = parse_list(flag, text);
  if (!list) return list.failure();
  std::vector<std::uint64_t> numbers;
  for (const std::string& value : list.value()) {
    const auto number = parse_number(flag, value, range);
    if (!number) return number.failure();
    if (std::ranges::find(numbers, number.value()) != numbers.end()) {
      return Failure{fmt::format("{} names {} twice", flag, number.value())};
    }
    numbers.push_back(number.value());
  }
  return numbers;
}

Outcome<std::vector<std::string>> parse_words(std::string_view flag, std::string_view text,
                                              std::span<const std::string_view> known) {
  auto list = parse_list(flag, text);
  if (!list) return list.failure();
  for (const std::string& value : list.value()) {
    if (std::ranges::find(known, value) != known.end()) continue;
    return Failure{fmt::format("{} does not know '{}' (it knows {}){}", flag, value,
                               fmt::join(known, ", "), did_you_mean(value, known))};
  }
  return list;
}

}  // namespace bench
