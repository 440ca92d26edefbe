// The description of a process that holds terms of a module; build_holder.hpp builds it.
//
// The literals come one by one from a HeldTerms, so that each of a million holders may hold
// different ones without a list in memory.
#pragma once

#include <cstdint>

#include "engine/base/address_ranges.hpp"
#include "engine/term/term.hpp"

namespace bench::holders {

// Where the process keeps what it holds: one item, or a list of several.
enum class HoldingPlace {
  kStack,       // a stack slot
  kHeap,        // a tuple {Held} on its heap, referenced from the slot
  kDictionary,  // the process dictionary
  kFun,         // the environment of a fun, referenced from the slot
  kMessage,     // a queued message {Item} per item, each in its own fragment
};

// What it keeps of each term.
enum class Holding {
  kLiterals,  // pointers to literals
  kScalars,   // small integers as keys to look it up
  kCopies,    // copies on its own heap, as ets:lookup/2 makes them
};

struct Holder {
  HoldingPlace place = HoldingPlace::kStack;
  Holding holding = Holding::kLiterals;
  // Which part of each literal: a 1-based element of a tuple; the head (1) or tail (2) of a list;
  // 0: all of it.
  std::uint32_t element = 0;
  // Minor collections since it took what it holds. After one, the data on its heap is mature; after
  // two, it is in the old heap, unless one became a major collection for lack of room in the old
  // block.
  std::uint32_t collections = 0;
  // If false, the slot, the key or the fun was dropped, or the messages were received and dropped.
  // What referred to the literals is garbage until the next collection.
  bool live = true;
  std::uint64_t own_words = 0;  // live words of own data (not 1), older than what it holds
  // Words of own garbage (not 1), as old as what it holds; live during `collections`, so that these
  // do not free it.
  std::uint64_t dead_words = 0;
  std::uint64_t max_heap_words = 0;  // set once it has its own data; 0: no limit
  bool hibernated = false;           // no garbage is left
};

// A term to hold, and the area of its literals.
struct HeldTerm {
  beam::Term term;           // a placed literal
  beam::AddressRanges area;  // the area that contains it
  std::uint32_t number = 0;  // the key for holders of scalars
};

// The terms of one holder, in the order it takes them.
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
