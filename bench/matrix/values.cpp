#include "bench/matrix/values.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/report/nearest_name.hpp"
#include "engine/base/result.hpp"

namespace bench::matrix {
namespace {

// The complaint about a number as tables show it, "1,000", which as a list would have a value with
// a leading zero. Empty: it may be a list.
std::string table_number(std::string_view flag, std::string_view text) {
  const std::string number = report::without_separators(text);
  const std::size_t comma = text.find(",0");
  if (number.empty() || comma == std::string_view::npos) return {};
  return fmt::format(
      "{} {}: a comma separates the values of a list, and {} begins with a zero; one "
      "number is written without commas, as {}",
      flag, text, text.substr(comma + 1, 3), number);
}

}  // namespace

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
                                                  cells::Range range) {
  if (std::string sentence = table_number(flag, text); !sentence.empty())
    return Failure{std::move(sentence)};
  BEAM_TRY(const auto list, parse_list(flag, text));
  std::vector<std::uint64_t> numbers;
  for (const std::string& value : list) {
    BEAM_TRY(const auto number, report::parse_number(flag, value, range));
    if (std::ranges::find(numbers, number) != numbers.end()) {
      return Failure{fmt::format("{} names {} twice", flag, number)};
    }
    numbers.push_back(number);
  }
  return numbers;
}

Outcome<Done> check_word(std::string_view flag, std::string_view value,
                         std::span<const std::string_view> known) {
  if (std::ranges::find(known, value) != known.end()) return Done{};
  return Failure{fmt::format("{}: unknown value '{}' (known: {}){}", flag, value,
                             fmt::join(known, ", "), report::did_you_mean(value, known))};
}

Outcome<std::vector<std::string>> parse_words(std::string_view flag, std::string_view text,
                                              std::span<const std::string_view> known) {
  BEAM_TRY(auto list, parse_list(flag, text));
  for (const std::string& value : list) BEAM_CHECK(check_word(flag, value, known));
  return list;
}

}  // namespace bench::matrix
