#include "engine/gc/full_sweep.hpp"

#include <utility>

#include "engine/gc/cheney.hpp"
#include "engine/gc/evacuate_roots.hpp"
#include "engine/gc/off_heap_sweep.hpp"
#include "engine/gc/young_block.hpp"

namespace beam {

namespace {

// Everything that is no literal moves to one place.
struct MajorPolicy {
  struct Tops {
    Word* top;
  };
  AddressRange literals;

  [[gnu::always_inline]] bool stays(Word pointer) const noexcept {
    return literals.contains(pointer);
  }
  [[gnu::always_inline]] Word*& top(Tops& tops, Word) const noexcept { return tops.top; }
};

Word* copy_all(Process& process, Block to) noexcept {
  const Cheney loop(MajorPolicy{process.literals});
  MajorPolicy::Tops tops{to.begin};
  evacuate_roots(process, tops, loop);
  loop.scan(to.begin, tops, [](const auto& t) { return t.top; });
  return tops.top;
}

}  // namespace

void sweep_all_into(Process& process, Block to) noexcept {
  Word* const top = copy_all(process, to);
  sweep_after_major(process);
  exchange_young_block(process, to, top);
  process.blocks->release(std::exchange(process.old, Block{}));
  process.old_htop = nullptr;
}

}  // namespace beam
