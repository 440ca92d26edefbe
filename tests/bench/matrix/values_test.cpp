#include <array>

#include "bench/matrix/values.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::matrix::parse_list;
using bench::matrix::parse_numbers;
using bench::matrix::parse_words;

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
  CHECK(parse_numbers("--x", "1000,1k", {}).failure().sentence == "--x names 1000 twice");
}

TEST_CASE("a list takes suffixes of each of its numbers") {
  CHECK(parse_numbers("--x", "1,10k,2M", {}).value() ==
        std::vector<std::uint64_t>{1, 10'000, 2'000'000});
  CHECK(parse_numbers("--x", "500,1s", {.unit = bench::cells::Unit::kMilliseconds}).value() ==
        std::vector<std::uint64_t>{500, 1'000});
}

TEST_CASE(
    "a number with separators is not taken for a list, and the failure says what a comma is") {
  CHECK(parse_numbers("--x", "1,000", {}).failure().sentence ==
        "--x 1,000: a comma separates the values of a list, and 000 begins with a zero; one number "
        "is written without commas, as 1000");
  CHECK(parse_numbers("--x", "2,010,000", {}).failure().sentence ==
        "--x 2,010,000: a comma separates the values of a list, and 010 begins with a zero; one "
        "number is written without commas, as 2010000");
  CHECK(parse_numbers("--x", "1,000,000", {2, 5}).failure().sentence.ends_with("as 1000000"));
  CHECK(parse_numbers("--x", "1,010,5", {}).failure().sentence ==
        "--x takes a whole number of at least 0, not '010': it begins with a zero, write 10");
  CHECK(parse_numbers("--x", "1'000", {}).failure().sentence ==
        "--x takes a whole number of at least 0, not '1'000': write 1000");
  CHECK(parse_numbers("--x", "10,100", {}).value() == std::vector<std::uint64_t>{10, 100});
}

TEST_CASE("an unknown word is refused with the known ones") {
  constexpr std::array<std::string_view, 2> kKnown = {"red", "blue"};
  CHECK(parse_words("--x", "blue,red", kKnown).ok());
  CHECK(parse_words("--x", "green", kKnown).failure().sentence ==
        "--x: unknown value 'green' (known: red, blue)");
}

}  // namespace
