// What a purge asks of every process when there are scheduler threads: first whether it runs old
// code (CodeTask), later to give up what it holds of the area (LiteralTask).
#pragma once

#include <atomic>
#include <optional>
#include <span>

#include "engine/node/code_table.hpp"
#include "engine/node/schedulers.hpp"

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

// The literal collector's request: give up what you hold of the area.
//
// The first request rids queued messages of the area and scans the heap. If the scan hits, a
// follow-up has the strategy do its work; otherwise the process is done.
class LiteralTask final : public ProcessTask {
 public:
  LiteralTask(const LiteralArea& area, const PurgeStrategy& strategy, AddressRange literals,
              BlockResource& message_blocks, std::span<const SchedulerSetup> setups) noexcept
      : area_(area),
        strategy_(strategy),
        literals_(literals),
        message_blocks_(message_blocks),
        setups_(setups) {}

  [[nodiscard]] Result<Unit> prepare(std::size_t processes) noexcept override;
  [[nodiscard]] Answer run(const Asked& asked) noexcept override;

  // Once all have answered: the sum of what they did. Error: a process ran out of memory.
  [[nodiscard]] Result<PurgeWork> work() const noexcept;

 private:
  // What one scheduler did.
  struct alignas(64) Share {
    PurgeWork work;
    std::optional<Error> error;
  };

  [[nodiscard]] Result<Answer> scan(const Asked& asked, PurgeWork& work) noexcept;
  [[nodiscard]] Result<Answer> collect(const Asked& asked, PurgeWork& work) noexcept;
  [[nodiscard]] Result<Unit> clean_messages(const Asked& asked, PurgeWork& work) noexcept;

  const LiteralArea& area_;
  const PurgeStrategy& strategy_;
  AddressRange literals_;
  BlockResource& message_blocks_;
  std::span<const SchedulerSetup> setups_;
  MappedArray<Share> shares_;
  MappedArray<std::size_t> scanned_;  // of each process whose scan hit: words up to the hit
};

}  // namespace beam
