// Every purge strategy, by name.
#pragma once

#include <span>
#include <string_view>

#include "engine/purge/strategy.hpp"

namespace beam {

struct StrategyEntry {
  std::string_view name;
  std::string_view summary;  // one line for people
  const PurgeStrategy* strategy;
};

[[nodiscard]] std::span<const StrategyEntry> purge_strategies() noexcept;

// The entry of this name, and its strategy; null if there is none.
[[nodiscard]] const StrategyEntry* find_strategy_entry(std::string_view name) noexcept;
[[nodiscard]] const PurgeStrategy* find_strategy(std::string_view name) noexcept;

}  // namespace beam
