#include "engine/purge/registry.hpp"

#include <algorithm>

#include "engine/purge/strategies.hpp"

namespace beam {

std::span<const StrategyEntry> purge_strategies() noexcept {
#define BEAM_STRATEGY_ENTRY(name) name##_strategy(),
  static const StrategyEntry kEntries[] = {BEAM_PURGE_STRATEGIES(BEAM_STRATEGY_ENTRY)};
#undef BEAM_STRATEGY_ENTRY
  return kEntries;
}

const StrategyEntry* find_strategy_entry(std::string_view name) noexcept {
  const auto entries = purge_strategies();
  const auto found = std::ranges::find(entries, name, &StrategyEntry::name);
  return found == entries.end() ? nullptr : &*found;
}

const PurgeStrategy* find_strategy(std::string_view name) noexcept {
  const StrategyEntry* const entry = find_strategy_entry(name);
  return entry == nullptr ? nullptr : entry->strategy;
}

}  // namespace beam
