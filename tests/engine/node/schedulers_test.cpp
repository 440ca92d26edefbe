// Purges on scheduler threads: the same answers and the same heaps as on one thread.
#include <atomic>
#include <thread>
#include <vector>

#include "engine/node/schedulers.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/readable.hpp"
#include "tests/support/scheduled_node.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Term kName = LoadedNode::kName;

SliceEnd exit_on_message(Slice& slice) noexcept {
  const auto message = slice.receive();
  return message && message.value() == kNonValue ? SliceEnd::kWaits : SliceEnd::kExits;
}

}  // namespace

TEST_CASE("a purge on schedulers does the work of a purge on one thread") {
  const auto fill = [](ScheduledNode& test) {
    for (std::size_t i = 0; i < 50; ++i) {
      test.spawn_holder(1 + i % 9);
      test.spawn();
    }
    test.load();
  };
  ScheduledNode one;
  fill(one);
  PurgeObserver observer;
  const PurgeWork expected =
      must(one.node.purge(kName, *find_strategy("otp"), one.memory.blocks, observer));
  for (const std::size_t count : std::vector<std::size_t>{1, 2, 8}) {
    ScheduledNode many;
    fill(many);
    many.start(count);
    CHECK(must(many.schedulers->purge(kName, *find_strategy("otp"))) == expected);
    CHECK(many.damage() == kNoDamage);
    CHECK_FALSE(many.module().old.loaded);
    CHECK(many.node.literals().committed_bytes() == 2 * LiteralSpace::kPageBytes);
    for (std::size_t i = 0; i < 100; ++i) {
      CHECK(many.node.processes()[i].total_heap_words() ==
            one.node.processes()[i].total_heap_words());
    }
  }
}

TEST_CASE("a number of schedulers that no runtime has is refused") {
  ScheduledNode test;
  CHECK_FALSE(Schedulers::start(test.node, test.memory.counted, {}).ok());
  const std::vector<SchedulerSetup> many(Schedulers::kMax + 1,
                                         {&test.memory.counted, &test.observer});
  CHECK_FALSE(Schedulers::start(test.node, test.memory.counted, many).ok());
}

TEST_CASE("code is purged softly and hard on schedulers as on one thread") {
  ScheduledNode test;
  Process& runs = test.spawn();
  REQUIRE(runs.push(Term{test.module().current.code_address()}));
  test.spawn_holder(2);
  test.load();
  test.start(2);
  CHECK_FALSE(must(test.schedulers->soft_purge_code(kName)));
  CHECK(test.module().old.loaded);
  CHECK_FALSE(runs.killed);
  CHECK(must(test.schedulers->purge_code(kName)));
  CHECK(runs.killed);
  CHECK(runs.total_heap_words() == 0);
  CHECK(must(test.schedulers->soft_purge_code(kName)));
  CHECK_FALSE(must(test.schedulers->purge_code(kName)));
  CHECK(must(test.collect_literals()).holders == 1);
  CHECK(test.damage() == kNoDamage);
}

TEST_CASE("a hard purge on schedulers kills all who run old code and nobody else") {
  for (const std::size_t count : std::vector<std::size_t>{1, 2, 8}) {
    ScheduledNode test;
    const Term old_code{test.module().current.code_address()};
    for (int i = 0; i < 40; ++i) {
      REQUIRE(test.spawn().push(old_code));
      test.spawn_holder(2);
    }
    test.load();
    test.start(count);
    CHECK(must(test.schedulers->purge_code(kName)));
    for (std::size_t i = 0; i < 80; ++i) CHECK(test.node.processes()[i].killed == (i % 2 == 0));
    CHECK(test.memory.live_bytes() == 40 * 233 * kWordBytes);
    CHECK_FALSE(must(test.schedulers->purge_code(kName)));
  }
}

TEST_CASE("nobody is asked behind a process that ends the round") {
  class Task final : public ProcessTask {
   public:
    Answer run(const Asked&) noexcept override {
      ++asked;
      return Answer::kEndsRound;
    }
    std::size_t asked = 0;
  };
  ScheduledNode test;
  for (int i = 0; i < 20; ++i) test.spawn();
  test.start(1);
  Task task;
  must(test.schedulers->ask_all(task));
  CHECK(task.asked == 2);  // as many as were asked at the beginning
}

TEST_CASE("a collection on schedulers that runs out of memory keeps the area and can be repeated") {
  ScheduledNode test;
  for (std::size_t i = 1; i < 6; ++i) test.spawn_holder(i);
  test.load();
  FailingBlocks temp(test.memory.counted, 0);
  test.start(2, &temp);
  const Word* old = test.module().old.literals.start;
  CHECK_FALSE(test.schedulers->purge(kName, *find_strategy("otp")).ok());
  CHECK(is_readable(old));
  CHECK(test.damage() == kNoDamage);
  temp.set_budget(FailingBlocks::kNever);
  CHECK(must(test.collect_literals()).holders == 5);
  CHECK_FALSE(is_readable(old));
  CHECK(test.damage() == kNoDamage);
}

