// The list of strategies, in the order of `list`.
#pragma once

#include "engine/purge/registry.hpp"

namespace beam {

// One line for each: <name> is the strategy whose file, purge/<name>.cpp, defines
// <name>_strategy().
#define BEAM_PURGE_STRATEGIES(STRATEGY) \
  STRATEGY(otp)                         \
  STRATEGY(shrink)                      \
  STRATEGY(skip)                        \
  STRATEGY(reachable)                   \
  STRATEGY(fragment)                    \
  // The line above ends the list.

// The strategy with its name and its summary.
#define BEAM_DECLARE_STRATEGY(name) [[nodiscard]] StrategyEntry name##_strategy() noexcept;
BEAM_PURGE_STRATEGIES(BEAM_DECLARE_STRATEGY)
#undef BEAM_DECLARE_STRATEGY

}  // namespace beam
