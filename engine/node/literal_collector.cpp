#include "engine/node/literal_collector.hpp"

#include <algorithm>
#include <utility>

namespace beam {

LiteralCollector::LiteralCollector(LiteralCollector&& other) noexcept
    : queue_(std::move(other.queue_)),
      areas_(std::exchange(other.areas_, {})),
      copying_(other.copying_),
      switched_(std::exchange(other.switched_, {})) {
  if (other.copy_area_.exchange(nullptr) != nullptr) copy_area_.store(&areas_[copying_]);
}

Result<Unit> LiteralCollector::make_room() noexcept {
  if (!queue_.reserve(queue_.size() + 1)) return Error{"no memory for the literal collector"};
  return Unit{};
}

void LiteralCollector::enqueue(const LiteralArea& area) noexcept {
  static_cast<void>(queue_.push_back(area));  // make_room() came before
}

bool LiteralCollector::switch_area() noexcept {
  switched_ = std::exchange(areas_[1 - copying_], {});
  if (queue_.empty()) {
    copy_area_.store(nullptr);
    return false;
  }
  copying_ = 1 - copying_;
  areas_[copying_] = queue_[0];
  std::move(queue_.begin() + 1, queue_.end(), queue_.begin());
  queue_.pop_back();
  copy_area_.store(&areas_[copying_]);
  return true;
}

void LiteralCollector::release_switched(LiteralSpace& space) noexcept {
  space.release(switched_);
  if (copy_area() == nullptr) space.release(areas_[copying_]);
}

}  // namespace beam
