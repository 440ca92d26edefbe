// Messages of a process that is asked for something: none is lost, none overtakes another, and each
// wakes it.
//
// One scheduler, which is kept busy until a message and the requests of a round are queued: a turn
// then has both, the request first.
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/scheduled_node.hpp"

namespace {

using namespace beam;
using namespace beam_test;

using Numbers = std::vector<std::int64_t>;

// Notes what it receives, at most so many in a slice.
class Receiver final : public ProcessBody {
 public:
  SliceEnd run(Slice& slice) noexcept override {
    for (std::size_t i = 0; i < most; ++i) {
      const auto message = slice.receive();
      if (!message || message.value() == kNonValue) break;
      got.push_back(message.value().small());
    }
    return SliceEnd::kWaits;
  }
  std::size_t most = 100;
  Numbers got;
};

// Asks all, and does something when process `whom` is asked. `blocks` lets the scheduler go when
// the round begins: schedulers find it queued as a whole.
template <class Run>
class TaskFor final : public ProcessTask {
 public:
  TaskFor(Pid whom, BlockingBody& blocks, Run run) noexcept
      : whom_(whom), blocks_(blocks), run_(run) {}
  Result<Unit> prepare() noexcept override {
    blocks_.let_go();
    return Unit{};
  }
  Answer run(const Asked& asked) noexcept override {
    if (asked.index == whom_.index) run_(asked);
    return Answer::kOk;
  }

 private:
  Pid whom_;
  BlockingBody& blocks_;
  Run run_;
};

// A receiver that waits, on a scheduler that is busy.
struct TestMessages {
  TestMessages() {
    test.start(1);
    pid = must(test.schedulers->spawn(test.memory.counted, receiver, kNil, {}));
    test.run_queued();
    empty_bytes = test.memory.live_bytes();
    must(test.schedulers->spawn(test.memory.counted, blocks, kNil, {}));
    blocks.wait_until_it_runs();
  }
  // False: the receiver is not there any more.
  bool send(std::int64_t number) noexcept {
    const auto sent = test.schedulers->send(pid, make_small(number));
    return sent && sent.value();
  }
  // Lets the scheduler go with all requests queued, and does `run` when the receiver is asked.
  template <class Run>
  void ask(Run run) {
    TaskFor task(pid, blocks, run);
    must(test.schedulers->ask_all(task));
    test.run_queued();
  }

  Receiver receiver;
  BlockingBody blocks;
  ScheduledNode test;
  Pid pid;
  std::uint64_t empty_bytes = 0;
};

}  // namespace

TEST_CASE("a message wakes a process that is asked in the same turn") {
  TestMessages messages;
  CHECK(messages.send(1));
  messages.ask([](const Asked&) noexcept {});
  CHECK(messages.receiver.got == Numbers{1});
}

TEST_CASE("a message that comes while a process is asked wakes it") {
  TestMessages messages;
  messages.ask([&messages](const Asked&) noexcept { messages.send(1); });
  CHECK(messages.receiver.got == Numbers{1});
}

TEST_CASE("messages that come while a process is asked are received behind older ones") {
  TestMessages messages;
  CHECK(messages.send(1));
  CHECK(messages.send(2));
  messages.ask([&messages](const Asked&) noexcept {
    messages.send(3);
    messages.send(4);
  });
  CHECK(messages.receiver.got == Numbers{1, 2, 3, 4});
}

TEST_CASE("messages that a process left are received before those that come when it is asked") {
  TestMessages messages;
  messages.receiver.most = 1;
  for (const std::int64_t number : {1, 2, 3}) CHECK(messages.send(number));
  messages.blocks.let_go();
  messages.test.run_queued();
  CHECK(messages.receiver.got == Numbers{1});
  messages.receiver.most = 100;
  messages.ask([&messages](const Asked&) noexcept { messages.send(4); });
  CHECK(messages.receiver.got == Numbers{1, 2, 3, 4});
}

TEST_CASE("who is asked has all messages that were sent before and none that is sent meanwhile") {
  TestMessages messages;
  CHECK(messages.send(1));
  CHECK(messages.send(2));
  std::size_t before = 0;
  std::size_t after = 0;
  messages.ask([&](const Asked& asked) noexcept {
    before = asked.messages.count;
    messages.send(3);
    after = asked.messages.count;
  });
  CHECK(before == 2);
  CHECK(after == 2);
}

TEST_CASE("a process that is killed when it is asked gives back all that was ever sent to it") {
  TestMessages messages;
  messages.receiver.most = 0;
  CHECK(messages.send(1));
  CHECK(messages.send(2));
  messages.ask([&messages](const Asked& asked) noexcept {
    messages.send(3);
    asked.process.killed = true;
  });
  CHECK(messages.receiver.got.empty());
  CHECK_FALSE(messages.send(4));
  CHECK(messages.test.node.processes()[messages.pid.index].total_heap_words() == 0);
  // The one that was killed is gone, and the one that kept the scheduler is there.
  CHECK(messages.test.memory.live_bytes() == messages.empty_bytes);
}

TEST_CASE("what comes in a slice can be received in it, and an exit gives back the rest") {
  Numbers got;
  BodyOf body([&got](Slice& slice) noexcept {
    for (const std::int64_t number : {1, 2}) {
      static_cast<void>(slice.send(slice.self(), make_small(number)));
    }
    const auto message = slice.receive();
    if (message && message.value() != kNonValue) got.push_back(message.value().small());
    static_cast<void>(slice.send(slice.self(), make_small(3)));
    return SliceEnd::kExits;
  });
  ScheduledNode test;
  test.start(1);
  const std::uint64_t before = test.memory.live_bytes();
  const Pid pid = must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
  test.run_queued();
  CHECK(got == Numbers{1});
  CHECK_FALSE(test.is_there(pid));
  CHECK(test.memory.live_bytes() == before);
}

TEST_CASE("a process is woken by a message of its own that it did not receive") {
  std::size_t slices = 0;
  BodyOf body([&slices](Slice& slice) noexcept {
    if (slices++ == 0) static_cast<void>(slice.send(slice.self(), kNil));
    return SliceEnd::kWaits;
  });
  ScheduledNode test;
  test.start(1);
  must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
  test.run_queued();
  test.run_queued();
  CHECK(slices == 2);
}
