// The kinds of steps. One table entry defines the syntax, the actor, the frequency in random
// programs and the effect in the model. The same step in a real BEAM is Erlang code under the same
// name in driver.erl: in `code` if the process itself does it, else in `step`.
#pragma once

#include <span>
#include <string_view>

#include "bench/validate/program.hpp"
#include "engine/base/result.hpp"

namespace bench::validate {

class Machine;
class ProgramGenerator;

// A kind of argument, by its letter.
struct ArgumentKind {
  char letter;
  Number least;
  Number most;   // for modules and literals, as many as the program has
  bool shrinks;  // whether a smaller one makes a program simpler
};
[[nodiscard]] const ArgumentKind& argument_kind(char letter) noexcept;

enum class Actor {
  kProcess,  // code of the process, which wakes from hibernation for it
  kOutside,
};

struct StepKind {
  Op op;
  std::string_view name;       // the first word of its line
  std::string_view arguments;  // letters; a final + stands for one or more, up to kSlots, of what
                               // is before it, beside that one
  Actor actor;
  unsigned odds;  // relative frequency in random programs
  void (*draw)(ProgramGenerator& generator, Op op);
  beam::Result<beam::Unit> (*act)(Machine& machine, std::span<const Number> arguments);
};

// In the order of Op.
[[nodiscard]] std::span<const StepKind> step_kinds() noexcept;
[[nodiscard]] const StepKind& kind_of(Op op) noexcept;

}  // namespace bench::validate
