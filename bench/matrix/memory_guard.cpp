#include "bench/matrix/memory_guard.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

#include <fmt/format.h>

#include "bench/cells/ballast.hpp"
#include "bench/cells/control_group.hpp"
#include "bench/cells/figures.hpp"
#include "engine/heap/block_sizes.hpp"
#include "engine/heap/process.hpp"

namespace bench::matrix {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kWordBytes = 8;
constexpr std::uint64_t kHarnessBytes = 64 << 20;
constexpr std::uint64_t kBudgetPercent = 70;

std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return a > kMost - b ? kMost : a + b; }

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > kMost / b ? kMost : a * b;
}

// Words of a young block with `live` live words of own data.
std::uint64_t young_words(std::uint64_t live) {
  const std::uint64_t needed = plus(live, beam::kReservedStackWords);
  return beam::next_block_words(std::max<std::uint64_t>(needed, beam::kDefaultMinHeapWords));
}

// Words of the block that a purge may leave a process that needs this.
std::uint64_t kept_words(const beam::HolderNeeds& needs) {
  return needs.kept_words == 0 ? 0 : beam::next_block_words(needs.kept_words);
}

// The first number in a file; kMost for "max" (no limit) or a missing file.
std::uint64_t read_limit(const std::string& file) {
  std::ifstream input(file);
  std::uint64_t limit = kMost;
  return input >> limit ? limit : kMost;
}

// The least limit in `file` of the group's directory and its ancestors up to the mount. In a
// container the group's path may lie outside the mount, whose root is then the group.
std::uint64_t least_limit(const std::string& mount, std::string group, const std::string& file) {
  std::uint64_t least = read_limit(fmt::format("{}/{}", mount, file));
  while (group.size() > 1) {
    least = std::min(least, read_limit(fmt::format("{}{}/{}", mount, group, file)));
    const std::size_t slash = group.find_last_of('/');
    group.resize(slash == std::string::npos ? 0 : slash);
  }
  return least;
}

std::uint64_t available_memory() {
  std::ifstream info("/proc/meminfo");
  for (std::string key; info >> key;) {
    std::uint64_t kibibytes = 0;
    if (key == "MemAvailable:" && info >> kibibytes) return kibibytes * 1024;
  }
  return kMost;
}

}  // namespace

std::uint64_t worst_case_bytes(const cells::CellSpec& spec, std::uint64_t area_words) {
  const std::uint64_t young = young_words(spec.heap_words);
  const beam::HolderNeeds needs = cells::needs_of_holder(spec, area_words);
  const beam::HolderNeeds dead_needs = cells::needs_of_dead_holder(spec, area_words);
  std::uint64_t words = times(spec.holders, plus(young, kept_words(needs)));
  words = plus(words, times(spec.dead_holders, plus(young, kept_words(dead_needs))));
  words = plus(words, times(spec.bystanders, young));
  // A process being collected has two young blocks and what the strategy needs meanwhile; at most
  // two are collected at once, and every scheduler may keep that for the next one. A dead holder
  // needs no more.
  words = plus(words, times(std::min<std::uint64_t>(spec.schedulers, 2), young));
  words = plus(words, times(spec.schedulers, needs.temporary_words));
  words = plus(words, times(2, area_words));
  const std::uint64_t beside =
      plus(kHarnessBytes, times(spec.touch_pages, cells::Ballast::kPageBytes));
  return plus(times(words, kWordBytes), beside);
}

std::uint64_t control_group_limit(const std::string& membership, const std::string& mount) {
  std::uint64_t least = kMost;
  for (const cells::ControlGroup& group : cells::memory_groups(membership, mount)) {
    const char* const file = group.version == 2 ? "memory.max" : "memory.limit_in_bytes";
    least = std::min(least, least_limit(group.mount, group.path, file));
  }
  return least;
}

std::uint64_t default_memory_budget() {
  const std::uint64_t least =
      std::min(available_memory(), control_group_limit("/proc/self/cgroup", "/sys/fs/cgroup"));
  return least / 100 * kBudgetPercent;
}

}  // namespace bench::matrix
