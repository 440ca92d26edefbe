// What tells the strategies apart: the work that each says it does, as the head of its file has it,
// and what a holder keeps.
#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "engine/gc/collect.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/roots.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kArea = 40'818;
constexpr std::size_t kOwn = 20;     // words of a list that lives
constexpr std::size_t kLiteral = 8;  // words of each literal: a tuple of 3 and a list of 2

// A process with a list of its own, in an area of kArea words.
struct Holder {
  Holder() { REQUIRE(process.push(small_list(TermRoom(process), kOwn / 2))); }
  PurgeWork purge(std::string_view strategy) {
    PurgeObserver observer;
    return must(purge_one(*find_strategy(strategy), process, AreaBatch(area.area()), temp.blocks,
                          observer));
  }
  // Holds so many literals, on its stack.
  void hold(std::size_t literals) {
    for (std::size_t i = 0; i < literals; ++i) REQUIRE(process.push(area.literal(i)));
  }
  // A dead cons with a reference.
  void drop_one() { static_cast<void>(cons(TermRoom(process), area.literal(0), kNil)); }

  LiteralSpace space = test_space();
  AreaImage image = records_image(2'000, 2, kArea);
  LoadedArea area{space, image};
  TestMemory memory;
  TestMemory temp;
  Process process = spawn(memory, {}, 0, space.range());
};

}  // namespace

TEST_CASE("a live holder costs what the formulas of its strategy say") {
  constexpr PurgeWork kOtp = {.holders = 1,
                              .scanned_words = 1,
                              .copied_words = kOwn,
                              .copied_literal_words = 2 * kLiteral,
                              .temp_copied_words = kArea};
  // The stack: two literals, the list, and the frame below.
  constexpr std::size_t kStack = 4;
  PurgeWork skip = kOtp;
  skip.scanned_words = 1 + 1;
  // Three objects of each literal, by object: an entry of two words, and one more.
  constexpr PurgeWork kReachable = {.holders = 1,
                                    .scanned_words = 1 + kStack + kOwn,
                                    .copied_words = kOwn,
                                    .copied_literal_words = 2 * kLiteral,
                                    .marked_words = 2 * kLiteral,
                                    .table_words = 2 * 3 * 3};
  PurgeWork fragment = kReachable;
  fragment.scanned_words = kStack + kOwn;
  fragment.copied_words = 0;
  const auto work_of = [](std::string_view strategy) {
    Holder holder;
    holder.hold(2);
    return holder.purge(strategy);
  };
  CHECK(work_of("otp") == kOtp);
  CHECK(work_of("shrink") == kOtp);
  CHECK(work_of("skip") == skip);
  CHECK(work_of("reachable") == kReachable);
  CHECK(work_of("fragment") == fragment);
}

