// The payload of a binary over 64 bytes: counted, shared by every ProcBin that refers to it.
//
// Payloads live in a PayloadArena, a private mapping that unmaps itself when its creator and its
// last payload have released it. Counts are atomic: scheduler threads share payloads. Only one
// thread at a time may create payloads in an arena.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "engine/term/header.hpp"
#include "engine/term/term.hpp"

namespace beam {

class PayloadArena;

struct RefcBinary {
  std::atomic<std::uint64_t> references;
  std::uint64_t size;  // bytes
  PayloadArena* arena;

  [[nodiscard]] std::uint8_t* bytes() noexcept { return reinterpret_cast<std::uint8_t*>(this + 1); }
  [[nodiscard]] const std::uint8_t* bytes() const noexcept {
    return reinterpret_cast<const std::uint8_t*>(this + 1);
  }
  void retain() noexcept { references.fetch_add(1, std::memory_order_relaxed); }
  // Drops one reference; the last one returns the payload to its arena.
  void release() noexcept;
};

class PayloadArena {
 public:
  // Reserves address space for `max_bytes` of payloads, headers included. Null: none left. The
  // creator owns one reference and drops it with release().
  [[nodiscard]] static PayloadArena* create(std::size_t max_bytes) noexcept;

  // A payload of `size` zero bytes with one reference. Null if the arena is full.
  [[nodiscard]] RefcBinary* make(std::size_t size) noexcept;

  void retain() noexcept { shares_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept;

 private:
  PayloadArena(std::size_t mapped_bytes, std::size_t used) noexcept
      : mapped_bytes_(mapped_bytes), used_(used) {}

  std::size_t mapped_bytes_;
  std::size_t used_;
  std::atomic<std::uint64_t> shares_{1};
};

// The payload of the ProcBin or of the magic reference (term/identifier.hpp) at `object`.
[[nodiscard]] inline RefcBinary* payload_of(const Word* object) noexcept {
  const std::size_t payload = header_subtag(object[0]) == Subtag::kRef ? 1 : 3;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer kept in a heap object.
  return reinterpret_cast<RefcBinary*>(object[payload]);
}

}  // namespace beam
