// jemalloc, built as Debian builds it: no function prefix, tuned through MALLOC_CONF.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "allocators/library.hpp"
#include "allocators/registry.hpp"

namespace allocators {
namespace {

constexpr std::array<std::string_view, 1> kSonames = {"libjemalloc.so.2"};
constexpr std::array<std::string_view, 1> kPackages = {"libjemalloc2"};
constexpr std::array<std::string_view, 2> kKnobPrefixes = {"MALLOC_CONF", "JE_MALLOC_CONF"};

constexpr std::array<Knob, 1> kDecay0 = {{{"MALLOC_CONF", "dirty_decay_ms:0,muzzy_decay_ms:0"}}};
constexpr std::array<Knob, 1> kBackground = {{{"MALLOC_CONF", "background_thread:true"}}};
constexpr std::array<Knob, 1> kUnmap = {{{"MALLOC_CONF", "retain:false"}}};
constexpr std::array<Knob, 1> kThp = {{{"MALLOC_CONF", "thp:always"}}};
constexpr std::array<Preset, 4> kPresets = {{
    {"decay0", "unused pages go back to the kernel at once instead of over 10 s", kDecay0},
    {"background", "a thread of its own gives unused pages back while the program sleeps",
     kBackground},
    {"unmap", "gives addresses back too, instead of only the memory behind them", kUnmap},
    {"thp", "asks the kernel for transparent huge pages", kThp},
}};

using Mallctl = int (*)(const char*, void*, std::size_t*, void*, std::size_t);

void* find_mallctl(const LoadedLibrary& library) {
  void* const plain = library.symbol("mallctl");
  return plain != nullptr ? plain : library.symbol("je_mallctl");
}

// "5.3.0-0-g54eaed1d8b56b1aa528be3bdd1877e59c56fa90c" without the commit.
std::string exported_version(const LoadedLibrary& library) {
  void* const mallctl = find_mallctl(library);
  if (mallctl == nullptr) return {};
  const char* text = nullptr;
  std::size_t size = sizeof text;
  if (reinterpret_cast<Mallctl>(mallctl)("version", &text, &size, nullptr, 0) != 0) return {};
  const std::string_view version = text;
  return std::string(version.substr(0, version.find('-')));
}

// 4096 is MALLCTL_ARENAS_ALL.
GiveBack give_back(const LoadedLibrary& library) {
  void* const mallctl = find_mallctl(library);
  if (mallctl == nullptr) return {};
  return {[](void* symbol) noexcept {
            const auto call = reinterpret_cast<Mallctl>(symbol);
            call("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
            call("arena.4096.purge", nullptr, nullptr, nullptr, 0);
          },
          mallctl};
}

// A figure of the last snapshot; empty when this build keeps no statistics.
std::optional<std::uint64_t> read_statistic(Mallctl mallctl, const char* name) noexcept {
  std::size_t bytes = 0;
  std::size_t size = sizeof bytes;
  if (mallctl(name, &bytes, &size, nullptr, 0) != 0) return std::nullopt;
  return bytes;
}

StatisticsReader statistics(const LoadedLibrary& library) {
  void* const found = find_mallctl(library);
  if (found == nullptr) return {};
  return {[](const StatisticsReader::Symbols& symbols) noexcept {
            const auto mallctl = reinterpret_cast<Mallctl>(symbols.front());
            // Writing the epoch takes the snapshot that the others are read from.
            std::uint64_t epoch = 1;
            mallctl("epoch", nullptr, nullptr, &epoch, sizeof epoch);
            return Statistics{.allocated = read_statistic(mallctl, "stats.allocated"),
                              .active = read_statistic(mallctl, "stats.active"),
                              .resident = read_statistic(mallctl, "stats.resident"),
                              .retained = read_statistic(mallctl, "stats.retained")};
          },
          {found}};
}

}  // namespace

constinit const Allocator kJemalloc = {
    .name = "jemalloc",
    .alias = "je",
    .summary = "FreeBSD's and Meta's allocator",
    .sonames = kSonames,
    .packages = kPackages,
    .knob_prefixes = kKnobPrefixes,
    // With abort_conf an option that it does not know ends the process, and so fails the cell.
    .options = {.variable = "MALLOC_CONF",
                .assign = ':',
                .separator = ',',
                .first = "abort_conf:true"},
    .presets = kPresets,
    .exported_version = exported_version,
    .give_back = give_back,
    .statistics = statistics,
};

}  // namespace allocators
