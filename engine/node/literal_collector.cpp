#include "engine/node/literal_collector.hpp"

#include <algorithm>
#include <utility>

namespace beam {

LiteralCollector::LiteralCollector(LiteralCollector&& other) noexcept
    : queue_(std::move(other.queue_)),
      areas_per_round_(other.areas_per_round_),
      batches_(std::exchange(other.batches_, {})),
      copying_(other.copying_),
      switched_(std::exchange(other.switched_, {})) {
  if (other.copy_areas_.exchange(nullptr) != nullptr) copy_areas_.store(&batches_[copying_]);
}

Result<Unit> LiteralCollector::make_room() noexcept {
  if (!queue_.reserve(queue_.size() + 1)) return Error{"no memory for the literal collector"};
  return Unit{};
}

void LiteralCollector::enqueue(const LiteralArea& area) noexcept {
  static_cast<void>(queue_.push_back(area));  // make_room() came before
}

bool LiteralCollector::switch_areas() noexcept {
  switched_ = std::exchange(batches_[1 - copying_], {});
  if (queue_.empty()) {
    copy_areas_.store(nullptr);
    return false;
  }
  copying_ = 1 - copying_;
  const std::size_t taken = std::min(areas_per_round_, queue_.size());
  for (std::size_t i = 0; i < taken; ++i) batches_[copying_].add(queue_[i]);
  std::move(queue_.begin() + taken, queue_.end(), queue_.begin());
  for (std::size_t i = 0; i < taken; ++i) queue_.pop_back();
  copy_areas_.store(&batches_[copying_]);
  return true;
}

void LiteralCollector::release_switched(LiteralSpace& space) noexcept {
  switched_.release(space);
  if (copy_areas() == nullptr) batches_[copying_].release(space);
}

}  // namespace beam
