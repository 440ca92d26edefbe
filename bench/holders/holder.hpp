// What a process that holds terms of a module is like, as data; build_holder.hpp makes it.
//
// Which literals those are comes from a source, one after the other (HeldTerms), so that each of a
// million holders may hold different ones and nobody keeps a list.
#pragma once

#include <cstdint>

#include "engine/base/address_range.hpp"
#include "engine/term/term.hpp"

namespace bench::holders {

// Where the process has what it holds: one item, or a list of several.
enum class HoldingPlace {
  kStack,       // a stack slot
  kHeap,        // a tuple {Held} on its heap, which the slot points at
  kDictionary,  // the process dictionary
  kFun,         // the environment of a fun, which the slot points at
  kMessage,     // queued messages {Item}, one for each item, in fragments of their own
};

// What it has of each term.
enum class Holding {
  kLiterals,  // pointers to literals
  kScalars,   // small integers, by which to look it up again
  kCopies,    // copies on its own heap, as ets:lookup/2 makes them
};

struct Holder {
  HoldingPlace place = HoldingPlace::kStack;
  Holding holding = Holding::kLiterals;
  // Which part of each literal: of a tuple that element, counted from 1; of a list its head (1) or
  // its tail (2). 0: all of it.
  std::uint32_t element = 0;
  // Minor collections since it took what it holds. After one of them what is on its heap is mature,
  // after two it is in the old heap, unless one became a major collection for want of room in the
  // old block.
  std::uint32_t collections = 0;
  // Dead: the slot, the key or the fun was let go of, or the messages were received and forgotten.
  // What referred to the literals is garbage, for as long as nothing collects it.
  bool live = true;
  std::uint64_t own_words = 0;  // live words of own data (not 1), older than what it holds
  // Words of own garbage (not 1), of the age of what it holds; they must be there before they are
  // garbage, so that `collections` do not free them.
  std::uint64_t dead_words = 0;
  std::uint64_t max_heap_words = 0;  // from when it has its own data; 0: no limit
  bool hibernated = false;           // it sleeps: nothing dead is left
};

// A term to hold, and where its literals are.
struct HeldTerm {
  beam::Term term;           // a placed literal
  beam::AddressRange area;   // that it lies in
  std::uint32_t number = 0;  // by which a holder of scalars looks it up
};

// What one holder holds, in the order in which it takes it.
class HeldTerms {
 public:
  HeldTerms() = default;
  HeldTerms(const HeldTerms&) = delete;
  HeldTerms& operator=(const HeldTerms&) = delete;
  virtual ~HeldTerms() = default;

  [[nodiscard]] virtual bool more() const noexcept = 0;
  [[nodiscard]] virtual HeldTerm next() noexcept = 0;
};

// For a process that holds nothing.
class NoTerms final : public HeldTerms {
 public:
  [[nodiscard]] bool more() const noexcept override { return false; }
  [[nodiscard]] HeldTerm next() noexcept override { return {}; }
};

}  // namespace bench::holders
