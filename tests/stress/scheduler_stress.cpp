// Purges under load: processes spawn, send, receive, collect and exit on 2 to 8 scheduler threads
// while modules are reloaded, persistent terms replaced and old literals collected. After each
// purge every heap is verified and every held literal compared with what it was.
//
// usage: scheduler_stress [SECONDS [SCHEDULERS...]]    (1 second on each of 2, 4 and 8)
// Exit 0: nothing was broken. Meant to be built with the thread and the address sanitizer, too.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <vector>

#include "engine/gc/collect.hpp"
#include "engine/gc/verify.hpp"
#include "engine/heap/kept_blocks.hpp"
#include "engine/node/schedulers.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr std::size_t kModules = 2;
constexpr std::size_t kRecords = 10;
constexpr std::size_t kElements = 20;
constexpr std::size_t kPayloadBytes = 1000;
constexpr std::size_t kAreaWords = 600;
constexpr std::size_t kMaxAlive = 300;
constexpr std::size_t kMinAlive = 100;
constexpr Term kPersistentKey = make_atom(99);

// What processes share: the literals of today, each other's pids, counts.
struct World {
  static constexpr std::size_t kPids = 64;
  static constexpr std::size_t kLiterals = kModules * (kRecords + 1) + 1;

  std::array<std::atomic<Word>, kLiterals> literals{};
  std::array<std::atomic<Word>, kModules> code{};
  std::array<std::atomic<std::uint64_t>, kPids> pids{};
  std::atomic<std::size_t> alive{0};
  std::atomic<std::uint64_t> spawned{0};
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> received{0};
  std::atomic<std::uint64_t> broken{0};
};

// {lit, Index, [1, 2, ...]}, or the binary.
bool is_intact(Term literal) noexcept {
  if (!literal.is_boxed()) return false;
  const Word* object = literal.pointer();
  if (object[0] == kProcBinHeader) {
    return object[kProcBinSize] == kPayloadBytes && payload_of(object)->bytes()[7] == 7;
  }
  if (object[0] != make_header(3, Subtag::kTuple)) return false;
  std::int64_t expected = 1;
  Term list{object[3]};
  for (; list.is_list(); list = tail_of(list)) {
    if (head_of(list) != make_small(expected++)) return false;
  }
  return list == kNil && expected == static_cast<std::int64_t>(kElements) + 1;
}

// A list of literals.
bool all_intact(Term held) noexcept {
  for (; held.is_list(); held = tail_of(held)) {
    if (!is_intact(head_of(held))) return false;
  }
  return held == kNil;
}

// The stack of every process, from its top: a list of literals, a return address, its random state.
constexpr std::size_t kHeld = 0;
constexpr std::size_t kReturn = 1;
constexpr std::size_t kRandom = 2;

class Body final : public ProcessBody {
 public:
  explicit Body(World& world) noexcept : world_(world) {}

  SliceEnd run(Slice& slice) noexcept override {
    Process& process = slice.process();
    if (process.stack_words() == 1 && !begin(slice)) return exits();
    for (;;) {
      const auto message = slice.receive();
      if (!message) return exits();
      if (message.value() == kNonValue) break;
      world_.received.fetch_add(1, std::memory_order_relaxed);
      if (!all_intact(message.value())) world_.broken.fetch_add(1);
      if (random(process, 2) == 0) process.stack_term(kHeld) = message.value();
    }
    for (std::uint64_t steps = 1 + random(process, 4); steps > 0; --steps) {
      if (!step(slice)) return exits();
    }
    if (world_.alive > kMinAlive && random(process, 64) == 0) return exits();
    return random(process, 4) == 0 ? SliceEnd::kWaits : SliceEnd::kRunnable;
  }

 private:
  SliceEnd exits() noexcept {
    world_.alive.fetch_sub(1);
    return SliceEnd::kExits;
  }
  static std::uint64_t random(Process& process, std::uint64_t below) noexcept {
    Term& slot = process.stack_term(kRandom);
    const std::uint64_t state = slot.word * 6364136223846793005U + 1442695040888963407U;
    slot = make_small(static_cast<std::int64_t>(state >> 8));
    return (state >> 33) % below;
  }
  bool begin(Slice& slice) noexcept {
    Process& process = slice.process();
    const bool pushed = process.push(Term{0}) && process.push(kNil);
    if (pushed) enter_code(process);
    return pushed;
  }
  void enter_code(Process& process) noexcept {
    process.stack_term(kReturn) = Term{world_.code[random(process, kModules)]};
  }
  bool hold(Process& process) noexcept {
    const auto cell = allocate_words(process, kConsWords);
    if (!cell) return false;
    Term& held = process.stack_term(kHeld);
    cell.value()[0] = world_.literals[random(process, World::kLiterals)];
    cell.value()[1] = held.word;
    held = make_list(cell.value());
    return true;
  }
  bool spawn(Slice& slice) noexcept {
    Process& process = slice.process();
    if (world_.alive.fetch_add(1) >= kMaxAlive) {
      world_.alive.fetch_sub(1);
      return true;
    }
    const auto seed = make_small(static_cast<std::int64_t>(random(process, 1U << 30U)));
    const auto child = slice.spawn(*this, seed);
    if (!child) return false;
    world_.spawned.fetch_add(1, std::memory_order_relaxed);
    world_.pids[random(process, World::kPids)] =
        child.value().index | (std::uint64_t{child.value().serial} << 32);
    return true;
  }
  bool send(Slice& slice) noexcept {
    const std::uint64_t pid = world_.pids[random(slice.process(), World::kPids)];
    const auto sent =
        slice.send({static_cast<std::uint32_t>(pid), static_cast<std::uint32_t>(pid >> 32)},
                   slice.process().stack_term(kHeld));
    if (sent && sent.value()) world_.sent.fetch_add(1, std::memory_order_relaxed);
    return sent.ok();
  }
  // Does one thing. False: it cannot go on.
  bool step(Slice& slice) noexcept {
    Process& process = slice.process();
    switch (random(process, 10)) {
      case 0:
        process.stack_term(kHeld) = kNil;
        return true;
      case 1:
        return spawn(slice);
      case 2:
      case 3:
        return send(slice);
      case 4:
        enter_code(process);
        return true;
      case 5:
        return random(process, 4) != 0 || collect_major(process).ok();
      default:
        return hold(process);
    }
  }

