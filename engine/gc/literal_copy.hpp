// The literal collection: a process gets its own copy of everything it holds of an area that goes
// away.
//
// The steps of OTP 25's erts_garbage_collect_literals, after its major collection:
//   1. an old block of next(area words), however little is held; of several areas, of their sum;
//   2. a copy of the whole area in temporary memory, its inner pointers rebased;
//   3. pointers into the area, in young heap and roots, rebased to that copy;
//   4. what they reach moves from the copy into the old block, sharing kept;
//   5. the copies of off-heap objects join the process's list, and the temporary copy is given
//   back.
// The old block stays until the next major collection. high_water stays where the major collection
// left it, below what that moved from queued messages.
#pragma once

#include <cstddef>

#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/area_batch.hpp"

namespace beam {

struct LiteralCopy {
  bool killed = false;           // the old block would exceed max_heap_words: nothing was done
  std::size_t copied_words = 0;  // placed in the old block
  std::size_t temp_words = 0;    // copied to temporary memory
};

// `process` has no old heap: it comes from a major collection. `temp` serves the temporary copy.
// Error: no memory for either block; the process is as it was.
[[nodiscard]] Result<LiteralCopy> copy_literals(Process& process, const AreaBatch& areas,
                                                BlockResource& temp) noexcept;

}  // namespace beam
