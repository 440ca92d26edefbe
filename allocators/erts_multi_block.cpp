#include "allocators/erts_multi_block.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "allocators/rounding.hpp"

namespace allocators {

struct ErtsMultiBlock::Carrier {
  std::size_t bytes;
  void* owner;
  bool is_main;
  ErtsFreeTree free;

  [[nodiscard]] char* begin() noexcept { return static_cast<char*>(static_cast<void*>(this)); }
  [[nodiscard]] ErtsBlock* first() noexcept {
    return ErtsBlock::of(begin() + kCarrierHeadBytes + ErtsBlock::kHeadBytes);
  }
  [[nodiscard]] std::size_t room() const noexcept { return bytes - kCarrierHeadBytes; }
  [[nodiscard]] Segment segment() noexcept { return {begin(), bytes, SegmentKind::kAligned}; }

  [[nodiscard]] static Carrier* of(ErtsBlock* block) noexcept {
    return static_cast<Carrier*>(static_cast<void*>(block->carrier()));
  }
};

ErtsMultiBlock::~ErtsMultiBlock() {
  for (const Entry& entry : carriers_) {
    if (entry.carrier->is_main) {
      segments_.source().unmap(entry.carrier->begin(), entry.carrier->bytes);
    } else {
      segments_.release(entry.carrier->segment());
    }
  }
}

void* ErtsMultiBlock::owner_of(ErtsBlock* block) noexcept { return Carrier::of(block)->owner; }

void* ErtsMultiBlock::allocate(std::size_t bytes) noexcept {
  static_assert(sizeof(Carrier) <= kCarrierHeadBytes);
  static_assert(sizeof(ErtsFreeTree::Node) + ErtsBlock::kUnitBytes <= kMinBlockBytes);
  if (carriers_.empty() && !make_main_carrier()) return nullptr;
  const std::size_t wanted = std::max(ErtsBlock::bytes_for(bytes), kMinBlockBytes);
  Room room = take(wanted, {});
  if (room.bytes == 0) room = make_carrier(wanted);
  return room.bytes == 0 ? nullptr : lay(room, wanted);
}

void ErtsMultiBlock::release(void* memory) noexcept {
  ErtsBlock* const block = ErtsBlock::of(memory);
  --blocks_;
  block_bytes_ -= block->bytes();
  free(lift(block));
}

void* ErtsMultiBlock::resize(void* memory, std::size_t bytes) noexcept {
  ErtsBlock* const block = ErtsBlock::of(memory);
  const std::size_t wanted = std::max(ErtsBlock::bytes_for(bytes), kMinBlockBytes);
  if (wanted == block->bytes()) return memory;
  return wanted < block->bytes() ? shrink(block, wanted) : grow(block, wanted);
}

// A block that shrinks a lot moves if that puts it into a better place.
void* ErtsMultiBlock::shrink(ErtsBlock* block, std::size_t bytes) noexcept {
  const std::size_t less = block->bytes() - bytes;
  if (100 * less > parameters_.rmbcmt * block->bytes()) {
    Candidate here = {block, block->bytes()};
    const bool slides = block->previous_free();
    if (slides) here = {block->previous(), here.bytes + block->previous()->bytes()};
    if (!block->last() && block->next()->free()) here.bytes += block->next()->bytes();
    const Room there = take(bytes, here);
    if (there.bytes != 0) return move(block, there, bytes);
    if (slides) return slide(block, bytes);
  }
  const bool next_free = !block->last() && block->next()->free();
  if (!next_free && less < kMinBlockBytes) return block->memory();
  block_bytes_ -= block->bytes();
  --blocks_;
  return lay(lift_with_next(block), bytes);
}

void* ErtsMultiBlock::grow(ErtsBlock* block, std::size_t bytes) noexcept {
  const std::size_t next = !block->last() && block->next()->free() ? block->next()->bytes() : 0;
  if (block->bytes() + next >= bytes) {
    block_bytes_ -= block->bytes();
    --blocks_;
    return lay(lift_with_next(block), bytes);
  }
  if (block->previous_free()) {
    const Candidate here = {block->previous(), block->previous()->bytes() + block->bytes() + next};
    if (here.bytes >= bytes) {
      const Room there = take(bytes, here);
      return there.bytes != 0 ? move(block, there, bytes) : slide(block, bytes);
    }
  }
  Room there = take(bytes, {});
  if (there.bytes == 0) there = make_carrier(bytes);
  return there.bytes == 0 ? nullptr : move(block, there, bytes);
}

void* ErtsMultiBlock::move(ErtsBlock* block, Room to, std::size_t bytes) noexcept {
  void* const memory = lay(to, bytes);
  std::memcpy(memory, block->memory(), std::min(bytes, block->bytes()) - ErtsBlock::kHeadBytes);
  release(block->memory());
  return memory;
}

void* ErtsMultiBlock::slide(ErtsBlock* block, std::size_t bytes) noexcept {
  const std::size_t kept = std::min(bytes, block->bytes()) - ErtsBlock::kHeadBytes;
  block_bytes_ -= block->bytes();
  --blocks_;
  const Room room = lift(block);
  std::memmove(room.begin->memory(), block->memory(), kept);  // before any head is written
  return lay(room, bytes);
}

ErtsMultiBlock::Entry& ErtsMultiBlock::entry(const Carrier* carrier) noexcept {
  return *std::lower_bound(
      carriers_.begin(), carriers_.end(), carrier,
      [](const Entry& entry, const Carrier* sought) { return entry.carrier < sought; });
}

void ErtsMultiBlock::link(ErtsBlock* block, Carrier* carrier) noexcept {
  carrier->free.insert(block);
  Entry& in = entry(carrier);
  in.largest = std::max(in.largest, block->bytes());
}

void ErtsMultiBlock::unlink(ErtsBlock* block, Carrier* carrier) noexcept {
  carrier->free.remove(block);
  Entry& in = entry(carrier);
  if (in.largest == block->bytes()) in.largest = carrier->free.largest();
}

ErtsMultiBlock::Room ErtsMultiBlock::take(std::size_t bytes, Candidate candidate) noexcept {
  for (const Entry& entry : carriers_) {
    if (entry.largest < bytes) continue;
    Carrier* const carrier = entry.carrier;
    ErtsBlock* const found = carrier->free.best_fit(bytes);
    if (candidate.block != nullptr) {
      const bool here = Carrier::of(candidate.block) == carrier;
      if (here ? candidate.bytes <= found->bytes() : candidate.block < found) return {};
    }
    unlink(found, carrier);
    return {found, found->bytes(), false, found->last(), carrier};
  }
  return {};
}

ErtsMultiBlock::Room ErtsMultiBlock::lift_with_next(ErtsBlock* block) noexcept {
  Room room = {block, block->bytes(), block->previous_free(), block->last(), Carrier::of(block)};
  if (room.last || !block->next()->free()) return room;
  ErtsBlock* const next = block->next();
  room.bytes += next->bytes();
  room.last = next->last();
  unlink(next, room.carrier);
  return room;
}

ErtsMultiBlock::Room ErtsMultiBlock::lift(ErtsBlock* block) noexcept {
  Room room = lift_with_next(block);
  if (!room.previous_free) return room;
  room.begin = block->previous();
  room.bytes += room.begin->bytes();
  room.previous_free = false;  // two free blocks are never neighbours
  unlink(room.begin, room.carrier);
  return room;
}

void* ErtsMultiBlock::lay(Room room, std::size_t bytes) noexcept {
  const bool splits = room.bytes - bytes >= kMinBlockBytes;
  const std::size_t taken = splits ? bytes : room.bytes;
  ErtsBlock* const block = room.begin;
  block->set(taken, {.previous_free = room.previous_free, .last = room.last && !splits},
             room.carrier->begin());
  ++blocks_;
  block_bytes_ += taken;
  if (splits) {
    ErtsBlock* const rest = block->next();
    rest->set(room.bytes - taken, {.free = true, .last = room.last}, room.carrier->begin());
    if (!room.last) {
      rest->set_foot();
      rest->next()->set_previous_free(true);
    }
    link(rest, room.carrier);
  } else if (!room.last) {
    block->next()->set_previous_free(false);
  }
  return block->memory();
}

void ErtsMultiBlock::free(Room room) noexcept {
  Carrier* const carrier = room.carrier;
  if (room.bytes == carrier->room() && !carrier->is_main) return destroy(carrier);
  ErtsBlock* const block = room.begin;
  block->set(room.bytes, {.free = true, .last = room.last}, carrier->begin());
  if (!room.last) {
    block->set_foot();
    block->next()->set_previous_free(true);
  }
  link(block, carrier);
}

// The main carrier is no segment and never in the cache.
bool ErtsMultiBlock::make_main_carrier() noexcept {
  const std::size_t bytes = rounded_up(parameters_.mmbcs, PageSource::kPageBytes);
  char* const at = segments_.source().map(bytes, kCarrierUnit);
  if (at == nullptr) return false;
  auto* const carrier = new (at) Carrier{bytes, owner_, true, {}};
  if (!add(carrier)) {
    segments_.source().unmap(at, bytes);
    return false;
  }
  free({carrier->first(), carrier->room(), false, true, carrier});
  return true;
}

ErtsMultiBlock::Room ErtsMultiBlock::make_carrier(std::size_t block_bytes) noexcept {
  // The runtime asks for the head of the block twice.
  const std::size_t least = kCarrierHeadBytes + block_bytes + ErtsBlock::kHeadBytes;
  const Segment segment =
      segments_.allocate(std::max(next_carrier_bytes(), least), SegmentKind::kAligned);
  if (!segment) return {};
  auto* const carrier = new (segment.begin) Carrier{segment.bytes, owner_, false, {}};
  if (!add(carrier)) {
    segments_.release(segment);
    return {};
  }
  return {carrier->first(), carrier->room(), false, true, carrier};
}

bool ErtsMultiBlock::add(Carrier* carrier) noexcept {
  if (!carriers_.push_back({carrier, 0})) return false;
  for (std::size_t i = carriers_.size() - 1; i > 0; --i) {
    if (carriers_[i - 1].carrier < carriers_[i].carrier) break;
    std::swap(carriers_[i - 1], carriers_[i]);
  }
  carrier_bytes_ += carrier->bytes;
  return true;
}

// Carriers grow with their number, the main carrier not counted.
std::size_t ErtsMultiBlock::next_carrier_bytes() const noexcept {
  const std::size_t stage = carriers_.size() - 1;
  if (stage >= parameters_.mbcgs) return parameters_.lmbcs;
  return parameters_.smbcs + stage * (parameters_.lmbcs - parameters_.smbcs) / parameters_.mbcgs;
}

void ErtsMultiBlock::destroy(Carrier* carrier) noexcept {
  Entry* const gone = &entry(carrier);
  std::copy(gone + 1, carriers_.end(), gone);
  carriers_.pop_back();
  carrier_bytes_ -= carrier->bytes;
  segments_.release(carrier->segment());
}

}  // namespace allocators
