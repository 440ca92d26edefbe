// mimalloc, as Debian packages it: one soname per series (2.0 in Debian 12, 3 in Debian 13).
#include <array>
#include <cstddef>

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
// The same change of names; 2 MiB pages that the machine must have set aside (vm.nr_hugepages).
constexpr std::array<Knob, 2> kLarge = {{
    {"MIMALLOC_LARGE_OS_PAGES", "1"},
    {"MIMALLOC_ALLOW_LARGE_OS_PAGES", "1"},
}};
// So long, in ms, that nothing is given back while a cell runs.
constexpr std::array<Knob, 2> kKeep = {{
    {"MIMALLOC_DECOMMIT_DELAY", "600000"},
    {"MIMALLOC_PURGE_DELAY", "600000"},
}};
constexpr std::array<Preset, 3> kPresets = {{
    {"purge0", "unused pages go back to the kernel at once instead of after a delay", kPurge0},
    {"keep", "unused pages stay for ten minutes", kKeep},
    {"large", "2 MiB pages, where the machine has some set aside", kLarge},
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

// The head of mi_heap_area_t (mimalloc.h); newer releases have more behind it.
struct HeapArea {
  void* blocks;
  std::size_t reserved;    // bytes
  std::size_t committed;   // bytes
  std::size_t used;        // blocks
  std::size_t block_size;  // bytes
};

using AreaVisitor = bool (*)(const void* heap, const HeapArea* area, void* block,
                             std::size_t block_size, void* argument);
using VisitBlocks = bool (*)(const void* heap, bool visit_blocks, AreaVisitor, void* argument);
using ProcessInfo = void (*)(std::size_t* elapsed_ms, std::size_t* user_ms, std::size_t* system_ms,
                             std::size_t* rss, std::size_t* peak_rss, std::size_t* commit,
                             std::size_t* peak_commit, std::size_t* page_faults);

bool add_area(const void* /*heap*/, const HeapArea* area, void* /*block*/,
              std::size_t /*block_size*/, void* argument) {
  auto& sum = *static_cast<Statistics*>(argument);
  *sum.allocated += area->used * area->block_size;
  *sum.active += area->committed;
  return true;
}

// Areas are those of the calling thread's heap, which is the only one of a cell. What is committed
// is the process's.
Statistics read_statistics(const StatisticsReader::Symbols& symbols) noexcept {
  Statistics read{.allocated = 0, .active = 0, .resident = {}, .retained = {}};
  const void* const heap = reinterpret_cast<void* (*)()>(symbols[0])();
  reinterpret_cast<VisitBlocks>(symbols[1])(heap, false, add_area, &read);
  std::size_t commit = 0;
  std::size_t unused = 0;
  reinterpret_cast<ProcessInfo>(symbols[2])(&unused, &unused, &unused, &unused, &unused, &commit,
                                            &unused, &unused);
  read.resident = commit;
  return read;
}

StatisticsReader statistics(const LoadedLibrary& library) {
  const StatisticsReader::Symbols symbols = {library.symbol("mi_heap_get_default"),
                                             library.symbol("mi_heap_visit_blocks"),
                                             library.symbol("mi_process_info")};
  for (const void* const symbol : symbols) {
    if (symbol == nullptr) return {};
  }
  return {read_statistics, symbols};
}

}  // namespace

constinit const Allocator kMimalloc = {
    .name = "mimalloc",
    .alias = "mi",
    .summary = "Microsoft's compact allocator",
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    .options = {.variable = "MIMALLOC_"},
    .presets = kPresets,
    .exported_version = exported_version,
    .give_back = give_back,
    .statistics = statistics,
};

}  // namespace allocators
