// Reduces a failing program: removes steps and options and shortens lists while it still fails.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/validate/program.hpp"

namespace bench::validate {

// Returns the index of the first failing program, or the number of programs if none fails. Called
// with many programs at once, because starting a BEAM takes longer than running a program.
using FirstFailing = std::function<Outcome<std::size_t>(std::span<const Program>)>;

// `program` must fail. The result fails too, and no simpler program that was tried does.
[[nodiscard]] Outcome<Program> shrink(Program program, const FirstFailing& first_failing);

}  // namespace bench::validate
