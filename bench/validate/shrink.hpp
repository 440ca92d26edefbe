// The smallest program that still fails: steps and options are left out, and lists made shorter, as
// long as it does.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/validate/program.hpp"

namespace bench::validate {

// The index of the first program that fails; as many as there are when none does. Asked for many
// programs at once, because starting a BEAM takes longer than running a program.
using FirstFailing = std::function<Outcome<std::size_t>(std::span<const Program>)>;

// `program` fails. The result fails too, and nothing simpler that was tried does.
[[nodiscard]] Outcome<Program> shrink(Program program, const FirstFailing& first_failing);

}  // namespace bench::validate
