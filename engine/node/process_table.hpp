// The processes of a node, in the order in which they were spawned.
//
// Invariant: processes stay where they are, in a private mapping, so that the table itself is no
// part of what an allocator under test serves.
//
// Threads: one at a time adds processes; a process itself belongs to who works on it, whatever is
// added meanwhile.
#pragma once

#include <cstddef>
#include <new>
#include <utility>

#include "engine/base/result.hpp"
#include "engine/base/word_arena.hpp"
#include "engine/heap/process.hpp"

namespace beam {

class ProcessTable {
 public:
  // Room for up to `max_processes` (at least 1).
  [[nodiscard]] static Result<ProcessTable> create(std::size_t max_processes) noexcept {
    if (max_processes > kMaxProcesses) {
      return Error{"a process table is too large", Error::kNowhere, max_processes};
    }
    auto arena = WordArena::reserve(max_processes * kEntryWords);
    if (!arena) return arena.error();
    return ProcessTable(std::move(arena).value());
  }

  ProcessTable(const ProcessTable&) = delete;
  ProcessTable& operator=(const ProcessTable&) = delete;
  ProcessTable(ProcessTable&& other) noexcept
      : arena_(std::move(other.arena_)), size_(std::exchange(other.size_, 0)) {}
  ProcessTable& operator=(ProcessTable&&) = delete;
  ~ProcessTable() {
    for (std::size_t i = 0; i < size_; ++i) (*this)[i].~Process();
  }

  // Takes the process in. Error: the table is full.
  [[nodiscard]] Result<Process*> add(Process process) noexcept {
    Word* at = arena_.allocate(kEntryWords);
    if (at == nullptr) return Error{"the process table is full", Error::kNowhere, size_};
    ++size_;
    return new (at) Process(std::move(process));
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] Process& operator[](std::size_t i) noexcept {
    return *std::launder(reinterpret_cast<Process*>(arena_.base() + i * kEntryWords));
  }

 private:
  static constexpr std::size_t kEntryWords = (sizeof(Process) + kWordBytes - 1) / kWordBytes;
  static constexpr std::size_t kMaxProcesses = ~std::size_t{0} / kEntryWords;

  explicit ProcessTable(WordArena arena) noexcept : arena_(std::move(arena)) {}

  WordArena arena_;
  std::size_t size_ = 0;
};

}  // namespace beam
