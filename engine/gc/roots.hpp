// The roots of a process, in the order in which collections visit them.
#pragma once

#include "engine/heap/process.hpp"

namespace beam {

// Calls `visit(begin, end)` for the stack and for the dictionary.
template <class Visit>
void for_each_root_array(const Process& process, Visit visit) noexcept {
  visit(process.stop, process.young.end());
  visit(process.dictionary.begin, process.dictionary.begin + process.dictionary_size);
}

}  // namespace beam
