#include "bench/cli/number_flags.hpp"

#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/matrix/values.hpp"

namespace bench::cli {
namespace {

// `read` parses the flag's typed value; `write` formats the result. The parser shows the returned
// text as its error; empty means success.
template <class Read, class Write>
CLI::Option* transformed(CLI::Option* option, Read read, Write write) {
  const std::string flag = option->get_name();
  return option->transform(CLI::Validator(
      [flag, read, write](std::string& text) {
        const auto value = read(flag, text);
        if (!value) return value.failure().sentence;
        text = write(value.value());
        return std::string();
      },
      ""));
}

}  // namespace

CLI::Option* takes_number(CLI::Option* option, cells::Range range) {
  return transformed(
      option,
      [range](const std::string& flag, const std::string& text) {
        return report::parse_number(flag, text, range);
      },
      [](std::uint64_t number) { return std::to_string(number); });
}

CLI::Option* takes_numbers(CLI::Option* option, cells::Range range) {
  return transformed(
      option,
      [range](const std::string& flag, const std::string& text) {
        return matrix::parse_numbers(flag, text, range);
      },
      [](const std::vector<std::uint64_t>& numbers) {
        return fmt::format("{}", fmt::join(numbers, ","));
      });
}

}  // namespace bench::cli
