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

Result<Unit> LiteralTask::prepare() noexcept {
  BEAM_TRY(slots_, StableArray<MappedArray<LiteralSlot>>::reserve(setups_.size()));
  if (!shares_.resize(setups_.size())) return Error{"no memory for the literal collector"};
  for (Share& share : shares_) {
    share = {};
    static_cast<void>(slots_.emplace_back());  // there is room
  }
  return Unit{};
}

PurgeWorker LiteralTask::worker(std::size_t scheduler) const noexcept {
  const SchedulerSetup& setup = setups_[scheduler];
  return {scheduler, *setup.temp, *setup.observer};
}

Answer LiteralTask::run(const Asked& asked) noexcept {
  Share& share = shares_[asked.scheduler];
  PurgeObserver& observer = *setups_[asked.scheduler].observer;
  observer.process_begins(asked.index);
  const auto answer = asked.kind == RequestKind::kFirst
                          ? search(asked, share)
                          : visit(asked, {.found = true, .slots = {}}, share.work);
  observer.process_ends(asked.index);
  if (answer) return answer.value();
  if (!share.error) share.error = answer.error();
  return Answer::kOk;
}

Result<Answer> LiteralTask::search(const Asked& asked, Share& share) noexcept {
  BEAM_TRY(const auto hits,
           search_process(asked.process, search_, *setups_[asked.scheduler].observer,
                          slots_[asked.scheduler], share.work));
  // Whether a message has been received yet depends on timing: the scan of those on their way is
  // not counted.
  BEAM_TRY(const auto on_their_way,
           copy_message_literals(asked.messages, search_.literals, search_.areas, message_blocks_));
  share.work.copied_literal_words += on_their_way.copied_words;
  if (!hits.found) return Answer::kOk;
  if (search_.depth == ScanDepth::kFirstHit) return Answer::kNeedsFollowUp;
  return visit(asked, hits, share.work);
}

Result<Answer> LiteralTask::visit(const Asked& asked, const ProcessHits& hits,
                                  PurgeWork& work) noexcept {
  BEAM_TRY(const auto done, purge_.visit(asked.process, hits, worker(asked.scheduler)));
  work.add(done);
  return Answer::kOk;
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
