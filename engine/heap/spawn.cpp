#include "engine/heap/spawn.hpp"

#include "engine/heap/copy_onto_heap.hpp"
#include "engine/term/copy_term.hpp"

namespace beam {

Result<Process> spawn_with(Surroundings surroundings, Term arguments,
                           ProcessOptions options) noexcept {
  const auto& [blocks, literals, released] = surroundings;
  const std::size_t words = copied_words(arguments, literals, released);
  if (words > kMaxBlockWords - kReservedStackWords) {
    return Error{"the arguments of a process are too large", Error::kNowhere, {words, "{} words"}};
  }
  auto spawned = Process::spawn(*blocks, literals, options, words);
  if (!spawned) return spawned;
  Process& process = spawned.value();
  process.stack_term(0) = copy_onto_heap(process, arguments, released);
  return spawned;
}

}  // namespace beam
