#include "engine/literal/load_image.hpp"

#include <cstring>

#include "engine/literal/rebase.hpp"
#include "engine/term/empty_tuple.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

AddressRange range_of(const AreaImage& image) noexcept {
  return {reinterpret_cast<Word>(image.words.base()), image.words.used() * kWordBytes};
}

// Pointers at the unplaced `{}` become pointers at the space's own.
void place_empty_tuples(const LiteralArea& area, Term empty_tuple) noexcept {
  const Word unplaced = unplaced_empty_tuple().word;
  const AddressRange object{unplaced & ~kPrimaryMask, kWordBytes};
  rebase_words(area.start, area.words, object, empty_tuple.word - unplaced);
}

// The image's off-heap list, in the area's addresses and in the same order.
Word* place_off_heap(const AreaImage& image, Word delta) noexcept {
  Word* first = nullptr;
  Word* last = nullptr;
  for (const Word* from = image.off_heap; from != nullptr; from = next_off_heap(from)) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the same object at its new address.
    auto* object = reinterpret_cast<Word*>(reinterpret_cast<Word>(from) + delta);
    retain_off_heap_object(object);
    object[kOffHeapNext] = 0;
    if (last == nullptr) {
      first = object;
    } else {
      last[kOffHeapNext] = reinterpret_cast<Word>(object);
    }
    last = object;
  }
  return first;
}

}  // namespace

Result<LiteralArea> load_image(LiteralSpace& space, const AreaImage& image) noexcept {
  BEAM_TRY(auto allocated, space.allocate(image.area_words()));
  LiteralArea area = allocated;
  if (area.words == 0) return area;
  std::memcpy(area.start, image.words.base(), area.words * kWordBytes);
  const Word delta = reinterpret_cast<Word>(area.start) - range_of(image).base;
  rebase_words(area.start, area.words, range_of(image), delta);
  place_empty_tuples(area, space.empty_tuple());
  area.off_heap = place_off_heap(image, delta);
  return area;
}

Term placed_term(Term term, const AreaImage& image, const LiteralArea& area,
                 const LiteralSpace& space) noexcept {
  if (!term.is_pointer()) return term;
  if (term == unplaced_empty_tuple()) return space.empty_tuple();
  return Term{term.word - range_of(image).base + reinterpret_cast<Word>(area.start)};
}

}  // namespace beam
