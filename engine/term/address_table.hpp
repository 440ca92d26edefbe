// A hash table from object addresses to one word each: open addressing in a private mapping.
//
// Adjacent objects have adjacent entries, because walks go from neighbour to neighbour: 64
// consecutive words map to a group of 64 entries, one per word, and groups are spread by a
// multiplicative hash. Invariant: the number of entries is a power of two, at most half are used,
// and address 0 marks a free one.
#pragma once

#include <bit>
#include <cstddef>
#include <span>
#include <utility>

#include "engine/base/mapped_array.hpp"
#include "engine/term/term.hpp"

namespace beam {

class AddressTable {
 public:
  struct Place {
    Word* value = nullptr;  // null: no memory
    bool is_new = false;
  };

  // The word of `object`; null if it has none.
  [[nodiscard]] Word* find(const Word* object) noexcept {
    if (entries_.empty()) return nullptr;
    Entry& entry = entries_[slot_of(reinterpret_cast<Word>(object))];
    return entry.address == 0 ? nullptr : &entry.value;
  }

  // Makes room for `objects` new objects: entries stay valid until these are added. False: no
  // memory.
  [[nodiscard]] bool make_room(std::size_t objects) noexcept {
    while (2 * (used_ + objects) > entries_.size()) {
      if (!grow()) return false;
    }
    return true;
  }

  // The word of `object`; 0 for a new object.
  [[nodiscard]] Place obtain(const Word* object) noexcept {
    const auto address = reinterpret_cast<Word>(object);
    std::size_t slot = entries_.empty() ? 0 : slot_of(address);
    if (!entries_.empty() && entries_[slot].address != 0) return {&entries_[slot].value, false};
    const std::size_t entries = entries_.size();
    if (!make_room(1)) return {};
    if (entries_.size() != entries) slot = slot_of(address);
    Entry& entry = entries_[slot];
    entry = {address, 0};
    ++used_;
    return {&entry.value, true};
  }

  [[nodiscard]] std::size_t size() const noexcept { return used_; }

  // Forgets every object, which are all those at `addresses`; keeps the memory, and takes time by
  // how many they are. Overwrites `addresses`.
  void forget_all(std::span<Word> addresses) noexcept {
    for (Word& address : addresses) address = slot_of(address);
    for (const Word slot : addresses) entries_[slot].address = 0;
    used_ = 0;
  }

  // Removes all objects. A small table keeps its memory, so that walks of many small terms map
  // none; a large one is faster to map anew than to clear.
  void clear() noexcept {
    if (entries_.size() > kFirstEntries) {
      MappedArray<Entry>().swap(entries_);
    } else {
      for (Entry& entry : entries_) entry.address = 0;
    }
    used_ = 0;
  }

 private:
  struct Entry {
    Word address;
    Word value;
  };

  static constexpr std::size_t kFirstEntries = 256;
  static constexpr std::size_t kGroup = 64;

  // The entry of `address`, or the free entry where it belongs.
  [[nodiscard]] std::size_t slot_of(Word address) const noexcept {
    constexpr Word kGoldenRatio = 0x9E3779B97F4A7C15;
    const std::size_t mask = entries_.size() - 1;
    const Word word = address / kWordBytes;
    std::size_t at = (word / kGroup * kGoldenRatio >> shift_) * kGroup + word % kGroup;
    while (entries_[at].address != 0 && entries_[at].address != address) at = (at + 1) & mask;
    return at;
  }

  bool grow() noexcept {
    AddressTable larger;
    const std::size_t entries = entries_.empty() ? kFirstEntries : 2 * entries_.size();
    if (!larger.entries_.resize(entries)) return false;
    larger.shift_ = 64 - std::countr_zero(entries / kGroup);
    for (const Entry& entry : entries_) {
      if (entry.address != 0) larger.entries_[larger.slot_of(entry.address)] = entry;
    }
    entries_.swap(larger.entries_);
    shift_ = larger.shift_;
    return true;
  }

  MappedArray<Entry> entries_;
  std::size_t used_ = 0;
  int shift_ = 0;  // reduces a hash to a group number
};

}  // namespace beam
