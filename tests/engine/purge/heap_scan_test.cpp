// Looking for pointers into an area: what counts, in which order, and how far a scan goes.
#include <optional>
#include <vector>

#include "engine/gc/collect.hpp"
#include "engine/purge/heap_scan.hpp"
#include "engine/term/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr AddressRange kArea{0x10000, 0x1000};
constexpr Word kHit = 0x10010 | kPrimaryBoxed;
constexpr Word kListHit = 0x10FF8 | kPrimaryList;

// A heap that is made up word by word, and where the first pointer into the area is in it.
class MadeUpHeap {
 public:
  // A word that stands for itself.
  void term(Word word) {
    const bool hits = Term{word}.is_pointer() && kArea.contains(word);
    if (hits && !first_) first_ = words_.size();
    words_.push_back(word);
  }
  void raw(std::size_t count, Word word) { words_.insert(words_.end(), count, word); }
  void header(Word header) { words_.push_back(header); }

  [[nodiscard]] std::optional<std::size_t> expected() const { return first_; }
  [[nodiscard]] std::optional<std::size_t> found() const {
    return index(find_literal(words_.data(), words_.size(), kArea));
  }
  [[nodiscard]] std::optional<std::size_t> found_by_walking() const {
    return index(find_literal_by_walking(words_.data(), words_.size(), kArea));
  }

 private:
  [[nodiscard]] std::optional<std::size_t> index(const Word* hit) const {
    if (hit == nullptr) return std::nullopt;
    return static_cast<std::size_t>(hit - words_.data());
  }

  std::vector<Word> words_;
  std::optional<std::size_t> first_;
};

// Words that are in the range and no pointers, pointers out of the range, and seldom a hit.
Word any_term() {
  return *rc::gen::weightedElement<Word>({{40, kNil.word},
                                          {10, 0x10000 | kTagSmall},
                                          {10, 0x10000 | kTagPid},
                                          {10, 0x0FFF8 | kPrimaryBoxed},
                                          {10, 0x11000 | kPrimaryBoxed},
                                          {1, kHit},
                                          {1, kListHit}});
}

void add_object(MadeUpHeap& heap) {
  const auto size =
      *rc::gen::oneOf(rc::gen::inRange<std::size_t>(1, 6), rc::gen::inRange<std::size_t>(1, 700));
  const auto add_terms = [&heap](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) heap.term(any_term());
  };
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return add_terms(2);
    case 1:
      heap.header(make_header(size, Subtag::kTuple));
      return add_terms(size);
    case 2:
      heap.header(make_header(size, *rc::gen::element(Subtag::kPositiveBig, Subtag::kHeapBinary,
                                                      Subtag::kProcBin, Subtag::kRef)));
      return heap.raw(size, *rc::gen::element(kHit, kListHit, Word{0}));
    case 3:
      heap.header(kFlatMapHeader);
      heap.raw(1, kHit);
      return add_terms(1 + size % 33);
    default:
      heap.header(kFunHeader);
      heap.raw(3, kHit);
      return add_terms(1 + size % 4);
  }
}

MadeUpHeap of_terms(std::size_t count, std::optional<std::size_t> hit) {
  MadeUpHeap heap;
  for (std::size_t i = 0; i < count; ++i) heap.term(i == hit ? kHit : kNil.word);
  return heap;
}

// A process with something of an area wherever a test puts it.
struct Scanned {
  LiteralSpace space = test_space();
  AreaImage image = records_image(10, 2, 98);
  LoadedArea area{space, image};
  TestMemory memory;
  Process process = spawn(memory, {}, 0, space.range());

  [[nodiscard]] HeapScan scan() const { return scan_for_literals(process, area.area().range()); }
  void make_old_heap() {
    REQUIRE(process.push(small_list(TermRoom(process), 10)));
    must(collect(process));
    must(collect(process));
    REQUIRE(process.old_used_words() == 20);
  }
};

}  // namespace

TEST_CASE("a pointer into the area is found wherever it is in a heap") {
  for (const std::size_t count : {1U, 7U, 255U, 256U, 257U, 512U, 1000U}) {
    for (std::size_t hit = 0; hit < count; ++hit) {
      REQUIRE(of_terms(count, hit).found() == hit);
    }
    CHECK(of_terms(count, std::nullopt).found() == std::nullopt);
  }
}

TEST_CASE("an empty heap holds nothing") {
  CHECK(find_literal(nullptr, 0, kArea) == nullptr);
  CHECK(find_literal_by_walking(nullptr, 0, kArea) == nullptr);
}

