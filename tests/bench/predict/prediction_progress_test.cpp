#include "bench/predict/prediction_progress.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::predict::PredictionStep;
using bench::predict::progress_sentence;

constexpr std::uint64_t kMuch = std::uint64_t{3} << 30;

TEST_CASE("a prediction with large heaps says first what it runs") {
  CHECK(progress_sentence({.done = 0, .reloads = 7, .heap_bytes = kMuch}, 0) ==
        "running 7 reloads in the model, each with 3.00 GiB of live heaps");
}

TEST_CASE("behind each reload it says how long the others take, at the rate so far") {
  CHECK(progress_sentence({.done = 2, .reloads = 7, .heap_bytes = kMuch}, 8.0) ==
        "2 of 7 reloads run, about 20 s to go");
  CHECK(progress_sentence({.done = 6, .reloads = 7, .heap_bytes = kMuch}, 0.1) ==
        "6 of 7 reloads run, about 1 s to go");
}

TEST_CASE("nothing is said at the end, nor of small heaps however long they take") {
  CHECK(progress_sentence({.done = 7, .reloads = 7, .heap_bytes = kMuch}, 28.0).empty());
  for (const std::size_t done : {0U, 1U, 6U}) {
    CHECK(progress_sentence({.done = done, .reloads = 7, .heap_bytes = 1 << 26}, 900.0).empty());
  }
}

}  // namespace
