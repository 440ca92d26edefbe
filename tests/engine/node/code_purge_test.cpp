// What loading, deleting and purging code answer, and which processes a purge kills. The answers
// are those of code:load_file/1, delete/1, purge/1 and soft_purge/1 of OTP 25.
#include "engine/gc/collect.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/node/code_table.hpp"
#include "engine/node/node.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/readable.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Term kName = make_atom(7);
constexpr Term kUnknown = make_atom(8);

class TestNode {
 public:
  [[nodiscard]] bool load() { return node.load(kName, image).ok(); }
  [[nodiscard]] Module& module() { return *node.code().find(kName); }
  Process& spawn() { return *must(node.spawn(memory.blocks)); }
  // A process that runs this version.
  Process& spawn_in(const ModuleVersion& version) {
    Process& process = spawn();
    REQUIRE(process.push(make_small(1)));
    REQUIRE(process.push(Term{version.code_address(3)}));
    return process;
  }
  [[nodiscard]] Term literal(const ModuleVersion& version, std::size_t index) {
    return placed_term(image.literals[index], image, version.literals, node.literals());
  }
  PurgeWork collect_literals() {
    PurgeObserver observer;
    return must(node.collect_literals(*find_strategy("otp"), memory.blocks, observer));
  }
  [[nodiscard]] std::string damage(const Process& process) {
    return beam_test::damage(process, &node.literals());
  }

  AreaImage image = records_image(10, 2, 98);
  TestMemory memory;
  Node node =
      must(Node::create({.literal_space_bytes = std::size_t{1} << 24, .max_processes = 100}));
};

}  // namespace

TEST_CASE("deleting and purging a module that was never loaded changes nothing") {
  TestNode test;
  CHECK_FALSE(test.node.delete_code(kUnknown));
  CHECK_FALSE(must(test.node.purge_code(kUnknown)));
  CHECK(must(test.node.soft_purge_code(kUnknown)));
}

TEST_CASE("a module without old code is purged softly with success and otherwise kills nobody") {
  TestNode test;
  REQUIRE(test.load());
  test.spawn_in(test.module().current);
  CHECK_FALSE(must(test.node.purge_code(kName)));
  CHECK(must(test.node.soft_purge_code(kName)));
  CHECK(test.node.collector().idle());
}

TEST_CASE("deleted code is old and nothing is current") {
  TestNode test;
  REQUIRE(test.load());
  CHECK(test.node.delete_code(kName));
  CHECK_FALSE(test.module().current.loaded);
  CHECK(test.module().old.loaded);
  CHECK_FALSE(test.node.delete_code(kName));
}

TEST_CASE("code is not deleted while there is old code") {
  TestNode test;
  REQUIRE(test.load());
  REQUIRE(test.load());
  CHECK_FALSE(test.node.delete_code(kName));
  CHECK(test.module().current.loaded);
}

TEST_CASE("a version may be loaded beside old code as long as nothing is current") {
  TestNode test;
  REQUIRE(test.load());
  const Word* first = test.module().current.literals.start;
  REQUIRE(test.node.delete_code(kName));
  CHECK(test.load());
  CHECK(test.module().old.literals.start == first);
  CHECK_FALSE(test.load());
}

TEST_CASE("a soft purge gives up when a process runs the old code and changes nothing") {
  TestNode test;
  REQUIRE(test.load());
  const Process& process = test.spawn_in(test.module().current);
  REQUIRE(test.load());
  CHECK_FALSE(must(test.node.soft_purge_code(kName)));
  CHECK_FALSE(process.killed);
  CHECK(test.module().old.loaded);
  CHECK_FALSE(test.module().old.purge_pending);
  CHECK(test.node.collector().idle());
}

TEST_CASE("a hard purge kills who runs the old code and nobody else") {
  TestNode test;
  REQUIRE(test.load());
  const Process& old = test.spawn_in(test.module().current);
  REQUIRE(test.load());
  const Process& current = test.spawn_in(test.module().current);
  CHECK(must(test.node.purge_code(kName)));
  CHECK(old.killed);
  CHECK_FALSE(current.killed);
  CHECK_FALSE(must(test.node.purge_code(kName)));
  CHECK(test.memory.live_bytes() == 233 * kWordBytes);
}

