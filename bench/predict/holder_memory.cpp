#include "bench/predict/holder_memory.hpp"

#include <algorithm>
#include <array>
#include <sys/mman.h>

namespace bench::predict {

namespace {

constexpr std::uint64_t kPageBytes = 4096;

std::uint64_t bytes_of(beam::Block block) noexcept { return block.words * beam::kWordBytes; }

// Bytes of the block's resident pages.
std::uint64_t touched_bytes(beam::Block block) noexcept {
  constexpr std::uint64_t kPagesAtOnce = 4096;
  std::array<unsigned char, kPagesAtOnce> there;
  const std::uint64_t pages = (bytes_of(block) + kPageBytes - 1) / kPageBytes;
  std::uint64_t touched = 0;
  for (std::uint64_t page = 0; page < pages; page += kPagesAtOnce) {
    const std::uint64_t count = std::min(kPagesAtOnce, pages - page);
    auto* const from = reinterpret_cast<char*>(block.begin) + page * kPageBytes;
    if (mincore(from, count * kPageBytes, there.data()) != 0) return pages * kPageBytes;
    touched += static_cast<std::uint64_t>(std::count_if(
        there.begin(), there.begin() + count, [](unsigned char page_is) { return page_is & 1; }));
  }
  return touched * kPageBytes;
}

bool same_place(beam::Block a, beam::Block b) noexcept { return a.begin == b.begin; }

}  // namespace

MemoryUse HolderMemory::now() const noexcept {
  MemoryUse use;
  for (const beam::Block block : blocks_) {
    use.reserved += bytes_of(block);
    use.touched += touched_bytes(block);
  }
  return use;
}

void HolderMemory::note_peak() noexcept {
  const MemoryUse use = now();
  peak_.reserved = std::max(peak_.reserved, use.reserved);
  peak_.touched = std::max(peak_.touched, use.touched);
}

MemoryUse HolderMemory::peak() noexcept {
  note_peak();
  return peak_;
}

void HolderMemory::reset_peak() noexcept { peak_ = now(); }

void HolderMemory::add(beam::Block block) { blocks_.push_back(block); }

void HolderMemory::remove(beam::Block block) noexcept {
  note_peak();
  std::erase_if(blocks_, [block](beam::Block each) { return same_place(each, block); });
}

beam::Block HolderBlocks::allocate(std::size_t words) noexcept {
  const beam::Block block = mapped_.allocate(words);
  if (!block) return block;
  // Fails only on kernels without huge pages.
  static_cast<void>(madvise(block.begin, bytes_of(block), MADV_NOHUGEPAGE));
  memory_->add(block);
  return block;
}

beam::Block HolderBlocks::resize(beam::Block block, std::size_t words) noexcept {
  memory_->remove(block);
  const beam::Block resized = mapped_.resize(block, words);
  memory_->add(resized ? resized : block);
  return resized;
}

void HolderBlocks::release(beam::Block block) noexcept {
  if (!block) return;
  memory_->remove(block);
  mapped_.release(block);
}

}  // namespace bench::predict
