// Pointers into an area, one after another: what counts as one, what hides it, and how much is
// looked at to find it.
#include <cstring>
#include <sys/mman.h>
#include <vector>

#include "engine/purge/next_literal.hpp"
#include "engine/term/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr AddressRange kArea{0x10000, 0x1000};
constexpr Word kHit = 0x10010 | kPrimaryBoxed;
constexpr Word kListHit = 0x10FF8 | kPrimaryList;

using Next = std::size_t (*)(LiteralScan&) noexcept;
using Indices = std::vector<std::size_t>;

Indices hits(LiteralScan scan, Next next) {
  Indices found;
  for (std::size_t at = next(scan); at != scan.count; at = next(scan)) found.push_back(at);
  return found;
}

// A heap that is made up word by word, and where the pointers into the area are in it.
class MadeUpHeap {
 public:
  // A word that stands for itself.
  void term(Word word) {
    if (Term{word}.is_pointer() && kArea.contains(word)) expected_.push_back(words_.size());
    words_.push_back(word);
    ++visited_;
  }
  void terms(std::size_t count, Word word) {
    for (std::size_t i = 0; i < count; ++i) term(word);
  }
  // A header, and words behind it that say nothing.
  void thing(Word header, std::vector<Word> raw) {
    words_.push_back(header);
    words_.insert(words_.end(), raw.begin(), raw.end());
    ++visited_;
  }
  void thing(Word header, std::size_t count, Word raw) {
    thing(header, std::vector<Word>(count, raw));
  }
  void match_state(Word binary, std::vector<Word> raw) {
    const Word header = make_header(1 + raw.size(), Subtag::kMatchState);
    words_.push_back(header);
    term(binary);
    words_.insert(words_.end(), raw.begin(), raw.end());
  }
  void cons(Word head = kNil.word, Word tail = kNil.word) {
    term(head);
    term(tail);
  }
  void tuple(std::size_t arity, Word element = kNil.word) {
    term(make_header(arity, Subtag::kTuple));
    terms(arity, element);
  }

  [[nodiscard]] LiteralScan scan() const { return {words_.data(), words_.size(), kArea}; }
  [[nodiscard]] const Indices& expected() const { return expected_; }
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  // Words that a walk looks at.
  [[nodiscard]] std::size_t visited() const { return visited_; }

 private:
  std::vector<Word> words_;
  Indices expected_;
  std::size_t visited_ = 0;
};

void check_all_find_expected(const MadeUpHeap& heap) {
  CHECK(hits(heap.scan(), next_literal) == heap.expected());
  CHECK(hits(heap.scan(), next_literal_by_walking) == heap.expected());
  for (const ScanKernel& kernel : scan_kernels()) {
    INFO(kernel.name);
    CHECK(hits(heap.scan(), kernel.next) == heap.expected());
  }
}

// Words that are in the range and no pointers, pointers out of the range, and seldom a hit.
Word any_term() {
  return *rc::gen::weightedElement<Word>({{40, kNil.word},
                                          {10, 0x10000 | kTagSmall},
                                          {10, 0x10000 | kTagPid},
                                          {10, 0x0FFF8 | kPrimaryBoxed},
                                          {10, 0x11000 | kPrimaryBoxed},
                                          {2, kHit},
                                          {2, kListHit}});
}

// Raw words: pointers, headers of things that would hide what follows, and of tuples.
std::vector<Word> any_raw(std::size_t count) {
  return *rc::gen::container<std::vector<Word>>(
      count, rc::gen::element(kHit, kListHit, Word{0}, ~Word{0},
                              make_header(7, Subtag::kPositiveBig), kFunHeader, kFlatMapHeader,
                              match_state_header(0), make_header(3, Subtag::kTuple)));
}

void add_terms(MadeUpHeap& heap, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) heap.term(any_term());
}

// `size` is at least 1.
void add_map(MadeUpHeap& heap, std::size_t size) {
  const std::size_t children = 1 + size % 16;
  const auto bitmap = static_cast<unsigned>((1U << children) - 1);
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      heap.thing(kFlatMapHeader, any_raw(1));
      return add_terms(heap, 1 + size % 33);
    case 1:
      heap.thing(make_map_header(MapKind::kNode, 0, bitmap), {});
      return add_terms(heap, children);
    case 2:
      heap.thing(make_map_header(MapKind::kRootArray, 1, 0xFFFF), any_raw(1));
      return add_terms(heap, 16);
    default:
      heap.thing(make_map_header(MapKind::kRootBitmap, 1, bitmap), any_raw(1));
      return add_terms(heap, children);
  }
}

