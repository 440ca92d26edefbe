// The literal collection: a holder gets a copy of what it holds, in an old block of the size of the
// whole area.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "engine/term/off_heap.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/sizing_model.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// An area and a process that may hold literals of it.
class Scene {
 public:
  explicit Scene(AreaImage contents) : image(std::move(contents)) {}

  // The collection as a purge does it, and then the area is gone.
  LiteralCopy purge() {
    must(collect_major(process));
    const LiteralCopy done = must(copy_literals(process, AreaBatch(area.area()), memory.blocks));
    area.release();
    REQUIRE(damage(process, &space) == kNoDamage);
    return done;
  }
  [[nodiscard]] TermRoom room() noexcept { return TermRoom(process); }
  [[nodiscard]] Term root(std::size_t index = 0) noexcept { return process.stack_term(index); }

  AreaImage image;
  LiteralSpace space = test_space();
  LoadedArea area{space, image};
  TestMemory memory;
  Process process = spawn(memory, {}, 0, space.range());
};

// 10 literals of 8 words, 200 of 204, 300 of 2004: with the names of their modules 98, 40,818 and
// 601,218 words.
AreaImage small_area() { return records_image(10, 2, 98); }
AreaImage large_area() { return records_image(200, 100, 40818); }
AreaImage huge_area() { return records_image(300, 1000, 601218); }

struct Words {
  std::size_t total;
  std::size_t old_used;
  std::size_t collected;  // total, after one more major collection

  friend bool operator==(const Words&, const Words&) = default;
};

Words purge_holder(AreaImage image) {
  Scene scene(std::move(image));
  REQUIRE(scene.process.push(scene.area.literal(2)));
  scene.purge();
  const std::size_t total = scene.process.total_heap_words();
  const std::size_t old_used = scene.process.old_used_words();
  must(collect_major(scene.process));
  return {total, old_used, scene.process.total_heap_words()};
}

// One literal {atom, lists:seq(1, Elements)}: 3 + 2 x Elements words.
AreaImage pair_area(std::size_t elements, std::size_t area_words) {
  return image_of(area_words, [elements](TermRoom room) {
    const Term field = small_list(room, elements);
    return tuple(room, {make_atom(0), field});
  });
}

AreaImage map_area() {
  return image_of(100, [](TermRoom room) {
    std::vector<Term> keys;
    for (std::uint64_t i = 0; i < 20; ++i) keys.push_back(make_atom(i));
    return flat_map(room, tuple(room, keys), std::vector<Term>(20, make_small(0)));
  });
}

AreaImage hash_map_area(std::size_t keys, std::size_t area_words) {
  AreaImage image = empty_image(area_words);
  REQUIRE(image.literals.push_back(identity_map(image, keys)));
  pad(image, area_words);
  return image;
}

// A literal {bin, Binary} with a binary of 1000 bytes.
AreaImage binary_area(Payloads& payloads) {
  AreaImage image = image_of(23, [&payloads](TermRoom room) {
    const Term binary = counted_binary(room, payloads.make(1000));
    return tuple(room, {make_atom(0), binary});
  });
  payloads.arena()->retain();
  image.payloads = payloads.arena();
  return image;
}

}  // namespace

TEST_CASE("a holder gets an old block of the size of the whole area, until it is collected") {
  CHECK(purge_holder(small_area()) == Words{233 + 142, 8, 233});
  CHECK(purge_holder(large_area()) == Words{233 + 46422, 204, 233});
  CHECK(purge_holder(huge_area()) == Words{233 + 833026, 2004, 2586});
}

TEST_CASE("a process that holds nothing gets the old block all the same") {
  Scene scene(small_area());
  const LiteralCopy done = scene.purge();
  CHECK(done.copied_words == 0);
  CHECK(scene.process.old.words == 142);
}

TEST_CASE("a literal collection says what it copied, for good and for a while") {
  Scene scene(large_area());
  REQUIRE(scene.process.push(scene.area.literal(2)));
  const LiteralCopy done = scene.purge();
  CHECK(done.copied_words == 204);
  CHECK(done.temp_words == 40818);
  CHECK_FALSE(done.killed);
}

