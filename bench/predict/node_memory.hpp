// The memory of all holders together, computed from one measured process of each kind.
//
// A kind is one simulated process that stands for `count` equal ones. In each stage (the purge of
// one area, or a collection of all holders) processes are handled one after another: at any time
// earlier ones have their memory after the stage, later ones their memory before it, and one is at
// its peak.
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
