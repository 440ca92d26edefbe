#include "engine/gc/heap_map.hpp"

#include <algorithm>

#include "engine/base/address_range.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/slots.hpp"

namespace beam {

namespace {

constexpr Error kNoMemory{"no memory for the heap verifier"};

Error broken(const char* what, Word word) noexcept {
  return {what, Error::kNowhere, {word, "{} is there"}};
}

// 0x7 and 0xB are no kind of object.
bool is_known(Subtag subtag) noexcept {
  constexpr Word kUnknown = 1U << 0x7 | 1U << 0xB;
  return (kUnknown >> static_cast<Word>(subtag) & 1) == 0;
}

bool is_aligned(Term pointer) noexcept { return (pointer.word & ~kPrimaryMask) % kWordBytes == 0; }

}  // namespace

void HeapMap::clear() noexcept {
  runs_.clear();
  kinds_.clear();
  off_heap_objects_ = 0;
}

Result<Unit> HeapMap::add(const Word* begin, std::size_t words) noexcept {
  if (words == 0) return Unit{};
  const Run run{begin, words, kinds_.size()};
  if (!kinds_.resize(run.first + words) || !runs_.push_back(run)) return kNoMemory;
  for (std::size_t at = 0; at < words;) {
    BEAM_TRY(const auto visited, visit(run, at));
    at += visited;
  }
  return Unit{};
}

void HeapMap::sort() noexcept {
  std::sort(runs_.begin(), runs_.end(),
            [](const Run& a, const Run& b) { return a.begin < b.begin; });
}

bool HeapMap::is_object(Term pointer) const noexcept {
  const Run* run = find(pointer.word);
  if (run == nullptr || !is_aligned(pointer)) return false;
  const auto at = static_cast<std::size_t>(pointer.pointer() - run->begin);
  const WordKind* kinds = kinds_.data() + run->first;
  if (pointer.is_boxed()) return kinds[at] == WordKind::kHeader;
  return at + 1 < run->words && kinds[at] == WordKind::kTerm && kinds[at + 1] == WordKind::kTerm;
}

const HeapMap::Run* HeapMap::find(Word pointer) const noexcept {
  const Run* behind =
      std::upper_bound(runs_.begin(), runs_.end(), pointer, [](Word word, const Run& run) {
        return word < reinterpret_cast<Word>(run.begin);
      });
  if (behind == runs_.begin()) return nullptr;
  const Run* run = behind - 1;
  const AddressRange range{reinterpret_cast<Word>(run->begin), run->words * kWordBytes};
  return range.contains(pointer) ? run : nullptr;
}

Result<std::size_t> HeapMap::visit(const Run& run, std::size_t at) noexcept {
  const Word* object = run.begin + at;
  const std::size_t left = run.words - at;
  WordKind* kinds = kinds_.data() + run.first + at;
  const Word word = object[0];
  if (!is_header(word)) {
    kinds[0] = WordKind::kTerm;
    return std::size_t{1};
  }
  // The mark of a moved cons, or a `{}`, which is a literal and never in a heap.
  if (word == kNonValue.word) return broken("a heap holds the non-value", at);
  if (!is_known(header_subtag(word))) return broken("an object has an unknown header", word);
  kinds[0] = WordKind::kHeader;
  if (is_tuple_header(word)) {
    if (header_arity(word) > left - 1) return broken("a tuple leaves its heap", word);
    return std::size_t{1};
  }
  const std::size_t skipped = words_to_next_slot(word);
  if (skipped > left || boxed_words(object) > left) {
    return broken("an object leaves its heap", word);
  }
  if (on_off_heap_list(object)) ++off_heap_objects_;
  for (std::size_t i = 1; i < skipped; ++i) kinds[i] = WordKind::kRaw;
  if (is_match_state_header(word)) {
    if (skipped < kMatchStateWords) return broken("a match state is too small", word);
    kinds[kMatchStateOrig] = WordKind::kMatched;
  }
  return skipped;
}

}  // namespace beam
