// Purges under load: processes spawn, send, receive, collect, hibernate and exit on 2 to 8
// scheduler threads while modules are reloaded, persistent terms replaced and old literals
// collected. After each purge every heap is verified and every held literal compared with what it
// was. Then all are quiet for a moment: everything that was sent to a process that lives must have
// been received, by a slice that it got for that, and all that one sends to another in its order.
// In the end all memory and all references must have come back.
//
// usage: scheduler_stress [TIME [SCHEDULERS...]]    (1s on each of 2, 4 and 8; a bare TIME is in
// ms) Exit 0: nothing was broken; 2: bad use. Meant to be built with the thread and the address
// sanitizer, too.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <memory>
#include <span>
#include <vector>

#include "bench/cells/limits.hpp"
#include "bench/report/numbers.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/node/schedulers.hpp"
#include "engine/purge/registry.hpp"
#include "tests/stress/stress_body.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kAreaWords = 600;
constexpr Term kPersistentKey = make_atom(99);

AreaImage make_image(Payloads& payloads) {
  AreaImage image = empty_image(kAreaWords);
  const TermRoom room(image);
  for (std::size_t i = 0; i <= kRecords; ++i) {
    const Term literal = i == kRecords ? counted_binary(room, payloads.make(kPayloadBytes))
                                       : record(room, static_cast<std::int64_t>(i), kElements);
    if (!image.literals.push_back(literal)) throw std::bad_alloc();
  }
  payloads.arena()->retain();
  image.payloads = payloads.arena();
  pad(image, kAreaWords);
  return image;
}

// Everything of one run, and the driver's part in it.
class Stress {
 public:
  explicit Stress(std::size_t schedulers) {
    for (std::size_t i = 0; i < schedulers; ++i) {
      temps_.push_back(std::make_unique<KeptBlocks>(memory_.counted));
      setups_.push_back({temps_.back().get(), &observer_});
    }
    for (std::size_t i = 0; i < kModules; ++i) reload(i);
    put_persistent();
    schedulers_ = must(Schedulers::start(node_, memory_.counted, setups_));
  }

  void run(std::chrono::steady_clock::time_point until) {
    do {
      keep_alive();
      wake_all();
      const std::size_t module = rounds_++ % kModules;
      reload(module);
      if (rounds_ % 3 == 0) put_persistent();
      const bool soft = must(schedulers_->soft_purge_code(name(module)));
      // A process that is killed does not count itself out.
      if (!soft && must(schedulers_->purge_code(name(module)))) ++kills_;
      if (rounds_ % 4 != 0) collect_literals();
      must(schedulers_->ask_all(check_));
      be_quiet();
    } while (std::chrono::steady_clock::now() < until && intact());
  }

  // Stops it, and says what happened. False: something was broken or nothing was tried.
  bool finish(std::size_t schedulers) {
    collect_literals();
    schedulers_.reset();
    give_back();
    std::printf("%zu schedulers: %llu purges, %llu holders, %llu over their limit, %llu with "
                "kills; %llu spawned, %llu exited, "
                "%llu sent, %llu received, %llu out of order, %llu processes behind; "
                "%llu hibernated; %llu heaps verified, %llu broken; "
                "%llu bytes and %llu references left\n",
                schedulers, number(rounds_), number(holders_), number(over_limit_), number(kills_),
                number(world_.spawned), number(world_.exited), number(world_.sent),
                number(world_.received), number(world_.out_of_order), number(world_.behind),
                number(world_.hibernated), number(world_.verified), number(world_.broken),
                number(memory_.live_bytes()), number(references_left()));
    const bool tried = holders_ != 0 && world_.received != 0 && world_.spawned != 0 &&
                       world_.exited != 0 && world_.hibernated != 0 && world_.verified != 0;
    return tried && intact() && memory_.live_bytes() == 0 && references_left() == 0;
  }

 private:
  static unsigned long long number(std::uint64_t value) noexcept { return value; }
  static Term name(std::size_t module) noexcept { return make_atom(module); }
  [[nodiscard]] bool intact() const noexcept {
    return world_.broken == 0 && world_.out_of_order == 0 && world_.behind == 0;
  }

  void collect_literals() {
    // Strategies take turns, and batches of one, two and three areas.
    const auto strategies = purge_strategies();
    const PurgeStrategy& strategy = *strategies[collections_ % strategies.size()].strategy;
    node_.collector().set_areas_per_round(1 + collections_ % 3);
    ++collections_;
    const PurgeWork work = must(schedulers_->collect_literals(strategy));
    holders_ += work.holders;
    over_limit_ += work.killed;
  }
  void give_back() {
    for (std::size_t i = 0; i < node_.processes().size(); ++i) node_.processes()[i].free_heaps();
    temps_.clear();
  }
  // But for those of the image and of the current versions.
  [[nodiscard]] std::uint64_t references_left() const {
    return payloads_.references() - (1 + kModules);
  }

