#include "bench/validate/random_programs.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "bench/validate/steps.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench::validate {
namespace {

// A few modules, so that a node generates each only once: small and large areas, all kinds of
// literals, and areas one word from the next block size.
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

// The sum of the odds of all kinds of steps.
unsigned all_odds() {
  unsigned odds = 0;
  for (const StepKind& kind : step_kinds()) odds += kind.odds;
  return odds;
}

}  // namespace

Program random_program(std::uint64_t seed, std::uint64_t number) {
  return ProgramGenerator(seed, number).generate();
}

ProgramGenerator::ProgramGenerator(std::uint64_t seed, std::uint64_t number)
    : random_(seed * kSeedFactor + number) {
  program_.name = fmt::format("{}:{}", seed, number);
}

Program ProgramGenerator::generate() {
  choose_options();
  const std::uint64_t modules = 1 + below(2);
  for (std::uint64_t i = 0; i < modules; ++i)
    program_.modules.push_back(kModules[below(kModules.size())]);
  if (modules == 2 && program_.modules[0] == program_.modules[1]) program_.modules.pop_back();
  const std::size_t steps = kFewestSteps + below(kMoreSteps);
  while (program_.steps.size() < steps) add_step();
  return std::move(program_);
}

void ProgramGenerator::choose_options() {
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

void ProgramGenerator::add_step() {
  std::uint64_t drawn = below(all_odds());
  for (const StepKind& kind : step_kinds()) {
    if (drawn < kind.odds) return kind.draw(*this, kind.op);
    drawn -= kind.odds;
  }
}

void ProgramGenerator::add(Op op, std::vector<Number> arguments) {
  program_.steps.push_back({op, std::move(arguments)});
}

Number ProgramGenerator::drawn(char letter, Number keys) {
  switch (letter) {
    case 's':
      return slot();
    case 'k':
      return below(keys);
    case 'm':
      return module();
    case 'b':
      return 1 + below(kMaxBinaryBytes);
    default:  // 'n'; kinds of steps with other letters draw those themselves
      return length();
  }
}

void ProgramGenerator::add_with_key(Op op, Number keys) {
  std::string_view letters = kind_of(op).arguments;
  const bool open = letters.ends_with('+');
  if (open) letters.remove_suffix(1);
  std::vector<Number> arguments;
  for (const char letter : letters) arguments.push_back(drawn(letter, keys));
  const std::uint64_t more = open ? 1 + below(kSlots) : 0;
  for (std::uint64_t i = 0; i < more; ++i) arguments.push_back(drawn(letters.back(), keys));
  add(op, std::move(arguments));
}

void ProgramGenerator::add_plain(Op op) { add_with_key(op, kKeys); }

void ProgramGenerator::add_literal() {
  const Number which = module();
  add(Op::kLiteral, {slot(), which, below(program_.modules[which].count)});
}

void ProgramGenerator::add_message(Op op) {
  const Number which = module();
  add(op, {which, below(program_.modules[which].count), below(1 + kSlots)});
}

void ProgramGenerator::add_payload() {
  const Number bytes = one_in(3) ? below(500'000) : below(2000);
  add(Op::kPayload, {slot(), kMaxBinaryBytes + 1 + bytes});
}

void ProgramGenerator::add_element() {
  add(Op::kElement, {slot(), slot(), 1 + below(kMostElements)});
}

void ProgramGenerator::add_map() { add(Op::kMap, {slot(), 1 + below(one_in(4) ? 300 : 40)}); }

void ProgramGenerator::add_match() {
  const Number from = slot();
  if (!one_in(3)) add(Op::kBinary, {from, 1 + below(kMaxBinaryBytes)});
  if (one_in(2)) add(Op::kPayload, {from, kMaxBinaryBytes + 1 + below(200)});
  add(Op::kMatch, {from});
  if (one_in(2)) add(Op::kTake, {slot(), 1 + below(100)});
}

void ProgramGenerator::add_take() {
  add(Op::kTake, {slot(), 1 + (one_in(2) ? below(700) : 8 * below(100))});
}

void ProgramGenerator::add_reload() {
  const Number which = module();
  add(Op::kReload, {which});
  if (!one_in(4)) add(Op::kPurge, {which});
}

void ProgramGenerator::add_reloads() {
  const Number first = module();
  const Number second = module();
  add(Op::kReload, {first});
  if (first != second) add(Op::kReload, {second});
  add(Op::kPurgeAll, {first, second});
}

}  // namespace bench::validate
