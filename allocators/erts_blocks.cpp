#include "allocators/erts_blocks.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "allocators/rounding.hpp"

namespace allocators {

namespace {

// Beyond this a request is refused, so that no sum overflows.
constexpr std::size_t kMostBytes = ErtsBlock::kMostBytes - kCarrierUnit;

}  // namespace

// The head of a carrier of one block, directly before that block; as large as the runtime's.
struct ErtsBlocks::Single {
  std::size_t bytes;  // of the carrier; whole pages, so that the lowest bit is free:
                      // it is set in a carrier that is no segment
  Single* next;
  Single* previous;
  ErtsBlocks* owner;
  ErtsBlock block;

  static constexpr std::size_t kSystem = 1;
  static constexpr std::size_t kHeadBytes = 32;

  [[nodiscard]] bool is_segment() const noexcept { return (bytes & kSystem) == 0; }
  [[nodiscard]] std::size_t carrier_bytes() const noexcept { return bytes & ~kSystem; }
  [[nodiscard]] char* begin() noexcept { return static_cast<char*>(static_cast<void*>(this)); }
  [[nodiscard]] void* memory() noexcept { return block.memory(); }

  [[nodiscard]] static Single* of(void* memory) noexcept {
    char* const at = static_cast<char*>(memory) - ErtsBlock::kHeadBytes - kHeadBytes;
    return static_cast<Single*>(static_cast<void*>(at));
  }
};

ErtsBlocks::~ErtsBlocks() {
  static_assert(sizeof(Single) == Single::kHeadBytes + ErtsBlock::kHeadBytes);
  while (singles_ != nullptr) give_back(singles_);
}

beam::Block ErtsBlocks::allocate(std::size_t words) noexcept {
  if (words > kMostBytes / beam::kWordBytes) return {};
  const std::lock_guard held(lock_);
  auto* const memory = static_cast<beam::Word*>(allocate_bytes(words * beam::kWordBytes));
  return memory == nullptr ? beam::Block{} : beam::Block{memory, words};
}

beam::Block ErtsBlocks::resize(beam::Block block, std::size_t words) noexcept {
  if (words > kMostBytes / beam::kWordBytes) return {};
  const std::lock_guard held(lock_);
  auto* const memory =
      static_cast<beam::Word*>(resize_bytes(block.begin, words * beam::kWordBytes));
  return memory == nullptr ? beam::Block{} : beam::Block{memory, words};
}

void ErtsBlocks::release(beam::Block block) noexcept {
  if (!block) return;
  const std::lock_guard held(lock_);
  release_memory(block.begin);
}

ErtsBlocks& ErtsBlocks::owner_of(beam::Block block) noexcept {
  ErtsBlock* const head = ErtsBlock::of(block.begin);
  if (head->single()) return *Single::of(block.begin)->owner;
  return *static_cast<ErtsBlocks*>(ErtsMultiBlock::owner_of(head));
}

ErtsCounts ErtsBlocks::multi_counts() noexcept {
  const std::lock_guard held(lock_);
  return {multi_.blocks(), multi_.block_bytes(), multi_.carriers(), multi_.carrier_bytes()};
}

ErtsCounts ErtsBlocks::single_counts() noexcept {
  const std::lock_guard held(lock_);
  return single_counts_;
}

void* ErtsBlocks::allocate_bytes(std::size_t bytes) noexcept {
  return bytes >= parameters_.sbct ? allocate_single(bytes) : multi_.allocate(bytes);
}

void ErtsBlocks::release_memory(void* memory) noexcept {
  if (ErtsBlock::of(memory)->single()) {
    give_back(Single::of(memory));
  } else {
    multi_.release(memory);
  }
}

void* ErtsBlocks::resize_bytes(void* memory, std::size_t bytes) noexcept {
  ErtsBlock* const block = ErtsBlock::of(memory);
  const std::size_t has = block->bytes() - ErtsBlock::kHeadBytes;
  if (!block->single()) {
    return bytes < parameters_.sbct ? multi_.resize(memory, bytes) : move(memory, has, bytes);
  }
  Single* const single = Single::of(memory);
  const std::size_t used = Single::kHeadBytes + ErtsBlock::kHeadBytes + bytes;
  if (bytes < parameters_.sbct &&
      100 * (single->carrier_bytes() - used) >= parameters_.rsbcmt * single->carrier_bytes()) {
    return move(memory, has, bytes);
  }
  return resize_single(single, bytes);
}

void* ErtsBlocks::move(void* memory, std::size_t kept, std::size_t bytes) noexcept {
  void* const moved = allocate_bytes(bytes);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, std::min(kept, bytes));
  release_memory(memory);
  return moved;
}

