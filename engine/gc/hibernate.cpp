#include "engine/gc/hibernate.hpp"

#include "engine/gc/full_sweep.hpp"
#include "engine/gc/young_block.hpp"

namespace beam {

Result<Collection> hibernate(Process& process, Term arguments) noexcept {
  if (process.messages.first != nullptr) return Collection{};
  return cut_to_live(process, arguments);
}

Result<Collection> cut_to_live(Process& process, Term arguments) noexcept {
  const std::size_t live_at_most =
      process.young.words + process.fragment_words + process.old_used_words() + kReservedStackWords;
  const Block temporary = process.blocks->allocate(live_at_most);
  if (!temporary) return Error{"no memory to hibernate", Error::kNowhere, live_at_most};
  process.stop = process.young.end() - 1;
  *process.stop = arguments.word;
  process.hibernated = false;
  sweep_all_into(process, temporary);
  const std::size_t live = process.used_words();
  const Block exact = process.blocks->allocate(live + kReservedStackWords);
  if (!exact) return Error{"no memory for a hibernated heap", Error::kNowhere, live};
  move_young_block(process, exact);
  process.hibernated = true;
  return Collection{.major = true, .moved_words = live, .resized_words = live};
}

}  // namespace beam
