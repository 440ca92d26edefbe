// Runs programs in batches in a real BEAM and in the model, and shrinks those that differ.
#pragma once

#include <span>

#include "bench/validate/real_beam.hpp"
#include "bench/validate/report.hpp"

namespace bench::validate {

// Programs per node, and the maximum of failing programs that are shrunk.
inline constexpr std::size_t kBatch = 250;
inline constexpr std::size_t kMaxShrunk = 1;

// The areas of `modules` first, then the programs.
[[nodiscard]] Outcome<Verdict> validate(std::span<const ModuleSpec> modules,
                                        std::span<const Program> programs, const RealBeam& beam,
                                        const ModelRules& rules = {});

}  // namespace bench::validate