void add_raw_thing(MadeUpHeap& heap, std::size_t size) {
  const Subtag subtag = *rc::gen::element(
      Subtag::kPositiveBig, Subtag::kNegativeBig, Subtag::kRef, Subtag::kFloat, Subtag::kProcBin,
      Subtag::kHeapBinary, Subtag::kExternalPid, Subtag::kExternalPort, Subtag::kExternalRef);
  heap.thing(make_header(size, subtag), any_raw(size));
}

void add_object(MadeUpHeap& heap) {
  const auto size =
      *rc::gen::oneOf(rc::gen::inRange<std::size_t>(1, 6), rc::gen::inRange<std::size_t>(1, 300));
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      return add_terms(heap, 2);
    case 1:
      heap.term(make_header(size, Subtag::kTuple));
      return add_terms(heap, size);
    case 2:
      return add_raw_thing(heap, size);
    case 3:
      return add_map(heap, size);
    case 4:
      heap.thing(kFunHeader, any_raw(3));
      return add_terms(heap, 1 + size % 4);
    case 5:
      heap.thing(kSubBinaryHeader, any_raw(3));
      return add_terms(heap, 1);
    default:
      return heap.match_state(any_term(), any_raw(3 + size % 3));
  }
}

MadeUpHeap any_heap() {
  MadeUpHeap heap;
  const auto objects = *rc::gen::inRange(0, 40);
  for (int i = 0; i < objects; ++i) add_object(heap);
  return heap;
}

}  // namespace

TEST_CASE("every kernel finds a pointer wherever it is in a heap of any size") {
  for (const std::size_t count : {1U, 3U, 4U, 5U, 16U, 19U, 20U, 21U, 67U, 300U}) {
    for (std::size_t hit = 0; hit <= count; ++hit) {
      MadeUpHeap heap;
      for (std::size_t i = 0; i < count; ++i) heap.term(i == hit ? kHit : kNil.word);
      for (const ScanKernel& kernel : scan_kernels()) {
        REQUIRE(hits(heap.scan(), kernel.next) == heap.expected());
      }
    }
  }
}

TEST_CASE("a heap where every word is a hit gives every word") {
  MadeUpHeap heap;
  heap.terms(100, kHit);
  REQUIRE(heap.expected().size() == 100);
  check_all_find_expected(heap);
}

TEST_CASE("no word of an empty heap is looked for") { check_all_find_expected(MadeUpHeap()); }

TEST_CASE("an area of no words has no pointer into it") {
  MadeUpHeap heap;
  heap.terms(50, kHit);
  for (const ScanKernel& kernel : scan_kernels()) {
    LiteralScan scan = heap.scan();
    scan.area.bytes = 0;
    CHECK(hits(scan, kernel.next).empty());
  }
}

TEST_CASE("areas at either end of the address space are ranges like others") {
  constexpr Word kLast = ~Word{0} << 4;
  // Far apart, so that every kernel has to find them in its own way.
  constexpr std::size_t kApart = 100;
  std::vector<Word> words(6 * kApart, kNil.word);
  words[0] = kPrimaryBoxed;
  words[1 * kApart] = 8 | kPrimaryList;
  words[2 * kApart] = kLast | kPrimaryBoxed;
  words[3 * kApart] = (kLast - 8) | kPrimaryList;
  words[4 * kApart] = Word{1} << 63 | kPrimaryBoxed;
  const auto found = [&words](const ScanKernel& kernel, AddressRange area) {
    Indices at = hits({words.data(), words.size(), area}, kernel.next);
    for (std::size_t& index : at) index /= kApart;
    return at;
  };
  for (const ScanKernel& kernel : scan_kernels()) {
    INFO(kernel.name);
    CHECK(found(kernel, {0, 8}) == Indices{0});
    CHECK(found(kernel, {8, 8}) == Indices{1});
    CHECK(found(kernel, {kLast, 8}) == Indices{2});
    CHECK(found(kernel, {(Word{1} << 63) - 8, 16}) == Indices{4});
    CHECK(found(kernel, {0, ~Word{0}}) == Indices{0, 1, 2, 3, 4});
  }
}

TEST_CASE("immediates and headers are no pointers, whatever their value") {
  const std::vector<Word> tags{kTagSmall, kTagPid, kTagPort, kTagAtom, kTagCatch, kTagNil};
  MadeUpHeap heap;
  for (const Word tag : tags) heap.terms(5, 0x10000 | tag);
  heap.tuple(0x10000 >> 6);  // a header whose word is the first address
  REQUIRE(heap.expected().empty());
  check_all_find_expected(heap);
}

