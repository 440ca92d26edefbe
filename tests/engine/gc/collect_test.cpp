// What collections keep, move and leave alone.
#include "engine/gc/collect.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/roots.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Word kReturnAddress = 0x7F00'1234'5670;

// The same terms outside of any process, to compare with.
class Twin {
 public:
  Twin() : image_(empty_image(10000)) {}
  [[nodiscard]] TermRoom room() noexcept { return TermRoom(image_); }

 private:
  AreaImage image_;
};

// One term of every kind that a heap can hold, without literals.
Term one_of_each(TermRoom room) {
  const Term shared = small_list(room, 4);
  const Term keys = tuple(room, {make_atom(1), make_atom(2)});
  const Term map = flat_map(room, keys, std::vector<Term>{shared, kNil});
  const Term fun = local_fun(room, std::vector<Term>{shared, map});
  return tuple(room, {shared, map, flat_map(room, keys, std::vector<Term>{kNil, kNil}), fun,
                      external_fun(room), external_pid(room), float_number(room, 0.5),
                      big(room, std::vector<Word>{3, 4}), heap_binary(room, 20), kNil, make_atom(5),
                      make_pid(6), make_small(-1)});
}

// A tuple of `count` pairs {I, [I]} in no order of memory: 6 words each, and far more grey objects
// at a time than a collection prefetches.
Term wide(TermRoom room, std::size_t count) {
  constexpr std::size_t kStride = 7919;
  std::vector<Term> pairs(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Term number = make_small(static_cast<std::int64_t>(i));
    const Term cell = cons(room, number, kNil);
    pairs[i * kStride % count] = tuple(room, {number, cell});
  }
  return tuple(room, pairs);
}

enum class Kind { kMajor, kMinor, kMinorTwice };

void collect_as(Process& process, Kind kind) {
  if (kind == Kind::kMajor) return static_cast<void>(must(collect_major(process)));
  must(collect(process));
  must(collect(process));
  if (kind == Kind::kMinorTwice) must(collect(process));
}

std::size_t in_old(const Process& process, Term term) {
  return process.old_range().contains(term.word) ? 1 : 0;
}

}  // namespace

TEST_CASE("a collected process holds the same graph of terms of every kind") {
  for (const Kind kind : {Kind::kMajor, Kind::kMinor, Kind::kMinorTwice}) {
    TestMemory memory;
    Twin twin;
    Process process = spawn(memory, {.min_heap_words = 1000});
    REQUIRE(process.push(one_of_each(TermRoom(process))));
    collect_as(process, kind);
    CHECK(damage(process) == kNoDamage);
    CHECK(same_graph(process.stack_term(0), one_of_each(twin.room())));
  }
}

TEST_CASE("what no root reaches is gone after a major collection") {
  TestMemory memory;
  Process process = spawn(memory);
  small_list(TermRoom(process), 50);
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  small_list(TermRoom(process), 20);
  CHECK(must(collect_major(process)).moved_words == 20);
  CHECK(process.used_words() == 20);
}

TEST_CASE("what the dictionary reaches is kept") {
  TestMemory memory;
  Process process = spawn(memory);
  must(process.put_dictionary(small_list(TermRoom(process), 10)));
  must(collect_major(process));
  CHECK(process.used_words() == 20);
  must(collect(process));
  CHECK(process.old_used_words() == 20);
  Twin twin;
  CHECK(same_graph(Term{process.dictionary.begin[0]}, small_list(twin.room(), 10)));
}

TEST_CASE("a term that two roots hold is kept once") {
  TestMemory memory;
  Process process = spawn(memory);
  const Term shared = small_list(TermRoom(process), 10);
  REQUIRE(process.push(shared));
  REQUIRE(process.push(tuple(TermRoom(process), {shared, shared})));
  must(process.put_dictionary(shared));
  must(collect_major(process));
  CHECK(process.used_words() == 20 + 3);
  CHECK(process.stack_term(1) == Term{process.dictionary.begin[0]});
}

TEST_CASE("a return address on the stack stays and is not followed") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 3)));
  REQUIRE(process.push(Term{kReturnAddress}));
  REQUIRE(process.push(small_list(TermRoom(process), 4)));
  collect_as(process, Kind::kMinorTwice);
  CHECK(process.stack_term(1).word == kReturnAddress);
  Twin twin;
  CHECK(same_graph(process.stack_term(0), small_list(twin.room(), 4)));
  CHECK(same_graph(process.stack_term(2), small_list(twin.room(), 3)));
}

TEST_CASE("raw data that looks like pointers into the heap stays as it is") {
  TestMemory memory;
  Process process = spawn(memory);
  const Term bait = small_list(TermRoom(process), 3);
  const std::vector<Word> digits{bait.word, bait.word + 1, 0};
  REQUIRE(process.push(big(TermRoom(process), digits)));
  must(collect_major(process));
  CHECK(process.used_words() == 4);
  const Word* object = process.stack_term(0).pointer();
  CHECK(std::vector<Word>(object + 1, object + 4) == digits);
}

