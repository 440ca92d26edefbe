#include "engine/gc/verify.hpp"

#include "engine/gc/evacuation.hpp"
#include "engine/gc/heap_map.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

Error broken(const char* what, Word word) noexcept {
  return {what, Error::kNowhere, {word, "{} is there"}};
}

Result<Unit> add_fragments(HeapMap& map, const HeapFragment* first) noexcept {
  Result<Unit> added = Unit{};
  for (; first != nullptr && added; first = first->next) {
    added = map.add(first->words(), first->used_words);
  }
  map.sort();
  return added;
}

// Where a term lies, and so what it may point at in the young generation: nothing; what is mature,
// too; anything.
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
    for (const auto& step :
         {&Verifier::map_heaps, &Verifier::check_heaps, &Verifier::check_roots,
          &Verifier::check_off_heap, &Verifier::check_queue, &Verifier::check_messages}) {
      BEAM_CHECK((this->*step)());
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
    auto mapped = young_.add(process_.young.begin, process_.used_words());
    if (mapped && process_.old) mapped = old_.add(process_.old.begin, process_.old_used_words());
    if (mapped) mapped = add_fragments(fragments_, process_.fragments);
    if (mapped && words_of(process_.fragments) != process_.fragment_words) {
      return broken("a process miscounts its fragments", process_.fragment_words);
    }
    return mapped;
  }

  [[nodiscard]] Result<Unit> check_heaps() noexcept {
    auto checked = old_.check_terms(
        [this](Term term, const Word*) { return check_term(term, Holder::kOldHeap); });
    if (checked) {
      checked = young_.check_terms([this](Term term, const Word* at) {
        return check_term(term, at < process_.high_water ? Holder::kMature : Holder::kNewer);
      });
    }
    if (checked) {
      checked = fragments_.check_terms(
          [this](Term term, const Word*) { return check_term(term, Holder::kNewer); });
    }
    if (checked) checked = old_.check_match_states(check_match_state);
    return checked ? young_.check_match_states(check_match_state) : checked;
  }

  // The pointer to the binary is good.
  [[nodiscard]] static Result<Unit> check_match_state(const Word* state) noexcept {
    const Term binary{state[kMatchStateOrig]};
    const bool matches_binary = is_bitstring(binary) && !is_sub_binary(binary);
    if (!matches_binary) return broken("a match state matches no binary", binary.word);
    const auto base = reinterpret_cast<Word>(bytes_of_binary(binary.pointer()));
    if (state[kMatchStateBase] != base) return broken("a match state has lost its bytes", base);
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
    if (fragments_.contains(term.word)) return check_in_fragment(term, holder);
    return check_literal(term, "a pointer leaves the process");
  }

  // `elsewhere`: what it is if it is no literal.
  [[nodiscard]] Result<Unit> check_literal(Term term, const char* elsewhere) const noexcept {
    if (!process_.literals.contains(term.word)) return broken(elsewhere, term.word);
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

  [[nodiscard]] Result<Unit> check_in_fragment(Term term, Holder holder) const noexcept {
    if (holder != Holder::kNewer && !process_.need_fullsweep) {
      return broken("old or mature heap points into a fragment", term.word);
    }
    return check_object(fragments_, term);
  }

  [[nodiscard]] static Result<Unit> check_object(const HeapMap& heap, Term term) noexcept {
    return heap.is_object(term) ? Result<Unit>(Unit{})
                                : broken("a pointer misses its object", term.word);
  }

  // The map of the process that `pointer` points into, or null.
  [[nodiscard]] const HeapMap* map_of(Word pointer) const noexcept {
    for (const HeapMap* map : {&young_, &old_, &fragments_}) {
      if (map->contains(pointer)) return map;
    }
    return nullptr;
  }

  [[nodiscard]] Result<Unit> check_off_heap() noexcept {
    std::size_t listed = 0;
    bool in_old = false;
    const std::size_t expected =
        young_.off_heap_objects() + old_.off_heap_objects() + fragments_.off_heap_objects();
    for (const Word* object = process_.off_heap; object != nullptr;
         object = next_off_heap(object)) {
      const Term pointer = make_boxed(object);
      const HeapMap* map = map_of(pointer.word);
      if (map == nullptr) return broken("the off-heap list leaves the process", pointer.word);
      if (!map->is_object(pointer) || !on_off_heap_list(object)) {
        return broken("the off-heap list misses its object", pointer.word);
      }
      const bool is_old = map == &old_;
      if (in_old && !is_old) {
        return broken("the off-heap list has young after old", pointer.word);
      }
      in_old = is_old;
      if (++listed > expected) return broken("the off-heap list is too long", listed);
    }
    if (listed < expected) return broken("the off-heap list lacks an object", listed);
    return Unit{};
  }

  [[nodiscard]] Result<Unit> check_queue() noexcept {
    const MessageQueue& queue = process_.messages;
    const Message* last = nullptr;
    std::size_t count = 0;
    for (const Message* at = queue.first; at != nullptr && count <= queue.count; at = at->next) {
      last = at;
      ++count;
    }
    if (count != queue.count) return broken("a message queue miscounts its messages", count);
    if (last != queue.last) return broken("a message queue has lost its end", count);
    return Unit{};
  }

  [[nodiscard]] Result<Unit> check_messages() noexcept {
    Result<Unit> checked = Unit{};
    const Message* message = process_.messages.first;
    for (; message != nullptr && checked; message = message->next)
      checked = check_message(*message);
    return checked;
  }

  // A message's data holds together by itself; without any, it is a root of an on_heap queue.
  [[nodiscard]] Result<Unit> check_message(const Message& message) noexcept {
    if (message.attached == nullptr && !process_.options.off_heap_messages) return Unit{};
    attached_.clear();
    BEAM_CHECK(add_fragments(attached_, message.attached));
    const auto checked =
        attached_.check_terms([this](Term term, const Word*) { return check_attached(term); });
    if (!checked) return checked;
    const auto term = check_attached(message.term);
    return term ? check_attached_off_heap(message.attached) : term;
  }

  [[nodiscard]] Result<Unit> check_attached(Term term) const noexcept {
    if (!term.is_pointer()) return Unit{};
    if (attached_.contains(term.word)) return check_object(attached_, term);
    return check_literal(term, "a queued message points out of itself");
  }

  [[nodiscard]] Result<Unit> check_attached_off_heap(const HeapFragment* fragment) const noexcept {
    std::size_t listed = 0;
    for (; fragment != nullptr; fragment = fragment->next) {
      for (const Word* object = fragment->off_heap; object != nullptr;
           object = next_off_heap(object)) {
        const Term pointer = make_boxed(object);
        if (!fragment->range().contains(pointer.word) || !attached_.is_object(pointer)) {
          return broken("the off-heap list of a message misses its object", pointer.word);
        }
        if (++listed > attached_.off_heap_objects()) {
          return broken("the off-heap list of a message is too long", listed);
        }
      }
    }
    if (listed == attached_.off_heap_objects()) return Unit{};
    return broken("the off-heap list of a message lacks an object", listed);
  }

  const Process& process_;
  const LiteralSpace* space_;
  HeapMap young_;
  HeapMap old_;
  HeapMap fragments_;
  HeapMap attached_;  // the data of one message at a time
};

}  // namespace

Result<Unit> verify_process(const Process& process, const LiteralSpace* space) noexcept {
  return Verifier(process, space).run();
}

}  // namespace beam
