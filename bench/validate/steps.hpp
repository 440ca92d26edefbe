// What a step is: one entry of one table says how its line reads, who does it, how often random
// programs have it and what it does in the model. What a real BEAM does is Erlang, under the same
// name: `code` of driver.erl for what the process itself does, `step` for all else.
#pragma once

#include <span>
#include <string_view>

#include "bench/validate/program.hpp"
#include "engine/base/result.hpp"

namespace bench::validate {

class Machine;
class ProgramGenerator;

// An argument of a step, by the letter that stands for it.
struct ArgumentKind {
  char letter;
  Number least;
  Number most;   // of a module and its literals: as many as the program has
  bool shrinks;  // whether a smaller one makes a program simpler
};
[[nodiscard]] const ArgumentKind& argument_kind(char letter) noexcept;

enum class Actor {
  kProcess,  // code of the process, which wakes up for it if it hibernates
  kOutside,
};

struct StepKind {
  Op op;
  std::string_view name;       // how its line begins
  std::string_view arguments;  // letters; a final + stands for one or more, up to kSlots, of what
                               // is before it, beside that one
  Actor actor;
  unsigned odds;  // of so many in all, how many random steps are of this kind
  void (*draw)(ProgramGenerator& generator, Op op);
  beam::Result<beam::Unit> (*act)(Machine& machine, std::span<const Number> arguments);
};

// In the order of Op.
[[nodiscard]] std::span<const StepKind> step_kinds() noexcept;
[[nodiscard]] const StepKind& kind_of(Op op) noexcept;

}  // namespace bench::validate
