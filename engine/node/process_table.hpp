// The processes of a node, in the order in which they were spawned.
//
// Invariant: processes stay where they are, in a private mapping, so that the table itself is no
// part of what an allocator under test serves.
//
// Threads: one at a time adds processes; a process itself belongs to the thread that works on it,
// whatever is added meanwhile.
#pragma once

#include <cstddef>
#include <utility>

#include "engine/base/result.hpp"
#include "engine/base/stable_array.hpp"
#include "engine/heap/process.hpp"

namespace beam {

class ProcessTable {
 public:
  // Room for up to `max_processes` (at least 1).
  [[nodiscard]] static Result<ProcessTable> create(std::size_t max_processes) noexcept {
    if (max_processes >= StableArray<Process>::kTooMany) {
      return Error{
          "a process table is too large", Error::kNowhere, {max_processes, "{} processes"}};
    }
    BEAM_TRY(auto places, StableArray<Process>::reserve(max_processes));
    return ProcessTable(std::move(places));
  }

  // Takes the process in. Error: the table is full.
  [[nodiscard]] Result<Process*> add(Process process) noexcept {
    if (Process* added = places_.emplace_back(std::move(process))) return added;
    return Error{"the process table is full", Error::kNowhere, {size(), "{} processes"}};
  }

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
  // As many as there can be.
  [[nodiscard]] std::size_t capacity() const noexcept { return places_.capacity(); }
  [[nodiscard]] Process& operator[](std::size_t i) noexcept { return places_[i]; }

 private:
  explicit ProcessTable(StableArray<Process> places) noexcept : places_(std::move(places)) {}

  StableArray<Process> places_;
};

}  // namespace beam
