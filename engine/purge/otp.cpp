// The strategy `otp`: what OTP 25 does to a process during a purge, step by step.
//
// Queued messages get copies of their literals (purge/process_scan.hpp); then the process's own
// memory is scanned. A hit in the scan leads to a major collection, which dissolves the old heap,
// and then to the literal collection (gc/literal_copy.hpp) with its old block of the whole area's
// size. A process that was hibernated hibernates again, and is rid of that block at once. Source:
// erts/emulator/beam/beam_bif_load.c (erts_copy_literals_gc) and erl_gc.c.
#include "engine/gc/collect.hpp"
#include "engine/gc/literal_copy.hpp"
#include "engine/purge/process_scan.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

namespace {

class OtpStrategy final : public PurgeStrategy {
 public:
  Result<PurgeWork> purge_process(Process& process, PurgeContext context) const noexcept override {
    context.observer.phase_begins(PurgePhase::kScan);
    PurgeWork work;
    const auto scanned = scan(process, context, work);
    if (!scanned) return scanned.error();
    if (!scanned.value()) return work;
    work.holders = 1;

    const bool hibernated = process.hibernated;
    context.observer.phase_begins(PurgePhase::kCollect);
    const auto collected = collect_major(process);
    if (!collected) return collected.error();
    work.copied_words = collected.value().moved_words;
    if (process.killed) return killed(work);

    context.observer.phase_begins(PurgePhase::kCopy);
    const auto copied = copy_literals(process, context.area, context.temp);
    if (!copied) return copied.error();
    if (process.killed) return killed(work);
    work.copied_literal_words += copied.value().copied_words;
    work.temp_copied_words = copied.value().temp_words;
    return hibernated ? hibernate_again(process, work, context.observer) : Result<PurgeWork>(work);
  }

 private:
  // Rids queued messages of the area and scans the heap for it, unless the caller has done both.
  // Returns whether the scan hit. Error: no memory.
  static Result<bool> scan(Process& process, const PurgeContext& context,
                           PurgeWork& work) noexcept {
    if (context.known_scan != nullptr) {
      work.scanned_words = context.known_scan->scanned_words;
      return context.known_scan->found;
    }
    const AddressRange area = context.area.range();
    const auto queued = copy_message_literals(process, area);
    if (!queued) return queued.error();
    const HeapScan scan = scan_for_literals(process, area);
    work.scanned_words = queued.value().scanned_words + scan.scanned_words;
    work.copied_literal_words = queued.value().copied_words;
    return scan.found;
  }
  static Result<PurgeWork> hibernate_again(Process& process, PurgeWork work,
                                           PurgeObserver& observer) noexcept {
    observer.phase_begins(PurgePhase::kCollect);
    const auto hibernated = cut_to_live(process, process.stack_term(0));
    if (!hibernated) return hibernated.error();
    work.copied_words += hibernated.value().moved_words;
    return work;
  }
  static PurgeWork killed(PurgeWork work) noexcept {
    work.killed = 1;
    return work;
  }
};

}  // namespace

StrategyEntry otp_strategy() noexcept {
  static const OtpStrategy kStrategy;
  return {"otp", "what the runtime does: collect, reserve the whole area's size, copy what is held",
          &kStrategy};
}

}  // namespace beam