TEST_CASE("literals are neither moved nor followed") {
  TestMemory memory;
  LiteralSpace space = test_space();
  const AreaImage image = records_image(3, 10, 100);
  const LoadedArea area(space, image);
  const std::vector<Word> before(area.area().start, area.area().start + 100);
  Process process = spawn(memory, {}, 0, space.range());
  REQUIRE(process.push(cons(TermRoom(process), area.literal(0), area.literal(1))));
  REQUIRE(process.push(space.empty_tuple()));
  collect_as(process, Kind::kMinorTwice);
  must(collect_major(process));
  CHECK(process.used_words() == 2);
  CHECK(head_of(process.stack_term(1)) == area.literal(0));
  CHECK(process.stack_term(0) == space.empty_tuple());
  CHECK(std::equal(before.begin(), before.end(), area.area().start));
  CHECK(damage(process, &space) == kNoDamage);
}

TEST_CASE("a minor collection tenures what is mature and keeps the rest young") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  must(collect(process));
  REQUIRE(process.push(cons(TermRoom(process), make_small(1), process.stack_term(0))));
  must(collect(process));
  CHECK(in_old(process, process.stack_term(1)));
  CHECK_FALSE(in_old(process, process.stack_term(0)));
  CHECK(process.old_used_words() == 20);
  CHECK(process.used_words() == 2);
}

TEST_CASE("what is new is mature after one more collection and tenured after two") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  must(collect(process));
  must(collect(process));
  REQUIRE(process.push(small_list(TermRoom(process), 5)));
  must(collect(process));
  CHECK(process.high_water == process.htop);
  CHECK_FALSE(in_old(process, process.stack_term(0)));
  must(collect(process));
  CHECK(in_old(process, process.stack_term(0)));
  CHECK(process.old_used_words() == 30);
}

TEST_CASE(
    "a minor collection leaves garbage in the old heap, a major one takes the old heap away") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  collect_as(process, Kind::kMinor);
  process.pop();
  must(collect(process));
  CHECK(process.old_used_words() == 20);
  must(collect_major(process));
  CHECK_FALSE(process.old);
  CHECK(process.used_words() == 0);
  CHECK(process.total_heap_words() == 233);
}

TEST_CASE("what is tenured does not move in a minor collection") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  collect_as(process, Kind::kMinor);
  const Term tenured = process.stack_term(0);
  must(collect(process));
  CHECK(process.stack_term(0) == tenured);
}

TEST_CASE("a collection says how many words it moved and resized") {
  TestMemory memory;
  Process process = spawn(memory);
  REQUIRE(process.push(small_list(TermRoom(process), 10)));
  CHECK(must(collect_major(process)).moved_words == 20);
  REQUIRE(process.push(small_list(TermRoom(process), 3)));
  const Collection minor = must(collect(process, 1000));
  CHECK(minor.moved_words == 26);
  CHECK(minor.resized_words == 6);
  CHECK(must(collect(process)).resized_words == 0);
}

TEST_CASE("all pointers follow a heap that moves when it is resized") {
  TestMemory memory;
  Twin twin;
  Process process = spawn(memory, {.min_heap_words = 1000});
  REQUIRE(process.push(one_of_each(TermRoom(process))));
  must(process.put_dictionary(process.stack_term(0)));
  must(collect_major(process, 1'000'000));
  CHECK(damage(process) == kNoDamage);
  CHECK(same_graph(process.stack_term(0), one_of_each(twin.room())));
  must(collect_major(process));
  CHECK(process.young.words == 1598);
  CHECK(damage(process) == kNoDamage);
  CHECK(same_graph(Term{process.dictionary.begin[0]}, one_of_each(twin.room())));
}

TEST_CASE("terms of up to 32 words and of more are moved whole") {
  for (std::size_t size = 1; size < 70; ++size) {
    TestMemory memory;
    Twin twin;
    const std::vector<Term> elements(size, make_small(static_cast<std::int64_t>(size)));
    Process process = spawn(memory);
    REQUIRE(process.push(tuple(TermRoom(process), elements)));
    must(collect_major(process));
    CHECK(process.used_words() == 1 + size);
    CHECK(same_graph(process.stack_term(0), tuple(twin.room(), elements)));
  }
}

TEST_CASE("a heap larger than caches are keeps its graph") {
  constexpr std::size_t kPairs = 200'000;
  constexpr std::size_t kWords = 6 * kPairs + 1;
  const AreaImage expected = image_of(kWords, [](TermRoom room) { return wide(room, kPairs); });
  for (const Kind kind : {Kind::kMajor, Kind::kMinor}) {
    TestMemory memory;
    Process process = spawn(memory, {}, kWords + 1);
    REQUIRE(process.push(wide(TermRoom(process), kPairs)));
    collect_as(process, kind);
    CHECK(process.used_words() + process.old_used_words() == kWords);
    CHECK(damage(process) == kNoDamage);
    CHECK(same_graph(process.stack_term(0), expected.literals[0]));
  }
}
