// The strategy `otp`: what OTP 25 does to a process during a purge, step by step.
//
// A hit in the scan leads to a major collection, which dissolves the old heap, and then to the
// literal collection (gc/literal_copy.hpp) with its old block of the whole area's size. A process
// that was hibernated hibernates again, and is rid of that block at once. Source:
// erts/emulator/beam/beam_bif_load.c (erts_copy_literals_gc) and erl_gc.c.
//
// Cost for a holder of H own words that reaches R words of areas of W together:
//   scanned   up to the first reference
//   copied    what lives of H, and R; beside it W to temporary memory, whatever R is
//   reserved  next(W), until the next major collection; W while it works
// The price: a holder of one literal pays for all of them, and so does one of a dead reference,
// for which max_heap_size may kill it.
#include "engine/purge/collecting_purge.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

namespace {

class OtpPurge final : public Purge {
 public:
  explicit OtpPurge(const PurgeScope& scope) noexcept : areas_(scope.areas) {}

  Result<PurgeWork> visit(Process& process, const ProcessHits& /*hits*/,
                          const PurgeWorker& worker) noexcept override {
    return purge_by_collecting(process, worker.observer, [&](PurgeWork& work) {
      return copy_areas_whole(process, areas_, worker, work);
    });
  }

 private:
  const AreaBatch& areas_;
};

class OtpStrategy final : public PurgeStrategy {
 public:
  Result<Purge*> begin(PurgeBox& box, const PurgeScope& scope) const noexcept override {
    return &box.make<OtpPurge>(scope);
  }
  HolderNeeds needs(std::size_t area_words, std::size_t reached_words) const noexcept override {
    return {.kept_words = area_words,
            .temporary_words = area_words,
            .moved_words = 2 * area_words + reached_words};
  }
};

}  // namespace

StrategyEntry otp_strategy() noexcept {
  static const OtpStrategy kStrategy;
  return {"otp", "what the runtime does: collect, reserve the whole area's size, copy what is held",
          &kStrategy};
}

}  // namespace beam
