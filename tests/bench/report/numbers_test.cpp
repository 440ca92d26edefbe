#include <array>
#include <string>
#include <vector>

#include "bench/report/numbers.hpp"
#include "bench/report/units.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

using bench::cells::Range;
using bench::cells::Unit;
using bench::report::parse_digits;
using bench::report::parse_number;

namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
constexpr std::array kUnits = {Unit::kCount, Unit::kBytes, Unit::kMilliseconds, Unit::kSeconds};

std::uint64_t read(std::string_view text, Unit unit) {
  const auto number = parse_number("--x", text, {.unit = unit});
  INFO(text);
  REQUIRE(number.ok());
  return number.value();
}

std::string refusal(std::string_view text, Range range = {}) {
  const auto number = parse_number("--x", text, range);
  INFO(text);
  REQUIRE_FALSE(number.ok());
  return number.failure().sentence;
}

}  // namespace

TEST_CASE("every number reads back as it is written") {
  check_property([](std::uint64_t number) {
    RC_ASSERT(parse_digits(std::to_string(number)) == number);
    for (const Unit unit : {Unit::kCount, Unit::kBytes, Unit::kMilliseconds}) {
      const auto parsed = parse_number("--x", std::to_string(number), {.unit = unit});
      RC_ASSERT(parsed.ok());
      RC_ASSERT(parsed.value() == number);
    }
  });
}

