#include "engine/purge/registry.hpp"

#include <algorithm>

#include "engine/purge/strategies.hpp"

namespace beam {

std::span<const StrategyEntry> purge_strategies() noexcept {
  static const StrategyEntry kEntries[] = {
      {"otp", "what the runtime does: collect, reserve the whole area's size, copy what is held",
       otp_strategy()},
  };
  return kEntries;
}

const PurgeStrategy* find_strategy(std::string_view name) noexcept {
  const auto entries = purge_strategies();
  const auto found =
      std::ranges::find_if(entries, [name](const auto& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : found->strategy;
}

}  // namespace beam
