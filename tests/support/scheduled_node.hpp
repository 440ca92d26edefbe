// A node on scheduler threads, and what its processes do there.
//
// Bodies are declared before the node whose schedulers run them, so that those have stopped when
// the bodies end.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "engine/node/schedulers.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/loaded_node.hpp"

namespace beam_test {

// Waits until `count` is at least `least`.
inline void wait_until(const std::atomic<std::size_t>& count, std::size_t least) {
  for (std::size_t now = count; now < least; now = count) count.wait(now);
}
inline void add_one(std::atomic<std::size_t>& count) noexcept {
  count.fetch_add(1);
  count.notify_all();
}

// What a body does, as a function.
template <class Run>
class BodyOf final : public beam::ProcessBody {
 public:
  explicit BodyOf(Run run) noexcept : run_(run) {}
  beam::SliceEnd run(beam::Slice& slice) noexcept override { return run_(slice); }

 private:
  Run run_;
};

// Keeps the scheduler that runs it until it is let go.
class BlockingBody final : public beam::ProcessBody {
 public:
  beam::SliceEnd run(beam::Slice&) noexcept override {
    add_one(running_);
    wait_until(let_go_, 1);
    return beam::SliceEnd::kWaits;
  }
  void wait_until_it_runs() const { wait_until(running_, 1); }
  void let_go() noexcept { add_one(let_go_); }

 private:
  std::atomic<std::size_t> running_{0};
  std::atomic<std::size_t> let_go_{0};
};

class ScheduledNode : public LoadedNode {
 public:
  // Threads, each with its own temporary blocks.
  void start(std::size_t count, beam::BlockResource* temp = nullptr,
             beam::PurgeObserver* told = nullptr) {
    const beam::SchedulerSetup setup{temp != nullptr ? temp : &memory.counted,
                                     told != nullptr ? told : &observer};
    const std::vector<beam::SchedulerSetup> setups(count, setup);
    schedulers = must(beam::Schedulers::start(node, memory.counted, setups));
  }
  // Sends it a message, too.
  [[nodiscard]] bool is_there(beam::Pid pid) noexcept {
    const auto sent = schedulers->send(pid, beam::kNil);
    return sent && sent.value();
  }
  beam::Result<beam::PurgeWork> collect_literals() {
    return schedulers->collect_literals(*beam::find_strategy("otp"));
  }

  // When this returns the only scheduler has done all that was queued for it.
  void run_queued();

  beam::PurgeObserver observer;
  std::unique_ptr<beam::Schedulers> schedulers;
};

inline void ScheduledNode::run_queued() {
  std::atomic<std::size_t> ran{0};
  BodyOf body([&ran](beam::Slice&) noexcept {
    add_one(ran);
    return beam::SliceEnd::kExits;
  });
  must(schedulers->spawn(memory.counted, body, beam::kNil, {}));
  wait_until(ran, 1);
  schedulers->wait_for_progress();
}

}  // namespace beam_test
