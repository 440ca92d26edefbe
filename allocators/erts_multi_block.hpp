// Blocks in carriers of many: what the runtime's alloc_util does with blocks below sbct.
//
// A carrier is an aligned segment; this class keeps nothing of it elsewhere but a table of all of
// them, ordered by address. A block comes from the first carrier that has room and is the best fit
// in it. The first carrier of all, the main carrier, is never given back; others are when their
// last block is. Not thread safe.
//
// Left out: the pool into which the runtime puts carriers that are mostly free, so that other
// threads' allocators may use them. With one allocator it delays the use of such carriers and gives
// nothing back. Source: OTP 25, erts/emulator/beam/erl_alloc_util.c (mbc_alloc, mbc_free,
// mbc_realloc, create_carrier) and erl_ao_firstfit_alloc.c.
#pragma once

#include <cstddef>

#include "allocators/erts_block.hpp"
#include "allocators/erts_free_tree.hpp"
#include "allocators/erts_parameters.hpp"
#include "allocators/erts_segments.hpp"
#include "engine/base/mapped_array.hpp"

namespace allocators {

class ErtsMultiBlock {
 public:
  // About what the runtime's head of a carrier takes (Carrier_t and what aoff adds to it).
  static constexpr std::size_t kCarrierHeadBytes = 504;
  // What 50,000 hibernated processes of 4 words take each in a node of OTP 25.
  static constexpr std::size_t kMinBlockBytes = 64;

  // Both outlive this. `owner` is kept in every carrier.
  ErtsMultiBlock(const ErtsParameters& parameters, ErtsSegments& segments, void* owner) noexcept
      : parameters_(parameters), segments_(segments), owner_(owner) {}
  ErtsMultiBlock(const ErtsMultiBlock&) = delete;
  ErtsMultiBlock& operator=(const ErtsMultiBlock&) = delete;
  // Gives all carriers back, blocks and all.
  ~ErtsMultiBlock();

  // Null: no memory.
  [[nodiscard]] void* allocate(std::size_t bytes) noexcept;
  // Null: no memory, and the block is as it was.
  [[nodiscard]] void* resize(void* memory, std::size_t bytes) noexcept;
  void release(void* memory) noexcept;

  [[nodiscard]] static void* owner_of(ErtsBlock* block) noexcept;

  [[nodiscard]] std::size_t carriers() const noexcept { return carriers_.size(); }
  [[nodiscard]] std::size_t carrier_bytes() const noexcept { return carrier_bytes_; }
  [[nodiscard]] std::size_t blocks() const noexcept { return blocks_; }
  // Their heads and what they have beyond what was asked for included.
  [[nodiscard]] std::size_t block_bytes() const noexcept { return block_bytes_; }

 private:
  struct Carrier;
  struct Entry {
    Carrier* carrier;
    std::size_t largest;  // bytes of its largest free block
  };
  // Memory that is no block now, with what is around it.
  struct Room {
    ErtsBlock* begin;
    std::size_t bytes;
    bool previous_free;
    bool last;
    Carrier* carrier;
  };
  // A block that one in a carrier competes with.
  struct Candidate {
    ErtsBlock* block = nullptr;
    std::size_t bytes = 0;
  };

  [[nodiscard]] Entry& entry(const Carrier* carrier) noexcept;
  void link(ErtsBlock* block, Carrier* carrier) noexcept;
  void unlink(ErtsBlock* block, Carrier* carrier) noexcept;
  // The best free block there is, taken out of its carrier's tree. None (no bytes) if there is none
  // or if the candidate is better.
  [[nodiscard]] Room take(std::size_t bytes, Candidate candidate) noexcept;
  // The room of an allocated block, with free neighbours.
  [[nodiscard]] Room lift(ErtsBlock* block) noexcept;
  [[nodiscard]] Room lift_with_next(ErtsBlock* block) noexcept;
  // Makes a block of `bytes` at the beginning of room that has them, and frees the rest if that is
  // enough for a block.
  void* lay(Room room, std::size_t bytes) noexcept;
  void free(Room room) noexcept;
  [[nodiscard]] void* shrink(ErtsBlock* block, std::size_t bytes) noexcept;
  [[nodiscard]] void* grow(ErtsBlock* block, std::size_t bytes) noexcept;
  [[nodiscard]] void* move(ErtsBlock* block, Room to, std::size_t bytes) noexcept;
  // Moves the block to where the free block before it begins.
  [[nodiscard]] void* slide(ErtsBlock* block, std::size_t bytes) noexcept;
  [[nodiscard]] Room make_carrier(std::size_t block_bytes) noexcept;
  [[nodiscard]] bool make_main_carrier() noexcept;
  [[nodiscard]] bool add(Carrier* carrier) noexcept;
  [[nodiscard]] std::size_t next_carrier_bytes() const noexcept;
  void destroy(Carrier* carrier) noexcept;

  const ErtsParameters& parameters_;
  ErtsSegments& segments_;
  void* owner_;
  beam::MappedArray<Entry> carriers_;  // by address
  std::size_t carrier_bytes_ = 0;
  std::size_t blocks_ = 0;
  std::size_t block_bytes_ = 0;
};

}  // namespace allocators