  void reload(std::size_t module) {
    const ModuleVersion& current = must(node_.load(name(module), image_))->current;
    for (std::size_t i = 0; i <= kRecords; ++i) {
      world_.literals[module * (kRecords + 1) + i] =
          placed_term(image_.literals[i], image_, current.literals, node_.literals()).word;
    }
    world_.code[module] = current.code_address(rounds_ % 100);
  }
  // Another value each time; the old one goes to the collector.
  void put_persistent() {
    Process writer = must(Process::spawn(memory_.counted, node_.literals().range()));
    const auto index = static_cast<std::int64_t>(rounds_);
    must(node_.put_persistent(kPersistentKey, record(TermRoom(writer), index, kElements)));
    world_.literals.back() = must(node_.get_persistent(kPersistentKey)).word;
    if (schedulers_) schedulers_->wait_for_progress();
  }
  // Those that a purge killed are not counted out by themselves.
  void keep_alive() {
    class Count final : public ProcessTask {
     public:
      Answer run(const Asked& asked) noexcept override {
        if (!asked.process.killed) alive.fetch_add(1);
        return Answer::kOk;
      }
      std::atomic<std::size_t> alive{0};
    };
    Count count;
    must(schedulers_->ask_all(count));
    world_.alive = count.alive.load();
    for (std::size_t i = count.alive; i < kMinAlive; ++i) {
      const auto seed = make_small(static_cast<std::int64_t>(rounds_ * 1000003 + i));
      world_.remember(must(schedulers_->spawn(memory_.counted, body_, seed, {})));
      world_.alive.fetch_add(1);
    }
  }

  // So that not all of them wait for each other.
  void wake_all() {
    const std::size_t self = world_.mail.outside();
    for (std::size_t i = 0; i < StressWorld::kPids; ++i) {
      const Pid to = world_.pid(i);
      const std::array<Word, kConsWords> cell{world_.mail.next_tag(self, to).word, kNil.word};
      if (!must(schedulers_->send(to, make_list(cell.data())))) continue;
      world_.mail.sent(self, to);
      world_.sent.fetch_add(1);
    }
  }

  // When nobody sends any more and nobody has anything to run, nobody may have messages. Asking for
  // that is no help to a process that should have been woken: it answers before it has a slice.
  void be_quiet() {
    world_.quiet = true;
    do {
      schedulers_->wait_for_progress();
    } while (!schedulers_->is_idle());
    must(schedulers_->ask_all(check_));
    world_.quiet = false;
  }

  TestMemory memory_;
  Payloads payloads_;
  AreaImage image_ = make_image(payloads_);
  Node node_ =
      must(Node::create({.literal_space_bytes = std::size_t{1} << 26, .max_processes = 8192}));
  StressWorld world_;
  StressBody body_{world_};
  StressCheck check_{world_, node_.literals()};
  PurgeObserver observer_;
  std::vector<std::unique_ptr<KeptBlocks>> temps_;
  std::vector<SchedulerSetup> setups_;
  std::unique_ptr<Schedulers> schedulers_;
  std::uint64_t rounds_ = 0;
  std::size_t collections_ = 0;
  std::uint64_t holders_ = 0;
  std::uint64_t kills_ = 0;       // purges that killed who ran old code
  std::uint64_t over_limit_ = 0;  // processes that died of max_heap_size in a purge
};

bool stress(std::size_t schedulers, std::chrono::milliseconds time) {
  Stress stress(schedulers);
  stress.run(std::chrono::steady_clock::now() + time);
  return stress.finish(schedulers);
}

struct Load {
  std::chrono::milliseconds time{1'000};
  std::vector<std::size_t> schedulers;
};

bench::Outcome<Load> load_of(std::span<char*> words) {
  Load load;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto number =
        i == 0 ? bench::report::parse_number("TIME", words[i], bench::cells::kSettleMs)
               : bench::report::parse_number("SCHEDULERS", words[i], bench::cells::kSchedulers);
    if (!number) return number.failure();
    if (i == 0) load.time = std::chrono::milliseconds(number.value());
    if (i != 0) load.schedulers.push_back(number.value());
  }
  if (load.schedulers.empty()) load.schedulers = {2, 4, 8};
  return load;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto load = load_of(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!load) {
      std::fprintf(stderr, "scheduler_stress: %s\n", load.failure().sentence.c_str());
      return 2;
    }
    bool intact = true;
    for (const std::size_t count : load.value().schedulers)
      intact = stress(count, load.value().time) && intact;
    return intact ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