TEST_CASE("a copied literal equals the original") {
  Scene scene(large_area());
  REQUIRE(scene.process.push(scene.area.literal(2)));
  scene.purge();
  CHECK(same_graph(scene.root(), scene.image.literals[2]));
}

TEST_CASE("a literal in the dictionary is copied") {
  Scene scene(small_area());
  must(scene.process.put_dictionary(scene.area.literal(2)));
  scene.purge();
  CHECK(scene.process.old_used_words() == 8);
  CHECK(same_graph(Term{scene.process.dictionary.begin[0]}, scene.image.literals[2]));
}

TEST_CASE("a literal in a tuple or in a fun of the young heap is copied") {
  Scene scene(small_area());
  REQUIRE(scene.process.push(tuple(scene.room(), {make_atom(0), scene.area.literal(2)})));
  REQUIRE(scene.process.push(local_fun(scene.room(), std::vector<Term>{scene.area.literal(3)})));
  scene.purge();
  CHECK(scene.process.old_used_words() == 16);
  CHECK(scene.process.used_words() == 3 + 6);
}

TEST_CASE("only the part of a literal that is held is copied") {
  Scene scene(records_image(1, 50, 120));
  const Term field{scene.area.literal(0).pointer()[3]};
  must(scene.process.put_dictionary(tail_of(field)));
  scene.purge();
  CHECK(scene.process.old_used_words() == 98);
}

TEST_CASE("a literal that is held twice is copied once") {
  Scene scene(records_image(1, 50, 120));
  const Term literal = scene.area.literal(0);
  must(scene.process.put_dictionary(literal));
  must(scene.process.put_dictionary(tuple(scene.room(), {literal, make_pid(1)})));
  scene.purge();
  CHECK(scene.process.old_used_words() == 104);
  const Term held{scene.process.dictionary.begin[0]};
  const Term in_tuple{Term{scene.process.dictionary.begin[1]}.pointer()[1]};
  CHECK(held == in_tuple);
}

TEST_CASE("a map that was made from a literal one takes the keys along") {
  Scene scene(map_area());
  const Term literal = scene.area.literal(0);
  const Term keys{literal.pointer()[kFlatMapKeys]};
  REQUIRE(scene.process.push(flat_map(scene.room(), keys, std::vector<Term>(20, make_small(7)))));
  scene.purge();
  CHECK(scene.process.old_used_words() == 21);
}

TEST_CASE("a map of more than 32 keys is copied with all its nodes, and collected so") {
  for (const auto& [keys, words] :
       std::vector<std::pair<std::size_t, std::size_t>>{{33, 127}, {64, 246}, {1000, 3710}}) {
    Scene scene(hash_map_area(keys, 4000));
    REQUIRE(scene.process.push(scene.area.literal(0)));
    scene.purge();
    CHECK(scene.process.old_used_words() == words);
    CHECK(same_graph(scene.root(), scene.image.literals[0]));
    must(collect_major(scene.process));
    CHECK(scene.process.used_words() == words);
    CHECK(damage(scene.process) == kNoDamage);
    CHECK(same_graph(scene.root(), scene.image.literals[0]));
  }
}

TEST_CASE("a copied binary takes one more reference and is last on the off-heap list") {
  Payloads payloads;
  Scene scene(binary_area(payloads));
  must(scene.process.put_dictionary(scene.area.literal(0)));
  REQUIRE(scene.process.push(counted_binary(scene.room(), payloads.make(100))));
  CHECK(payloads.references() == 3);
  scene.purge();
  CHECK(scene.process.old_used_words() == 9);
  CHECK(payloads.references() == 3);
  CHECK(make_boxed(scene.process.off_heap) == scene.root());
  const Word* last = next_off_heap(scene.process.off_heap);
  CHECK(scene.process.old_range().contains(reinterpret_cast<Word>(last)));
}

TEST_CASE("a copied binary's payload goes when the holder drops it") {
  Payloads payloads;
  Scene scene(binary_area(payloads));
  REQUIRE(scene.process.push(scene.area.literal(0)));
  scene.purge();
  CHECK(payloads.references() == 2);
  scene.process.pop();
  must(collect_major(scene.process));
  CHECK(payloads.references() == 1);
}

