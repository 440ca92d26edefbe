// Processes that use literals of a module, as a prediction runs them.
//
// Many processes do the same: a *kind* is one that is really run and stands for all that hold the
// same literals. Which those are depends on the spec and the kind's number alone.
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
  std::uint64_t held_words = 0;         // of all of them together
  std::uint64_t count = 0;              // holders of this kind
};

// The holders of `spec` in at most `kinds` kinds, the first ones standing for one holder more where
// they do not come out even. The spec fits the area.
[[nodiscard]] std::vector<HolderKind> kinds_of(const PredictionSpec& spec, const cells::Area& area,
                                               std::uint64_t kinds);

// A process of `kind` that has built its own data and then taken what it holds, and perhaps
// hibernated; or that was killed, because its limit is too low for that, and still has the heap it
// was killed for. The parts are loaded in `node`. Error: no memory.
[[nodiscard]] beam::Result<beam::Process>
make_holder(const HolderKind& kind, const PredictionSpec& spec, const Variant& variant,
            const LiteralAreas& areas, beam::Node& node, HolderBlocks& blocks) noexcept;

}  // namespace bench::predict
