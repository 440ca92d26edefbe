// The user's description of the processes that hold literals of a module.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/purge/registry.hpp"

namespace bench::predict {

struct PredictionSpec {
  std::uint64_t holders = 100;
  std::uint64_t held_words = 0;      // minimum words per holder; 0: one literal
  std::vector<std::uint64_t> hold;   // these literals by index, instead of held_words
  std::uint64_t heap_words = 0;      // live words of own data; 0: a fresh heap
  std::uint64_t max_heap_words = 0;  // of every holder; 0: no limit
  bool hibernated = false;           // holders sleep when the purge comes
  // How the purge copies held literals; by default as the runtime does.
  beam::StrategyEntry strategy = beam::purge_strategies().front();
};

}  // namespace bench::predict
