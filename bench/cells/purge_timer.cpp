#include "bench/cells/purge_timer.hpp"

#include <algorithm>
#include <cstring>

namespace bench::cells {

namespace {

// Room for `count` samples with all pages present, so that recording one never faults.
bool make_room(beam::MappedArray<std::uint64_t>& samples, std::uint64_t count) noexcept {
  if (count == 0) return true;
  if (!samples.resize(count)) return false;
  std::memset(samples.data(), 0xFF, count * sizeof(std::uint64_t));
  samples.clear();
  return true;
}

}  // namespace

bool PurgeTimer::prepare(std::span<const ProcessKind> kinds, std::uint64_t rounds) noexcept {
  kinds_ = kinds;
  batched_ = kinds.size() > kBatchFrom;
  for (std::size_t kind = 0; kind < pauses_.size(); ++kind) {
    const auto processes = std::ranges::count(kinds, static_cast<ProcessKind>(kind));
    if (!make_room(pauses_[kind], static_cast<std::uint64_t>(processes) * rounds)) return false;
  }
  return true;
}

void PurgeTimer::start() noexcept {
  phases_ = {};
  open_phase_.reset();
  batch_size_ = 0;
}

void PurgeTimer::stop(std::uint64_t end_ns) noexcept { close_phase(end_ns); }

void PurgeTimer::process_begins(std::size_t index) noexcept {
  if (in_batches(index) && batch_size_ != 0) return;
  const std::uint64_t now = clock_.wall_ns();
  if (batch_size_ != 0) close_batch(now);
  process_start_ = now;
  batch_start_ = now;
  open_phase_ = beam::PurgePhase::kScan;
  phase_start_ = now;
}

void PurgeTimer::phase_begins(beam::PurgePhase phase) noexcept {
  if (phase == beam::PurgePhase::kScan) return;  // open since process_begins()
  const std::uint64_t now = clock_.wall_ns();
  if (batch_size_ != 0) close_batch(now);
  close_phase(now);
  open_phase_ = phase;
  phase_start_ = now;
}

void PurgeTimer::process_ends(std::size_t index) noexcept {
  if (in_batches(index)) {
    if (++batch_size_ == kBatch) close_batch(clock_.wall_ns());
    return;
  }
  const std::uint64_t now = clock_.wall_ns();
  close_phase(now);
  if (kinds_[index] != ProcessKind::kBystander && !parts_.empty()) {
    parts_[index] += now - process_start_;
    return;
  }
  static_cast<void>(pauses(kinds_[index]).push_back(now - process_start_));
}

void PurgeTimer::close_phase(std::uint64_t now) noexcept {
  if (!open_phase_) return;
  phases_[static_cast<std::size_t>(*open_phase_)] += now - phase_start_;
  open_phase_.reset();
}

void PurgeTimer::close_batch(std::uint64_t now) noexcept {
  close_phase(now);
  const std::uint64_t mean = (now - batch_start_) / batch_size_;
  static_cast<void>(pauses(ProcessKind::kBystander).push_back(mean));
  batch_size_ = 0;
}

}  // namespace bench::cells
