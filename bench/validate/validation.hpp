// The whole of it: programs in batches through a real BEAM and the model, and what differs shrunk.
#pragma once

#include <span>

#include "bench/validate/real_beam.hpp"
#include "bench/validate/report.hpp"

namespace bench::validate {

// Programs that one node runs, and failing programs that are shrunk at most.
inline constexpr std::size_t kBatch = 250;
inline constexpr std::size_t kMaxShrunk = 1;

// The areas of `modules` first, then the programs.
[[nodiscard]] Outcome<Verdict> validate(std::span<const ModuleSpec> modules,
                                        std::span<const Program> programs, const RealBeam& beam,
                                        const ModelRules& rules = {});

}  // namespace bench::validate
