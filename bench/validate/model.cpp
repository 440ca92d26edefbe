#include "bench/validate/model.hpp"

#include <fmt/format.h>

#include "bench/cells/error_text.hpp"
#include "bench/validate/machine.hpp"
#include "engine/term/term.hpp"

namespace bench::validate {
namespace {

// Room for three versions of the largest allowed modules, and for persistent terms.
constexpr std::size_t kLiteralSpaceBytes = std::size_t{1} << 29;
static_assert(3 * kMaxModules * kMaxModuleWords * beam::kWordBytes < kLiteralSpaceBytes);

Failure failure(const Program& program, std::string_view where, const beam::Error& error) {
  return Failure{
      fmt::format("the model of {} failed {}: {}", program.name, where, cells::error_text(error))};
}

}  // namespace

Outcome<std::vector<HeapReading>> run_in_model(const Program& program, const Modules& modules,
                                               const ModelRules& rules) {
  auto node = beam::Node::create(
      {.literal_space_bytes = kLiteralSpaceBytes, .max_processes = 1 + kMaxSteps});
  if (!node) return failure(program, "at its start", node.error());
  Machine machine(std::move(node).value(), rules);
  const auto started = machine.start(program, modules);
  if (!started) return failure(program, "at its start", started.error());
  std::vector<HeapReading> readings;
  for (const Step& step : program.steps) {
    const auto done = machine.run(step);
    if (!done) return failure(program, "at " + step_text(step), done.error());
    const auto whole = machine.verify();
    if (!whole) return failure(program, "after " + step_text(step), whole.error());
    readings.push_back(machine.read());
  }
  return readings;
}

}  // namespace bench::validate
