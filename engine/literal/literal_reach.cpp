#include "engine/literal/literal_reach.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/slots.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

constexpr std::size_t kBits = 64;  // words of an area that one word of bits is for

constexpr Error kNoMemory{"no memory to mark literals"};

// The copy at `copy` takes its reference, if it has one.
void adopt(Word* copy, Word*& off_heap) noexcept {
  retain_off_heap_object(copy);
  link_off_heap(copy, off_heap);
}

// As object_words(), of what is not `{}`, with the way of tuples inlined.
std::size_t words_of(Term pointer) noexcept {
  if (pointer.is_list()) return kConsWords;
  const Word header = pointer.pointer()[0];
  return is_tuple_header(header) ? 1 + header_arity(header) : boxed_words(pointer.pointer());
}

// Words of bits that an area takes.
std::size_t blocks_of(const LiteralArea& area) noexcept { return (area.words + kBits - 1) / kBits; }

// Bits that are set. Without the processor's own instruction, which not every x86-64 has, a library
// function does it by a table.
std::size_t count_bits(Word bits) noexcept {
  bits -= bits >> 1 & 0x5555555555555555;
  bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
  return bits * 0x0101010101010101 >> 56;
}

}  // namespace

void LiteralReach::begin(const AreaBatch& areas) noexcept {
  areas_ = &areas;
  ranges_ = areas.ranges();
  words_ = 0;
  dense_ = false;
  forget_found();
}

