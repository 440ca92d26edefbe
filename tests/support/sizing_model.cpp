#include "tests/support/sizing_model.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>
#include <vector>

#include "engine/term/traversal.hpp"
#include "tests/support/otp25_heap_sizes.hpp"
#include "tests/support/roots.hpp"

namespace beam_test {

using namespace beam;

namespace {

constexpr std::size_t kReserved = 4;

}  // namespace

std::ostream& operator<<(std::ostream& out, const HeapShape& shape) {
  return out << "{heap_block_size " << shape.heap_block_size << ", heap_size " << shape.heap_size
             << ", recent_size " << shape.recent_size << ", old_heap_block_size "
             << shape.old_heap_block_size << ", old_heap_size " << shape.old_heap_size
             << ", stack_size " << shape.stack_size << ", minor_gcs " << shape.minor_gcs << "}";
}

HeapShape shape_of(const Process& process) noexcept {
  return {process.young.words,
          process.used_words(),
          static_cast<std::size_t>(process.high_water - process.young.begin),
          process.old.words,
          process.old_used_words(),
          process.stack_words(),
          process.minor_collections};
}

LiveWords live_words(Process& process) {
  LiveWords live;
  const auto* high_water = process.high_water;
  const RootTuple roots(process);
  must(for_each_object(roots.term(), [&](Term term) {
    const std::size_t words = object_words(term);
    if (process.old_range().contains(term.word)) live.old += words;
    if (!process.young_range().contains(term.word)) return;
    (term.pointer() < high_water ? live.mature : live.recent) += words;
  }));
  return live;
}

std::size_t next(std::size_t words) {
  const auto* found = std::ranges::find_if(kOtp25HeapSizes, [&](auto s) { return s >= words; });
  if (found == kOtp25HeapSizes.end()) throw std::length_error("no heap is that large");
  return *found;
}

std::size_t next_after(std::size_t words) {
  if (words < 12) return 12;
  std::vector<std::size_t> above(kOtp25HeapSizes.begin(), kOtp25HeapSizes.end());
  std::erase_if(above, [&](auto s) { return s <= words; });
  const bool is_a_size = std::ranges::count(kOtp25HeapSizes, words) != 0;
  return is_a_size ? above.at(0) : above.at(1);
}

std::size_t SizingModel::next_for_process(std::size_t words) const {
  return words < min_heap_size_ ? min_heap_size_ : next(words);
}

HeapShape SizingModel::collect(const HeapShape& before, const LiveWords& live, std::size_t need) {
  const bool may_be_minor = before.minor_gcs < fullsweep_after_;
  const std::size_t old_block = before.old_heap_block_size != 0 || before.recent_size == 0
                                    ? before.old_heap_block_size
                                    : next_after(before.heap_size);
  const bool fits = old_block != 0 && before.recent_size <= old_block - before.old_heap_size;
  return may_be_minor && fits ? collect_minor(before, live, need)
                              : collect_major(before, live, need);
}

HeapShape SizingModel::collect_minor(const HeapShape& before, const LiveWords& live,
                                     std::size_t need) const {
  HeapShape after = before;
  if (after.old_heap_block_size == 0) after.old_heap_block_size = next_after(before.heap_size);
  after.old_heap_size += live.mature;
  after.heap_size = after.recent_size = live.recent;
  after.minor_gcs = before.minor_gcs + 1;
  const std::size_t need_after = live.recent + need + before.stack_size + kReserved;
  after.heap_block_size =
      adjusted_after_minor(next_for_process(before.stack_size + before.heap_size),
                           after.old_heap_block_size, need_after);
  return after;
}

std::size_t SizingModel::adjusted_after_minor(std::size_t block, std::size_t old_block,
                                              std::size_t need_after) const {
  const bool large = block > 8000 || (block > 3000 && block > old_block);
  if (large && 4 * need_after < block) {
    std::size_t wanted = 3 * need_after;
    if (9 * wanted < old_block && old_block / 8 > wanted) wanted = old_block / 8;
    return std::min(block, next_for_process(wanted));
  }
  return need_after > block ? next_for_process(need_after) : block;
}

HeapShape SizingModel::collect_major(const HeapShape& before, const LiveWords& live,
                                     std::size_t need) {
  const std::size_t all = before.heap_size + before.old_heap_size;
  std::size_t block = next_for_process(before.stack_size + all + kReserved);
  if (block == before.heap_block_size && heap_grow_) {
    block = std::max(min_heap_size_, next_after(block));
  }
  heap_grow_ = false;
  HeapShape after{.stack_size = before.stack_size};
  after.heap_size = after.recent_size = live.mature + live.recent + live.old;
  after.heap_block_size =
      adjusted_after_major(block, after.heap_size + need + before.stack_size + kReserved);
  return after;
}

std::size_t SizingModel::adjusted_after_major(std::size_t block, std::size_t need_after) {
  if (block < need_after) return next_for_process(need_after);
  if (3 * block < 4 * need_after) {
    heap_grow_ = true;
    return block;
  }
  if (4 * need_after < block && block > 12) {
    return std::min(block, next_for_process(2 * need_after));
  }
  return block;
}

}  // namespace beam_test