TEST_CASE("the binary of a literal that is not held takes no reference") {
  Payloads payloads;
  Scene scene(binary_area(payloads));
  scene.purge();
  CHECK(payloads.references() == 1);
  CHECK(scene.process.off_heap == nullptr);
}

TEST_CASE("a part of a literal binary that moves with it is copied out") {
  Scene scene(image_of(40, [](TermRoom room) {
    const Term whole = heap_binary(room, 60);
    return sub_binary(room, whole, {.offset = 3, .bytes = 2});
  }));
  REQUIRE(scene.process.push(scene.area.literal(0)));
  scene.purge();
  CHECK(scene.process.old_used_words() == 3);
  CHECK(scene.root().pointer()[2] == 0x0403);
}

TEST_CASE("the empty tuple is not copied") {
  Scene scene(small_area());
  REQUIRE(scene.process.push(scene.space.empty_tuple()));
  scene.purge();
  CHECK(scene.process.old_used_words() == 0);
  CHECK(scene.root() == scene.space.empty_tuple());
}

TEST_CASE("literals of another area stay where they are") {
  Scene scene(small_area());
  const AreaImage other_image = small_area();
  const LoadedArea other(scene.space, other_image);
  const Term literal = other.literal(4);
  REQUIRE(scene.process.push(cons(scene.room(), scene.area.literal(2), literal)));
  scene.purge();
  CHECK(scene.process.old_used_words() == 8);
  CHECK(tail_of(scene.root()) == literal);
}

TEST_CASE("raw data that looks like a pointer into the area stays as it is") {
  Scene scene(small_area());
  const Word bait = scene.area.literal(2).word;
  REQUIRE(scene.process.push(big(scene.room(), std::vector<Word>{bait})));
  scene.purge();
  CHECK(scene.process.old_used_words() == 0);
  CHECK(scene.root().pointer()[1] == bait);
}

TEST_CASE("everything in the young heap is mature after a literal collection") {
  Scene scene(small_area());
  REQUIRE(scene.process.push(tuple(scene.room(), {scene.area.literal(2)})));
  scene.purge();
  CHECK(scene.process.high_water == scene.process.htop);
  CHECK_FALSE(must(collect(scene.process)).major);
  CHECK(scene.process.used_words() == 0);
  CHECK(scene.process.old_used_words() == 8 + 2);
}

TEST_CASE("two areas one after the other: the first copy becomes young when the second is made") {
  Scene scene(pair_area(50, 929));
  const AreaImage image = pair_area(60, 184);
  LoadedArea second(scene.space, image);
  must(scene.process.put_dictionary(scene.area.literal(0)));
  must(scene.process.put_dictionary(second.literal(0)));
  scene.purge();
  CHECK(scene.process.old.words == 987);
  CHECK(scene.process.old_used_words() == 103);
  CHECK(scene.process.used_words() == 0);

  must(collect_major(scene.process));
  must(copy_literals(scene.process, AreaBatch(second.area()), scene.memory.blocks));
  second.release();
  CHECK(scene.process.old.words == 233);
  CHECK(scene.process.old_used_words() == 123);
  CHECK(scene.process.used_words() == 103);
  CHECK(damage(scene.process, &scene.space) == kNoDamage);
}

TEST_CASE("the oversized old block outlives minor collections, however many") {
  Scene scene(large_area());
  REQUIRE(scene.process.push(scene.area.literal(2)));
  scene.purge();
  for (int i = 0; i < 10000; ++i) {
    small_list(scene.room(), 60);
    REQUIRE_FALSE(must(collect(scene.process)).major);
  }
  CHECK(scene.process.total_heap_words() == 46655);
  CHECK(scene.process.old_used_words() == 204);
  small_list(scene.room(), 60);
  must(collect_major(scene.process));
  CHECK(scene.process.total_heap_words() == 376);
}

TEST_CASE("the temporary copy of an area is given back") {
  Scene scene(large_area());
  REQUIRE(scene.process.push(scene.area.literal(2)));
  scene.memory.ledger.reset_peak();
  scene.purge();
  CHECK(scene.memory.live_bytes() == (233 + 46422) * kWordBytes);
  CHECK(scene.memory.ledger.counts().peak_bytes == (233 + 46422 + 40818) * kWordBytes);
}
