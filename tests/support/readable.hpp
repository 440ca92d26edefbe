// Whether memory can be read, asked of the kernel and not of a sanitizer.
#pragma once

#include <unistd.h>

namespace beam_test {

[[nodiscard]] inline bool is_readable(const void* address) noexcept {
  int ends[2];
  if (pipe(ends) != 0) return false;
  const bool read = write(ends[1], address, 1) == 1;
  close(ends[0]);
  close(ends[1]);
  return read;
}

}  // namespace beam_test
