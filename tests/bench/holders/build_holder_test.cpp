// Every place of holding and every option of a holder, seen by where references into the area lie.
#include <vector>

#include "bench/holders/build_holder.hpp"
#include "engine/gc/collect.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam_test;
using beam::Process;
using beam::Term;
using beam::Word;
using bench::holders::Holder;
using bench::holders::Holding;
using bench::holders::HoldingPlace;

constexpr std::size_t kLiterals = 10;
constexpr std::size_t kLiteralWords = 8;  // {lit, Index, [1, 2]}
constexpr std::size_t kListElement = 3;

class ListedTerms final : public bench::holders::HeldTerms {
 public:
  explicit ListedTerms(std::vector<bench::holders::HeldTerm> terms) : terms_(std::move(terms)) {}
  [[nodiscard]] bool more() const noexcept override { return taken_ < terms_.size(); }
  [[nodiscard]] bench::holders::HeldTerm next() noexcept override { return terms_[taken_++]; }

 private:
  std::vector<bench::holders::HeldTerm> terms_;
  std::size_t taken_ = 0;
};

// How many words in each part of a process point into an area.
struct References {
  std::size_t stack = 0;
  std::size_t young = 0;
  std::size_t old = 0;
  std::size_t dictionary = 0;
  std::size_t fragments = 0;
  std::size_t messages = 0;
  friend bool operator==(const References&, const References&) = default;
};

std::ostream& operator<<(std::ostream& out, const References& at) {
  return out << "stack " << at.stack << ", young " << at.young << ", old " << at.old
             << ", dictionary " << at.dictionary << ", fragments " << at.fragments << ", messages "
             << at.messages;
}

struct World {
  // Holds the first `count` literals.
  beam::Result<Process> try_hold(const Holder& holder, std::uint32_t count = 1) {
    std::vector<bench::holders::HeldTerm> terms;
    for (std::uint32_t i = 0; i < count; ++i) {
      terms.push_back({area.literal(i), area.area().range(), i});
    }
    ListedTerms listed(std::move(terms));
    return bench::holders::build_holder(memory.blocks, space.range(), holder, listed);
  }
  Process hold(const Holder& holder, std::uint32_t count = 1) {
    Process process = must(try_hold(holder, count));
    CHECK(damage(process, &space) == kNoDamage);
    return process;
  }

  // Nothing here has raw words that look like pointers.
  [[nodiscard]] std::size_t among(const Word* words, std::size_t count) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const Term term{words[i]};
      const bool points = term.is_boxed() || term.is_list();
      if (points && area.area().range().contains(reinterpret_cast<Word>(term.pointer()))) ++found;
    }
    return found;
  }
  [[nodiscard]] std::size_t among(const beam::HeapFragment* first) const {
    std::size_t found = 0;
    for (; first != nullptr; first = first->next) found += among(first->words(), first->used_words);
    return found;
  }
  [[nodiscard]] References references(const Process& process) const {
    References at;
    at.stack = among(process.stop, process.stack_words());
    at.young = among(process.young.begin, process.used_words());
    at.old = among(process.old.begin, process.old_used_words());
    at.dictionary = among(process.dictionary.begin, process.dictionary_size);
    at.fragments = among(process.fragments);
    for (const auto* each = process.messages.first; each != nullptr; each = each->next) {
      at.messages += among(each->attached) + among(&each->term.word, 1);
    }
    return at;
  }

  beam::LiteralSpace space = test_space();
  beam::AreaImage image = records_image(kLiterals, 2, 98);
  LoadedArea area{space, image};
  TestMemory memory;
};

struct PlaceFacts {
  const char* name;
  HoldingPlace place;
  References live;    // to one literal
  References dead;    // once it was let go of
  std::size_t words;  // live words that holding one literal takes
};

const std::vector<PlaceFacts> kPlaces = {
    {"stack", HoldingPlace::kStack, {.stack = 1}, {}, 0},
    {"heap", HoldingPlace::kHeap, {.young = 1}, {.young = 1}, 2},
    {"dictionary", HoldingPlace::kDictionary, {.young = 1}, {.young = 1}, 3},
    {"fun", HoldingPlace::kFun, {.young = 1}, {.young = 1}, 6},
    {"message", HoldingPlace::kMessage, {.messages = 1}, {.fragments = 1}, 2},
};