TEST_CASE("a spawned process gets a copy of its argument and a heap of the runtime's size") {
  // Elements of a list, and the block that OTP 25 gives for it.
  for (const auto& [elements, block] :
       std::vector<std::pair<std::size_t, std::size_t>>{{1, 233}, {115, 376}, {1000, 2586}}) {
    std::atomic<std::size_t> ran{0};
    BodyOf body([&](Slice&) noexcept {
      add_one(ran);
      return SliceEnd::kWaits;
    });
    ScheduledNode test;
    Process& maker = *must(test.node.spawn(test.memory.counted, {.min_heap_words = 10000}));
    const Term argument = small_list(TermRoom(maker), elements);
    test.start(2);
    const Pid pid = must(test.schedulers->spawn(test.memory.counted, body, argument, {}));
    wait_until(ran, 1);
    test.schedulers.reset();
    Process& process = test.node.processes()[pid.index];
    CHECK(process.young.words == block);
    CHECK(same_graph(process.stack_term(0), argument));
    CHECK(test.damage() == kNoDamage);
  }
}

TEST_CASE("binaries in the argument of a spawned process count for its virtual heap") {
  std::atomic<std::size_t> ran{0};
  BodyOf body([&](Slice&) noexcept {
    add_one(ran);
    return SliceEnd::kWaits;
  });
  ScheduledNode test;
  Payloads payloads;
  Process& maker = test.spawn();
  const Term argument = counted_binary(TermRoom(maker), payloads.make(8000));
  test.start(2);
  const Pid pid = must(test.schedulers->spawn(test.memory.counted, body, argument, {}));
  wait_until(ran, 1);
  test.schedulers.reset();
  CHECK(test.node.processes()[pid.index].virtual_heap.young == 1000);
  CHECK(payloads.references() == 2);
  CHECK(test.damage() == kNoDamage);
}

TEST_CASE("messages arrive in the order in which they were sent") {
  std::atomic<std::size_t> received{0};
  std::atomic<bool> in_order{true};
  BodyOf body([&](Slice& slice) noexcept {
    for (;;) {
      const auto message = slice.receive();
      if (!message || message.value() == kNonValue) return SliceEnd::kWaits;
      const std::size_t number = received.load();
      if (head_of(message.value()) != make_small(static_cast<std::int64_t>(number))) {
        in_order = false;
      }
      add_one(received);
    }
  });
  ScheduledNode test;
  test.start(2);
  const Pid pid = must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
  Process& maker = test.spawn();
  for (std::size_t i = 0; i < 100; ++i) {
    const Term message = cons(TermRoom(maker), make_small(static_cast<std::int64_t>(i)), kNil);
    CHECK(must(test.schedulers->send(pid, message)));
  }
  wait_until(received, 100);
  CHECK(in_order);
}

TEST_CASE("what a process keeps in its own queue between scan and collection is no literal") {
  class Observer final : public PurgeObserver {
   public:
    void process_ends(std::size_t) noexcept override { scanned = true; }
    std::atomic<bool> scanned{false};
  };
  for (const bool off_heap : {false, true}) {
    Observer observer;
    std::atomic<bool> done{false};
    // Always has something to run, so that a slice follows its scan.
    BodyOf body([&](Slice& slice) noexcept {
      if (!observer.scanned) return SliceEnd::kRunnable;
      done = slice.send_to_self(slice.process().stack_term(0)).ok() &&
             slice.change_message_queue_data(true).ok();
      return SliceEnd::kWaits;
    });
    ScheduledNode test;
    const Term old = test.literal(2);
    test.start(1, nullptr, &observer);
    const Pid pid = must(
        test.schedulers->spawn(test.memory.counted, body, old, {.off_heap_messages = off_heap}));
    test.load();
    CHECK(must(test.schedulers->purge(kName, *find_strategy("otp"))).holders == 1);
    test.schedulers.reset();
    CHECK(done);
    CHECK(test.damage() == kNoDamage);
    const Process& process = test.node.processes()[pid.index];
    REQUIRE(process.messages.count == 1);
    CHECK(same_graph(process.messages.first->term, test.image.literals[2]));
  }
}

TEST_CASE("nothing is sent to a process that exited nor to the one that has its place now") {
  std::atomic<std::size_t> ended{0};
  BodyOf exits([&](Slice&) noexcept {
    add_one(ended);
    return SliceEnd::kExits;
  });
  BodyOf waits([&](Slice&) noexcept { return SliceEnd::kWaits; });
  ScheduledNode test;
  test.start(2);
  const Pid dead = must(test.schedulers->spawn(test.memory.counted, exits, kNil, {}));
  wait_until(ended, 1);
  test.schedulers->wait_for_progress();
  CHECK_FALSE(must(test.schedulers->send(dead, kNil)));
  const Pid next = must(test.schedulers->spawn(test.memory.counted, waits, kNil, {}));
  CHECK(next.index == dead.index);
  CHECK(next.serial != dead.serial);
  CHECK_FALSE(must(test.schedulers->send(dead, kNil)));
  CHECK(must(test.schedulers->send(next, kNil)));
}

