#include <array>

#include "bench/matrix/values.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

namespace {

using bench::parse_list;
using bench::parse_number;
using bench::parse_numbers;
using bench::parse_words;

TEST_CASE("every number reads back as it is written") {
  check_property([](std::uint64_t number) {
    const auto parsed = parse_number("--x", std::to_string(number), {});
    RC_ASSERT(parsed.ok());
    RC_ASSERT(parsed.value() == number);
  });
}

TEST_CASE("what is not digits alone is no number") {
  for (const char* const text :
       {"", "-1", "+1", " 1", "1 ", "1e6", "0x10", "1.0", "1k", "one", "18446744073709551616"}) {
    INFO(text);
    const auto parsed = parse_number("--holders", text, {});
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.failure().sentence.starts_with("--holders takes a whole number"));
  }
}

TEST_CASE("a number outside of its range is refused with the range") {
  CHECK(parse_number("--x", "1", {1, 3}).ok());
  CHECK(parse_number("--x", "3", {1, 3}).ok());
  CHECK(parse_number("--x", "4", {1, 3}).failure().sentence ==
        "--x takes a whole number from 1 to 3, not '4'");
  CHECK(parse_number("--x", "2", {1, 1}).failure().sentence == "--x can only be 1, not '2'");
}

TEST_CASE("a list keeps its order") {
  CHECK(parse_list("--x", "b,a,c").value() == std::vector<std::string>{"b", "a", "c"});
}

TEST_CASE("an empty value anywhere in a list is refused") {
  for (const char* const text : {"", ",", "a,", ",a", "a,,b"}) {
    INFO(text);
    CHECK_FALSE(parse_list("--x", text).ok());
  }
}

TEST_CASE("a value that comes twice is refused, however it is written") {
  CHECK(parse_list("--x", "a,b,a").failure().sentence == "--x names 'a' twice");
  CHECK(parse_numbers("--x", "1,01", {}).failure().sentence == "--x names 1 twice");
}

TEST_CASE("an unknown word is refused with the known ones") {
  constexpr std::array<std::string_view, 2> kKnown = {"red", "blue"};
  CHECK(parse_words("--x", "blue,red", kKnown).ok());
  CHECK(parse_words("--x", "green", kKnown).failure().sentence ==
        "--x does not know 'green' (it knows red, blue)");
}

}  // namespace
