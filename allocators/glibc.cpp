// glibc's malloc: what a process has that preloads nothing.
#include <array>

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
constexpr std::array<Preset, 1> kPresets = {{
    {"trim", "thresholds pinned at 128 KiB: larger blocks are mapped and unmapped one by one",
     kTrim},
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

}  // namespace

constinit const Allocator kGlibc = {
    .name = "glibc",
    .alias = "sys",
    .summary = "the C library's own",
    .delivery = Delivery::kBuiltIn,
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .presets = kPresets,
    .exported_version = exported_version,
    .give_back = give_back,
};

}  // namespace allocators
