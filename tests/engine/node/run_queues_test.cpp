// Whom a scheduler takes next, and for what.
#include "engine/node/run_queues.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"

namespace {

using namespace beam;
using namespace beam_test;

class NoBody final : public ProcessBody {
 public:
  SliceEnd run(Slice&) noexcept override { return SliceEnd::kExits; }
};

struct TestQueues {
  TestQueues(std::size_t schedulers, std::size_t places) {
    must(queues.prepare(schedulers, 100));
    queues.grow(places);
  }
  // Takes one and puts it back; which one it was.
  std::optional<std::size_t> run(std::size_t scheduler) {
    const auto item = queues.take(scheduler);
    if (!item) return std::nullopt;
    queues.put_back(item->pid.index);
    return item->pid.index;
  }

  RunQueues queues;
  NoBody body;
  Message first;
  Message second;
  Message third;
};

}  // namespace

TEST_CASE("a scheduler takes processes of its own queue in order and then those of others") {
  TestQueues test(2, 6);
  for (const std::size_t place : {5U, 0U, 1U, 2U, 3U}) test.queues.make_runnable(place);
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
  CHECK(item->pid.index == 1);
  CHECK(item->slice);
  CHECK(item->request == RequestKind::kFirst);
  CHECK_FALSE(item->gone);
  CHECK_FALSE(test.queues.take(0));
}

TEST_CASE("what comes up while a process runs waits until it is put back") {
  TestQueues test(1, 1);
  test.queues.make_runnable(0);
  REQUIRE(test.queues.take(0));
  CHECK(test.queues.is_taken(0));
  test.queues.make_runnable(0);
  test.queues.request({0, RequestKind::kFirst});
  CHECK_FALSE(test.queues.take(0));
  test.queues.put_back(0);
  CHECK_FALSE(test.queues.is_taken(0));
  const auto item = test.queues.take(0);
  REQUIRE(item);
  CHECK(item->slice);
  CHECK(item->request == RequestKind::kFirst);
  test.queues.put_back(0);
  CHECK_FALSE(test.queues.take(0));
}

TEST_CASE("a turn begins with all messages that came before it and leaves later ones behind them") {
  TestQueues test(1, 1);
  const Pid pid = test.queues.occupy(0, test.body);
  CHECK(test.queues.deliver(pid, &test.first));
  CHECK(test.queues.deliver(pid, &test.second));
  const auto item = test.queues.take(0);
  REQUIRE(item);
  MessageQueue& fetched = item->mailbox->fetched();
  CHECK(fetched.count == 2);
  CHECK(test.queues.deliver(pid, &test.third));
  CHECK(fetched.count == 2);
  item->mailbox->fetch();
  for (Message* const message : {&test.first, &test.second, &test.third}) {
    CHECK(fetched.take() == message);
  }
}

TEST_CASE("a message makes a process runnable whatever it does when it comes") {
  for (const bool runs : {false, true}) {
    for (const bool asked : {false, true}) {
      TestQueues test(1, 1);
      const Pid pid = test.queues.occupy(0, test.body);
      CHECK(test.run(0) == 0U);
      if (asked) test.queues.request({0, RequestKind::kFirst});
      if (runs && !asked) test.queues.make_runnable(0);
      if (runs) REQUIRE(test.queues.take(0));
      CHECK(test.queues.deliver(pid, &test.first));
      if (runs) test.queues.put_back(0);
      const auto item = test.queues.take(0);
      REQUIRE(item);
      CHECK(item->slice);
      CHECK(item->mailbox->fetched().first == &test.first);
    }
  }
}

TEST_CASE("a process that goes leaves all its messages and gets none any more") {
  TestQueues test(1, 1);
  const Pid pid = test.queues.occupy(0, test.body);
  CHECK(test.queues.deliver(pid, &test.first));
  CHECK(test.queues.take(0)->alive);
  CHECK(test.queues.deliver(pid, &test.second));
  const MessageQueue left = test.queues.vacate(0);
  CHECK(left.count == 2);
  CHECK(left.first == &test.first);
  CHECK(left.last == &test.second);
  CHECK_FALSE(test.queues.deliver(pid, &test.third));
  test.queues.put_back(0);
  CHECK_FALSE(test.queues.take(0));
  const Pid next = test.queues.occupy(0, test.body);
  CHECK_FALSE(next == pid);
  CHECK_FALSE(test.queues.deliver(pid, &test.third));
  CHECK(test.queues.deliver(next, &test.third));
  CHECK(test.queues.take(0)->pid == next);
}

TEST_CASE("nothing is delivered to a place that does not exist") {
  TestQueues test(1, 1);
  CHECK_FALSE(test.queues.deliver({0, 0}, &test.first));
  CHECK_FALSE(test.queues.deliver({1, 0}, &test.first));
}

TEST_CASE("a follow-up for a process whose place has another one is for nobody") {
  TestQueues test(1, 1);
  test.queues.request({0, RequestKind::kFirst});
  CHECK(test.run(0) == 0U);
  test.queues.request({0, RequestKind::kFollowUp});
  CHECK_FALSE(test.queues.take(0)->gone);
  CHECK(test.queues.vacate(0).empty());
  test.queues.put_back(0);
  test.queues.request({0, RequestKind::kFollowUp});
  CHECK(test.queues.take(0)->gone);
  test.queues.put_back(0);
  test.queues.request({0, RequestKind::kFirst});
  CHECK_FALSE(test.queues.take(0)->gone);
}

TEST_CASE("queues that grow keep what they know where it is") {
  TestQueues test(2, 1);
  test.queues.make_runnable(0);
  const auto item = test.queues.take(0);
  test.queues.make_runnable(0);
  test.queues.grow(100);
  test.queues.grow(2);
  CHECK(test.queues.places() == 100);
  test.queues.put_back(0);
  CHECK(test.queues.take(0)->mailbox == item->mailbox);
  test.queues.grow(101);
  CHECK(test.queues.places() == 100);
}