TEST_CASE("the first and the last word of an area are in it, their neighbours are not") {
  for (const auto& [word, hits] :
       std::vector<std::pair<Word, bool>>{{0x0FFF8 | kPrimaryList, false},
                                          {0x10000 | kPrimaryList, true},
                                          {0x10FF8 | kPrimaryBoxed, true},
                                          {0x11000 | kPrimaryBoxed, false}}) {
    MadeUpHeap heap;
    heap.term(word);
    CHECK(heap.found().has_value() == hits);
  }
}

TEST_CASE("an immediate whose value is in the area is no reference") {
  MadeUpHeap heap;
  heap.term(0x10000 | kTagSmall);
  heap.term(0x10000 | kTagAtom);
  CHECK(heap.found() == std::nullopt);
}

TEST_CASE("raw data that looks like a reference is none, across any chunk of the scan") {
  for (const std::size_t size : {1U, 255U, 256U, 257U, 600U, 5000U}) {
    MadeUpHeap heap;
    heap.term(kNil.word);
    heap.header(make_header(size, Subtag::kPositiveBig));
    heap.raw(size, kHit);
    CHECK(heap.found() == std::nullopt);
    heap.term(kHit);
    CHECK(heap.found() == size + 2);
  }
}

TEST_CASE("the fast scan finds what walking finds, in any heap") {
  check_property([] {
    MadeUpHeap heap;
    const auto objects = *rc::gen::inRange(0, 40);
    for (int i = 0; i < objects; ++i) add_object(heap);
    RC_ASSERT(heap.found_by_walking() == heap.expected());
    RC_ASSERT(heap.found() == heap.expected());
  });
}

TEST_CASE("a process that holds nothing is scanned whole") {
  Scanned scanned;
  scanned.make_old_heap();
  small_list(TermRoom(scanned.process), 3);
  must(scanned.process.put_dictionary(kNil));
  CHECK(scanned.scan() == HeapScan{false, 2 + 6 + 20 + 1});
}

TEST_CASE("the stack is scanned first, from its top") {
  Scanned scanned;
  REQUIRE(scanned.process.push(scanned.area.literal(0)));
  REQUIRE(scanned.process.push(kNil));
  CHECK(scanned.scan() == HeapScan{true, 2});
}

TEST_CASE("the young heap is scanned after the stack, from its start") {
  Scanned scanned;
  small_list(TermRoom(scanned.process), 1);
  cons(TermRoom(scanned.process), scanned.area.literal(0), kNil);
  CHECK(scanned.scan() == HeapScan{true, 1 + 3});
}

TEST_CASE("the old heap is scanned after the young heap") {
  Scanned scanned;
  REQUIRE(scanned.process.push(cons(TermRoom(scanned.process), kNil, scanned.area.literal(0))));
  must(collect(scanned.process));
  must(collect(scanned.process));
  small_list(TermRoom(scanned.process), 2);
  CHECK(scanned.scan() == HeapScan{true, 2 + 4 + 2});
}

TEST_CASE("the dictionary is scanned last") {
  Scanned scanned;
  scanned.make_old_heap();
  must(scanned.process.put_dictionary(kNil));
  must(scanned.process.put_dictionary(scanned.area.literal(0)));
  must(scanned.process.put_dictionary(kNil));
  CHECK(scanned.scan() == HeapScan{true, 2 + 0 + 20 + 2});
}

TEST_CASE("garbage counts as a reference") {
  Scanned scanned;
  cons(TermRoom(scanned.process), scanned.area.literal(0), kNil);
  must(collect_major(scanned.process));
  CHECK_FALSE(scanned.scan().found);
  cons(TermRoom(scanned.process), scanned.area.literal(0), kNil);
  CHECK(scanned.scan().found);
}

TEST_CASE("a return address in the area is no reference, and hides none behind it") {
  Scanned scanned;
  const Word address = scanned.area.area().range().base;
  REQUIRE(scanned.process.push(scanned.area.literal(0)));
  REQUIRE(scanned.process.push(Term{address}));
  CHECK(scanned.scan() == HeapScan{true, 2});
  scanned.process.stack_term(1) = kNil;
  CHECK_FALSE(scanned.scan().found);
}

TEST_CASE("literals of another area and the empty tuple are no references") {
  Scanned scanned;
  const LoadedArea other(scanned.space, scanned.image);
  REQUIRE(scanned.process.push(other.literal(0)));
  REQUIRE(scanned.process.push(scanned.space.empty_tuple()));
  CHECK_FALSE(scanned.scan().found);
}