TEST_CASE("counts take k, M and G") {
  CHECK(read("10k", Unit::kCount) == 10'000);
  CHECK(read("1M", Unit::kCount) == 1'000'000);
  CHECK(read("3G", Unit::kCount) == 3'000'000'000);
  CHECK(read("0k", Unit::kCount) == 0);
}

TEST_CASE("bytes take suffixes of powers of ten and of two") {
  CHECK(read("512B", Unit::kBytes) == 512);
  CHECK(read("1kB", Unit::kBytes) == 1'000);
  CHECK(read("10MB", Unit::kBytes) == 10'000'000);
  CHECK(read("2GB", Unit::kBytes) == 2'000'000'000);
  CHECK(read("1KiB", Unit::kBytes) == 1'024);
  CHECK(read("64MiB", Unit::kBytes) == 67'108'864);
  CHECK(read("1GiB", Unit::kBytes) == 1'073'741'824);
}

TEST_CASE("times take ms, s and min, and a bare one has the flag's own unit") {
  CHECK(read("100", Unit::kMilliseconds) == 100);
  CHECK(read("100ms", Unit::kMilliseconds) == 100);
  CHECK(read("1s", Unit::kMilliseconds) == 1'000);
  CHECK(read("2min", Unit::kMilliseconds) == 120'000);
  CHECK(read("100", Unit::kSeconds) == 100);
  CHECK(read("5min", Unit::kSeconds) == 300);
  CHECK(read("3000ms", Unit::kSeconds) == 3);
}

TEST_CASE("a time that is no whole number of the flag's unit is refused") {
  CHECK(refusal("1500ms", {1, 100, Unit::kSeconds}) ==
        "--x takes a whole number of seconds from 1 to 100, not '1500ms': that is no whole number "
        "of seconds");
}

TEST_CASE("what is no number is refused with what to write instead") {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "''"},
      {"one", "'one'"},
      {"-1", "'-1'"},
      {"010", "'010': it begins with a zero, write 10"},
      {"00", "'00': it begins with a zero, write 0"},
      {"007k", "'007k': it begins with a zero, write 7k"},
      {"+5", "'+5': write it without a sign"},
      {" 5", "' 5': write it without a space"},
      {"5 ", "'5 ': write it without a space"},
      {"10 k", "'10 k': write it without a space"},
      {"5\n", "'5\n': write it without a space"},
      {"0x10", "'0x10': write it in decimal digits"},
      {"1e3", "'1e3': write it out, or with one of k, M, G"},
      {"1.5M", "'1.5M': write it whole, in a smaller unit"},
      {"121,769", "'121,769': write 121769"},
      {"1'000'000", "'1'000'000': write 1000000"},
      {"1_000k", "'1_000k': write 1000k"},
      {"10K", "'10K': what may follow its digits is one of k, M, G"},
      {"1,00", "'1,00': what may follow its digits is one of k, M, G"},
      {"10MiB", "'10MiB': what may follow its digits is one of k, M, G"},
  };
  for (const auto& [text, end] : cases)
    CHECK(refusal(text) == "--x takes a whole number of at least 0, not " + end);
  CHECK(refusal("64M", {.unit = Unit::kBytes})
            .ends_with("'64M': what may follow its digits is one of B, kB, MB, GB, KiB, MiB, GiB"));
  CHECK(refusal("1us", {.unit = Unit::kMilliseconds})
            .ends_with("'1us': what may follow its digits is one of ms, s, min"));
}

TEST_CASE("a number of more than 64 bits is refused, with a suffix and without") {
  CHECK(parse_digits("18446744073709551615") == kMost);
  CHECK_FALSE(parse_digits("18446744073709551616"));
  CHECK(read("18446744073G", Unit::kCount) == 18'446'744'073'000'000'000U);
  for (const char* const text : {"18446744073709551616", "18446744074G", "99999999999999999999k"})
    CHECK(refusal(text).ends_with("not '" + std::string(text) + "': that is too large"));
  CHECK_FALSE(parse_number("--x", "17179869184GiB", {.unit = Unit::kBytes}).ok());
  CHECK_FALSE(parse_number("--x", "18446744073709551615", {.unit = Unit::kSeconds}).ok());
}

TEST_CASE("a number outside of its range is refused with the range") {
  CHECK(parse_number("--x", "1", {1, 3}).ok());
  CHECK(parse_number("--x", "3", {1, 3}).ok());
  CHECK(refusal("0", {1, 3}) == "--x takes a whole number from 1 to 3, not '0'");
  CHECK(refusal("4", {1, 3}) == "--x takes a whole number from 1 to 3, not '4'");
  CHECK(refusal("1k", {1, 3}) == "--x takes a whole number from 1 to 3, not '1k'");
  CHECK(refusal("2", {1, 1}) == "--x can only be 1, not '2'");
  CHECK(refusal("1s", {0, 999, Unit::kMilliseconds}) ==
        "--x takes a whole number of milliseconds from 0 to 999, not '1s'");
}

TEST_CASE("digits alone are no number with anything beside them") {
  for (const char* const text : {"", "-1", "+1", " 1", "1 ", "1k", "01", "00", "0x1", "1.0"}) {
    INFO(text);
    CHECK_FALSE(parse_digits(text));
  }
  CHECK(parse_digits("0") == 0);
}

TEST_CASE("a count as tables show it is known for what it is") {
  check_property([](std::uint64_t number) {
    const std::string shown = bench::report::format_count(number);
    RC_ASSERT(bench::report::without_separators(shown) ==
              (number < 1000 ? std::string() : std::to_string(number)));
  });
  for (const char* const text :
       {"", "1", "1000", "1,00", "1,0000", "1000,000", "0,100", "1,,000", "1,000,", ",100"}) {
    INFO(text);
    CHECK(bench::report::without_separators(text).find_first_not_of("0123456789") != 0);
  }
}

TEST_CASE("no text is taken for a number by accident") {
  check_property([] {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::element('0', '1', '9', '+', '-', ' ', ',', '.', 'k', 'M', 's', 'B', 'e', 'x'));
    for (const Unit unit : kUnits) {
      const auto number = parse_number("--x", text, {.unit = unit});
      if (number) {
        RC_ASSERT('0' <= text[0] && text[0] <= '9');
        RC_ASSERT(text[0] != '0' || text.size() == 1 || text[1] < '0' || text[1] > '9');
        RC_ASSERT(text.find_first_of("+-, .ex") == std::string::npos);
      } else {
        RC_ASSERT(number.failure().sentence.find("not '" + text + "'") != std::string::npos);
      }
    }
  });
}
