// What a purge asks of every process when there are scheduler threads: first whether it runs old
// code (CodeTask), later to give up what it holds of the area (LiteralTask).
#pragma once

#include <atomic>
#include <optional>
#include <span>

#include "engine/base/stable_array.hpp"
#include "engine/node/code_table.hpp"
#include "engine/node/schedulers.hpp"
#include "engine/purge/process_scan.hpp"

namespace beam {

// The code purger's question: do you run old code?
//
// In a soft purge the first process that does ends it. In a hard one each that does gets a
// follow-up that kills it, with at most 10 outstanding at once. Source: OTP 25,
// erts/preloaded/src/erts_code_purger.erl.
class CodeTask final : public ProcessTask {
 public:
  static constexpr std::size_t kMaxKills = 10;  // MAX_CPC_NO_OUTSTANDING_KILLS

  // `purge` outlives this.
  CodeTask(const CodePurge& purge, PurgeKind kind) noexcept : purge_(purge), kind_(kind) {}

  [[nodiscard]] RoundLimits limits(std::size_t requests) const noexcept override;
  [[nodiscard]] Answer run(const Asked& asked) noexcept override;

  // Whether any process ran old code.
  [[nodiscard]] bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }

 private:
  const CodePurge& purge_;
  PurgeKind kind_;
  std::atomic<bool> stopped_{false};
};

// The literal collector's request: give up what you hold of the areas.
//
// The first request rids queued messages of the areas and scans the heap. If the scan hits, the
// purge does its work: in a follow-up, as the runtime's literal collector does, or at once if it
// wants to know every slot, which would be other slots later.
class LiteralTask final : public ProcessTask {
 public:
  LiteralTask(const LiteralSearch& search, Purge& purge, BlockResource& message_blocks,
              std::span<const SchedulerSetup> setups) noexcept
      : search_(search), purge_(purge), message_blocks_(message_blocks), setups_(setups) {}

  [[nodiscard]] Result<Unit> prepare() noexcept override;
  [[nodiscard]] Answer run(const Asked& asked) noexcept override;

  // Once all have answered: the sum of what they did. Error: a process ran out of memory.
  [[nodiscard]] Result<PurgeWork> work() const noexcept;

 private:
  // What one scheduler did.
  struct alignas(64) Share {
    PurgeWork work;
    std::optional<Error> error;
  };

  [[nodiscard]] Result<Answer> search(const Asked& asked, Share& share) noexcept;
  [[nodiscard]] Result<Answer> visit(const Asked& asked, const ProcessHits& hits,
                                     PurgeWork& work) noexcept;
  [[nodiscard]] PurgeWorker worker(std::size_t scheduler) const noexcept;

  LiteralSearch search_;
  Purge& purge_;
  BlockResource& message_blocks_;
  std::span<const SchedulerSetup> setups_;
  MappedArray<Share> shares_;
  StableArray<MappedArray<LiteralSlot>> slots_;  // of each scheduler
};

}  // namespace beam
