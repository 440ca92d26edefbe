#include "engine/term/refc_binary.hpp"

#include <new>
#include <sys/mman.h>

namespace beam {

namespace {

constexpr std::size_t kAlignment = alignof(RefcBinary);

std::size_t round_up(std::size_t bytes) noexcept {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace

void RefcBinary::release() noexcept {
  if (references.fetch_sub(1, std::memory_order_acq_rel) == 1) arena->release();
}

PayloadArena* PayloadArena::create(std::size_t max_bytes) noexcept {
  const std::size_t head = round_up(sizeof(PayloadArena));
  if (max_bytes > (std::size_t{1} << 46)) return nullptr;
  void* base = mmap(nullptr, head + max_bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return nullptr;
  return new (base) PayloadArena(head + max_bytes, head);
}

RefcBinary* PayloadArena::make(std::size_t size) noexcept {
  const std::size_t left = mapped_bytes_ - used_;
  if (size > left || round_up(sizeof(RefcBinary) + size) > left) return nullptr;
  auto* at = reinterpret_cast<std::uint8_t*>(this) + used_;
  used_ += round_up(sizeof(RefcBinary) + size);
  retain();
  return new (at) RefcBinary{1, size, this};
}

void PayloadArena::release() noexcept {
  if (shares_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const std::size_t bytes = mapped_bytes_;
  this->~PayloadArena();
  munmap(static_cast<void*>(this), bytes);
}

}  // namespace beam
