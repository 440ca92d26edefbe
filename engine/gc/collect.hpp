// Collections: what the runtime does when a process needs room or asks for a collection.
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
// Errors leave the process whole: either nothing changed, or it was collected and only the resize
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

// Hibernation --------------------------------------------------------------------------------
//
// Hibernation (erlang:hibernate/3): a process that expects to wait long keeps what is live and
// nothing else.
//
//   young.begin        htop = high_water             stop     young.end()
//   | live             | 3 words that stay free      | 1 word |
//
// Everything live moves to a temporary heap and from there to a block of exactly live + 4 words,
// the reserved stack words, whatever min_heap_words says; no old heap. max_heap_words is not
// checked, and the count of minor collections goes on. While the process is hibernated, collections
// on request do nothing. The next collection for another reason, normally when it wakes, clears the
// flag: a minor one, because all that is live is mature, so that it tenures into an old block of
// next(live, 1) words beside a young one of at least min_heap_words.
// Source: OTP 25, erts/emulator/beam/erl_gc.c, garbage_collect_hibernate.
//
// The runtime's one word of stack is a return address, and the arguments of the function to wake up
// in wait in registers. The model has no registers: the argument list is in that word, so that
// roots and words are as many.

// erlang:hibernate/3: cut_to_live(), or nothing when a message is waiting in the queue.
[[nodiscard]] Result<Collection> hibernate(Process& process, Term arguments = kNil) noexcept;

// Drops the stack but for `arguments`, a list on the process's heap or `[]`, and keeps what is live
// in an exact block. A literal collection does it to a process that was hibernated, messages or
// not. The temporary heap comes from the process's own blocks. Error: no memory; the process is as
// it was, or its stack was dropped, it was collected and is not hibernated.
[[nodiscard]] Result<Collection> cut_to_live(Process& process, Term arguments) noexcept;

}  // namespace beam
