// Prints what a process's heap was and what a purge made of it, in words. The program exits with 1
// where that is not what OTP 25 does.
#include <cstdio>

#include "reload.hpp"

int main() {
  const auto heap = reload_and_purge();
  if (!heap) {
    std::fprintf(stderr, "%s\n", heap.error().what);
    return 1;
  }
  const auto [before, after] = heap.value();
  std::printf(
      "one process, one record of %zu words: %zu words of heap before the purge, %zu after\n",
      kRecordWords, before, after);
  return before == 233 && after == 318420 && refuses_an_empty_file() ? 0 : 1;
}
