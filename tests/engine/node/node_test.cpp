// A node through loading, holding, reloading and purging.
#include <vector>

#include "engine/gc/collect.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/loaded_node.hpp"
#include "tests/support/readable.hpp"
#include "tests/support/sizing_model.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Term kName = LoadedNode::kName;

// Writes down what it is told: (what, which).
class Recorder final : public PurgeObserver {
 public:
  void process_begins(std::size_t i) noexcept override { told.emplace_back("begins", i); }
  void phase_begins(PurgePhase phase) noexcept override {
    told.emplace_back("phase", static_cast<std::size_t>(phase));
  }
  void process_ends(std::size_t i) noexcept override { told.emplace_back("ends", i); }

  std::vector<std::pair<std::string, std::size_t>> told;
};

// Processes take their blocks from `memory`, the temporary copies from `temp`.
class TestNode : public LoadedNode {
 public:
  Result<PurgeWork> purge() {
    return node.purge(kName, *find_strategy("otp"), temp.blocks, recorder);
  }

  TestMemory temp;
  Recorder recorder;
};

// Three holders, one of which dies of its limit, and two bystanders; everything may fail. Returns
// whether something did. Whatever happened, the node is whole and the purge can be done later.
bool purge_with_budgets(std::uint64_t blocks, std::uint64_t temporary) {
  TestNode test;
  Process& stack = test.spawn_holder(1);
  Process& dictionary = test.spawn();
  must(dictionary.put_dictionary(test.literal(2)));
  test.spawn();
  Process& heap = test.spawn();
  REQUIRE(heap.push(cons(TermRoom(heap), test.literal(3), kNil)));
  test.spawn_holder(4, {.max_heap_words = 300});
  test.load();

  test.memory.blocks.set_budget(blocks);
  test.temp.blocks.set_budget(temporary);
  const bool failed = !test.purge().ok();
  test.memory.blocks.set_budget(FailingBlocks::kNever);
  test.temp.blocks.set_budget(FailingBlocks::kNever);
  CHECK(test.damage() == kNoDamage);
  CHECK(test.module().old.loaded == failed);

  must(test.purge());
  CHECK(test.damage() == kNoDamage);
  CHECK_FALSE(test.module().old.loaded);
  CHECK(same_graph(stack.stack_term(0), test.image.literals[1]));
  CHECK(same_graph(Term{dictionary.dictionary.begin[0]}, test.image.literals[2]));
  CHECK(same_graph(head_of(heap.stack_term(0)), test.image.literals[3]));
  CHECK(test.temp.live_bytes() == 0);
  for (std::size_t i = 0; i < 5; ++i) test.node.processes()[i].free_heaps();
  CHECK(test.memory.live_bytes() == 0);
  return failed;
}

}  // namespace

TEST_CASE("a holder's heap before, during and after a purge is the runtime's") {
  TestNode test;
  Process& holder = test.spawn_holder(2);
  CHECK(holder.total_heap_words() == 233);
  test.load();
  CHECK(holder.total_heap_words() == 233);
  must(test.purge());
  CHECK(holder.total_heap_words() == 375);
  CHECK(holder.old_used_words() == 8);
  must(collect_major(holder));
  CHECK(holder.total_heap_words() == 233);
  CHECK(holder.used_words() == 8);
}

TEST_CASE("a bystander's heap does not change in a purge") {
  TestNode test;
  Process& bystander = test.spawn();
  small_list(TermRoom(bystander), 10);
  test.load();
  const HeapShape before = shape_of(bystander);
  must(test.purge());
  CHECK(shape_of(bystander) == before);
}

TEST_CASE("a purge gives the old area's memory back and keeps the current one") {
  TestNode test;
  const Word* first = test.module().current.literals.start;
  test.load();
  const std::size_t committed = test.node.literals().committed_bytes();
  must(test.purge());
  CHECK_FALSE(is_readable(first));
  CHECK(is_readable(test.module().current.literals.start));
  CHECK(test.node.literals().committed_bytes() == committed - LiteralSpace::kPageBytes);
}

TEST_CASE("a holder of the current version is a bystander of the old version's purge") {
  TestNode test;
  test.load();
  Process& holder = test.spawn_holder(2);
  CHECK(must(test.purge()).holders == 0);
  CHECK(holder.stack_term(0) == test.literal(2));
  CHECK(test.damage() == kNoDamage);
}

TEST_CASE("after a purge the next version can be loaded, and so on") {
  TestNode test;
  Process& holder = test.spawn();
  for (int i = 0; i < 50; ++i) {
    if (i > 0) holder.pop();
    REQUIRE(holder.push(test.literal(2)));
    test.load();
    CHECK_FALSE(test.node.load(kName, test.image).ok());
    CHECK(must(test.purge()).holders == 1);
  }
  CHECK(test.damage() == kNoDamage);
  CHECK(test.node.literals().committed_bytes() == 2 * LiteralSpace::kPageBytes);
}

