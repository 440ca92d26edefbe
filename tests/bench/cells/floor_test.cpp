// The floor of a purge, and the kernels that its rates and the bounds of the tight loops come from.
#include <cmath>
#include <vector>

#include "bench/cells/bandwidth.hpp"
#include "bench/cells/floor.hpp"
#include "bench/cells/least_time.hpp"
#include "bench/cells/private_memory.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::cells::floor_of;
using bench::cells::FloorRates;
using bench::cells::FloorWork;

// Each product is another power of ten.
constexpr FloorWork kWork{
    .read_bytes = 1'000, .copied_bytes = 100, .touched_pages = 10, .processes = 7};

std::vector<std::uint64_t> numbers(std::size_t count) {
  std::vector<std::uint64_t> words(count);
  for (std::size_t i = 0; i < count; ++i) words[i] = (i + 1) * 0x9E3779B97F4A7C15ULL;
  return words;
}

std::uint64_t sum_of(const std::uint64_t* words, std::size_t count, std::size_t step) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < count; i += step) sum ^= words[i];
  return sum;
}

// Around every step that a kernel takes.
const std::vector<std::size_t> kCounts = {1,  2,  7,   8,   9,   15,  16,  31,   33,   63,
                                          64, 65, 127, 128, 129, 255, 257, 1000, 4096, 5003};

}  // namespace

TEST_CASE("the floor is what is read or copied, whichever takes longer, and pages and lines") {
  const FloorRates reads{
      .read_byte = 3, .copied_byte = 5, .touched_page = 20'000, .cold_line = 1'000'000};
  CHECK(floor_of(kWork, reads) == 3'000 + 200'000 + 7'000'000);
  FloorRates copies = reads;
  copies.copied_byte = 40;
  CHECK(floor_of(kWork, copies) == 4'000 + 200'000 + 7'000'000);
}

TEST_CASE("each rate of the floor counts for what it is the rate of, and alone") {
  CHECK(floor_of(kWork, {.read_byte = 2}) == 2'000);
  CHECK(floor_of(kWork, {.copied_byte = 2}) == 200);
  CHECK(floor_of(kWork, {.touched_page = 2}) == 20);
  CHECK(floor_of(kWork, {.cold_line = 2}) == 14);
  CHECK(floor_of(kWork, {}) == 0);
  CHECK(floor_of({}, {.read_byte = 1, .copied_byte = 1, .touched_page = 1, .cold_line = 1}) == 0);
}

TEST_CASE("parts of a nanosecond add up before they are dropped") {
  CHECK(floor_of(kWork, {.read_byte = 0.0005, .touched_page = 0.05}) == 1);
  CHECK(floor_of(kWork, {.read_byte = 0.0005, .touched_page = 0.0499}) == 0);
}

TEST_CASE("work that there is has rates, and work that there is not has none") {
  const FloorRates rates = bench::cells::measure_rates(
      {.read_bytes = 4'096, .copied_bytes = 4'096, .touched_pages = 3, .processes = 1});
  for (const double rate :
       {rates.read_byte, rates.copied_byte, rates.touched_page, rates.cold_line}) {
    CHECK(std::isfinite(rate));
    CHECK(rate > 0);
  }
  const FloorRates none = bench::cells::measure_rates({});
  for (const double rate : {none.read_byte, none.copied_byte, none.touched_page, none.cold_line}) {
    CHECK(rate == 0);
  }
}

TEST_CASE("the least time is that of the shortest sample") {
  const std::vector<std::uint64_t> takes{300'000, 200'000, 500'000};
  std::uint64_t now = 1'000;
  std::size_t calls = 0;
  const auto run = [&] { now += takes[calls++]; };
  CHECK(bench::cells::least_ns(3, run, [&now] { return now; }) == 200'000);
  CHECK(calls == 3);
}

TEST_CASE("what is too short for the clock is repeated, and its time is that of one call") {
  std::uint64_t now = 0;
  unsigned calls = 0;
  const auto run = [&] {
    now += 10'000;
    ++calls;
  };
  CHECK(bench::cells::least_ns(2, run, [&now] { return now; }) == 10'000);
  // Once and four times is too short; sixteen times is a sample.
  CHECK(calls == 1 + 4 + 16 + 16);
}

TEST_CASE("every read kernel reads every word, and the one for lines a word of each") {
  const bench::cells::PrivateMemory memory(8 * 8192);
  REQUIRE(memory.ok());
  for (const std::size_t count : kCounts) {
    std::ranges::copy(numbers(count), memory.words());
    for (const bench::cells::ReadKernel& kernel : bench::cells::read_kernels()) {
      INFO(kernel.name << ", " << count << " words");
      CHECK(kernel.read(memory.words(), count) == sum_of(memory.words(), count, 1));
    }
    CHECK(bench::cells::line_kernel().read(memory.words(), count) ==
          sum_of(memory.words(), count, 8));
  }
}

TEST_CASE("every copy kernel copies every word and none behind the last") {
  const bench::cells::PrivateMemory from(8 * 8192);
  const bench::cells::PrivateMemory to(8 * 8192);
  REQUIRE(from.ok());
  REQUIRE(to.ok());
  for (const std::size_t count : kCounts) {
    const auto words = numbers(count);
    std::ranges::copy(words, from.words());
    for (const bench::cells::CopyKernel& kernel : bench::cells::copy_kernels()) {
      INFO(kernel.name << ", " << count << " words");
      std::fill_n(to.words(), count + 1, 42);
      kernel.copy(to.words(), from.words(), count);
      CHECK(std::vector(to.words(), to.words() + count) == words);
      CHECK(to.words()[count] == 42);
    }
  }
}

TEST_CASE("the fastest kernel is one of those that run here, and of no bytes there is none") {
  const auto read = bench::cells::fastest_read(4'096);
  const auto copy = bench::cells::fastest_copy(4'096);
  REQUIRE(read.kernel != nullptr);
  REQUIRE(copy.kernel != nullptr);
  CHECK(read.kernel >= &bench::cells::read_kernels().front());
  CHECK(read.kernel <= &bench::cells::read_kernels().back());
  CHECK(read.ns > 0);
  CHECK(copy.ns > 0);
  CHECK(bench::cells::fastest_line_read(4'096).kernel == &bench::cells::line_kernel());
  CHECK(bench::cells::fastest_read(0).kernel == nullptr);
  CHECK(bench::cells::fastest_copy(7).kernel == nullptr);
}
