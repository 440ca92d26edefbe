#include "bench/cells/error_text.hpp"
#include "tests/support/catch.hpp"

namespace {

using beam::Error;
using bench::cells::error_text;

TEST_CASE("an error reads as what is wrong, where, and what was found and expected") {
  CHECK(error_text(Error{"the file is damaged"}) == "the file is damaged");
  CHECK(error_text(Error{"the file is damaged", 8}) == "the file is damaged at byte 8");
  CHECK(error_text(Error{"no memory", Error::kNowhere, {5, "{} words"}}) == "no memory: 5 words");
  CHECK(error_text(Error{"it is short", 0, {7, "it needs {} bytes, and {} are left", 3}}) ==
        "it is short at byte 0: it needs 7 bytes, and 3 are left");
}

TEST_CASE("a place in unpacked data is told from one in the file") {
  const Error error{"a term has an unknown tag", 12, {200, "tag {}"}};
  CHECK(error_text(error.in("of the unpacked literals")) ==
        "a term has an unknown tag at byte 12 of the unpacked literals: tag 200");
  CHECK(error_text(error.in("of an unpacked term").in("of the unpacked literals")) ==
        "a term has an unknown tag at byte 12 of an unpacked term: tag 200");
}

TEST_CASE("an error that is placed anew keeps its words") {
  const Error error{"an atom's name is too long", Error::kNowhere, {256, "{} characters"}};
  CHECK(error_text(error.at(20)) == "an atom's name is too long at byte 20: 256 characters");
}

}  // namespace
