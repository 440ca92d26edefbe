// Collections: what the runtime does when a process needs room, or is told to collect.
//
// The sizing rules are those of OTP 25 (erts/emulator/beam/erl_gc.c), word for word. U below is
// what the young generation uses: heap, fragments and what is attached to messages in an on_heap
// queue; S the stack, R the reserved stack words:
//
//   minor  needs an old block (next(U, 1) if there is none) with room for everything below
//          high_water, and old binaries below their virtual limit; otherwise, or when nothing is
//          below high_water, it becomes a major collection.
//          New young block: next(S + U). Then shrinks or grows to fit used + need + S + R.
//   major  New young block: next(S + U + old used + R), one size more if the last major one asked
//          for it. The old block is freed. Then grows, asks for growth next time, or shrinks.
//
// Both free all fragments, and then move what is attached to queued messages onto the heap, above
// high_water.
//
// Errors leave the process whole: either it is as it was, or it was collected and only the resize
// failed.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"

namespace beam {

struct Collection {
  bool major = false;
  bool killed = false;            // exceeded max_heap_words: nothing was collected
  std::size_t moved_words = 0;    // copied into new blocks
  std::size_t resized_words = 0;  // used words of a block that was then resized
};

// What the rules choose, so that `need` words can be allocated afterwards.
[[nodiscard]] Result<Collection> collect(Process& process, std::size_t need = 0) noexcept;

// A major collection (erlang:garbage_collect/0).
[[nodiscard]] Result<Collection> collect_major(Process& process, std::size_t need = 0) noexcept;

// What is asked of a process from outside (erlang:garbage_collect/2, {type, ...}).
enum class Request { kMinor, kMajor };

// Collects as asked; kMinor may become a major one, as always. Nothing while `process` is
// hibernated: it has no garbage.
[[nodiscard]] Result<Collection> collect_on_request(Process& process,
                                                    Request request = Request::kMajor) noexcept;

// `words` heap words, collecting first if they do not fit. Error: no memory, or the process was
// killed.
[[nodiscard]] Result<Word*> allocate_words(Process& process, std::size_t words) noexcept;

}  // namespace beam
