// Does the harness malloc between the end of building and the last reading? This program serves
// malloc itself, counting, and runs cells whose blocks are mapped, so that any call in the window
// is the harness's. Exit 0: none was made, and one that was planted was seen.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>

#include "bench/cells/run_cell.hpp"

extern "C" {
// The C library's own entry points behind malloc (glibc, malloc/malloc.c).
// NOLINTBEGIN(readability-identifier-naming): their names are the C library's.
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* block, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
void __libc_free(void* block);
// NOLINTEND(readability-identifier-naming)
}

namespace {

std::atomic<bool> window_open{false};
std::atomic<unsigned long> calls_inside{0};

void count_call() noexcept {
  if (window_open) calls_inside.fetch_add(1);
}

class Window final : public bench::cells::CellHooks {
 public:
  void window_opens() noexcept override { window_open = true; }
  void window_closes() noexcept override { window_open = false; }
};

// Whether the cell worked and its window saw no call.
bool is_quiet(const char* what, const bench::cells::CellSpec& spec) {
  Window window;
  calls_inside = 0;
  const bench::cells::CellResult result = bench::cells::run_cell(spec, window);
  const unsigned long calls = calls_inside;
  if (result.failed) std::fprintf(stderr, "%s: %s\n", what, result.error_message.c_str());
  if (calls != 0) std::fprintf(stderr, "%s: %lu calls of malloc in the window\n", what, calls);
  return !result.failed && calls == 0;
}

// A call inside of a window has to be seen, or a quiet cell would say nothing.
bool sees_a_planted_call() {
  calls_inside = 0;
  window_open = true;
  void* volatile planted = std::malloc(1);
  window_open = false;
  std::free(planted);
  return calls_inside == 1;
}

}  // namespace

// The C library declares these with reserved names for their parameters.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" {
void* malloc(std::size_t bytes) {
  count_call();
  return __libc_malloc(bytes);
}
void* calloc(std::size_t count, std::size_t bytes) {
  count_call();
  return __libc_calloc(count, bytes);
}
void* realloc(void* block, std::size_t bytes) {
  count_call();
  return __libc_realloc(block, bytes);
}
void* memalign(std::size_t alignment, std::size_t bytes) {
  count_call();
  return __libc_memalign(alignment, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  count_call();
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t bytes) {
  count_call();
  *block = __libc_memalign(alignment, bytes);
  return *block == nullptr ? ENOMEM : 0;
}
void free(void* block) { __libc_free(block); }
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: malloc_window FILE.beam\n");
    return 2;
  }
  bench::cells::CellSpec synthetic;
  synthetic.blocks = "mmap";
  synthetic.area_words = 20000;
  synthetic.held_words = 200;
  synthetic.holders = 20;
  synthetic.dead_holders = 5;
  synthetic.heap_words = 500;
  synthetic.rounds = 3;
  bench::cells::CellSpec module = synthetic;
  module.module = argv[1];
  bench::cells::CellSpec threads = synthetic;
  threads.schedulers = 3;
  bench::cells::CellSpec carriers = synthetic;
  carriers.blocks = "erts";
  const bool quiet = is_quiet("synthetic area", synthetic) && is_quiet("module", module) &&
                     is_quiet("schedulers", threads) && is_quiet("carriers", carriers);
  return quiet && sees_a_planted_call() ? 0 : 1;
}