TEST_CASE("raw data that looks like references hides itself and nothing behind it") {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 15U, 16U, 17U, 255U, 256U, 257U, 5000U}) {
    for (const std::size_t before : {0U, 1U, 2U, 3U, 4U, 17U, 40U}) {
      MadeUpHeap heap;
      heap.terms(before, kNil.word);
      heap.thing(make_header(size, Subtag::kPositiveBig), size, kHit);
      heap.term(kHit);
      REQUIRE(heap.expected() == Indices{before + 1 + size});
      for (const ScanKernel& kernel : scan_kernels()) {
        REQUIRE(hits(heap.scan(), kernel.next) == heap.expected());
      }
    }
  }
}

TEST_CASE("things that lie close together hide no term between them") {
  for (std::size_t gap = 0; gap < 8; ++gap) {
    MadeUpHeap heap;
    for (int i = 0; i < 30; ++i) {
      heap.thing(make_header(1, Subtag::kFloat), 1, kHit);
      for (std::size_t g = 0; g < gap; ++g)
        heap.term(g == gap / 2 && i % 3 == 0 ? kHit : kNil.word);
    }
    check_all_find_expected(heap);
  }
}

TEST_CASE("of a match state the binary is found, and what is behind it next") {
  MadeUpHeap heap;
  heap.match_state(kNil.word, {kHit, kHit, kHit});
  heap.match_state(kHit, {kHit, kHit, kHit, kHit});
  heap.match_state(kListHit, {kHit, kHit, kHit});
  heap.cons(kHit);
  REQUIRE(heap.expected() == Indices{6, 12, 16});
  check_all_find_expected(heap);
}

TEST_CASE("every kernel finds all that walking finds, in any heap") {
  check_property([] {
    const MadeUpHeap heap = any_heap();
    RC_ASSERT(hits(heap.scan(), next_literal_by_walking) == heap.expected());
    for (const ScanKernel& kernel : scan_kernels()) {
      RC_ASSERT(hits(heap.scan(), kernel.next) == heap.expected());
    }
  });
}

TEST_CASE("every kernel finds all that walking finds, in heaps of random programs") {
  LiteralSupply supply;
  check_property([&supply] {
    World world(supply, {}, World::kBoundless);
    world.mutator.run_all(*programs());
    const Process& process = world.process;
    LiteralScan heap{process.young.begin, process.used_words(), world.area.area().range()};
    const LiteralScan stack{process.stop, process.stack_words(), heap.area, ScanOf::kRoots};
    for (const ScanKernel& kernel : scan_kernels()) {
      RC_ASSERT(hits(heap, kernel.next) == hits(heap, next_literal_by_walking));
      RC_ASSERT(hits(stack, kernel.next) == hits(stack, next_literal_by_walking));
    }
  });
}

TEST_CASE("a hit may be overwritten before the next is asked for") {
  std::vector<Word> words(64, kHit);
  for (const ScanKernel& kernel : scan_kernels()) {
    LiteralScan scan{words.data(), words.size(), kArea};
    std::size_t found = 0;
    for (std::size_t at = kernel.next(scan); at != scan.count; at = kernel.next(scan)) {
      words[at] = make_header(40, Subtag::kPositiveBig);  // would hide the rest
      ++found;
    }
    CHECK(found == 64);
    std::ranges::fill(words, kHit);
  }
}

TEST_CASE("among roots no word hides another") {
  check_property([] {
    const auto words = *rc::gen::container<std::vector<Word>>(rc::gen::element(
        kHit, kListHit, kNil.word, Word{0x10000}, Word{0x10000} | kTagSmall,
        make_header(300, Subtag::kHeapBinary), kFunHeader, match_state_header(1), kFlatMapHeader));
    Indices expected;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == kHit || words[i] == kListHit) expected.push_back(i);
    }
    const LiteralScan scan{words.data(), words.size(), kArea, ScanOf::kRoots};
    RC_ASSERT(hits(scan, next_literal_by_walking) == expected);
    for (const ScanKernel& kernel : scan_kernels()) {
      RC_ASSERT(hits(scan, kernel.next) == expected);
    }
  });
}

