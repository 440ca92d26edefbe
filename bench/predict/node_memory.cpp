#include "bench/predict/node_memory.hpp"

namespace bench::predict {

namespace {

using Field = std::uint64_t MemoryUse::*;

std::uint64_t total_before(std::span<const HolderStage> kinds, Field field) noexcept {
  std::uint64_t total = 0;
  for (const HolderStage& kind : kinds) total += kind.count * (kind.before.*field);
  return total;
}

// Runs the stage over every process; `live` is the total, updated to what the stage leaves. Between
// the first and the last process of a kind the peak changes linearly.
std::uint64_t highest(std::span<const HolderStage> kinds, Field field,
                      std::uint64_t& live) noexcept {
  std::uint64_t most = live;
  for (const HolderStage& kind : kinds) {
    if (kind.count == 0) continue;
    const std::uint64_t before = kind.before.*field;
    const std::uint64_t after = kind.after.*field;
    const std::uint64_t last = live - (kind.count - 1) * before + (kind.count - 1) * after;
    const std::uint64_t peak = std::max(live, last) - before + kind.peak.*field;
    most = std::max(most, peak);
    live = last - before + after;
  }
  return most;
}

}  // namespace

void NodeMemory::add_stage(std::span<const HolderStage> kinds) noexcept {
  for (const Field field : {&MemoryUse::reserved, &MemoryUse::touched}) {
    std::uint64_t live = total_before(kinds, field);
    if (!begun_) before_.*field = live;
    peak_.*field = std::max(peak_.*field, highest(kinds, field, live));
    after_.*field = live;
  }
  begun_ = true;
}

}  // namespace bench::predict
