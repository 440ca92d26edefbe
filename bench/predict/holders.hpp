// The holders that a prediction runs.
//
// A *kind* is one simulated process that stands for all processes that hold the same literals. Its
// literals depend only on the spec and the kind's number.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/cells/area.hpp"
#include "bench/predict/holder_memory.hpp"
#include "bench/predict/literal_areas.hpp"
#include "bench/predict/prediction_spec.hpp"
#include "bench/predict/variant.hpp"
#include "engine/base/result.hpp"
#include "engine/node/node.hpp"

namespace bench::predict {

struct HolderKind {
  std::vector<std::uint32_t> literals;  // by index, those of `--hold` or a draw
  std::uint64_t held_words = 0;         // of all these literals
  std::uint64_t count = 0;              // holders of this kind
};

// The holders of `spec` in at most `kinds` kinds; if they do not divide evenly, the first kinds get
// one more. The spec must fit the area.
[[nodiscard]] std::vector<HolderKind> kinds_of(const PredictionSpec& spec, const cells::Area& area,
                                               std::uint64_t kinds);

// Builds a process of `kind`: its own data, then the held literals, then hibernation if asked for.
// If its heap limit is too low it is killed and keeps the heap that exceeded it. The parts are
// loaded in `node`. Error: no memory.
[[nodiscard]] beam::Result<beam::Process>
make_holder(const HolderKind& kind, const PredictionSpec& spec, const Variant& variant,
            const LiteralAreas& areas, beam::Node& node, HolderBlocks& blocks) noexcept;

}  // namespace bench::predict
