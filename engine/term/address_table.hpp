// A table from objects to one word each, by address: open addressing in a private mapping.
//
// Objects that lie side by side have their entries side by side, because walks go from neighbour to
// neighbour: the addresses of 64 words have a group of 64 entries, one for each word, and the
// groups are spread by a multiplicative hash. Invariant: a power of two of entries, at most half of
// them used, and an address of 0 marks a free one.
#pragma once

#include <bit>
#include <cstddef>
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

  // The word kept for `object`; null: it has none.
  [[nodiscard]] Word* find(const Word* object) noexcept {
    if (entries_.empty()) return nullptr;
    Entry& entry = entries_[slot_of(reinterpret_cast<Word>(object))];
    return entry.address == 0 ? nullptr : &entry.value;
  }

  // Makes room for so many new objects: places found now stay good until they are there. False: no
  // memory.
  [[nodiscard]] bool make_room(std::size_t objects) noexcept {
    while (2 * (used_ + objects) > entries_.size()) {
      if (!grow()) return false;
    }
    return true;
  }

  // The word kept for `object`; a new object gets 0.
  [[nodiscard]] Place obtain(const Word* object) noexcept {
    if (Word* value = find(object)) return {value, false};
    if (!make_room(1)) return {};
    const auto address = reinterpret_cast<Word>(object);
    Entry& entry = entries_[slot_of(address)];
    entry = {address, 0};
    ++used_;
    return {&entry.value, true};
  }

  [[nodiscard]] std::size_t size() const noexcept { return used_; }

  // Forgets every object. A small table keeps its memory, so that walks of many small terms map
  // none; a large one would take longer to wipe than to map anew.
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

  // Where `address` is, or the free entry where it belongs.
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
  int shift_ = 0;  // leaves as many bits of a hash as there are groups
};

}  // namespace beam
