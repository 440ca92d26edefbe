// One allocator of the runtime (alloc_util) as a block resource: small blocks in carriers of many,
// blocks of sbct bytes and more in carriers of their own, segments kept in a cache.
//
// What the kernel backs is what it backs in the runtime: heads, links and sizes are where the
// runtime writes them, and memory that was never written stays untouched. Behind a lock, like the
// runtime's instance that dirty schedulers share.
#pragma once

#include <cstddef>
#include <mutex>

#include "allocators/erts_multi_block.hpp"
#include "allocators/erts_parameters.hpp"
#include "allocators/erts_segments.hpp"
#include "engine/heap/block_resource.hpp"

namespace allocators {

struct ErtsCounts {
  std::size_t blocks = 0;
  std::size_t block_bytes = 0;  // with their heads
  std::size_t carriers = 0;
  std::size_t carrier_bytes = 0;
};

class ErtsBlocks final : public beam::BlockResource {
 public:
  // `segments` outlives this; several allocators of one thread share it.
  explicit ErtsBlocks(ErtsSegments& segments, const ErtsParameters& parameters = {}) noexcept
      : parameters_(parameters), segments_(segments), multi_(parameters_, segments, this) {}
  // Gives all carriers back, blocks and all.
  ~ErtsBlocks() override;

  [[nodiscard]] beam::Block allocate(std::size_t words) noexcept override;
  [[nodiscard]] beam::Block resize(beam::Block block, std::size_t words) noexcept override;
  void release(beam::Block block) noexcept override;
  // Empties the cache of segments.
  void trim() noexcept override { segments_.clear(); }

  // Whose block that is.
  [[nodiscard]] static ErtsBlocks& owner_of(beam::Block block) noexcept;

  // Carriers of many blocks (the runtime's mbcs), and of one (sbcs).
  [[nodiscard]] ErtsCounts multi_counts() noexcept;
  [[nodiscard]] ErtsCounts single_counts() noexcept;

 private:
  struct Single;

  [[nodiscard]] void* allocate_bytes(std::size_t bytes) noexcept;
  [[nodiscard]] void* resize_bytes(void* memory, std::size_t bytes) noexcept;
  void release_memory(void* memory) noexcept;
  [[nodiscard]] void* allocate_single(std::size_t bytes) noexcept;
  [[nodiscard]] void* resize_single(Single* single, std::size_t bytes) noexcept;
  // Into a new place of the other kind, or of the same one.
  [[nodiscard]] void* move(void* memory, std::size_t kept, std::size_t bytes) noexcept;
  [[nodiscard]] Segment map_system(std::size_t bytes) noexcept;
  void link(Single* single) noexcept;
  void unlink(Single* single) noexcept;
  void give_back(Single* single) noexcept;

  const ErtsParameters parameters_;
  ErtsSegments& segments_;
  std::mutex lock_;
  ErtsMultiBlock multi_;
  Single* singles_ = nullptr;
  std::size_t segment_singles_ = 0;  // of those, how many are segments
  ErtsCounts single_counts_;
};

}  // namespace allocators
