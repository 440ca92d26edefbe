// The strategy `shrink`: `otp`, and then the old block is cut to what moved into it.
//
// Cost for a holder of H own words that reaches R words of areas of W together:
//   scanned   up to the first reference
//   copied    what lives of H, and R; beside it W to temporary memory, whatever R is
//   reserved  next(R) afterwards, nothing if R is 0; next(W) and W while it works
// The price: the peak stays as it is, and so does what max_heap_size is held against. A block that
// moves when it shrinks takes one more pass over the young heap and R.
#include "engine/gc/evacuation.hpp"
#include "engine/purge/otp.hpp"
#include "engine/purge/strategies.hpp"

namespace beam {

namespace {

class ShrinkPurge final : public OtpPurge {
 public:
  using OtpPurge::OtpPurge;

 private:
  Result<Unit> after_collection(Process& process, const PurgeWorker& worker,
                                PurgeWork& work) noexcept override {
    BEAM_CHECK(copy_whole(process, worker, work));
    if (!process.killed) shrink_old_block(process);
    return Unit{};
  }
};

class ShrinkStrategy final : public PurgeStrategy {
 public:
  Result<Purge*> begin(PurgeBox& box, const PurgeScope& scope) const noexcept override {
    return &box.make<ShrinkPurge>(scope);
  }
  HolderNeeds needs(std::size_t area_words, std::size_t reached_words) const noexcept override {
    return {.kept_words = reached_words,
            .temporary_words = 2 * area_words,
            .moved_words = 2 * area_words};
  }
};

}  // namespace

StrategyEntry shrink_strategy() noexcept {
  static const ShrinkStrategy kStrategy;
  return {"shrink", "otp, then the old block is cut to what moved into it", &kStrategy};
}

}  // namespace beam
