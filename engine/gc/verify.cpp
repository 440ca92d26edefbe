#include "engine/gc/verify.hpp"

#include "engine/base/mapped_array.hpp"
#include "engine/gc/roots.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

Error broken(const char* what, Word word) noexcept { return {what, Error::kNowhere, word}; }

// 0x7 and 0xB are no kind of object.
bool is_known(Subtag subtag) noexcept {
  constexpr Word kUnknown = 1U << 0x7 | 1U << 0xB;
  return (kUnknown >> static_cast<Word>(subtag) & 1) == 0;
}

bool is_aligned(Term pointer) noexcept { return (pointer.word & ~kPrimaryMask) % kWordBytes == 0; }

// What a word of a heap is, found by walking the heap from its start.
enum class WordKind : std::uint8_t { kTerm, kHeader, kRaw };

// One heap and the kind of each of its words.
class HeapMap {
 public:
  [[nodiscard]] Result<Unit> build(const Word* begin, std::size_t words) noexcept {
    begin_ = begin;
    if (words != 0 && !kinds_.resize(words)) return Error{"no memory for the heap verifier"};
    for (std::size_t at = 0; at < words;) {
      const auto visited = visit(at, words);
      if (!visited) return visited.error();
      at += visited.value();
    }
    return Unit{};
  }

  [[nodiscard]] bool contains(Word pointer) const noexcept {
    return AddressRange{reinterpret_cast<Word>(begin_), kinds_.size() * kWordBytes}.contains(
        pointer);
  }
  // Whether a pointer into this heap points at an object of its kind.
  [[nodiscard]] bool is_object(Term pointer) const noexcept {
    if (!is_aligned(pointer)) return false;
    const auto at = static_cast<std::size_t>(pointer.pointer() - begin_);
    if (pointer.is_boxed()) return kinds_[at] == WordKind::kHeader;
    return at + 1 < kinds_.size() && kinds_[at] == WordKind::kTerm &&
           kinds_[at + 1] == WordKind::kTerm;
  }
  [[nodiscard]] std::size_t words() const noexcept { return kinds_.size(); }
  [[nodiscard]] const Word* begin() const noexcept { return begin_; }
  [[nodiscard]] WordKind kind(std::size_t at) const noexcept { return kinds_[at]; }
  [[nodiscard]] std::size_t off_heap_objects() const noexcept { return off_heap_objects_; }

 private:
  // Classifies what starts at `at`; returns how many words that settles.
  [[nodiscard]] Result<std::size_t> visit(std::size_t at, std::size_t words) noexcept {
    const Word word = begin_[at];
    if (!is_header(word)) {
      kinds_[at] = WordKind::kTerm;
      return std::size_t{1};
    }
    // The mark of a moved cons, or a `{}`, which is a literal and never in a heap.
    if (word == kNonValue.word) return broken("a heap holds the non-value", at);
    if (!is_known(header_subtag(word))) return broken("an object has an unknown header", word);
    kinds_[at] = WordKind::kHeader;
    if (is_tuple_header(word)) {
      if (header_arity(word) > words - at - 1) return broken("a tuple leaves its heap", word);
      return std::size_t{1};
    }
    const std::size_t skipped = thing_words(word);
    if (skipped > words - at || boxed_words(begin_ + at) > words - at) {
      return broken("an object leaves its heap", word);
    }
    if (on_off_heap_list(begin_ + at)) ++off_heap_objects_;
    for (std::size_t i = 1; i < skipped; ++i) kinds_[at + i] = WordKind::kRaw;
    return skipped;
  }

  const Word* begin_ = nullptr;
  MappedArray<WordKind> kinds_;
  std::size_t off_heap_objects_ = 0;
};

// Where a term lies, and so what it may point at in the young heap: nothing; what is mature, too;
// anything.
enum class Holder { kOldHeap, kMature, kNewer };

class Verifier {
 public:
  Verifier(const Process& process, const LiteralSpace* space) noexcept
      : process_(process), space_(space) {}

  [[nodiscard]] Result<Unit> run() noexcept {
    if (!in_order()) return Error{"the heap pointers of a process are out of order"};
    if (process_.hibernated && !is_asleep()) {
      return Error{"a hibernated process has more than what is live"};
    }
    for (const auto& step : {&Verifier::map_heaps, &Verifier::check_heaps, &Verifier::check_roots,
                             &Verifier::check_off_heap}) {
      const auto checked = (this->*step)();
      if (!checked) return checked.error();
    }
    return Unit{};
  }

