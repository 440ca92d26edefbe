// What the code purger asks of a process: do you run old code?
//
// In a soft purge the first one that does ends it. In a hard one there is a follow-up for each,
// which kills it, and 10 at most are out at once. Source: OTP 25,
// erts/preloaded/src/erts_code_purger.erl.
#pragma once

#include <atomic>
#include <optional>
#include <span>

#include "engine/node/code_table.hpp"
#include "engine/node/schedulers.hpp"

namespace beam {

class CodeTask final : public ProcessTask {
 public:
  static constexpr std::size_t kMaxKills = 10;  // MAX_CPC_NO_OUTSTANDING_KILLS

  // `purge` outlives this.
  CodeTask(const CodePurge& purge, PurgeKind kind) noexcept : purge_(purge), kind_(kind) {}

  [[nodiscard]] RoundLimits limits(std::size_t requests) const noexcept override;
  [[nodiscard]] Answer run(const Asked& asked) noexcept override;

  // Whether anybody ran old code.
  [[nodiscard]] bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }

 private:
  const CodePurge& purge_;
  PurgeKind kind_;
  std::atomic<bool> stopped_{false};
};

// What the literal collector asks of a process: give up what you hold of the area.
//
// First its queued messages are freed of it and its heap is scanned. Without a hit that is
// all. With one there is a follow-up, in which the strategy does its work.

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

  // When all have answered: what they did together. Error: of a process that ran out of memory.
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
