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
#include "engine/purge/otp.hpp"

#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

Result<PurgeWork> OtpPurge::visit(Process& process, const ProcessHits& /*hits*/,
                                  const PurgeWorker& worker) noexcept {
  PurgeWork work;
  const bool hibernated = process.hibernated;
  worker.observer.phase_begins(PurgePhase::kCollect);
  BEAM_TRY(const auto collected, collect_major(process));
  work.copied_words = collected.moved_words;
  if (!process.killed) BEAM_CHECK(after_collection(process, worker, work));
  if (process.killed) {
    work.killed = 1;
  } else if (hibernated) {
    worker.observer.phase_begins(PurgePhase::kCollect);
    BEAM_TRY(const auto cut, cut_to_live(process, process.stack_term(0)));
    work.copied_words += cut.moved_words;
  }
  return work;
}

Result<Unit> OtpPurge::after_collection(Process& process, const PurgeWorker& worker,
                                        PurgeWork& work) noexcept {
  return copy_whole(process, worker, work);
}

Result<Unit> OtpPurge::copy_whole(Process& process, const PurgeWorker& worker,
                                  PurgeWork& work) noexcept {
  worker.observer.phase_begins(PurgePhase::kCopy);
  BEAM_TRY(const auto copied, copy_literals(process, areas_, worker.temp));
  work.copied_literal_words += copied.copied_words;
  work.temp_copied_words += copied.temp_words;
  return Unit{};
}

namespace {

class OtpStrategy final : public PurgeStrategy {
 public:
  Result<Purge*> begin(PurgeBox& box, const PurgeScope& scope) const noexcept override {
    return &box.make<OtpPurge>(scope);
  }
  HolderNeeds needs(std::size_t area_words, std::size_t /*reached_words*/) const noexcept override {
    return {.kept_words = area_words, .temporary_words = area_words, .moved_words = 2 * area_words};
  }
};

}  // namespace

StrategyEntry otp_strategy() noexcept {
  static const OtpStrategy kStrategy;
  return {"otp", "what the runtime does: collect, reserve the whole area's size, copy what is held",
          &kStrategy};
}

}  // namespace beam
