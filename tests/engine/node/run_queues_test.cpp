// Whom a scheduler takes next, and for what.
#include "engine/node/run_queues.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"

namespace {

using namespace beam;
using namespace beam_test;

struct TestQueues {
  TestQueues(std::size_t schedulers, std::size_t processes) {
    must(queues.prepare(schedulers));
    must(queues.grow(processes));
  }
  // Takes one and puts it back; which one it was.
  std::optional<std::size_t> run(std::size_t scheduler) {
    const auto item = queues.take(scheduler);
    if (!item) return std::nullopt;
    queues.put_back(item->process);
    return item->process;
  }

  RunQueues queues;
};

}  // namespace

TEST_CASE("a scheduler takes processes of its own queue in order and then those of others") {
  TestQueues test(2, 6);
  for (const std::size_t process : {5U, 0U, 1U, 2U, 3U}) test.queues.make_runnable(process);
  CHECK(test.queues.queued() == 5);
  CHECK(test.run(0) == 0U);
  CHECK(test.run(0) == 2U);
  CHECK(test.run(0) == 5U);
  CHECK(test.run(0) == 1U);
  CHECK(test.run(0) == 3U);
  CHECK(test.run(0) == std::nullopt);
  CHECK(test.queues.queued() == 0);
}

TEST_CASE("a process is in one queue once and gets its request and its slice together") {
  TestQueues test(1, 2);
  test.queues.make_runnable(1);
  test.queues.make_runnable(1);
  test.queues.request({1, RequestKind::kFirst});
  const auto item = test.queues.take(0);
  REQUIRE(item);
  CHECK(item->process == 1);
  CHECK(item->slice);
  CHECK(item->request == RequestKind::kFirst);
  CHECK_FALSE(item->gone);
  CHECK_FALSE(test.queues.take(0));
}

TEST_CASE("what comes up while a process runs waits until it is put back") {
  TestQueues test(1, 1);
  test.queues.make_runnable(0);
  REQUIRE(test.queues.take(0));
  test.queues.make_runnable(0);
  test.queues.request({0, RequestKind::kFirst});
  CHECK_FALSE(test.queues.take(0));
  test.queues.put_back(0);
  const auto item = test.queues.take(0);
  REQUIRE(item);
  CHECK(item->slice);
  CHECK(item->request == RequestKind::kFirst);
  test.queues.put_back(0);
  CHECK_FALSE(test.queues.take(0));
}

TEST_CASE("a follow-up for a process whose place has another one is for nobody") {
  TestQueues test(1, 1);
  test.queues.request({0, RequestKind::kFirst});
  CHECK(test.run(0) == 0U);
  test.queues.request({0, RequestKind::kFollowUp});
  CHECK_FALSE(test.queues.take(0)->gone);
  test.queues.put_back(0);
  ++test.queues.entry(0).serial;
  test.queues.request({0, RequestKind::kFollowUp});
  CHECK(test.queues.take(0)->gone);
  test.queues.put_back(0);
  test.queues.request({0, RequestKind::kFirst});
  CHECK_FALSE(test.queues.take(0)->gone);
}

TEST_CASE("queues that grow keep what they know") {
  TestQueues test(2, 1);
  test.queues.make_runnable(0);
  must(test.queues.grow(3));
  must(test.queues.grow(2));
  CHECK(test.queues.size() == 3);
  test.queues.make_runnable(2);
  CHECK(test.run(1) == 0U);
  CHECK(test.run(1) == 2U);
}