TEST_CASE("a holder of a dead reference pays for the area with otp and shrink alone") {
  const auto work_of = [](std::string_view strategy) {
    Holder holder;
    holder.drop_one();
    const PurgeWork work = holder.purge(strategy);
    CHECK(holder.process.old.words == (strategy == "otp" ? 46'422U : 0U));
    return work;
  };
  CHECK(work_of("otp").temp_copied_words == kArea);
  CHECK(work_of("shrink").temp_copied_words == kArea);
  for (const char* strategy : {"skip", "reachable"}) {
    const PurgeWork work = work_of(strategy);
    // The stack has two words; the hit is the first of the dead cons, behind the list.
    CHECK(work == PurgeWork{.holders = 1,
                            .scanned_words = (2 + kOwn + 1) + (2 + kOwn),
                            .copied_words = kOwn});
  }
  CHECK(work_of("fragment").copied_literal_words == kLiteral);
}

TEST_CASE("the block that is kept has the size that its strategy says") {
  const auto old_words = [](std::string_view strategy, std::size_t literals) {
    Holder holder;
    holder.hold(literals);
    holder.purge(strategy);
    CHECK(holder.process.old_used_words() == (strategy == "fragment" ? 0 : literals * kLiteral));
    return holder.process.old.words;
  };
  CHECK(old_words("otp", 10) == 46'422);
  CHECK(old_words("skip", 10) == 46'422);
  CHECK(old_words("shrink", 10) == 90);  // next(80)
  CHECK(old_words("reachable", 10) == 90);
  CHECK(old_words("fragment", 10) == 0);
}

TEST_CASE("without memory to cut a block, it stays as large as it is") {
  Holder holder;
  holder.hold(1);
  // A young block, an old block; a third request would be the smaller one.
  holder.memory.blocks.set_budget(2);
  holder.purge("shrink");
  CHECK(holder.process.old.words == 46'422);
  CHECK(holder.process.old_used_words() == kLiteral);
  CHECK(damage(holder.process, &holder.space) == kNoDamage);
}

TEST_CASE("a fragment makes the next collection major, whatever was asked for") {
  Holder holder;
  holder.hold(1);
  holder.purge("fragment");
  CHECK(holder.process.fragment_words == kLiteral);
  CHECK(holder.process.need_fullsweep);
  CHECK(must(collect(holder.process)).major);
  CHECK(holder.process.fragment_words == 0);
  CHECK(holder.process.used_words() == kOwn + kLiteral);
  CHECK_FALSE(holder.process.need_fullsweep);
}

TEST_CASE("a limit between two block sizes kills with otp and not with reachable") {
  for (const auto& entry : purge_strategies()) {
    Holder holder;
    holder.hold(1);
    holder.process.options.max_heap_words = 46'422 + 233 - 1;
    CHECK(
        holder.purge(entry.name).killed ==
        (entry.strategy->needs(kArea, 8).kept_words == kArea || entry.name == "shrink" ? 1U : 0U));
  }
}

TEST_CASE("a limit between the collection and the block that is kept kills with reachable") {
  Holder holder;
  REQUIRE(must(collect_major(holder.process)).killed == false);
  holder.hold(100);
  // 800 words in an old block of 987, beside a young one of 233. The collection needs less.
  holder.process.options.max_heap_words = 987 + 233 - 1;
  Holder larger;
  larger.hold(100);
  larger.process.options.max_heap_words = 987 + 233;
  const PurgeWork killed = holder.purge("reachable");
  CHECK(killed.killed == 1);
  CHECK(killed.copied_literal_words == 0);
  CHECK(larger.purge("reachable").killed == 0);
  CHECK(larger.process.old.words == 987);
}

TEST_CASE("every strategy releases several areas with one scan and one collection") {
  for (const auto& entry : purge_strategies()) {
    INFO(entry.name);
    LiteralSpace space = test_space();
    const AreaImage image = records_image(10, 2, 98);
    const AreaImage longer = records_image(10, 3, 118);
    LoadedArea first(space, image);
    const LoadedArea kept(space, image);
    LoadedArea second(space, longer);
    const LoadedArea twin(space, longer);
    TestMemory memory;
    Process process = spawn(memory, {}, 0, space.range());
    const std::vector<Term> held = {first.literal(1), kept.literal(2), second.literal(3),
                                    second.literal(3)};
    const std::vector<Term> same = {kept.literal(1), kept.literal(2), twin.literal(3),
                                    twin.literal(3)};
    for (const Term term : held) REQUIRE(process.push(term));
    AreaBatch areas;
    areas.add(first.area());
    areas.add(second.area());
    PurgeObserver observer;
    const PurgeWork work =
        must(purge_one(*entry.strategy, process, areas, memory.blocks, observer));
    CHECK(work.holders == 1);
    CHECK(work.copied_literal_words == 2 * kLiteral + 2);
    CHECK(work.temp_copied_words == (work.marked_words == 0 ? 98U + 118U : 0U));
    for (std::size_t i = 0; i < held.size(); ++i) {
      CHECK(must(equal_terms(held[held.size() - 1 - i], process.stack_term(i))));
    }
    CHECK(process.stack_term(0) == process.stack_term(1));
    CHECK(process.stack_term(2) == kept.literal(2));
    first.release();
    second.release();
    CHECK(damage(process, &space) == kNoDamage);
    for (std::size_t i = 0; i < same.size(); ++i) {
      CHECK(must(equal_terms(same[same.size() - 1 - i], process.stack_term(i))));
    }
  }
}

namespace {

// Blocks that move whenever they are resized.
class MovingBlocks final : public BlockResource {
 public:
  explicit MovingBlocks(BlockResource& upstream) noexcept : upstream_(upstream) {}
  Block allocate(std::size_t words) noexcept override { return upstream_.allocate(words); }
  void release(Block block) noexcept override { upstream_.release(block); }
  Block resize(Block block, std::size_t words) noexcept override {
    const Block moved = upstream_.allocate(words);
    if (!moved) return {};
    std::memcpy(moved.begin, block.begin, std::min(words, block.words) * kWordBytes);
    upstream_.release(block);
    return moved;
  }

 private:
  BlockResource& upstream_;
};

}  // namespace

TEST_CASE("a block that moves when it is cut takes all pointers into it along") {
  LiteralSpace space = test_space();
  Payloads payloads;
  AreaImage image = empty_image(1'000);
  for (std::size_t i = 0; i < 10; ++i) {
    const TermRoom room(image);
    const Term binary = counted_binary(room, payloads.make(100));
    REQUIRE(image.literals.push_back(tuple(room, {binary, small_list(room, 2)})));
  }
  payloads.arena()->retain();
  image.payloads = payloads.arena();
  pad(image, 1'000);
  LoadedArea area(space, image);
  const LoadedArea twin(space, image);
  TestMemory memory;
  MovingBlocks blocks(memory.counted);
  Process process = must(Process::spawn(blocks, space.range()));
  REQUIRE(process.push(area.literal(3)));
  REQUIRE(process.push(cons(TermRoom(process), area.literal(4), kNil)));
  must(process.put_dictionary(area.literal(4)));
  PurgeObserver observer;
  must(purge_one("shrink", process, area.area(), memory.counted, observer));
  area.release();
  CHECK(process.old.words < 60);
  CHECK(damage(process, &space) == kNoDamage);
  CHECK(must(equal_terms(process.stack_term(1), twin.literal(3))));
  const Term held = Term{process.stack_term(0).pointer()[0]};
  CHECK(must(equal_terms(held, twin.literal(4))));
  CHECK(held == Term{process.dictionary.begin[0]});
}

TEST_CASE("a counted binary in a large area is taken over, with its place on the list") {
  for (const auto& entry : purge_strategies()) {
    INFO(entry.name);
    LiteralSpace space = test_space();
    Payloads payloads;
    AreaImage image = empty_image(kArea);
    REQUIRE(image.literals.push_back(counted_binary(TermRoom(image), payloads.make(100))));
    payloads.arena()->retain();
    image.payloads = payloads.arena();
    pad(image, kArea);
    LoadedArea area(space, image);
    TestMemory memory;
    const std::uint64_t before = payloads.references();
    Process process = spawn(memory, {}, 0, space.range());
    REQUIRE(process.push(area.literal(0)));
    PurgeObserver observer;
    must(purge_one(*entry.strategy, process, AreaBatch(area.area()), memory.blocks, observer));
    CHECK(payloads.references() == before + 1);
    area.release();
    CHECK(payloads.references() == before);
    CHECK(damage(process, &space) == kNoDamage);
    process.free_heaps();
    CHECK(payloads.references() == before - 1);
  }
}

TEST_CASE("a match state of a literal binary follows the binary, with the address of its bytes") {
  for (const auto& entry : purge_strategies()) {
    INFO(entry.name);
    LiteralSpace space = test_space();
    Payloads payloads;
    AreaImage image = empty_image(200);
    REQUIRE(image.literals.push_back(heap_binary(TermRoom(image), 20)));
    pad(image, 200);
    LoadedArea area(space, image);
    TestMemory memory;
    Process process = spawn(memory, {}, 0, space.range());
    const Term state = match_state(TermRoom(process), area.literal(0));
    REQUIRE(process.push(state));
    PurgeObserver observer;
    must(purge_one(*entry.strategy, process, AreaBatch(area.area()), memory.blocks, observer));
    area.release();
    CHECK(damage(process, &space) == kNoDamage);
    const Word* const moved = process.stack_term(0).pointer();
    CHECK_FALSE(space.range().contains(moved[kMatchStateOrig]));
    CHECK_FALSE(space.range().contains(moved[kMatchStateBase]));
  }
}

TEST_CASE("a process that hibernates after a patch needs no major collection any more") {
  Holder holder;
  holder.hold(1);
  holder.purge("fragment");
  must(hibernate(holder.process, holder.process.stack_term(0)));
  CHECK(holder.process.hibernated);
  CHECK_FALSE(holder.process.need_fullsweep);
}
