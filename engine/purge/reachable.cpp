// The strategy `reachable`: the same collection as `otp`, but only what the process reaches is
// measured and copied.
//
// After the major collection every slot that still points into the areas is listed; what they
// reach is marked beside the areas (literal/literal_reach.hpp), copied into an old block of its
// size, and the slots are made to point there. There is no temporary copy. A process that holds
// nothing any more gets no block.
//
// Cost for a holder of H own words, of which L live, that reaches R words of areas of W together:
//   scanned   up to the first reference, then L
//   copied    L, and R
//   reserved  next(R), until the next major collection; nothing if R is 0
//   tables    2 words for each object and 1 more, for each worker; where R is more than W/64, 2
//             words for every 64 of W
// The price: R is gone through twice, to measure and to copy. A live holder is still collected.
#include <utility>

#include "engine/gc/off_heap_sweep.hpp"
#include "engine/purge/marking.hpp"
#include "engine/purge/otp.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

namespace {

class ReachablePurge final : public OtpPurge {
 public:
  ReachablePurge(const PurgeScope& scope, Marking marking) noexcept
      : OtpPurge(scope), marking_(std::move(marking)) {}

 private:
  Result<Unit> after_collection(Process& process, const PurgeWorker& worker,
                                PurgeWork& work) noexcept override {
    worker.observer.phase_begins(PurgePhase::kScan);
    auto& slots = marking_.slots(worker);
    BEAM_TRY(const auto scanned, find_literal_slots(process, areas().ranges(), slots));
    work.scanned_words += scanned;
    worker.observer.phase_begins(PurgePhase::kCopy);
    return slots.empty() ? Unit{} : copy_to_old_heap(process, slots.span(), worker, work);
  }

  // Error: no memory for the block or the tables; the process is as it was.
  Result<Unit> copy_to_old_heap(Process& process, std::span<const LiteralSlot> slots,
                                const PurgeWorker& worker, PurgeWork& work) noexcept {
    BEAM_TRY(LiteralReach* const reach, marking_.mark(areas(), slots, worker, work));
    const BlockRules& rules = *process.options.rules;
    const std::size_t words = rules.next(reach->words(), rules.literal_old_steps);
    if (process.dies_of(process.young.words + words)) return Unit{};
    const Block old = process.blocks->allocate(words);
    if (!old) return Error{"no memory for an old heap", Error::kNowhere, {words, "{} words"}};
    Word* off_heap = nullptr;
    copy_marked(*reach, slots, old.begin, off_heap, work);
    process.old = old;
    process.old_htop = old.begin + reach->words();
    append_off_heap(process, off_heap);
    return Unit{};
  }

  Marking marking_;
};

class ReachableStrategy final : public PurgeStrategy {
 public:
  Result<Purge*> begin(PurgeBox& box, const PurgeScope& scope) const noexcept override {
    BEAM_TRY(auto marking, Marking::create(scope.workers));
    return &box.make<ReachablePurge>(scope, std::move(marking));
  }
  HolderNeeds needs(std::size_t area_words, std::size_t reached_words) const noexcept override {
    return marking_needs(area_words, reached_words);
  }
};

}  // namespace

StrategyEntry reachable_strategy() noexcept {
  static const ReachableStrategy kStrategy;
  return {"reachable", "collect, then measure and copy only what is reachable", &kStrategy};
}

}  // namespace beam
