// The scan for literals over heaps of one kind of data, in cache and out of it: with no pointer
// into the area, and with one in the last word; and the same scan word by word.
//
// All raw data looks like pointers into the area. A heap with terms only must be read whole, so
// reading as many words is the bound; for other heaps the bound is fetching every cache line with a
// word that is not raw data.
#include <array>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include "bench/cells/least_time.hpp"
#include "bench/cells/private_memory.hpp"
#include "bench/micro/bandwidth.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/slots.hpp"

namespace {

using beam::Word;

constexpr std::int64_t kInCache = 20'000;
constexpr std::int64_t kOutOfCache = 10'000'000;
constexpr std::size_t kLineBytes = 64;

constexpr beam::AddressRange kArea{Word{1} << 46, 1 << 20};
constexpr Word kHit = (Word{1} << 46) | beam::kPrimaryBoxed;
constexpr Word kNumber = beam::make_small(42).word;

// Appends objects to a heap with enough room.
struct Writer {
  Word* top;

  void term(Word word) noexcept { *top++ = word; }
  void raw_thing(std::size_t words, beam::Subtag subtag) noexcept {
    term(beam::make_header(words, subtag));
    for (std::size_t i = 0; i < words; ++i) term(kHit);
  }
};

// Each object is referenced from an element of a list.
void add_number(Writer& /*to*/) noexcept {}
void add_tuple4(Writer& to) noexcept {
  to.term(beam::make_header(4, beam::Subtag::kTuple));
  for (int i = 0; i < 4; ++i) to.term(kNumber);
}
void add_binary64(Writer& to) noexcept { to.raw_thing(9, beam::Subtag::kHeapBinary); }
void add_bignum(Writer& to) noexcept { to.raw_thing(4, beam::Subtag::kPositiveBig); }
void add_float(Writer& to) noexcept { to.raw_thing(1, beam::Subtag::kFloat); }

using AddElement = void (*)(Writer&) noexcept;
constexpr std::array<std::pair<const char*, AddElement>, 5> kHeaps = {{{"list", add_number},
                                                                       {"tuples4", add_tuple4},
                                                                       {"binaries64", add_binary64},
                                                                       {"bignums", add_bignum},
                                                                       {"floats", add_float}}};
// The maximum of an element and its cons.
constexpr std::size_t kMaxElementWords = 16;

class Heap {
 public:
  Heap(std::size_t words, AddElement add, bool hit) noexcept
      : memory_((words + kMaxElementWords) * beam::kWordBytes) {
    if (!memory_.ok()) return;
    Writer to{memory_.words()};
    Word list = beam::kNil.word;
    while (used(to) + kMaxElementWords < words) {
      const Word* element = to.top;
      add(to);
      const Word head = to.top == element ? kNumber : beam::make_boxed(element).word;
      const Word* cell = to.top;
      to.term(head);
      to.term(list);
      list = beam::make_list(cell).word;
    }
    if (hit) to.top[-1] = kHit;
    words_ = used(to);
  }

  [[nodiscard]] const Word* begin() const noexcept { return memory_.words(); }
  [[nodiscard]] std::size_t words() const noexcept { return words_; }

  // The minimum work of a scan that finds nothing, or a hit in the last word.
  [[nodiscard]] bench::micro::LeastWork least_work() const noexcept {
    std::size_t visited = 0;
    std::size_t lines = 0;
    std::size_t line = ~std::size_t{0};
    for (std::size_t at = 0; at < words_; ++visited) {
      const std::size_t here = at * beam::kWordBytes / kLineBytes;
      if (here != line) ++lines;
      line = here;
      at += beam::is_header(begin()[at]) ? beam::words_to_next_slot(begin()[at]) : 1;
    }
    if (visited == words_) return {bench::micro::BoundBy::kReading, words_ * beam::kWordBytes};
    return {bench::micro::BoundBy::kReadingLines, lines * kLineBytes};
  }

 private:
  [[nodiscard]] std::size_t used(const Writer& to) const noexcept {
    return static_cast<std::size_t>(to.top - memory_.words());
  }

  bench::cells::PrivateMemory memory_;
  std::size_t words_ = 0;
};

using Scan = const Word* (*)(const Word*, std::size_t, beam::AddressRange) noexcept;

void scan_with(benchmark::State& state, Scan scan, AddElement add, bool hit) {
  const Heap heap(static_cast<std::size_t>(state.range(0)), add, hit);
  if (heap.words() == 0) return state.SkipWithError("no memory");
  const auto pass = [&heap, scan] { return scan(heap.begin(), heap.words(), kArea); };
  if ((pass() != nullptr) != hit) return state.SkipWithError("the scan is wrong");
  for (auto _ : state) benchmark::DoNotOptimize(pass());
  bench::micro::count_words(state, heap.words());
  constexpr unsigned kSamples = 10;
  const double least =
      bench::cells::least_ns(kSamples, [&pass] { benchmark::DoNotOptimize(pass()); });
  bench::micro::hold_row_to_bound(state, least, heap.least_work());
}

// scan/list, scan/list_hit_last, scan/walked_list and so on.
void register_heap(const char* name, AddElement add) {
  const std::array<std::pair<const char*, Scan>, 2> scans = {
      {{"scan/", beam::find_literal}, {"scan/walked_", beam::find_literal_by_walking}}};
  for (const auto& [prefix, scan] : scans) {
    for (const bool hit : {false, true}) {
      const std::string row = std::string(prefix) + name + (hit ? "_hit_last" : "");
      benchmark::RegisterBenchmark(
          row.c_str(),
          [scan = scan, add, hit](benchmark::State& state) { scan_with(state, scan, add, hit); })
          ->Arg(kInCache)
          ->Arg(kOutOfCache);
    }
  }
}

[[maybe_unused]] const bool kRegistered = [] {
  for (const auto& [name, add] : kHeaps) register_heap(name, add);
  return true;
}();

BENCHMARK(bench::micro::read_bound)->Name("scan/read_bound")->Arg(kInCache)->Arg(kOutOfCache);

}  // namespace
