#include "engine/literal/literal_reach.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/slots.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

constexpr Error kNoMemory{"no memory to mark literals"};

// The copy at `copy` takes its reference, if it has one.
void adopt(Word* copy, Word*& off_heap) noexcept {
  retain_off_heap_object(copy);
  link_off_heap(copy, off_heap);
}

// Calls `run(first, count)` for each run of bits that are set in `bits`.
template <class Run>
void for_each_run(Word bits, Run run) noexcept {
  unsigned at = 0;
  while (bits != 0) {
    const auto zeros = static_cast<unsigned>(std::countr_zero(bits));
    bits >>= zeros;
    const auto ones = static_cast<unsigned>(std::countr_one(bits));
    run(at + zeros, ones);
    at += zeros + ones;
    bits = ones < 64 ? bits >> ones : 0;
  }
}

}  // namespace

void LiteralReach::begin(const AreaBatch& areas) noexcept {
  areas_ = &areas;
  ranges_ = areas.ranges();
  words_ = 0;
  dense_ = false;
  if (places_.size() != 0) places_.clear();
  found_.clear();
}

Result<Unit> LiteralReach::mark(Word pointer) noexcept {
  if (!dense_ && areas_->words() <= kSmallAreas) BEAM_CHECK(go_dense());
  return dense_ ? mark_dense(Term{pointer}) : mark_sparse(Term{pointer});
}

std::size_t LiteralReach::table_words() const noexcept {
  constexpr std::size_t kEntryWords = 2;
  const std::size_t sparse = kEntryWords * places_.size() + found_.size();
  return dense_ ? sparse + bits_.size() + before_.size() : sparse;
}

void LiteralReach::copy_to(Word* to, Word*& off_heap) noexcept {
  to_ = to;
  dense_ ? copy_dense(to, off_heap) : copy_sparse(to, off_heap);
  for_each_slot(
      to, [end = to + words_] { return end; }, EachPointer{[this](Word* slot, Word word) {
        if (ranges_.contains(word)) *slot = copy_of(word);
      }});
}

Word LiteralReach::copy_of(Word pointer) noexcept {
  std::size_t place = 0;
  if (dense_) {
    const std::size_t bit = bit_of(pointer);
    const Word below = bits_[bit / kBits] & ((Word{1} << (bit % kBits)) - 1);
    place = before_[bit / kBits] + static_cast<std::size_t>(std::popcount(below));
  } else {
    place = *places_.find(Term{pointer}.pointer());
  }
  return reinterpret_cast<Word>(to_ + place) | (pointer & kPrimaryMask);
}

// By object ----------------------------------------------------------------------------------

Result<Unit> LiteralReach::mark_object(Term pointer) noexcept {
  const AddressTable::Place place = places_.obtain(pointer.pointer());
  if (place.value == nullptr) return kNoMemory;
  if (!place.is_new) return Unit{};
  *place.value = words_;
  words_ += object_words(pointer);
  return found_.push_back(pointer) ? Result<Unit>(Unit{}) : kNoMemory;
}

Result<Unit> LiteralReach::mark_sparse(Term pointer) noexcept {
  std::size_t next = found_.size();
  BEAM_CHECK(mark_object(pointer));
  for (; next < found_.size(); ++next) {
    if (words_ > areas_->words() / kSparse) return go_dense();
    for (const Word child : children_of(found_[next])) {
      if (Term{child}.is_pointer() && ranges_.contains(child)) BEAM_CHECK(mark_object(Term{child}));
    }
  }
  return Unit{};
}

void LiteralReach::copy_sparse(Word* to, Word*& off_heap) noexcept {
  for (const Term original : found_) {
    const std::size_t words = object_words(original);
    std::memcpy(to, original.pointer(), words * kWordBytes);
    if (original.is_boxed() && on_off_heap_list(to)) adopt(to, off_heap);
    to += words;
  }
}

// By bits ------------------------------------------------------------------------------------

// What was found before is marked again, and with it all that it reaches.
Result<Unit> LiteralReach::go_dense() noexcept {
  std::size_t blocks = 0;
  for (const LiteralArea& area : areas_->areas()) blocks += (area.words + kBits - 1) / kBits;
  if (!bits_.resize(blocks) || !before_.resize(blocks)) return kNoMemory;
  std::memset(bits_.data(), 0, blocks * sizeof(Word));
  dense_ = true;
  words_ = 0;
  for (const Term pointer : found_) BEAM_CHECK(mark_dense(pointer));
  return Unit{};
}

std::size_t LiteralReach::bit_of(Word pointer) const noexcept {
  std::size_t first = 0;
  for (const LiteralArea& area : areas_->areas()) {
    const AddressRange range = area.range();
    if (range.contains(pointer)) return first + (pointer - range.base) / kWordBytes;
    first += (area.words + kBits - 1) / kBits * kBits;
  }
  return first;
}

void LiteralReach::set(std::size_t bit, std::size_t count) noexcept {
  while (count > 0) {
    const std::size_t at = bit % kBits;
    const std::size_t here = std::min(count, kBits - at);
    const Word ones = here == kBits ? ~Word{0} : (Word{1} << here) - 1;
    bits_[bit / kBits] |= ones << at;
    bit += here;
    count -= here;
  }
}

// Objects wait with their bits set, but not what they refer to. A list is followed along its tails.
Result<Unit> LiteralReach::mark_dense(Term pointer) noexcept {
  const auto is_new = [this](Term term) {
    if (!term.is_pointer() || !ranges_.contains(term.word)) return false;
    const std::size_t bit = bit_of(term.word);
    if (is_set(bit)) return false;
    const std::size_t words = object_words(term);
    set(bit, words);
    words_ += words;
    return true;
  };
  if (!is_new(pointer)) return Unit{};
  pending_.clear();
  if (!pending_.push_back(pointer)) return kNoMemory;
  while (!pending_.empty()) {
    const Term term = pending_.back();
    pending_.pop_back();
    for (const Word child : children_of(term)) {
      if (is_new(Term{child}) && !pending_.push_back(Term{child})) return kNoMemory;
    }
  }
  return Unit{};
}

void LiteralReach::copy_dense(Word* to, Word*& off_heap) noexcept {
  std::size_t block = 0;
  std::size_t copied = 0;
  for (const LiteralArea& area : areas_->areas()) {
    const Word* from = area.start;
    const std::size_t end = block + (area.words + kBits - 1) / kBits;
    for (; block < end; ++block, from += kBits) {
      before_[block] = copied;
      for_each_run(bits_[block], [&](std::size_t first, std::size_t count) {
        std::memcpy(to + copied, from + first, count * kWordBytes);
        copied += count;
      });
    }
  }
  adopt_dense(off_heap);
}

void LiteralReach::adopt_dense(Word*& off_heap) noexcept {
  for (const LiteralArea& area : areas_->areas()) {
    for (const Word* object = area.off_heap; object != nullptr; object = next_off_heap(object)) {
      const Word pointer = make_boxed(object).word;
      if (is_set(bit_of(pointer))) adopt(Term{copy_of(pointer)}.pointer(), off_heap);
    }
  }
}

}  // namespace beam