  World& world_;
};

// Verifies every heap and what it holds.
class Check final : public ProcessTask {
 public:
  Check(World& world, const LiteralSpace& space) noexcept : world_(world), space_(space) {}
  LiteralAnswer run(const Asked& asked) noexcept override {
    Process& process = asked.process;
    const auto whole = verify_process(process, &space_);
    if (!whole) std::fprintf(stderr, "process %zu: %s\n", asked.index, whole.error().what);
    const bool begun = process.stack_words() == 3;
    if (!whole || (begun && !all_intact(process.stack_term(kHeld)))) world_.broken.fetch_add(1);
    return LiteralAnswer::kOk;
  }

 private:
  World& world_;
  const LiteralSpace& space_;
};

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
      const std::size_t module = rounds_++ % kModules;
      reload(module);
      if (rounds_ % 3 == 0) put_persistent();
      const bool soft = must(schedulers_->soft_purge_code(name(module)));
      // A process that is killed does not count itself out.
      if (!soft && must(schedulers_->purge_code(name(module)))) ++kills_;
      if (rounds_ % 4 != 0) {
        const PurgeWork work = must(schedulers_->collect_literals(*find_strategy("otp")));
        holders_ += work.holders;
      }
      must(schedulers_->ask_all(check_));
    } while (std::chrono::steady_clock::now() < until && world_.broken == 0);
  }

  // Stops it, and says what happened. False: something was broken or nothing was tried.
  bool finish(std::size_t schedulers) {
    schedulers_.reset();
    std::printf("%zu schedulers: %llu purges, %llu holders, %llu with kills, %llu spawned, "
                "%llu sent, %llu received, %llu broken\n",
                schedulers, number(rounds_), number(holders_), number(kills_),
                number(world_.spawned), number(world_.sent), number(world_.received),
                number(world_.broken));
    return world_.broken == 0 && holders_ != 0 && world_.received != 0 && world_.spawned != 0;
  }
  [[nodiscard]] TestMemory& memory() noexcept { return memory_; }

 private:
  static unsigned long long number(std::uint64_t value) noexcept { return value; }
  static Term name(std::size_t module) noexcept { return make_atom(module); }

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
      LiteralAnswer run(const Asked& asked) noexcept override {
        if (!asked.process.killed) alive.fetch_add(1);
        return LiteralAnswer::kOk;
      }
      std::atomic<std::size_t> alive{0};
    };
    Count count;
    must(schedulers_->ask_all(count));
    world_.alive = count.alive.load();
    for (std::size_t i = count.alive; i < kMinAlive; ++i) {
      const auto seed = make_small(static_cast<std::int64_t>(rounds_ * 1000003 + i));
      must(schedulers_->spawn(memory_.counted, body_, seed, {}));
      world_.alive.fetch_add(1);
    }
  }

  TestMemory memory_;
  Payloads payloads_;
  AreaImage image_ = make_image(payloads_);
  Node node_ =
      must(Node::create({.literal_space_bytes = std::size_t{1} << 26, .max_processes = 8192}));
  World world_;
  Body body_{world_};
  Check check_{world_, node_.literals()};
  PurgeObserver observer_;
  std::vector<std::unique_ptr<KeptBlocks>> temps_;
  std::vector<SchedulerSetup> setups_;
  std::unique_ptr<Schedulers> schedulers_;
  std::uint64_t rounds_ = 0;
  std::uint64_t holders_ = 0;
  std::uint64_t kills_ = 0;
};

bool stress(std::size_t schedulers, double seconds) {
  Stress stress(schedulers);
  stress.run(std::chrono::steady_clock::now() +
             std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                 std::chrono::duration<double>(seconds)));
  return stress.finish(schedulers);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 1;
    std::vector<std::size_t> schedulers;
    for (int i = 2; i < argc; ++i) schedulers.push_back(std::strtoul(argv[i], nullptr, 10));
    if (schedulers.empty()) schedulers = {2, 4, 8};
    bool intact = true;
    for (const std::size_t count : schedulers) intact = stress(count, seconds) && intact;
    return intact ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