// What a holder of one literal holds, found from where its place begins; no value: nothing.
Term held_in(HoldingPlace place, Process& process) {
  const Term slot = process.stack_term(bench::holders::kHeldSlot);
  const auto element = [](Term object, std::size_t index) {
    return object.is_boxed() ? Term{object.pointer()[index]} : beam::kNonValue;
  };
  switch (place) {
    case HoldingPlace::kStack:
      return slot;
    case HoldingPlace::kHeap:
      return element(slot, 1);
    case HoldingPlace::kFun:
      return element(slot, beam::kFunWords);
    case HoldingPlace::kDictionary:
      return process.dictionary_size == 0 ? beam::kNonValue
                                          : element(Term{process.dictionary.begin[0]}, 2);
    case HoldingPlace::kMessage:
      return process.messages.empty() ? beam::kNonValue : element(process.messages.first->term, 1);
  }
  return beam::kNonValue;
}

std::size_t live_words(Process& process) {
  must(beam::collect_major(process));
  return process.used_words() + process.old_used_words();
}

TEST_CASE("a literal is held in the place that was asked for and in no other") {
  for (const PlaceFacts& facts : kPlaces) {
    INFO(facts.name);
    World world;
    Process process = world.hold({.place = facts.place});
    CHECK(world.references(process) == facts.live);
    CHECK(held_in(facts.place, process) == world.area.literal(0));
    CHECK(live_words(process) == facts.words);
    CHECK(damage(process, &world.space) == kNoDamage);
  }
}

TEST_CASE("several literals are in one list, or in a message each") {
  for (const PlaceFacts& facts : kPlaces) {
    INFO(facts.name);
    World world;
    Process process = world.hold({.place = facts.place}, 3);
    const bool queued = facts.place == HoldingPlace::kMessage;
    CHECK(world.references(process) ==
          (queued ? References{.messages = 3} : References{.young = 3}));
    CHECK(process.messages.count == (queued ? 3 : 0));
    CHECK(live_words(process) == (queued ? 3 * facts.words : facts.words + 3 * 2));
  }
}

TEST_CASE("what was let go of is garbage that the next major collection frees") {
  for (const PlaceFacts& facts : kPlaces) {
    INFO(facts.name);
    World world;
    Process process = world.hold({.place = facts.place, .live = false});
    CHECK(world.references(process) == facts.dead);
    CHECK(process.messages.count == 0);
    CHECK(live_words(process) == 0);
    CHECK(world.references(process) == References{});
  }
}

TEST_CASE("live references outlive a major collection") {
  for (const PlaceFacts& facts : kPlaces) {
    INFO(facts.name);
    World world;
    Process process = world.hold({.place = facts.place});
    must(beam::collect_major(process));
    const References at = world.references(process);
    CHECK(at.stack + at.young + at.messages == 1);
    CHECK(held_in(facts.place, process) == world.area.literal(0));
  }
}

TEST_CASE("collections make what is held mature, and then old, live or dead") {
  for (const bool live : {true, false}) {
    for (const HoldingPlace place :
         {HoldingPlace::kHeap, HoldingPlace::kDictionary, HoldingPlace::kFun}) {
      World world;
      const Process fresh = world.hold({.place = place, .live = live});
      CHECK(fresh.mature_words() == 0);
      const Process mature = world.hold({.place = place, .collections = 1, .live = live});
      CHECK(world.references(mature) == References{.young = 1});
      CHECK(mature.mature_words() == mature.used_words());
      const Process old = world.hold({.place = place, .collections = 2, .live = live});
      CHECK(world.references(old) == References{.old = 1});
      CHECK(old.minor_collections == 1);
    }
  }
}

TEST_CASE("a holder of scalars has no reference, and so has a holder of copies") {
  for (const PlaceFacts& facts : kPlaces) {
    INFO(facts.name);
    World world;
    Process scalars = world.hold({.place = facts.place, .holding = Holding::kScalars});
    CHECK(world.references(scalars) == References{});
    CHECK(held_in(facts.place, scalars) == beam::make_small(0));
    CHECK(live_words(scalars) == facts.words);
    Process copies = world.hold({.place = facts.place, .holding = Holding::kCopies});
    CHECK(world.references(copies) == References{});
    REQUIRE(held_in(facts.place, copies).is_value());
    CHECK(same_graph(held_in(facts.place, copies), world.area.literal(0)));
    CHECK(live_words(copies) == facts.words + kLiteralWords);
  }
}

