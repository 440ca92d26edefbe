#include "bench/validate/random_programs.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bench/cells/random.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench::validate {
namespace {

// A few modules, so that a node makes each of them once: small and large areas, literals of every
// kind, and areas whose next block size is one word away.
const std::array<ModuleSpec, 10> kModules = {{{"records", 10, 2},
                                              {"records", 200, 100},
                                              {"tuples", 30, 6},
                                              {"lists", 20, 40},
                                              {"maps", 12, 8},
                                              {"maps", 5, 60},
                                              {"binaries", 20, 30},
                                              {"binaries", 10, 200},
                                              {"mixed", 10, 5},
                                              {"records", 3000, 12}}};

constexpr std::uint64_t kSeedFactor = 0x9E3779B97F4A7C15ULL;
constexpr Number kLeastHeap = 233;
constexpr std::size_t kFewestSteps = 6;
constexpr std::size_t kMoreSteps = 30;
constexpr Number kMostElements = 10;  // of a tuple

class Generator {
 public:
  Generator(std::uint64_t seed, std::uint64_t number) : random_(seed * kSeedFactor + number) {
    program_.name = fmt::format("{}:{}", seed, number);
  }

  Program generate() {
    choose_options();
    const std::uint64_t modules = 1 + below(2);
    for (std::uint64_t i = 0; i < modules; ++i)
      program_.modules.push_back(kModules[below(kModules.size())]);
    if (modules == 2 && program_.modules[0] == program_.modules[1]) program_.modules.pop_back();
    const std::size_t steps = kFewestSteps + below(kMoreSteps);
    while (program_.steps.size() < steps) add_step();
    return std::move(program_);
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  bool one_in(std::uint64_t odds) { return below(odds) == 0; }

  void choose_options() {
    if (one_in(4)) program_.min_heap = kLeastHeap + below(3000);
    if (one_in(4)) program_.fullsweep_after = below(4);
    program_.off_heap = one_in(4);
    if (one_in(4)) program_.arguments = length();
    if (one_in(4)) {
      program_.max_heap =
          beam::next_block_words(program_.min_heap) + 100 + below(one_in(2) ? 2000 : 60000);
      program_.kill = !one_in(3);
    }
  }

  Number slot() { return below(kSlots); }
  Number module() { return below(program_.modules.size()); }
  // Mostly small, sometimes many block sizes up.
  Number length() { return 1 + below(std::uint64_t{1} << (1 + below(12))); }

  void add(Op op, std::vector<Number> arguments) {
    program_.steps.push_back({op, std::move(arguments)});
  }

  // Reload and purge come together more often than not: one without the other does nothing.
  void add_reload() {
    const Number which = module();
    add(Op::kReload, {which});
    if (!one_in(4)) add(Op::kPurge, {which});
  }

  // Several areas in the collector's queue.
  void add_reloads() {
    const Number first = module();
    const Number second = module();
    add(Op::kReload, {first});
    if (first != second) add(Op::kReload, {second});
    add(Op::kPurgeAll, {first, second});
  }

  void add_literal() {
    const Number which = module();
    add(Op::kLiteral, {slot(), which, below(program_.modules[which].count)});
  }

  // A literal in a message, referred to up to kSlots times.
  void add_message(Op op) {
    const Number which = module();
    add(op, {which, below(program_.modules[which].count), below(1 + kSlots)});
  }

  // Small ones, and such that a few of them make a collection due.
  void add_payload() {
    const Number bytes = one_in(3) ? below(500'000) : below(2000);
    add(Op::kPayload, {slot(), kMaxBinaryBytes + 1 + bytes});
  }

  // Mostly of a slot that has a binary.
  void add_match() {
    const Number from = slot();
    if (!one_in(3)) add(Op::kBinary, {from, 1 + below(kMaxBinaryBytes)});
    if (one_in(2)) {
      add(Op::kPayload, {from, kMaxBinaryBytes + 1 + below(200)});
    }
    add(Op::kMatch, {from});
    if (one_in(2)) add(Op::kTake, {slot(), 1 + below(100)});
  }

  void add_of_slots(Op op) {
    std::vector<Number> arguments = {slot()};
    const std::uint64_t elements = 1 + below(kSlots);
    for (std::uint64_t i = 0; i < elements; ++i) arguments.push_back(slot());
    add(op, std::move(arguments));
  }

  void add_step() {
    switch (below(47)) {
      case 0:
      case 1:
      case 2:
        return add_literal();
      case 3:
      case 4:
      case 5:
        return add(Op::kList, {slot(), length()});
      case 6:
        return add_of_slots(Op::kTuple);
      case 7:
        return add(Op::kCons, {slot(), slot(), slot()});
      case 8:
        return add(Op::kCopy, {slot(), slot()});
      case 9:
        return add(Op::kDrop, {slot()});
      case 10:
        return add(Op::kPut, {below(kKeys), slot()});
      case 11:
        return add(Op::kErase, {below(kKeys)});
      case 12:
        return add(Op::kMajor, {});
      case 13:
        return add(Op::kMinor, {});
      case 14:
        return add(Op::kBinary, {slot(), 1 + below(kMaxBinaryBytes)});
      case 15:
        return add_of_slots(Op::kFunction);
      case 16:
        return add(Op::kHibernate, {slot()});
      case 17:
        return add(Op::kKeep, {below(2), length()});
      case 18:
        return add(Op::kLook, {slot(), below(2)});
      case 19:
        return add(Op::kForget, {below(2)});
      case 20:
      case 21:
        return add_payload();
      case 22:
        return add(Op::kTell, {length()});
      case 23:
      case 24:
        return add_message(Op::kTellLiteral);
      case 25:
        return add_message(Op::kCross);
      case 26:
        return add(Op::kPost, {slot()});
      case 27:
      case 28:
        return add(Op::kReceive, {slot()});
      case 29:
        return add(Op::kOccupy, {module()});
      case 30:
        return add(Op::kSoftPurge, {module()});
      case 31:
        return add(Op::kRest, {slot(), slot()});
      case 32:
        return add(Op::kElement, {slot(), slot(), 1 + below(kMostElements)});
      case 33:
        return add(Op::kUpdate, {slot(), slot(), slot()});
      case 34:
        return add(Op::kMap, {slot(), 1 + below(one_in(4) ? 300 : 40)});
      case 35:
        return add_match();
      case 36:
        return add(Op::kTake, {slot(), 1 + (one_in(2) ? below(700) : 8 * below(100))});
      case 37:
        return add(Op::kTail, {slot()});
      case 38:
        return add(Op::kPublish, {below(2), slot()});
      case 39:
        return add_reloads();
      case 42:
        return add_message(Op::kTellLater);
      case 40:
        return add(Op::kStore, {below(2), slot()});
      case 41:
        return add(Op::kFetch, {slot(), below(2)});
      default:
        return add_reload();
    }
  }

  Random random_;
  Program program_;
};

}  // namespace

Program random_program(std::uint64_t seed, std::uint64_t number) {
  return Generator(seed, number).generate();
}

}  // namespace bench::validate