TEST_CASE("who left the old code no longer stops a soft purge") {
  TestNode test;
  REQUIRE(test.load());
  Process& process = test.spawn_in(test.module().current);
  REQUIRE(test.load());
  process.pop();
  CHECK(must(test.node.soft_purge_code(kName)));
  CHECK_FALSE(test.module().old.loaded);
}

TEST_CASE("return addresses survive collections and are no terms") {
  TestNode test;
  REQUIRE(test.load());
  Process& process = test.spawn_in(test.module().current);
  must(collect_major(process));
  must(collect(process));
  CHECK(test.damage(process) == kNoDamage);
  CHECK(runs_code(process, test.module().current.code));
  CHECK(process.stack_term(1) == make_small(1));
}

TEST_CASE("a small integer that looks like a code address stops no purge") {
  TestNode test;
  REQUIRE(test.load());
  Process& process = test.spawn();
  REQUIRE(process.push(Term{test.module().current.code_address() | 0xF}));
  REQUIRE(test.load());
  CHECK(must(test.node.soft_purge_code(kName)));
}

TEST_CASE("who holds literals of the old code survives its purge and copies them later") {
  TestNode test;
  REQUIRE(test.load());
  Process& holder = test.spawn();
  REQUIRE(holder.push(test.literal(test.module().current, 2)));
  const Word* first = test.module().current.literals.start;
  REQUIRE(test.load());
  CHECK(must(test.node.soft_purge_code(kName)));
  CHECK(is_readable(first));
  CHECK(holder.total_heap_words() == 233);
  CHECK(test.collect_literals().holders == 1);
  CHECK_FALSE(is_readable(first));
  CHECK(holder.total_heap_words() == 375);
  CHECK(test.damage(holder) == kNoDamage);
  CHECK(same_graph(holder.stack_term(0), test.image.literals[2]));
}

TEST_CASE("purges queue their areas and one collection frees them all") {
  TestNode test;
  REQUIRE(test.load());
  for (int i = 0; i < 4; ++i) {
    REQUIRE(test.load());
    CHECK(must(test.node.soft_purge_code(kName)));
  }
  CHECK(test.node.collector().queued() == 4);
  CHECK(test.node.literals().committed_bytes() == 6 * LiteralSpace::kPageBytes);
  test.collect_literals();
  CHECK(test.node.collector().idle());
  CHECK(test.node.literals().committed_bytes() == 2 * LiteralSpace::kPageBytes);
}

TEST_CASE("a collection that runs out of memory goes on with the same area") {
  TestNode test;
  REQUIRE(test.load());
  Process& holder = test.spawn();
  REQUIRE(holder.push(test.literal(test.module().current, 2)));
  REQUIRE(test.load());
  REQUIRE(must(test.node.soft_purge_code(kName)));
  REQUIRE(test.load());
  REQUIRE(must(test.node.soft_purge_code(kName)));
  PurgeObserver observer;
  FailingBlocks none(test.memory.source, 0);
  CHECK_FALSE(test.node.collect_literals(*find_strategy("otp"), none, observer).ok());
  CHECK_FALSE(test.node.collector().idle());
  CHECK(test.damage(holder) == kNoDamage);
  CHECK(test.collect_literals().holders == 1);
  CHECK(test.node.collector().idle());
  CHECK(test.node.literals().committed_bytes() == 2 * LiteralSpace::kPageBytes);
}

TEST_CASE("a fun of current and of old code runs and one of purged code is bad") {
  TestNode test;
  REQUIRE(test.load());
  const Word entry = test.module().current.code_address(5);
  CHECK(test.node.code().call_fun(entry) == FunCall::kRuns);
  REQUIRE(test.load());
  CHECK(test.node.code().call_fun(entry) == FunCall::kRuns);
  REQUIRE(must(test.node.soft_purge_code(kName)));
  CHECK(test.node.code().call_fun(entry) == FunCall::kBadFun);
  CHECK(test.node.code().call_fun(test.module().current.code_address(5)) == FunCall::kRuns);
}

TEST_CASE("a fun waits for the end of a purge and runs again when the purge gives up") {
  TestNode test;
  REQUIRE(test.load());
  const Word entry = test.module().current.code_address(5);
  REQUIRE(test.load());
  {
    CodePurge purge(test.module());
    CHECK(test.node.code().call_fun(entry) == FunCall::kSuspends);
    purge.give_up();
    CHECK(test.node.code().call_fun(entry) == FunCall::kRuns);
  }
  CHECK(test.module().old.loaded);
}
