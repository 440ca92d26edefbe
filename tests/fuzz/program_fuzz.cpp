// Arbitrary bytes as the text of a program: a sentence, or a program that its own text gives again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "bench/validate/program.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto program = bench::validate::parse_program(text, "program");
  if (!program) return 0;
  require(program.value().steps.size() <= bench::validate::kMaxSteps);
  const auto again =
      bench::validate::parse_program(bench::validate::program_text(program.value()), "program");
  require(again && again.value() == program.value());
  return 0;
}