void* ErtsBlocks::allocate_single(std::size_t bytes) noexcept {
  const std::size_t block_bytes = ErtsBlock::bytes_for(bytes);
  const std::size_t wanted = block_bytes + Single::kHeadBytes;
  Segment segment;
  bool system = segment_singles_ >= parameters_.mmsbc;
  if (!system) segment = segments_.allocate(wanted, SegmentKind::kPlain);
  if (!segment) {
    segment = map_system(wanted);
    system = true;
  }
  if (!segment) return nullptr;
  const std::size_t mark = system ? Single::kSystem : 0;
  auto* const single = new (segment.begin) Single{segment.bytes | mark, nullptr, nullptr, this, {}};
  single->block.set_single(block_bytes);
  link(single);
  return single->memory();
}

// What the runtime takes from malloc, which maps that much.
Segment ErtsBlocks::map_system(std::size_t bytes) noexcept {
  const std::size_t wanted = rounded_up(bytes, kSystemCarrierUnit);
  return {segments_.source().map(wanted, PageSource::kPageBytes), wanted, SegmentKind::kPlain};
}

// The carrier moves with its block. When it cannot grow, a new one is made.
void* ErtsBlocks::resize_single(Single* single, std::size_t bytes) noexcept {
  const std::size_t block_bytes = ErtsBlock::bytes_for(bytes);
  const std::size_t least = block_bytes + Single::kHeadBytes;
  const bool is_segment = single->is_segment();
  const std::size_t wanted = rounded_up(least, is_segment ? kCarrierUnit : kSystemCarrierUnit);
  const std::size_t has = single->block.bytes() - ErtsBlock::kHeadBytes;
  unlink(single);
  Segment segment = {single->begin(), single->carrier_bytes(), SegmentKind::kPlain};
  if (is_segment) {
    segment = segments_.resize(segment, wanted, {parameters_.asbcst, parameters_.rsbcst});
  } else if (wanted != segment.bytes) {
    segment = {segments_.source().remap(segment.begin, segment.bytes, wanted), wanted,
               SegmentKind::kPlain};
  }
  if (!segment) {
    link(single);
    return single->carrier_bytes() >= least ? nullptr : move(single->memory(), has, bytes);
  }
  single = static_cast<Single*>(static_cast<void*>(segment.begin));
  single->bytes = segment.bytes | (is_segment ? 0 : Single::kSystem);
  single->block.set_single(block_bytes);
  link(single);
  return single->memory();
}

void ErtsBlocks::link(Single* single) noexcept {
  single->previous = nullptr;
  single->next = singles_;
  if (singles_ != nullptr) singles_->previous = single;
  singles_ = single;
  if (single->is_segment()) ++segment_singles_;
  ++single_counts_.blocks;
  ++single_counts_.carriers;
  single_counts_.block_bytes += single->block.bytes();
  single_counts_.carrier_bytes += single->carrier_bytes();
}

void ErtsBlocks::unlink(Single* single) noexcept {
  (single->previous == nullptr ? singles_ : single->previous->next) = single->next;
  if (single->next != nullptr) single->next->previous = single->previous;
  if (single->is_segment()) --segment_singles_;
  --single_counts_.blocks;
  --single_counts_.carriers;
  single_counts_.block_bytes -= single->block.bytes();
  single_counts_.carrier_bytes -= single->carrier_bytes();
}

void ErtsBlocks::give_back(Single* single) noexcept {
  unlink(single);
  const Segment segment = {single->begin(), single->carrier_bytes(), SegmentKind::kPlain};
  if (single->is_segment()) {
    segments_.release(segment);
  } else {
    segments_.source().unmap(segment.begin, segment.bytes);
  }
}

}  // namespace allocators