 private:
  [[nodiscard]] bool in_order() const noexcept {
    const Process& p = process_;
    return p.young.begin <= p.high_water && p.high_water <= p.htop && p.htop <= p.stop &&
           p.stop <= p.young.end() &&
           (!p.old || (p.old.begin <= p.old_htop && p.old_htop <= p.old.end()));
  }

  // Nothing fits into a hibernated heap, so it stays as it was made.
  [[nodiscard]] bool is_asleep() const noexcept {
    return !process_.old && process_.stack_words() == 1 && process_.high_water == process_.htop &&
           process_.young.words == process_.used_words() + kReservedStackWords;
  }

  [[nodiscard]] Result<Unit> map_heaps() noexcept {
    const auto mapped = young_.build(process_.young.begin, process_.used_words());
    if (!mapped || !process_.old) return mapped;
    return old_.build(process_.old.begin, process_.old_used_words());
  }

  [[nodiscard]] Result<Unit> check_heaps() noexcept {
    const auto mature = static_cast<std::size_t>(process_.high_water - process_.young.begin);
    auto checked = check_words(old_, 0, old_.words(), Holder::kOldHeap);
    if (checked) checked = check_words(young_, 0, mature, Holder::kMature);
    return checked ? check_words(young_, mature, young_.words(), Holder::kNewer) : checked;
  }

  [[nodiscard]] Result<Unit> check_words(const HeapMap& heap, std::size_t from, std::size_t until,
                                         Holder holder) noexcept {
    for (std::size_t at = from; at < until; ++at) {
      if (heap.kind(at) != WordKind::kTerm) continue;
      const auto checked = check_term(Term{heap.begin()[at]}, holder);
      if (!checked) return checked;
    }
    return Unit{};
  }

  [[nodiscard]] Result<Unit> check_roots() noexcept {
    Result<Unit> verdict = Unit{};
    for_each_root_array(process_, [&](const Word* begin, const Word* end) {
      for (const Word* slot = begin; slot < end && verdict; ++slot) {
        if (!is_header(*slot)) verdict = check_term(Term{*slot}, Holder::kNewer);
      }
    });
    return verdict;
  }

  [[nodiscard]] Result<Unit> check_term(Term term, Holder holder) noexcept {
    if (!term.is_pointer()) return Unit{};
    if (young_.contains(term.word)) return check_young(term, holder);
    if (old_.contains(term.word)) return check_object(old_, term);
    if (!process_.literals.contains(term.word)) {
      return broken("a pointer leaves the process", term.word);
    }
    if (space_ == nullptr || !space_->is_live(term.word)) {
      return broken("a pointer leads into freed literals", term.word);
    }
    return Unit{};
  }

  [[nodiscard]] Result<Unit> check_young(Term term, Holder holder) const noexcept {
    if (holder == Holder::kOldHeap) return broken("old heap points into young heap", term.word);
    if (holder == Holder::kMature && term.pointer() >= process_.high_water) {
      return broken("mature heap points above the high-water mark", term.word);
    }
    return check_object(young_, term);
  }

  [[nodiscard]] static Result<Unit> check_object(const HeapMap& heap, Term term) noexcept {
    return heap.is_object(term) ? Result<Unit>(Unit{})
                                : broken("a pointer misses its object", term.word);
  }

  [[nodiscard]] Result<Unit> check_off_heap() noexcept {
    std::size_t listed = 0;
    bool in_old = false;
    const std::size_t expected = young_.off_heap_objects() + old_.off_heap_objects();
    for (const Word* object = process_.off_heap; object != nullptr;
         object = next_off_heap(object)) {
      const Term pointer = make_boxed(object);
      const bool is_old = old_.contains(pointer.word);
      if (!is_old && !young_.contains(pointer.word)) {
        return broken("the off-heap list leaves the process", pointer.word);
      }
      if (!(is_old ? old_ : young_).is_object(pointer) || !on_off_heap_list(object)) {
        return broken("the off-heap list misses its object", pointer.word);
      }
      if (in_old && !is_old) {
        return broken("the off-heap list has young after old", pointer.word);
      }
      in_old = is_old;
      if (++listed > expected) return broken("the off-heap list is too long", listed);
    }
    if (listed < expected) return broken("the off-heap list lacks an object", listed);
    return Unit{};
  }

  const Process& process_;
  const LiteralSpace* space_;
  HeapMap young_;
  HeapMap old_;
};

}  // namespace

Result<Unit> verify_process(const Process& process, const LiteralSpace* space) noexcept {
  return Verifier(process, space).run();
}

}  // namespace beam
