// Thread progress: whether all that ran at some moment has ended since.
//
// Each thread has turns, one after the other. A moment is passed when every turn that was under way
// then is over; turns that began later do not matter, however long they take. Source of the idea:
// OTP 25, erts/emulator/beam/erl_thr_progress.h. A plain state machine without threads: callers
// hold one lock around everything here (see schedulers.hpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"

namespace beam {

class ThreadProgress {
 public:
  using Moment = std::uint64_t;  // the number of the turn that began last

  [[nodiscard]] Result<Unit> prepare(std::size_t threads) noexcept {
    if (!turns_.resize(threads)) return Error{"no memory for the progress of threads"};
    std::fill(turns_.begin(), turns_.end(), kNoTurn);
    return Unit{};
  }

  void turn_begins(std::size_t thread) noexcept { turns_[thread] = ++latest_; }
  // Whether a moment that somebody waits for may have passed by it.
  [[nodiscard]] bool turn_ends(std::size_t thread) noexcept {
    return std::exchange(turns_[thread], kNoTurn) <= awaited_;
  }

  // The present moment, which the caller is going to wait for.
  [[nodiscard]] Moment await() noexcept { return awaited_ = latest_; }
  [[nodiscard]] bool has_passed(Moment moment) const noexcept {
    return std::none_of(turns_.begin(), turns_.end(),
                        [moment](Moment turn) { return turn != kNoTurn && turn <= moment; });
  }
  // Whether no turn is under way.
  [[nodiscard]] bool at_rest() const noexcept { return has_passed(latest_); }

 private:
  static constexpr Moment kNoTurn = 0;

  MappedArray<Moment> turns_;  // of each thread, numbered from 1 as they begin
  Moment latest_ = 0;
  Moment awaited_ = 0;  // never decreases, as moments come one after the other
};

}  // namespace beam
