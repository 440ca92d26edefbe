// Times major collections of one live structure, end to end, as scripts/beam/gc_copy.erl does in a
// real runtime: `gc_copy KIND WORDS SAMPLES` prints one JSON line (exit 3 if that fails). A
// collection allocates its to-space, copies, resizes if the rules say so, and releases the
// from-space; to-space is recycled memory.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <span>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bench/micro/structures.hpp"
#include "bench/stats/order_statistics.hpp"
#include "engine/gc/collect.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/heap/malloc_blocks.hpp"

namespace {

constexpr int kWarmUp = 5;

std::uint64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(now.tv_nsec);
}

std::uint64_t minor_faults() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_minflt);
}

bool parse(std::string_view text, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.starts_with('0');
}

// ns of each of `samples` collections; empty when memory ran out.
std::vector<std::uint64_t> time_collections(beam::Process& process, std::uint64_t samples) {
  std::vector<std::uint64_t> times;
  times.reserve(samples);
  for (std::uint64_t i = 0; i < samples; ++i) {
    const std::uint64_t start = now_ns();
    if (!beam::collect_major(process)) return {};
    times.push_back(now_ns() - start);
  }
  return times;
}

// Median ns of a memcpy of `words` words from one touched block to another; 0 without memory.
std::uint64_t time_memcpy(std::uint64_t words, std::uint64_t samples) {
  beam::MallocBlocks source;
  const beam::Block from = source.allocate(words);
  const beam::Block to = source.allocate(words);
  std::vector<std::uint64_t> times;
  if (from && to) {
    std::memset(from.begin, 1, words * beam::kWordBytes);
    std::memset(to.begin, 1, words * beam::kWordBytes);
    for (std::uint64_t i = 0; i < samples; ++i) {
      const std::uint64_t start = now_ns();
      std::memcpy(to.begin, from.begin, words * beam::kWordBytes);
      asm volatile("" : : "g"(to.begin) : "memory");
      times.push_back(now_ns() - start);
    }
  }
  source.release(from);
  source.release(to);
  return times.empty() ? 0 : bench::stats::median_low(std::span(times));
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t words = 0;
  std::uint64_t samples = 0;
  if (argc != 4 || !bench::micro::find_structure(argv[1]) || !parse(argv[2], words) ||
      !parse(argv[3], samples)) {
    fmt::print(stderr, "usage: gc_copy list|tuples4|flatmaps|binaries64|dag|chain WORDS SAMPLES\n");
    return 2;
  }
  beam::MallocBlocks source;
  beam::KeptBlocks blocks(source, 2);
  const auto live =
      bench::micro::build_structure(*bench::micro::find_structure(argv[1]), words, blocks);
  if (live == nullptr || time_collections(live->process, kWarmUp).empty()) {
    fmt::print(stderr, "gc_copy: no memory for {} words\n", words);
    return 1;
  }
  const std::uint64_t faults = minor_faults();
  const auto times = time_collections(live->process, samples);
  const std::uint64_t faulted = minor_faults() - faults;
  if (times.empty()) return 1;
  auto ordered = times;
  const std::uint64_t median = bench::stats::median_low(std::span(ordered));
  const auto live_words = live->process.used_words();
  const std::string line =
      fmt::format("{{\"kind\": \"{}\", \"elements\": {}, \"live_words\": {}, \"block_words\": {}, "
                  "\"samples\": {}, \"median_ns\": {}, \"best_ns\": {}, \"words_per_us\": {:.1f}, "
                  "\"minor_faults_per_collection\": {:.1f}, \"memcpy_ns\": {}, \"ns\": [{}]}}\n",
                  argv[1], live->elements, live_words, live->process.young.words, samples, median,
                  *std::ranges::min_element(times),
                  static_cast<double>(live_words) * 1000.0 / static_cast<double>(median),
                  static_cast<double>(faulted) / static_cast<double>(samples),
                  time_memcpy(live_words, samples), fmt::join(times, ","));
  const bool written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
  return written && std::fflush(stdout) == 0 ? 0 : 3;
}
