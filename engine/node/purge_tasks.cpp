#include "engine/node/purge_tasks.hpp"

#include <algorithm>

#include "engine/purge/process_scan.hpp"

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

Result<Unit> LiteralTask::prepare(std::size_t processes) noexcept {
  if (!shares_.resize(setups_.size()) || !scanned_.resize(processes)) {
    return Error{"no memory for the literal collector"};
  }
  for (Share& share : shares_) share = {};
  return Unit{};
}

Answer LiteralTask::run(const Asked& asked) noexcept {
  Share& share = shares_[asked.scheduler];
  PurgeObserver& observer = *setups_[asked.scheduler].observer;
  observer.process_begins(asked.index);
  const auto answer =
      asked.kind == RequestKind::kFirst ? scan(asked, share.work) : collect(asked, share.work);
  observer.process_ends(asked.index);
  if (answer) return answer.value();
  if (!share.error) share.error = answer.error();
  return Answer::kOk;
}

Result<Answer> LiteralTask::scan(const Asked& asked, PurgeWork& work) noexcept {
  setups_[asked.scheduler].observer->phase_begins(PurgePhase::kScan);
  const auto cleaned = clean_messages(asked, work);
  if (!cleaned) return cleaned.error();
  const HeapScan scan = scan_for_literals(asked.process, area_.range());
  if (scan.found) {
    scanned_[asked.index] = scan.scanned_words;
    return Answer::kNeedsFollowUp;
  }
  work.scanned_words += scan.scanned_words;
  return Answer::kOk;
}

Result<Answer> LiteralTask::collect(const Asked& asked, PurgeWork& work) noexcept {
  const SchedulerSetup& setup = setups_[asked.scheduler];
  const HeapScan hit{true, scanned_[asked.index]};
  const auto done =
      strategy_.purge_process(asked.process, {area_, *setup.temp, *setup.observer, &hit});
  if (!done) return done.error();
  work.add(done.value());
  return Answer::kOk;
}

Result<Unit> LiteralTask::clean_messages(const Asked& asked, PurgeWork& work) noexcept {
  // Whether a message has been received yet depends on timing: the scan of those on their way is
  // not counted.
  const auto on_their_way =
      copy_message_literals(asked.messages, literals_, area_.range(), message_blocks_);
  if (!on_their_way) return on_their_way.error();
  work.copied_literal_words += on_their_way.value().copied_words;
  const auto queued = copy_message_literals(asked.process, area_.range());
  if (!queued) return queued.error();
  work.scanned_words += queued.value().scanned_words;
  work.copied_literal_words += queued.value().copied_words;
  return Unit{};
}

Result<PurgeWork> LiteralTask::work() const noexcept {
  PurgeWork total;
  for (const Share& share : shares_) {
    if (share.error) return *share.error;
    total.add(share.work);
  }
  return total;
}

}  // namespace beam
