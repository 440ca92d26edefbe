// Random programs: options, modules and steps depend only on a seed and a number.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/cells/random.hpp"
#include "bench/validate/program.hpp"

namespace bench::validate {

// Program `number` of the sequence of `seed`.
[[nodiscard]] Program random_program(std::uint64_t seed, std::uint64_t number);

// Draws a program. The table of steps selects one of these functions for each kind of step.
class ProgramGenerator {
 public:
  ProgramGenerator(std::uint64_t seed, std::uint64_t number);

  [[nodiscard]] Program generate();

  // A step whose arguments are drawn by their letters.
  void add_plain(Op op);
  // The same, with a key below `keys`.
  void add_with_key(Op op, Number keys);
  void add_literal();
  // A literal in a message, referred to up to kSlots times.
  void add_message(Op op);
  // Small ones, and some large enough that a few make a collection due.
  void add_payload();
  void add_element();
  void add_map();
  // Mostly of a slot that has a binary.
  void add_match();
  void add_take();
  // Reload and purge are usually combined: one without the other does nothing.
  void add_reload();
  // Several areas in the collector's queue.
  void add_reloads();

 private:
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  bool one_in(std::uint64_t odds) { return below(odds) == 0; }
  Number slot() { return below(kSlots); }
  Number module() { return below(program_.modules.size()); }
  // Mostly small, sometimes many block sizes up.
  Number length() { return 1 + below(std::uint64_t{1} << (1 + below(12))); }
  Number drawn(char letter, Number keys);
  void add(Op op, std::vector<Number> arguments);
  void choose_options();
  void add_step();

  cells::Random random_;
  Program program_;
};

}  // namespace bench::validate
