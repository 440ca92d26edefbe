// glibc's malloc: what a process has that preloads nothing.
#include <array>
#include <malloc.h>

#include "allocators/library.hpp"
#include "allocators/registry.hpp"

namespace allocators {
namespace {

constexpr std::array<std::string_view, 1> kSonames = {"libc.so.6"};
constexpr std::array<std::string_view, 1> kPackages = {"libc6"};
constexpr std::array<std::string_view, 2> kKnobPrefixes = {"MALLOC_", "GLIBC_TUNABLES"};

// mallopt(3): both thresholds start at 128 KiB and grow with the blocks that are freed, up to 32
// MiB; setting either pins both.
constexpr std::array<Knob, 2> kTrim = {{
    {"MALLOC_TRIM_THRESHOLD_", "131072"},
    {"MALLOC_MMAP_THRESHOLD_", "131072"},
}};
// The most that the manual lets the mapping threshold be, half of a 64-bit arena's 64 MiB, and a
// top that is never trimmed below 1 GiB.
constexpr std::array<Knob, 1> kKeep = {{
    {"GLIBC_TUNABLES",
     "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824"},
}};
// 1: madvise(MADV_HUGEPAGE) for what is mapped or grown (glibc 2.35 and later).
constexpr std::array<Knob, 1> kThp = {{{"GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"}}};
constexpr std::array<Preset, 3> kPresets = {{
    {"trim", "thresholds pinned at 128 KiB: larger blocks are mapped and unmapped one by one",
     kTrim},
    {"keep", "blocks up to 32 MiB come from the heap, and its top is not given back below 1 GiB",
     kKeep},
    {"thp", "asks the kernel for transparent huge pages", kThp},
}};

std::string exported_version(const LoadedLibrary& library) {
  const auto version = library.function<const char* (*)()>("gnu_get_libc_version");
  return version == nullptr ? std::string() : version();
}

GiveBack give_back(const LoadedLibrary& library) {
  void* const trim = library.symbol("malloc_trim");
  if (trim == nullptr) return {};
  return {[](void* symbol) noexcept { reinterpret_cast<int (*)(std::size_t)>(symbol)(0); }, trim};
}

// Mapped blocks are counted apart from those of the arenas. What the arenas took from the kernel
// may have been trimmed inside, so this bounds what is resident.
StatisticsReader statistics(const LoadedLibrary& library) {
  void* const read = library.symbol("mallinfo2");
  if (read == nullptr) return {};
  return {[](const StatisticsReader::Symbols& symbols) noexcept {
            const struct mallinfo2 info =
                reinterpret_cast<struct mallinfo2 (*)()>(symbols.front())();
            return Statistics{.allocated = info.uordblks + info.hblkhd,
                              .active = {},
                              .resident = info.arena + info.hblkhd,
                              .retained = {}};
          },
          {read}};
}

}  // namespace

constinit const Allocator kGlibc = {
    .name = "glibc",
    .alias = "sys",
    .summary = "the C library's own",
    .delivery = Delivery::kBuiltIn,
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .options = {.variable = "GLIBC_TUNABLES", .prefix = "glibc.malloc.", .separator = ':'},
    .presets = kPresets,
    .exported_version = exported_version,
    .give_back = give_back,
    .statistics = statistics,
};

}  // namespace allocators
