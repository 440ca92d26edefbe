// The memory of all holders together, from what the model measured of one process of each kind.
//
// A kind is a process that is really run, and stands for `count` processes that do the same. In
// each stage (the purge of one area, or a collection of everybody) the processes take their turns
// one after the other, so that at any time those before have what a stage leaves, those behind what
// it found, and one is at its peak.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "bench/predict/holder_memory.hpp"

namespace bench::predict {

// One process of a kind in one stage.
struct HolderStage {
  std::uint64_t count = 0;  // processes of this kind
  MemoryUse before;
  MemoryUse peak;
  MemoryUse after;
};

class NodeMemory {
 public:
  void add_stage(std::span<const HolderStage> kinds) noexcept;

  [[nodiscard]] MemoryUse before() const noexcept { return before_; }
  [[nodiscard]] MemoryUse peak() const noexcept { return peak_; }
  [[nodiscard]] MemoryUse after() const noexcept { return after_; }

 private:
  bool begun_ = false;
  MemoryUse before_;  // the first stage
  MemoryUse peak_;
  MemoryUse after_;  // the last stage
};

}  // namespace bench::predict
