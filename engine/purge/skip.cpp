// The strategy `skip`: `otp`, but a holder in which the major collection left no reference is done.
//
// The second look covers every root that the collection has and the young heap; the old heap and
// fragments are gone by then. It is all that a holder of dead references needs.
//
// Cost for a holder of H own words, of which L live, that reaches R words of areas of W together:
//   scanned   up to the first reference, twice; L when there is none any more
//   copied    L; if it still holds something, R, and W to temporary memory
//   reserved  nothing for dead references; else next(W), and W while it works
// The price: a live holder pays as much as before, and the second look.
#include "engine/purge/otp.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

namespace {

class SkipPurge final : public OtpPurge {
 public:
  using OtpPurge::OtpPurge;

 private:
  Result<Unit> after_collection(Process& process, const PurgeWorker& worker,
                                PurgeWork& work) noexcept override {
    worker.observer.phase_begins(PurgePhase::kScan);
    const HeapScan left = scan_for_literals(process, areas().ranges());
    work.scanned_words += left.scanned_words;
    return left.found ? copy_whole(process, worker, work) : Unit{};
  }
};

class SkipStrategy final : public PurgeStrategy {
 public:
  Result<Purge*> begin(PurgeBox& box, const PurgeScope& scope) const noexcept override {
    return &box.make<SkipPurge>(scope);
  }
  HolderNeeds needs(std::size_t area_words, std::size_t reached_words) const noexcept override {
    if (reached_words == 0) return {};
    return {.kept_words = area_words, .temporary_words = area_words, .moved_words = 2 * area_words};
  }
};

}  // namespace

StrategyEntry skip_strategy() noexcept {
  static const SkipStrategy kStrategy;
  return {"skip", "otp, but a process that holds nothing after its collection is done", &kStrategy};
}

}  // namespace beam
