// What waits for slices that run, and what does not.
//
// A slice that must not be overtaken stays for a while and looks whether it was: a driver that
// waits never overtakes it, however long that is, and one that does not wait has the time to.
#include <chrono>
#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/readable.hpp"
#include "tests/support/scheduled_node.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr Term kName = LoadedNode::kName;
constexpr int kPatience = 50;  // ms, or as long as others run meanwhile

// Whether `overtaken` came to hold while others could run.
template <class Condition>
bool stays_until(Condition overtaken) noexcept {
  for (int i = 0; i < kPatience; ++i) {
    if (overtaken()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return false;
}

}  // namespace

TEST_CASE("progress is made when every slice that ran is over") {
  for (const std::size_t schedulers : {1U, 2U}) {
    std::atomic<std::size_t> running{0};
    std::atomic<bool> returned{false};
    std::atomic<bool> overtaken{false};
    BodyOf body([&](Slice&) noexcept {
      add_one(running);
      if (stays_until([&] { return returned.load(); })) overtaken = true;
      return SliceEnd::kWaits;
    });
    ScheduledNode test;
    test.start(schedulers);
    for (std::size_t i = 0; i < schedulers; ++i) {
      must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
    }
    wait_until(running, schedulers);
    test.schedulers->wait_for_progress();
    returned = true;
    test.schedulers.reset();
    CHECK_FALSE(overtaken);
  }
}

TEST_CASE("progress is made while processes have something to run all the time") {
  BodyOf runs([](Slice&) noexcept { return SliceEnd::kRunnable; });
  ScheduledNode test;
  test.start(2);
  for (int i = 0; i < 8; ++i) {
    must(test.schedulers->spawn(test.memory.counted, runs, kNil, {}));
  }
  for (int i = 0; i < 10; ++i) test.schedulers->wait_for_progress();
  CHECK(test.damage() == kNoDamage);
}

TEST_CASE("schedulers are idle when nobody has anything to run") {
  BlockingBody blocks;
  BodyOf waits([](Slice&) noexcept { return SliceEnd::kWaits; });
  ScheduledNode test;
  test.start(1);
  CHECK(test.schedulers->is_idle());
  must(test.schedulers->spawn(test.memory.counted, blocks, kNil, {}));
  blocks.wait_until_it_runs();
  CHECK_FALSE(test.schedulers->is_idle());  // something runs
  must(test.schedulers->spawn(test.memory.counted, waits, kNil, {}));
  CHECK_FALSE(test.schedulers->is_idle());
  blocks.let_go();
  test.run_queued();
  CHECK(test.schedulers->is_idle());
}

TEST_CASE("nobody is asked for literals before slices that began earlier are over") {
  class Observer final : public PurgeObserver {
   public:
    void process_begins(std::size_t) noexcept override { asked = true; }
    std::atomic<bool> asked{false};
  };
  Observer observer;
  std::atomic<std::size_t> running{0};
  std::atomic<bool> overtaken{false};
  const Schedulers* schedulers = nullptr;
  BodyOf body([&](Slice&) noexcept {
    add_one(running);
    while (schedulers->released_ranges().empty()) std::this_thread::yield();
    if (stays_until([&] { return observer.asked.load(); })) overtaken = true;
    return SliceEnd::kWaits;
  });
  ScheduledNode test;
  test.spawn_holder(1);
  test.load();
  test.start(2, nullptr, &observer);
  schedulers = test.schedulers.get();
  must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
  wait_until(running, 1);
  CHECK(must(test.schedulers->purge(kName, *find_strategy("otp"))).holders == 1);
  CHECK(observer.asked);
  test.schedulers.reset();
  CHECK_FALSE(overtaken);
}

TEST_CASE("an area is there until slices are over that began while it was being released") {
  constexpr std::size_t kFirst = 0;   // is asked for as long as the other one has no such slice
  constexpr std::size_t kSecond = 1;  // has been asked before its slice begins
  class Observer final : public PurgeObserver {
   public:
    void process_ends(std::size_t index) noexcept override {
      if (index == kFirst) wait_until(running, 1);
      if (index == kSecond) second_asked = true;
    }
    std::atomic<bool> second_asked{false};
    std::atomic<std::size_t> running{0};
  };
  Observer observer;
  std::atomic<bool> overtaken{false};
  const Schedulers* schedulers = nullptr;
  const Word* area = nullptr;
  int slices = 0;  // since it was asked; the first one is of the same turn
  BodyOf body([&](Slice&) noexcept {
    if (!observer.second_asked || ++slices == 1) return SliceEnd::kRunnable;
    add_one(observer.running);
    while (!schedulers->released_ranges().empty()) std::this_thread::yield();
    if (stays_until([&] { return !is_readable(area); })) overtaken = true;
    return SliceEnd::kExits;
  });
  ScheduledNode test;
  test.spawn();
  test.load();
  area = test.module().old.literals.start;
  test.start(2, nullptr, &observer);
  schedulers = test.schedulers.get();
  const Pid pid = must(test.schedulers->spawn(test.memory.counted, body, kNil, {}));
  REQUIRE(pid.index == kSecond);
  must(test.schedulers->purge(kName, *find_strategy("otp")));
  test.schedulers.reset();
  CHECK_FALSE(overtaken);
  CHECK_FALSE(is_readable(area));
}