TEST_CASE("purging an unknown module is an error") {
  TestNode test;
  const auto refused =
      test.node.purge(make_atom(8), *find_strategy("otp"), test.temp.blocks, test.recorder);
  REQUIRE_FALSE(refused.ok());
  CHECK(std::string(refused.error().what) == "the module to purge is not loaded");
}

TEST_CASE("purging a module without old code does nothing") {
  TestNode test;
  test.spawn_holder(2);
  const PurgeWork work = must(test.purge());
  CHECK(work.scanned_words == 0);
  CHECK(test.recorder.told.empty());
  CHECK(test.module().current.loaded);
}

TEST_CASE("a purge adds up the work of all processes") {
  TestNode test;
  test.spawn_holder(2);
  small_list(TermRoom(test.spawn()), 10);
  test.spawn_holder(3);
  test.load();
  const PurgeWork work = must(test.purge());
  CHECK(work.holders == 2);
  CHECK(work.killed == 0);
  CHECK(work.scanned_words == 1 + 21 + 1);
  CHECK(work.copied_words == 0);
  CHECK(work.copied_literal_words == 16);
  CHECK(work.temp_copied_words == 2 * 98);
}

TEST_CASE("an observer is told of every process and phase in order, and of the release at last") {
  TestNode test;
  test.spawn();
  test.spawn_holder(2);
  test.load();
  must(test.purge());
  const auto phase = [](PurgePhase p) {
    return std::pair<std::string, std::size_t>("phase", static_cast<std::size_t>(p));
  };
  CHECK(test.recorder.told ==
        std::vector<std::pair<std::string, std::size_t>>{{"begins", 0},
                                                         phase(PurgePhase::kScan),
                                                         {"ends", 0},
                                                         {"begins", 1},
                                                         phase(PurgePhase::kScan),
                                                         phase(PurgePhase::kCollect),
                                                         phase(PurgePhase::kCopy),
                                                         {"ends", 1},
                                                         phase(PurgePhase::kRelease)});
}

TEST_CASE("a process that a purge kills is counted and gives everything back") {
  TestNode test;
  Process& holder = test.spawn_holder(2, {.max_heap_words = 374});
  Process& survivor = test.spawn_holder(2);
  test.load();
  const PurgeWork work = must(test.purge());
  CHECK(work.killed == 1);
  CHECK(work.holders == 2);
  CHECK(holder.killed);
  CHECK(holder.total_heap_words() == 0);
  CHECK(survivor.total_heap_words() == 375);
  CHECK(test.memory.live_bytes() == 375 * kWordBytes);
  CHECK(test.damage() == kNoDamage);
}

TEST_CASE("a killed process is left out of the next purge") {
  TestNode test;
  test.spawn_holder(2, {.max_heap_words = 374});
  test.load();
  must(test.purge());
  test.recorder.told.clear();
  test.load();
  const PurgeWork work = must(test.purge());
  CHECK(work.holders == 0);
  CHECK(test.recorder.told.size() == 1);
}

TEST_CASE("a purge that runs out of memory keeps the old code and can be done again") {
  TestNode test;
  test.spawn_holder(2);
  test.load();
  test.temp.blocks.set_budget(0);
  CHECK_FALSE(test.purge().ok());
  CHECK(test.module().old.loaded);
  CHECK(test.damage() == kNoDamage);
  test.temp.blocks.set_budget(FailingBlocks::kNever);
  CHECK(must(test.purge()).holders == 1);
  CHECK_FALSE(test.module().old.loaded);
}

TEST_CASE("whichever request of a purge fails, the node is whole and loses nothing") {
  std::uint64_t budget = 0;
  while (purge_with_budgets(budget, FailingBlocks::kNever)) ++budget;
  CHECK(budget == 6);
  budget = 0;
  while (purge_with_budgets(FailingBlocks::kNever, budget)) ++budget;
  CHECK(budget == 3);
}

TEST_CASE("a node without room for literals or processes is an error") {
  CHECK_FALSE(Node::create({.literal_space_bytes = 0}).ok());
  CHECK_FALSE(Node::create({.max_processes = 0}).ok());
}

TEST_CASE("a node refuses more processes than it has places") {
  TestMemory memory;
  Node node = must(Node::create({.literal_space_bytes = 8192, .max_processes = 1}));
  must(node.spawn(memory.blocks));
  CHECK_FALSE(node.spawn(memory.blocks).ok());
  CHECK(memory.live_bytes() == 233 * kWordBytes);
}

TEST_CASE("a node that goes frees its processes") {
  TestMemory memory;
  {
    Node node = must(Node::create({.literal_space_bytes = 8192, .max_processes = 3}));
    must(node.spawn(memory.blocks));
    const Node moved(std::move(node));
    CHECK(memory.live_bytes() == 233 * kWordBytes);
  }
  CHECK(memory.live_bytes() == 0);
}
