#include "bench/validate/shrink.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "bench/validate/steps.hpp"
#include "engine/base/result.hpp"

namespace bench::validate {
namespace {

Program without_steps(const Program& program, std::size_t from, std::size_t count) {
  Program shorter = program;
  const auto first = shorter.steps.begin() + static_cast<std::ptrdiff_t>(from);
  shorter.steps.erase(first, first + static_cast<std::ptrdiff_t>(count));
  return shorter;
}

// Removes runs of steps: halves first, single steps last.
void add_shorter(const Program& program, std::vector<Program>& simpler) {
  const std::size_t steps = program.steps.size();
  for (std::size_t run = steps / 2; run != 0; run /= 2) {
    for (std::size_t from = 0; from + run <= steps; from += run) {
      simpler.push_back(without_steps(program, from, run));
    }
  }
}

void add_plainer(const Program& program, std::vector<Program>& simpler) {
  const Program plain;
  const auto with = [&](Number Program::*option) {
    if (program.*option == plain.*option) return;
    simpler.push_back(program);
    simpler.back().*option = plain.*option;
  };
  with(&Program::max_heap);
  with(&Program::fullsweep_after);
  with(&Program::min_heap);
  with(&Program::arguments);
}

// Reduces the argument at `at` to its least value, then by half of the difference, a quarter, and
// so on.
void add_less(const Program& program, std::size_t step, std::size_t at, Number least,
              std::vector<Program>& simpler) {
  const Number value = program.steps[step].arguments[at];
  for (Number less = value - least; less != 0; less /= 2) {
    simpler.push_back(program);
    simpler.back().steps[step].arguments[at] = value - less;
  }
}

void add_smaller(const Program& program, std::vector<Program>& simpler) {
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    const std::string_view letters = kind_of(step.op).arguments;
    if (letters.ends_with('+') && step.arguments.size() > letters.size()) {
      simpler.push_back(program);
      simpler.back().steps[i].arguments.pop_back();
    }
    for (std::size_t at = 0; at < letters.size() && letters[at] != '+'; ++at) {
      const ArgumentKind& kind = argument_kind(letters[at]);
      if (kind.shrinks) add_less(program, i, at, kind.least, simpler);
    }
  }
}

// Removes the last module if no step uses it.
void add_fewer_modules(const Program& program, std::vector<Program>& simpler) {
  if (program.modules.empty()) return;
  Program fewer = program;
  fewer.modules.pop_back();
  const auto parsed = parse_program(program_text(fewer), fewer.name);
  if (parsed) simpler.push_back(std::move(fewer));
}

std::vector<Program> simpler_than(const Program& program) {
  std::vector<Program> simpler;
  add_shorter(program, simpler);
  add_plainer(program, simpler);
  add_smaller(program, simpler);
  add_fewer_modules(program, simpler);
  return simpler;
}

}  // namespace

Outcome<Program> shrink(Program program, const FirstFailing& first_failing) {
  for (;;) {
    std::vector<Program> simpler = simpler_than(program);
    BEAM_TRY(const auto failing, first_failing(simpler));
    if (failing == simpler.size()) return program;
    program = std::move(simpler[failing]);
  }
}

}  // namespace bench::validate
