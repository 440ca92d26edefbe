// What the code purger asks of a process: do you run old code?
//
// In a soft purge the first one that does ends it. In a hard one there is a follow-up for each,
// which kills it, and 10 at most are out at once. Source: OTP 25,
// erts/preloaded/src/erts_code_purger.erl.
#pragma once

#include <atomic>

#include "engine/node/code_purge.hpp"
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

}  // namespace beam
