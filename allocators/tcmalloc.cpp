// tcmalloc, as gperftools builds it without its profilers.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "allocators/library.hpp"
#include "allocators/registry.hpp"

namespace allocators {
namespace {

constexpr std::array<std::string_view, 1> kSonames = {"libtcmalloc_minimal.so.4"};
constexpr std::array<std::string_view, 2> kPackages = {"libtcmalloc-minimal4t64",
                                                       "libtcmalloc-minimal4"};
constexpr std::array<std::string_view, 1> kKnobPrefixes = {"TCMALLOC_"};

// How eagerly the page heap gives back: 1 by default, 10 is the fastest that its manual recommends,
// and 0 is never.
constexpr std::array<Knob, 1> kRelease10 = {{{"TCMALLOC_RELEASE_RATE", "10"}}};
constexpr std::array<Knob, 1> kRelease0 = {{{"TCMALLOC_RELEASE_RATE", "0"}}};
constexpr std::array<Knob, 1> kDecommit = {{{"TCMALLOC_AGGRESSIVE_DECOMMIT", "1"}}};
constexpr std::array<Preset, 3> kPresets = {{
    {"release10", "unused pages go back to the kernel ten times as eagerly", kRelease10},
    {"release0", "unused pages are kept", kRelease0},
    {"decommit", "whole spans go back to the kernel as soon as they are free", kDecommit},
}};

// 2 and 10 of "gperftools 2.10".
std::string exported_version(const LoadedLibrary& library) {
  const auto read = library.function<const char* (*)(int*, int*, const char**)>("tc_version");
  if (read == nullptr) return {};
  int major = 0;
  int minor = 0;
  const char* patch = "";
  read(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + patch;
}

GiveBack give_back(const LoadedLibrary& library) {
  void* const release = library.symbol("MallocExtension_ReleaseFreeMemory");
  if (release == nullptr) return {};
  return {[](void* symbol) noexcept { reinterpret_cast<void (*)()>(symbol)(); }, release};
}

using NumericProperty = int (*)(const char* name, std::size_t* value);

std::optional<std::uint64_t> read_property(void* symbol, const char* name) noexcept {
  std::size_t value = 0;
  if (reinterpret_cast<NumericProperty>(symbol)(name, &value) == 0) return std::nullopt;
  return value;
}

// The page heap has what is in use, what is free and backed, and what is free and given back.
Statistics read_statistics(const StatisticsReader::Symbols& symbols) noexcept {
  void* const read = symbols.front();
  const auto heap = read_property(read, "generic.heap_size");
  const auto kept = read_property(read, "tcmalloc.pageheap_free_bytes");
  const auto unmapped = read_property(read, "tcmalloc.pageheap_unmapped_bytes");
  Statistics statistics;
  statistics.allocated = read_property(read, "generic.current_allocated_bytes");
  statistics.retained = unmapped;
  if (!heap || !kept || !unmapped) return statistics;
  statistics.resident = *heap - *unmapped;
  statistics.active = *heap - *unmapped - *kept;
  return statistics;
}

StatisticsReader statistics(const LoadedLibrary& library) {
  void* const read = library.symbol("MallocExtension_GetNumericProperty");
  if (read == nullptr) return {};
  return {read_statistics, {read}};
}

}  // namespace

constinit const Allocator kTcmalloc = {
    .name = "tcmalloc",
    .alias = "tc",
    .summary = "Google's thread-caching allocator, of gperftools",
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .options = {.variable = "TCMALLOC_"},
    .presets = kPresets,
    .exported_version = exported_version,
    .give_back = give_back,
    .statistics = statistics,
};

}  // namespace allocators