TEST_CASE("part of a literal is held: an element of a tuple, the head or the tail of a list") {
  for (const PlaceFacts& facts : kPlaces) {
    INFO(facts.name);
    World world;
    Process process = world.hold({.place = facts.place, .element = kListElement});
    const Term list{world.area.literal(0).pointer()[kListElement]};
    CHECK(world.references(process) == facts.live);
    CHECK(held_in(facts.place, process) == list);
  }
  World world;
  const Term list{world.area.literal(0).pointer()[kListElement]};
  for (const std::uint32_t element : {1U, 2U}) {
    ListedTerms lists({{list, world.area.area().range(), 0}});
    Process process = must(bench::holders::build_holder(world.memory.blocks, world.space.range(),
                                                        {.element = element}, lists));
    CHECK(held_in(HoldingPlace::kStack, process) == Term{list.pointer()[element - 1]});
  }
}

TEST_CASE("an element that a literal does not have is an error") {
  World world;
  for (const HoldingPlace place : {HoldingPlace::kStack, HoldingPlace::kMessage}) {
    CHECK_FALSE(world.try_hold({.place = place, .element = kListElement + 1}).ok());
  }
  CHECK(world.memory.live_bytes() == 0);
}

TEST_CASE("own words are live and dead words are garbage of the age of what is held") {
  for (const std::uint32_t collections : {0U, 1U, 2U}) {
    for (const std::uint64_t own : {0U, 2U, 101U}) {
      for (const std::uint64_t dead : {0U, 2U, 51U}) {
        INFO(collections << " collections, " << own << " own words, " << dead << " dead ones");
        World world;
        Process process = world.hold({.place = HoldingPlace::kHeap,
                                      .collections = collections,
                                      .own_words = own,
                                      .dead_words = dead});
        CHECK(process.used_words() + process.old_used_words() == own + dead + 2);
        CHECK(process.stack_words() == (own == 0 ? 2 : 3));
        const std::size_t fresh = process.used_words() - process.mature_words();
        CHECK(fresh == (collections == 0 ? dead + 2 : 0));
        if (collections == 2) CHECK(process.old_used_words() == own + dead + 2);
        CHECK(live_words(process) == own + 2);
      }
    }
  }
}

TEST_CASE("who sleeps has an exact block, nothing dead, and still what it holds") {
  World world;
  for (const std::uint64_t own : {0U, 100U}) {
    const std::size_t arguments = own == 0 ? 2 : 4;
    const Holder holder{.own_words = own, .dead_words = 30, .hibernated = true};
    const Process process = world.hold(holder);
    CHECK(process.hibernated);
    CHECK(process.used_words() == own + arguments);
    CHECK(process.young.words == own + arguments + beam::kReservedStackWords);
    CHECK(world.references(process) == References{.young = 1});
    Holder dead = holder;
    dead.live = false;
    CHECK(world.references(world.hold(dead)) == References{});
  }
}

TEST_CASE("nobody sleeps while messages wait") {
  World world;
  CHECK_FALSE(world.try_hold({.place = HoldingPlace::kMessage, .hibernated = true}).ok());
  const Process forgetful =
      world.hold({.place = HoldingPlace::kMessage, .live = false, .hibernated = true});
  CHECK(forgetful.hibernated);
}

TEST_CASE("a limit kills a holder that needs more for what it takes, and a higher one does not") {
  World world;
  const Process killed = must(world.try_hold(
      {.holding = Holding::kCopies, .own_words = 220, .max_heap_words = 233}, kLiterals));
  CHECK(killed.killed);
  const Process lives = world.hold(
      {.holding = Holding::kCopies, .own_words = 220, .max_heap_words = 2000}, kLiterals);
  CHECK_FALSE(lives.killed);
  CHECK(lives.options.max_heap_words == 2000);
}

TEST_CASE("a process that holds nothing has an empty slot above its own data") {
  World world;
  bench::holders::NoTerms nothing;
  Process process = must(bench::holders::build_holder(world.memory.blocks, world.space.range(),
                                                      {.own_words = 10}, nothing));
  CHECK(process.stack_term(bench::holders::kHeldSlot) == beam::kNil);
  CHECK(process.used_words() == 10);
  CHECK(world.references(process) == References{});
}

}  // namespace