void LiteralReach::forget_found() noexcept {
  for (Word& pointer : found_) pointer &= ~kPrimaryMask;
  places_.forget_all({found_.data(), found_.size()});
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

[[gnu::always_inline]] inline Word LiteralReach::placed(Word pointer) noexcept {
  std::size_t place = 0;
  if (dense_) {
    const std::size_t bit = bit_of(pointer);
    const Word bits = bits_[bit / kBits];
    const Word below = (Word{1} << (bit % kBits)) - 1;
    place = before_[bit / kBits];
    place += bits == ~Word{0} ? bit % kBits : count_bits(bits & below);
  } else {
    place = *places_.find(Term{pointer}.pointer());
  }
  return reinterpret_cast<Word>(to_ + place) | (pointer & kPrimaryMask);
}

void LiteralReach::copy_to(Word* to, Word*& off_heap) noexcept {
  to_ = to;
  dense_ ? copy_dense(to, off_heap) : copy_sparse(to, off_heap);
  for_each_slot(
      to, [end = to + words_] { return end; }, EachPointer{[this](Word* slot, Word word) {
        if (ranges_.contains(word)) *slot = placed(word);
      }});
}

Word LiteralReach::copy_of(Word pointer) noexcept { return placed(pointer); }

// By object ----------------------------------------------------------------------------------

Result<Unit> LiteralReach::mark_object(Term pointer) noexcept {
  const AddressTable::Place place = places_.obtain(pointer.pointer());
  if (place.value == nullptr) return kNoMemory;
  if (!place.is_new) return Unit{};
  *place.value = words_;
  words_ += words_of(pointer);
  if (found_.push_back(pointer.word)) return Unit{};
  places_.clear();
  found_.clear();
  return kNoMemory;
}

Result<Unit> LiteralReach::mark_sparse(Term pointer) noexcept {
  std::size_t next = found_.size();
  BEAM_CHECK(mark_object(pointer));
  for (; next < found_.size(); ++next) {
    if (words_ > areas_->words() / kSparse) return go_dense();
    for (const Word child : children_of(Term{found_[next]})) {
      if (Term{child}.is_pointer() && ranges_.contains(child)) BEAM_CHECK(mark_object(Term{child}));
    }
  }
  return Unit{};
}

void LiteralReach::copy_sparse(Word* to, Word*& off_heap) noexcept {
  for (const Word original : found_) {
    const Term pointer{original};
    const std::size_t words = words_of(pointer);
    std::memcpy(to, pointer.pointer(), words * kWordBytes);
    if (pointer.is_boxed() && on_off_heap_list(to)) adopt(to, off_heap);
    to += words;
  }
}

// By bits ------------------------------------------------------------------------------------

// What was found before is marked again, and with it all that it reaches.
Result<Unit> LiteralReach::go_dense() noexcept {
  std::size_t blocks = 0;
  for (const LiteralArea& area : areas_->areas()) blocks += blocks_of(area);
  if (!bits_.resize(blocks) || !before_.resize(blocks)) return kNoMemory;
  std::memset(bits_.data(), 0, blocks * sizeof(Word));
  dense_ = true;
  words_ = 0;
  for (const Word pointer : found_) BEAM_CHECK(mark_dense(Term{pointer}));
  return Unit{};
}

std::size_t LiteralReach::bit_of(Word pointer) const noexcept {
  if (ranges_.is_one()) [[likely]]
    return (pointer - ranges_.hull().base) / kWordBytes;
  std::size_t first = 0;
  for (const LiteralArea& area : areas_->areas()) {
    const AddressRange range = area.range();
    if (range.contains(pointer)) return first + (pointer - range.base) / kWordBytes;
    first += blocks_of(area) * kBits;
  }
  return first;
}

bool LiteralReach::is_set(std::size_t bit) const noexcept {
  return (bits_[bit / kBits] >> (bit % kBits) & 1) != 0;
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

[[gnu::always_inline]] inline bool LiteralReach::claim(Word pointer) noexcept {
  if (!ranges_.contains(pointer)) return false;
  const std::size_t bit = bit_of(pointer);
  const std::size_t at = bit % kBits;
  Word& bits = bits_[bit / kBits];
  if ((bits >> at & 1) != 0) return false;
  const std::size_t words = words_of(Term{pointer});
  words_ += words;
  if (at + words < kBits) [[likely]] {
    bits |= ((Word{1} << words) - 1) << at;
  } else {
    set(bit, words);
  }
  return true;
}

// A cell that is claimed, and the cells behind it: only what their heads refer to has to wait.
Result<Unit> LiteralReach::mark_spine(const Word* cell) noexcept {
  for (;;) {
    const Term head{cell[0]};
    const Term tail{cell[1]};
    if (head.is_pointer() && claim(head.word) && !pending_.push_back(head)) return kNoMemory;
    if (!tail.is_pointer() || !claim(tail.word)) return Unit{};
    if (tail.is_boxed()) return pending_.push_back(tail) ? Result<Unit>(Unit{}) : kNoMemory;
    cell = tail.pointer();
  }
}

// A boxed object that is claimed.
Result<Unit> LiteralReach::mark_slots(Word* object) noexcept {
  const Word* end = object + words_of(make_boxed(object));
  const auto mark_slot = [&](Term term) -> Result<Unit> {
    if (!claim(term.word)) return Unit{};
    if (term.is_list()) return mark_spine(term.pointer());
    return pending_.push_back(term) ? Result<Unit>(Unit{}) : kNoMemory;
  };
  Result<Unit> marked = Unit{};
  for_each_slot(
      object, [&end] { return end; }, EachPointer{[&](const Word* slot, Word word) {
        marked = mark_slot(Term{word});
        if (!marked) end = slot;
      }});
  return marked;
}

// Objects wait with their bits set, but not what they refer to.
Result<Unit> LiteralReach::mark_dense(Term pointer) noexcept {
  if (!claim(pointer.word)) return Unit{};
  pending_.clear();
  if (!pending_.push_back(pointer)) return kNoMemory;
  while (!pending_.empty()) {
    const Term term = pending_.back();
    pending_.pop_back();
    if (term.is_list()) {
      BEAM_CHECK(mark_spine(term.pointer()));
    } else {
      BEAM_CHECK(mark_slots(term.pointer()));
    }
  }
  return Unit{};
}

// Runs of marked words, each as long as it goes on.
void LiteralReach::copy_dense(Word* to, Word*& off_heap) noexcept {
  std::size_t block = 0;
  std::size_t copied = 0;
  for (const LiteralArea& area : areas_->areas()) {
    const std::size_t first = block;
    std::size_t run = 0;    // its first word in the area
    std::size_t words = 0;  // of it so far
    const auto end_run = [&] {
      std::memcpy(to + copied, area.start + run, words * kWordBytes);
      copied += std::exchange(words, 0);
    };
    for (; block < first + blocks_of(area); ++block) {
      before_[block] = copied + words;
      const std::size_t begin = (block - first) * kBits;
      Word bits = bits_[block];
      for (std::size_t at = 0; at < kBits;) {
        const auto zeros = static_cast<std::size_t>(std::countr_zero(bits));
        if (zeros != 0) end_run();
        if (zeros == kBits) break;
        at += zeros;
        bits >>= zeros;
        const auto ones = static_cast<std::size_t>(std::countr_one(bits));
        if (words == 0) run = begin + at;
        words += ones;
        at += ones;
        bits = ones == kBits ? 0 : bits >> ones;
      }
    }
    end_run();
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
