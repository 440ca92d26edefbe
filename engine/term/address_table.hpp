// A table from objects to one word each, by address: open addressing in a private mapping.
//
// Invariant: a power of two of entries, at most half of them used, and an address of 0 marks a free
// one. A new object may move all entries; what was found before is then no longer good.
#pragma once

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

  // The word kept for `object`; a new object gets 0.
  [[nodiscard]] Place obtain(const Word* object) noexcept {
    if (Word* value = find(object)) return {value, false};
    if (2 * (used_ + 1) > entries_.size() && !grow()) return {};
    const auto address = reinterpret_cast<Word>(object);
    Entry& entry = entries_[slot_of(address)];
    entry.address = address;
    ++used_;
    return {&entry.value, true};
  }

  [[nodiscard]] std::size_t size() const noexcept { return used_; }

 private:
  struct Entry {
    Word address;
    Word value;
  };

  static constexpr std::size_t kFirstEntries = 256;

  // Where `address` is, or the free entry where it belongs.
  [[nodiscard]] std::size_t slot_of(Word address) const noexcept {
    constexpr Word kGoldenRatio = 0x9E3779B97F4A7C15;
    const std::size_t mask = entries_.size() - 1;
    std::size_t at = ((address >> 3) * kGoldenRatio >> 32) & mask;
    while (entries_[at].address != 0 && entries_[at].address != address) at = (at + 1) & mask;
    return at;
  }

  bool grow() noexcept {
    AddressTable larger;
    const std::size_t entries = entries_.empty() ? kFirstEntries : 2 * entries_.size();
    if (!larger.entries_.resize(entries)) return false;
    for (const Entry& entry : entries_) {
      if (entry.address != 0) larger.entries_[larger.slot_of(entry.address)] = entry;
    }
    entries_.swap(larger.entries_);
    return true;
  }

  MappedArray<Entry> entries_;
  std::size_t used_ = 0;
};

}  // namespace beam
