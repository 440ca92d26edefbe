// The strategy `fragment`: no collection. Every slot that the scan finds, live or garbage, is made
// to point at a copy of what it points at; the copies are one heap fragment of the process.
//
// What the slots reach is marked beside the areas (literal/literal_reach.hpp) and copied with its
// sharing. Heaps may not point at fragments but from above the high-water mark, and there is no
// write barrier: the process is marked *need fullsweep*, so that its next collection is major and
// moves everything.
//
// Cost for a process of H words in which slots reach R words of areas of W together:
//   scanned   H, in every process: there is no first hit to stop at
//   copied    R, what only garbage reaches included
//   reserved  R and 5 words, until the next collection
//   tables    as `reachable`
// The price: garbage's references are copied, too. The next collection comes early, since fragments
// count as heap that is in use, is major, and may kill by max_heap_size. A hibernated process keeps
// the fragment until it wakes. In a real heap a garbage slot may be stale: upstream could follow it
// to the start of an object at most.
#include <utility>

#include "engine/purge/marking.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

namespace {

class FragmentPurge final : public Purge {
 public:
  FragmentPurge(const PurgeScope& scope, Marking marking) noexcept
      : areas_(scope.areas), marking_(std::move(marking)) {}

  Result<PurgeWork> visit(Process& process, const ProcessHits& hits,
                          const PurgeWorker& worker) noexcept override {
    worker.observer.phase_begins(PurgePhase::kCopy);
    PurgeWork work;
    BEAM_TRY(LiteralReach* const reach, marking_.mark(areas_, hits.slots, worker, work));
    HeapFragment* const fragment = make_fragment(*process.blocks, reach->words());
    if (fragment == nullptr) {
      return Error{"no memory for a heap fragment", Error::kNowhere, {reach->words(), "{} words"}};
    }
    copy_marked(*reach, hits.slots, fragment->words(), fragment->off_heap, work);
    process.adopt_fragments(fragment);
    process.need_fullsweep = true;
    return work;
  }

 private:
  const AreaBatch& areas_;
  Marking marking_;
};

class FragmentStrategy final : public PurgeStrategy {
 public:
  ScanDepth scan_depth() const noexcept override { return ScanDepth::kEverySlot; }
  Result<Purge*> begin(PurgeBox& box, const PurgeScope& scope) const noexcept override {
    BEAM_TRY(auto marking, Marking::create(scope.workers));
    return &box.make<FragmentPurge>(scope, std::move(marking));
  }
  HolderNeeds needs(std::size_t area_words, std::size_t reached_words) const noexcept override {
    return marking_needs(area_words, reached_words);
  }
};

}  // namespace

StrategyEntry fragment_strategy() noexcept {
  static const FragmentStrategy kStrategy;
  return {"fragment", "point every reference at a copy in a heap fragment, without a collection",
          &kStrategy};
}

}  // namespace beam
