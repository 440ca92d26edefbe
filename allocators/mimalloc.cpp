// mimalloc, as Debian packages it: one soname per series (2.0 in Debian 12, 3 in Debian 13).
#include <array>

#include "allocators/library.hpp"
#include "allocators/registry.hpp"

namespace allocators {
namespace {

constexpr std::array<std::string_view, 3> kSonames = {"libmimalloc.so.3", "libmimalloc.so.2",
                                                      "libmimalloc.so"};
constexpr std::array<std::string_view, 2> kPackages = {"libmimalloc3", "libmimalloc2.0"};
constexpr std::array<std::string_view, 1> kKnobPrefixes = {"MIMALLOC_"};

// The delay's name up to 2.0, and since 2.1; each release ignores the other's.
constexpr std::array<Knob, 2> kPurge0 = {{
    {"MIMALLOC_DECOMMIT_DELAY", "0"},
    {"MIMALLOC_PURGE_DELAY", "0"},
}};
constexpr std::array<Preset, 1> kPresets = {{
    {"purge0", "unused pages go back to the kernel at once instead of after a delay", kPurge0},
}};

// mi_version() is one digit each of major, minor and patch (209 is 2.0.9), and two digits of minor
// and patch once there are that many.
std::string exported_version(const LoadedLibrary& library) {
  const auto read = library.function<int (*)()>("mi_version");
  if (read == nullptr) return {};
  const int version = read();
  const int base = version < 1000 ? 10 : 100;
  return std::to_string(version / (base * base)) + "." + std::to_string(version / base % base) +
         "." + std::to_string(version % base);
}

GiveBack give_back(const LoadedLibrary& library) {
  void* const collect = library.symbol("mi_collect");
  if (collect == nullptr) return {};
  return {[](void* symbol) noexcept { reinterpret_cast<void (*)(bool)>(symbol)(true); }, collect};
}

}  // namespace

constinit const Allocator kMimalloc = {
    .name = "mimalloc",
    .alias = "mi",
    .summary = "Microsoft's compact allocator",
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .presets = kPresets,
    .exported_version = exported_version,
    .give_back = give_back,
};

}  // namespace allocators
