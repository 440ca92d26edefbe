#include "bench/matrix/progress.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::Estimate;
using bench::progress_text;
using Seconds = Estimate::Duration;

TEST_CASE("nothing is known before a cell has run") {
  Estimate estimate;
  estimate.expect("a");
  CHECK(estimate.left() == Seconds(0));
}

TEST_CASE("cells that did not run yet take as long as the others did on average") {
  Estimate estimate;
  for (const char* const name : {"a", "b", "c", "d"}) estimate.expect(name);
  estimate.took("a", Seconds(1));
  estimate.took("b", Seconds(3));
  CHECK(estimate.left().count() == Approx(4));
}

TEST_CASE("a cell that ran takes as long as it did the last time") {
  Estimate estimate;
  for (int i = 0; i < 3; ++i) {
    estimate.expect("short");
    estimate.expect("long");
  }
  estimate.took("short", Seconds(1));
  estimate.took("long", Seconds(10));
  CHECK(estimate.left().count() == Approx(22));
  estimate.took("short", Seconds(2));
  CHECK(estimate.left().count() == Approx(22));
}

TEST_CASE("nothing is left when everything has run") {
  Estimate estimate;
  for (const char* const name : {"a", "b"}) estimate.expect(name);
  for (const char* const name : {"a", "b"}) estimate.took(name, Seconds(2));
  CHECK(estimate.left().count() == Approx(0));
}

TEST_CASE("the line counts, says what is left, and names the cell") {
  CHECK(progress_text(0, 9, Seconds(0), "purge/x", 80) == "0/9  purge/x");
  CHECK(progress_text(3, 9, Seconds(64.2), "purge/x", 80) == "3/9  1:05 left  purge/x");
}

TEST_CASE("the line is never wider than the terminal") {
  CHECK(progress_text(3, 9, Seconds(64), std::string(200, 'x'), 40).size() == 40);
}

}  // namespace
