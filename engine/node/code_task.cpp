#include "engine/node/code_task.hpp"

#include <algorithm>

namespace beam {

RoundLimits CodeTask::limits(std::size_t requests) const noexcept {
  return {.requests = requests, .follow_ups = std::min(kMaxKills, requests)};
}

Answer CodeTask::run(const Asked& asked) noexcept {
  if (asked.kind == RequestKind::kFollowUp) {
    asked.process.killed = true;
    return Answer::kOk;
  }
  if (!purge_.stopped_by(asked.process)) return Answer::kOk;
  stopped_.store(true, std::memory_order_relaxed);
  return kind_ == PurgeKind::kHard ? Answer::kNeedsFollowUp : Answer::kEndsRound;
}

}  // namespace beam
