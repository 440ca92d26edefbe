// The allocator of oneTBB: the proxy library, which puts it in malloc's place. It exports no
// version and keeps no figures.
#include <array>

#include "allocators/library.hpp"
#include "allocators/registry.hpp"

namespace allocators {
namespace {

constexpr std::array<std::string_view, 1> kSonames = {"libtbbmalloc_proxy.so.2"};
constexpr std::array<std::string_view, 1> kPackages = {"libtbbmalloc2"};
constexpr std::array<std::string_view, 1> kKnobPrefixes = {"TBB_MALLOC_"};

constexpr std::array<Knob, 1> kThp = {{{"TBB_MALLOC_USE_HUGE_PAGES", "1"}}};
// Bytes from which a freed block is given back and not cached.
constexpr std::array<Knob, 1> kUncached = {{{"TBB_MALLOC_SET_HUGE_SIZE_THRESHOLD", "131072"}}};
constexpr std::array<Preset, 2> kPresets = {{
    {"uncached", "freed blocks of 128 KiB and more are not kept for reuse", kUncached},
    {"thp", "asks the kernel for huge pages, set aside or transparent", kThp},
}};

// 0 is TBBMALLOC_CLEAN_ALL_BUFFERS (oneapi/tbb/scalable_allocator.h).
GiveBack give_back(const LoadedLibrary& library) {
  void* const command = library.symbol("scalable_allocation_command");
  if (command == nullptr) return {};
  return {[](void* symbol) noexcept { reinterpret_cast<int (*)(int, void*)>(symbol)(0, nullptr); },
          command};
}

}  // namespace

constinit const Allocator kTbb = {
    .name = "tbb",
    .alias = "",
    .summary = "the scalable allocator of oneTBB, by its proxy library",
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .options = {.variable = "TBB_MALLOC_"},
    .presets = kPresets,
    .give_back = give_back,
};

}  // namespace allocators
