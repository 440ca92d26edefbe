#include "engine/term/term_words.hpp"

#include <limits>
#include <span>

#include "engine/base/mapped_array.hpp"
#include "engine/term/address_table.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

// Source: OTP 25, size_object, erts/emulator/beam/copy.c.
std::size_t copied_sub_binary_words(const Word* object) noexcept {
  const std::size_t extra_bytes = bytes_of_odd_bits(object[kSubBinaryBits]);
  const std::size_t odd_words = extra_bytes == 0 ? 0 : kSubBinaryWords;
  if (header_subtag(*Term{object[kSubBinaryOrig]}.pointer()) == Subtag::kProcBin) {
    return odd_words + kProcBinWords;
  }
  return odd_words + heap_binary_words(object[kSubBinarySize] + extra_bytes);
}

// Sums objects bottom-up. A frame is an object whose children are being added; the table holds the
// flat words of finished objects.
class FlatSum {
 public:
  FlatSum(AddressRange literals, const AddressRanges* released) noexcept
      : literals_(literals), released_(released) {}

  Result<std::size_t> of(Term term) {
    if (!add(term)) return kNoWorkMemory;
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.left > 0) {
        --frame.left;
        if (!add(Term{*frame.child++})) return kNoWorkMemory;
      } else if (!finish()) {
        return kNoWorkMemory;
      }
    }
    return total_;
  }

 private:
  struct Frame {
    Term object;
    const Word* child;
    std::size_t left;
    std::size_t words;
  };

  void count(std::size_t words) noexcept {
    std::size_t& sum = frames_.empty() ? total_ : frames_.back().words;
    sum = add_saturating(sum, words);
  }

  // Counts the words of `term`, now or when its frame is finished.
  bool add(Term term) noexcept {
    if (!term.is_pointer() || stays_uncopied(term, literals_, released_)) return true;
    if (is_sub_binary(term)) {
      count(copied_sub_binary_words(term.pointer()));
      return true;
    }
    const std::span<const Word> children = children_of(term);
    if (children.empty()) {
      count(object_words(term));
    } else if (const Word* words = done_.find(term.pointer())) {
      count(*words);
    } else {
      return frames_.push_back({term, children.data(), children.size(), object_words(term)});
    }
    return true;
  }

  bool finish() noexcept {
    const Frame frame = frames_.back();
    const AddressTable::Place place = done_.obtain(frame.object.pointer());
    if (place.value == nullptr) return false;
    *place.value = frame.words;
    frames_.pop_back();
    count(frame.words);
    return true;
  }

  AddressRange literals_;
  const AddressRanges* released_;
  MappedArray<Frame> frames_;
  AddressTable done_;
  std::size_t total_ = 0;
};

}  // namespace

Result<std::size_t> graph_words(Term term) {
  ObjectWalk walk;
  return graph_words(term, walk);
}

Result<std::size_t> graph_words(Term term, ObjectWalk& walk) {
  std::size_t words = 0;
  const Result<Unit> walked = for_each_object(
      term, [&](Term object) { words += object_words(object); }, walk);
  if (!walked) return walked.error();
  return words;
}

Result<std::size_t> flat_words(Term term) { return FlatSum({}, nullptr).of(term); }

Result<std::size_t> shared_words(Term term, AddressRange literals) {
  AddressTable seen;
  MappedArray<Term> pending;
  std::size_t words = 0;
  if (!pending.push_back(term)) return kNoWorkMemory;
  while (!pending.empty()) {
    const Term next = pending.back();
    pending.pop_back();
    if (!next.is_pointer() || stays_uncopied(next, literals, nullptr)) continue;
    const AddressTable::Place place = seen.obtain(next.pointer());
    if (place.value == nullptr) return kNoWorkMemory;
    if (!place.is_new) continue;
    words = add_saturating(words, copied_object_words(next));
    if (is_sub_binary(next)) continue;
    for (const Word child : children_of(next)) {
      if (Term{child}.is_pointer() && !pending.push_back(Term{child})) return kNoWorkMemory;
    }
  }
  return words;
}

std::size_t copied_words(Term term, AddressRange literals, const AddressRanges* released) noexcept {
  const auto words = FlatSum(literals, released).of(term);
  return words ? words.value() : std::numeric_limits<std::size_t>::max();
}

std::size_t copied_object_words(Term pointer) noexcept {
  return is_sub_binary(pointer) ? copied_sub_binary_words(pointer.pointer())
                                : object_words(pointer);
}

std::size_t bytes_of_odd_bits(Word packed_bits) noexcept {
  return (packed_bit_size(packed_bits) + packed_bit_offset(packed_bits) + 7) / 8;
}

}  // namespace beam
