// Times a purge from inside: each phase's sum, and how long each process could not run.
//
// All memory is taken and touched beforehand. With very many processes, bystanders are timed in
// batches, whose mean is one sample; all others are always timed individually.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "bench/cells/clock.hpp"
#include "bench/cells/process_kind.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/purge/strategy.hpp"

namespace bench::cells {

class PurgeTimer final : public beam::PurgeObserver {
 public:
  static constexpr std::size_t kBatchFrom = 10000;  // processes
  static constexpr std::size_t kBatch = 64;

  explicit PurgeTimer(Clock& clock) noexcept : clock_(clock) {}

  // `kinds[i]` is that of process i; it must outlive the timer, like the clock. False: out of
  // memory.
  [[nodiscard]] bool prepare(std::span<const ProcessKind> kinds, std::uint64_t rounds) noexcept;

  // With schedulers a process that refers to the area is handled twice, possibly by two of them:
  // its pause is summed in its element of `parts` and is not a sample here. Batches are not used
  // then, because a scheduler does other work between two processes.
  void add_up_in(std::span<std::uint64_t> parts) noexcept {
    parts_ = parts;
    batched_ = false;
  }

  // A purge begins: resets the phase sums and keeps the pauses of earlier purges.
  void start() noexcept;
  // The purge ended at `end_ns` of the clock: closes the open phase.
  void stop(std::uint64_t end_ns) noexcept;

  void process_begins(std::size_t index) noexcept override;
  void phase_begins(beam::PurgePhase phase) noexcept override;
  void process_ends(std::size_t index) noexcept override;

  // Of the last purge, ns.
  [[nodiscard]] std::uint64_t phase_ns(beam::PurgePhase phase) const noexcept {
    return phases_[static_cast<std::size_t>(phase)];
  }

  // Of the processes of this kind, in all purges so far, ns.
  [[nodiscard]] beam::MappedArray<std::uint64_t>& pauses(ProcessKind kind) noexcept {
    return pauses_[static_cast<std::size_t>(kind)];
  }

 private:
  void close_phase(std::uint64_t now) noexcept;
  void close_batch(std::uint64_t now) noexcept;
  [[nodiscard]] bool in_batches(std::size_t index) const noexcept {
    return batched_ && kinds_[index] == ProcessKind::kBystander;
  }

  Clock& clock_;
  std::span<const ProcessKind> kinds_;
  bool batched_ = false;
  std::span<std::uint64_t> parts_;  // empty: all pauses are samples
  std::array<beam::MappedArray<std::uint64_t>, kProcessKinds> pauses_;
  std::array<std::uint64_t, beam::kPurgePhases> phases_{};
  std::optional<beam::PurgePhase> open_phase_;
  std::uint64_t phase_start_ = 0;
  std::uint64_t process_start_ = 0;
  std::uint64_t batch_start_ = 0;
  std::size_t batch_size_ = 0;
};

}  // namespace bench::cells
