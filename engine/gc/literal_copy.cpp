#include "engine/gc/literal_copy.hpp"

#include <cstring>

#include "engine/gc/cheney.hpp"
#include "engine/gc/evacuation.hpp"
#include "engine/gc/off_heap_sweep.hpp"
#include "engine/literal/rebase.hpp"

namespace beam {

namespace {

// What is in the temporary copy moves to the old block; all else stays.
struct LiteralPolicy {
  struct Tops {
    Word* top;
  };
  static constexpr bool kVisitsWhatStayed = true;  // the young heap
  AddressRange temporary;

  [[gnu::always_inline]] bool stays(Word pointer) const noexcept {
    return !temporary.contains(pointer);
  }
  [[gnu::always_inline]] Word*& top(Tops& tops, Word) const noexcept { return tops.top; }
};

// Pointers into the area become pointers into its copy, `delta` bytes away.
void redirect_process(Process& process, AddressRange area, Word delta) noexcept {
  rebase_words<MatchStates::kPossible>(process.young.begin, process.used_words(), area, delta);
  for_each_root_array(process, [area, delta](Word* begin, const Word* end) {
    rebase_roots(begin, end, area, delta);
  });
}

void move_reachable(Process& process, const LiteralPolicy& policy) noexcept {
  const Cheney loop(policy);
  LiteralPolicy::Tops tops{process.old.begin};
  evacuate_roots(process, tops, loop);
  loop.scan(process.young.begin, tops, [end = process.htop](const auto&) { return end; });
  loop.scan(process.old.begin, tops, [](const auto& t) { return t.top; });
  process.old_htop = tops.top;
}

// Calls `each(area, to)` with the place of each area's copy in `copy`, one behind the other.
template <class Each>
void for_each_copy(const AreaBatch& areas, Block copy, Each each) noexcept {
  Word* to = copy.begin;
  for (const LiteralArea& area : areas.areas()) {
    each(area, to);
    to += area.words;
  }
}

// How many bytes the copy at `to` is away from its area.
Word distance(const LiteralArea& area, const Word* to) noexcept {
  return reinterpret_cast<Word>(to) - area.range().base;
}

}  // namespace

Result<LiteralCopy> copy_literals(Process& process, const AreaBatch& areas,
                                  BlockResource& temp) noexcept {
  const BlockRules& rules = *process.options.rules;
  const std::size_t words = areas.words();
  const std::size_t old_words = rules.next(words, rules.literal_old_steps);
  if (process.dies_of(process.young.words + old_words)) return LiteralCopy{.killed = true};
  const Block old = process.blocks->allocate(old_words);
  if (!old) return Error{"no memory for an old heap", Error::kNowhere, {old_words, "{} words"}};
  const Block copy = temp.allocate(words);
  if (!copy) {
    process.blocks->release(old);
    return Error{
        "no memory for the temporary copy of an area", Error::kNowhere, {words, "{} words"}};
  }
  process.old = old;
  process.old_htop = old.begin;
  for_each_copy(areas, copy, [&process](const LiteralArea& area, Word* to) {
    std::memcpy(to, area.start, area.words * kWordBytes);
    rebase_words(to, area.words, area.range(), distance(area, to));
    redirect_process(process, area.range(), distance(area, to));
  });
  move_reachable(process, {{reinterpret_cast<Word>(copy.begin), words * kWordBytes}});
  for_each_copy(areas, copy, [&process](const LiteralArea& area, const Word* to) {
    adopt_off_heap(process, area.off_heap, distance(area, to));
  });
  temp.release(copy);
  return LiteralCopy{.copied_words = process.old_used_words(), .temp_words = words};
}

}  // namespace beam