TEST_CASE("no kernel reads a word behind the last") {
  constexpr std::size_t kPage = 4096;
  void* pages =
      mmap(nullptr, 2 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(pages != MAP_FAILED);
  auto* const end = static_cast<Word*>(pages) + kPage / kWordBytes;
  REQUIRE(mprotect(end, kPage, PROT_NONE) == 0);
  std::fill(static_cast<Word*>(pages), end, kNil.word);
  for (const ScanKernel& kernel : scan_kernels()) {
    for (std::size_t count = 0; count < 100; ++count) {
      CHECK(hits({end - count, count, kArea}, kernel.next).empty());
    }
    end[-3] = make_header(2, Subtag::kPositiveBig);
    CHECK(hits({end - 5, 5, kArea}, kernel.next).empty());
    end[-3] = kNil.word;
  }
  munmap(pages, 2 * kPage);
}

TEST_CASE("in lists and tuples a late hit is found by vectors alone, as none is") {
  const ScanKernel& kernel = scan_kernels().front();
  for (const Word last : {kHit, kNil.word}) {
    for (std::size_t behind = 0; behind < 40; ++behind) {
      MadeUpHeap heap;
      for (int i = 0; i < 1000; ++i) {
        heap.cons();
        heap.tuple(4);
      }
      heap.term(last);
      heap.terms(behind, kNil.word);
      LiteralScan scan = heap.scan();
      ScanWork done;
      CHECK((kernel.next_counting(scan, done) < heap.size()) == (last == kHit));
      CHECK(done.things == 0);
      if (std::string_view(kernel.name) == "portable") {
        CHECK(done.walked <= heap.size());
      } else {
        CHECK(done.walked <= 4);
        // All words once, and again those of the block where the hit is.
        CHECK(done.vectors <= heap.size() / 4 + 4);
      }
    }
  }
}

TEST_CASE("whatever a heap holds, few more steps are done than words are walked") {
  check_property([] {
    const MadeUpHeap heap = any_heap();
    for (const ScanKernel& kernel : scan_kernels()) {
      LiteralScan scan = heap.scan();
      ScanWork done;
      static_cast<void>(kernel.next_counting(scan, done));
      RC_ASSERT(done.vectors + done.walked <= heap.visited() + heap.visited() / 8 + 8);
      RC_ASSERT(done.things <= heap.visited());
    }
  });
}

TEST_CASE("between things that lie far apart words are passed over in vectors") {
  constexpr std::size_t kThings = 20;
  constexpr std::size_t kApart = 2000;
  MadeUpHeap heap;
  for (std::size_t i = 0; i < kThings; ++i) {
    heap.thing(make_header(3, Subtag::kPositiveBig), 3, kHit);
    heap.terms(kApart, kNil.word);
  }
  for (const ScanKernel& kernel : scan_kernels()) {
    LiteralScan scan = heap.scan();
    ScanWork done;
    REQUIRE(kernel.next_counting(scan, done) == heap.size());
    CHECK(done.things == kThings);
    const bool vectors = std::string_view(kernel.name) != "portable";
    CHECK(done.walked <= (vectors ? kThings * 40 : heap.size()));
  }
}

TEST_CASE("immediates in the range, and headers among roots, do not stop vectors") {
  std::vector<Word> immediates;
  for (int i = 0; i < 250; ++i) {
    for (const Word tag : {kTagPid, kTagPort, kTagAtom, kTagSmall}) {
      immediates.push_back(0x10000 | tag);
    }
  }
  const std::vector<Word> addresses(1000, make_header(300, Subtag::kHeapBinary));
  for (const LiteralScan& scan : {LiteralScan{immediates.data(), 1000, kArea},
                                  LiteralScan{addresses.data(), 1000, kArea, ScanOf::kRoots}}) {
    const ScanKernel& kernel = scan_kernels().front();
    LiteralScan running = scan;
    ScanWork done;
    CHECK(kernel.next_counting(running, done) == 1000);
    CHECK((done.walked == 0 || std::string_view(kernel.name) == "portable"));
  }
}

TEST_CASE("counting changes nothing that is found") {
  check_property([] {
    const MadeUpHeap heap = any_heap();
    for (const ScanKernel& kernel : scan_kernels()) {
      LiteralScan scan = heap.scan();
      ScanWork done;
      Indices found;
      for (std::size_t at = kernel.next_counting(scan, done); at != scan.count;
           at = kernel.next_counting(scan, done)) {
        found.push_back(at);
      }
      RC_ASSERT(found == heap.expected());
    }
  });
}

TEST_CASE("the portable kernel is one of those that run everywhere") {
  REQUIRE_FALSE(scan_kernels().empty());
  CHECK(std::string_view(scan_kernels().back().name) == "portable");
}
