#include "bench/report/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bench::report {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kSeparators = ",_'";

struct Suffix {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::array<Suffix, 3> kCounts = {{{"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}}};
constexpr std::array<Suffix, 7> kBytes = {{{"B", 1},
                                           {"kB", 1'000},
                                           {"MB", 1'000'000},
                                           {"GB", 1'000'000'000},
                                           {"KiB", std::uint64_t{1} << 10},
                                           {"MiB", std::uint64_t{1} << 20},
                                           {"GiB", std::uint64_t{1} << 30}}};
constexpr std::array<Suffix, 3> kTimes = {{{"ms", 1}, {"s", 1'000}, {"min", 60'000}}};

struct Measure {
  std::string_view numbers;  // "whole number ..."
  std::span<const Suffix> suffixes;
  std::uint64_t own;  // the flag's unit, in the scale of the suffixes' factors
};

Measure measure_of(cells::Unit unit) {
  switch (unit) {
    case cells::Unit::kBytes:
      return {"whole number of bytes", kBytes, 1};
    case cells::Unit::kMilliseconds:
      return {"whole number of milliseconds", kTimes, 1};
    case cells::Unit::kSeconds:
      return {"whole number of seconds", kTimes, 1'000};
    case cells::Unit::kCount:
      break;
  }
  return {"whole number", kCounts, 1};
}

std::string_view digits_of(std::string_view text) {
  return text.substr(0, text.find_first_not_of(kDigits));
}

// 0: unknown suffix.
std::uint64_t factor_of(std::string_view suffix, const Measure& measure) {
  if (suffix.empty()) return measure.own;
  const auto known = std::ranges::find(measure.suffixes, suffix, &Suffix::name);
  return known == measure.suffixes.end() ? 0 : known->factor;
}

// The value in the smallest unit of the measure. Empty: not a number, or too large.
std::optional<std::uint64_t> value_of(std::string_view text, const Measure& measure) {
  const std::string_view digits = digits_of(text);
  const auto number = parse_digits(digits);
  const std::uint64_t factor = factor_of(text.substr(digits.size()), measure);
  if (!number || factor == 0) return std::nullopt;
  if (*number > std::numeric_limits<std::uint64_t>::max() / factor) return std::nullopt;
  return *number * factor;
}

std::string suffix_names(const Measure& measure) {
  std::vector<std::string_view> names;
  for (const Suffix& suffix : measure.suffixes) names.push_back(suffix.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string without_zeros(std::string_view text) {
  const std::string_view digits = digits_of(text);
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return std::string(text.substr(zeros));
}

// A correction of what follows the digits. `rest` is not empty.
std::string hint_of_rest(std::string_view rest, const Measure& measure) {
  const std::string suffixes = suffix_names(measure);
  if (rest.starts_with('.')) return "write it whole, in a smaller unit";
  const bool exponent = rest[0] == 'e' || rest[0] == 'E';
  if (exponent && rest.find_first_of(kDigits) != std::string_view::npos)
    return fmt::format("write it out, or with one of {}", suffixes);
  if (factor_of(rest, measure) != 0) return "that is too large";
  return fmt::format("what may follow its digits is one of {}", suffixes);
}

// What to write instead of `text`, which is not a number. Empty: no guess.
std::string hint_of(std::string_view text, const Measure& measure) {
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) return "write it without a space";
  if (text.starts_with('+')) return "write it without a sign";
  if (text.starts_with("0x") || text.starts_with("0X")) return "write it in decimal digits";
  const std::string grouped = without_separators(text);
  if (value_of(grouped, measure)) return "write " + grouped;
  const std::string_view digits = digits_of(text);
  if (digits.empty()) return {};
  if (digits.size() > 1 && digits.starts_with('0'))
    return fmt::format("it begins with a zero, write {}", without_zeros(text));
  if (digits.size() == text.size()) return "that is too large";
  return hint_of_rest(text.substr(digits.size()), measure);
}

std::string range_text(cells::Range range) {
  if (range.max == std::numeric_limits<std::uint64_t>::max())
    return fmt::format("of at least {}", range.min);
  return fmt::format("from {} to {}", range.min, range.max);
}

std::string taken_text(cells::Range range) {
  if (range.min == range.max) return fmt::format("can only be {}", range.min);
  return fmt::format("takes a {} {}", measure_of(range.unit).numbers, range_text(range));
}

}  // namespace

std::optional<std::uint64_t> parse_digits(std::string_view text) {
  if (text.size() > 1 && text.starts_with('0')) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

Outcome<std::uint64_t> parse_number(std::string_view flag, std::string_view text,
                                    cells::Range range) {
  const Measure measure = measure_of(range.unit);
  const auto value = value_of(text, measure);
  std::string hint;
  if (!value) {
    hint = hint_of(text, measure);
  } else if (*value % measure.own != 0) {
    hint = fmt::format("that is no {}", measure.numbers);
  } else if (const std::uint64_t number = *value / measure.own;
             number >= range.min && number <= range.max) {
    return number;
  }
  return Failure{fmt::format("{} {}, not '{}'{}{}", flag, taken_text(range), text,
                             hint.empty() ? "" : ": ", hint)};
}

std::string without_separators(std::string_view text) {
  constexpr std::size_t kGroup = 3;
  std::string joined(digits_of(text));
  if (joined.empty() || joined.size() > kGroup || joined.starts_with('0')) return {};
  text.remove_prefix(joined.size());
  std::size_t groups = 0;
  while (!text.empty() && kSeparators.find(text[0]) != std::string_view::npos) {
    const std::string_view group = digits_of(text.substr(1));
    if (group.size() != kGroup) return {};
    joined += group;
    text.remove_prefix(1 + kGroup);
    ++groups;
  }
  return groups == 0 ? std::string() : joined + std::string(text);
}

}  // namespace bench::report