TEST_CASE("a process that exits or is killed gives back its heap and messages that it never got") {
  for (const bool exits : {true, false}) {
    std::atomic<bool> may_exit{false};
    BodyOf body([&](Slice& slice) noexcept {
      return may_exit ? exit_on_message(slice) : SliceEnd::kWaits;
    });
    ScheduledNode test;
    Payloads payloads;
    Process& sender = test.spawn();
    const Term binary = counted_binary(TermRoom(sender), payloads.make(1000));
    const Word code = test.module().current.code_address();
    test.load();
    test.start(2);
    const std::uint64_t before = test.memory.live_bytes();
    const Pid pid = must(test.schedulers->spawn(test.memory.counted, body, Term{code}, {}));
    for (int i = 0; i < 3; ++i) CHECK(must(test.schedulers->send(pid, binary)));
    CHECK(payloads.references() == 4);
    if (exits) {
      may_exit = true;
      while (test.is_there(pid)) std::this_thread::yield();
    } else {
      CHECK(must(test.schedulers->purge_code(kName)));
    }
    test.schedulers->wait_for_progress();
    CHECK(test.memory.live_bytes() == before);
    CHECK(payloads.references() == 1);
  }
}

TEST_CASE("a process that takes the place of one that was asked is not asked in its place") {
  class Task final : public ProcessTask {
   public:
    Task(ScheduledNode& test, ProcessBody& body, const std::vector<Pid>& pids)
        : test_(test), body_(body), pids_(pids) {}

    // All have to collect; two do at once, and the third one waits. The first lets it exit and
    // another process take its place, the second waits for that.
    Answer run(const Asked& asked) noexcept override {
      if (asked.kind == RequestKind::kFirst) return Answer::kNeedsFollowUp;
      const std::size_t before = collects_.fetch_add(1);
      if (before == 0) {
        first_ = asked.index;
        wait_until(collects_, 2);
        wait_until(second_known_, 1);
        replace(pids_[3 - first_ - second_]);
        add_one(replaced_);
      } else if (before == 1) {
        second_ = asked.index;
        add_one(second_known_);
        collects_.notify_all();
        wait_until(replaced_, 1);
      }
      return Answer::kOk;
    }
    [[nodiscard]] std::size_t collects() const noexcept { return collects_; }
    [[nodiscard]] bool same_place() const noexcept { return same_place_; }

   private:
    void replace(Pid victim) noexcept {
      while (test_.is_there(victim)) std::this_thread::yield();
      while (!same_place_ && spawn_in(victim.index)) std::this_thread::yield();
    }
    // The place is free once the scheduler on which its process exited has put it back; until then
    // a new process gets another one, and exits again. False: there was no room for one.
    bool spawn_in(std::size_t place) noexcept {
      const auto heir = test_.schedulers->spawn(test_.memory.counted, body_, kNil, {});
      if (!heir) return false;
      same_place_ = heir.value().index == place;
      if (!same_place_) must(test_.schedulers->send(heir.value(), kNil));
      return true;
    }

    ScheduledNode& test_;
    ProcessBody& body_;
    const std::vector<Pid>& pids_;
    std::size_t first_ = 0;
    std::size_t second_ = 0;
    bool same_place_ = false;
    std::atomic<std::size_t> collects_{0};
    std::atomic<std::size_t> second_known_{0};
    std::atomic<std::size_t> replaced_{0};
  };
  // Exits when it gets a message.
  BodyOf body([](Slice& slice) noexcept { return exit_on_message(slice); });
  ScheduledNode test;
  test.start(3);
  std::vector<Pid> pids(3);
  for (Pid& pid : pids) pid = must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
  Task task(test, body, pids);
  must(test.schedulers->ask_all(task));
  CHECK(task.same_place());
  CHECK(task.collects() == 2);
}

TEST_CASE("messages that nobody received are given back with the schedulers") {
  BodyOf waits([](Slice&) noexcept { return SliceEnd::kWaits; });
  ScheduledNode test;
  test.start(2);
  const Pid pid = must(test.schedulers->spawn(test.memory.counted, waits, kNil, {}));
  const std::uint64_t before = test.memory.live_bytes();
  CHECK(must(test.schedulers->send(pid, kNil)));
  CHECK(test.memory.live_bytes() > before);
  test.schedulers.reset();
  CHECK(test.memory.live_bytes() == before);
}
