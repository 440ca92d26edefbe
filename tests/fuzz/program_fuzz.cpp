// Arbitrary bytes as the text of programs: a sentence, or programs that their own texts give again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bench/validate/program.hpp"
#include "bench/validate/program_set.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto programs = bench::validate::parse_programs(text, "programs");
  if (!programs) return 0;
  for (const bench::validate::Program& program : programs.value()) {
    require(program.steps.size() <= bench::validate::kMaxSteps);
    const auto again =
        bench::validate::parse_program(bench::validate::program_text(program), program.name);
    require(again && again.value() == program);
  }
  return 0;
}
