#include <filesystem>
#include <limits>
#include <set>
#include <string_view>

#include "bench/matrix/memory_guard.hpp"
#include "tests/bench/cells/changed_axis.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using bench::cells::CellSpec;
using bench::matrix::control_group_limit;
using bench::matrix::worst_case_bytes;

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kHarness = 64 << 20;

TEST_CASE("the worst case is every block that can be reserved, two areas and the harness") {
  CellSpec spec;
  spec.holders = 10;
  spec.bystanders = 5;
  spec.heap_words = 0;
  spec.area_words = 100'000;
  // Fresh blocks are 233 words; an area of 100,000 makes old heaps of 121,536. One process more is
  // copied, with one temporary copy of the area.
  const std::uint64_t words = 10 * (233 + 121'536) + 5 * 233 + 233 + 100'000 + 2 * 100'000;
  CHECK(worst_case_bytes(spec, spec.area_words) == 8 * words + kHarness);
}

TEST_CASE("every axis is part of the worst case, or is known to cost nothing") {
  const std::set<std::string_view> free = {
      "strategy", "allocator", "blocks",     "temp",   "thp",  "term_words",
      "shape",    "module",    "held_words", "rounds", "seed", "literal_space_bytes",
      "settle_ms"};
  const std::uint64_t bare = worst_case_bytes({}, CellSpec().area_words);
  for (const bench::cells::Axis& axis : bench::cells::cell_axes()) {
    INFO(axis.key << ": matrix/memory_guard.cpp has what an axis costs");
    const CellSpec spec = changed_axis::changed(axis);
    CHECK((worst_case_bytes(spec, spec.area_words) == bare) == free.contains(axis.key));
  }
}

TEST_CASE("a strategy without blocks of the area's size has no worst case of that size") {
  CellSpec spec;
  spec.holders = 1'000;
  spec.area_words = 1'000'000;
  spec.held_words = 28;
  spec.strategy = "reachable";
  CHECK(worst_case_bytes(spec, spec.area_words) < std::uint64_t{200} << 20);
  spec.strategy = "otp";
  CHECK(worst_case_bytes(spec, spec.area_words) > std::uint64_t{8'000'000'000});
}

TEST_CASE("a dead holder costs what a holder does, where its strategy makes a block for it") {
  CellSpec spec;
  spec.bystanders = 0;
  spec.dead_holders = 1'000;
  const auto with = [&spec](const char* strategy) {
    spec.strategy = strategy;
    return worst_case_bytes(spec, 100'000);
  };
  const std::uint64_t fresh = std::uint64_t{8} * 1'000 * 233;
  const std::uint64_t old = std::uint64_t{8} * 1'000 * 121'536;
  const std::uint64_t otp = with("otp");
  const std::uint64_t skip = with("skip");
  spec.dead_holders = 0;
  CHECK(otp == with("otp") + fresh + old);
  CHECK(skip == with("skip") + fresh);
}

TEST_CASE("pages that are touched besides are part of the worst case") {
  CellSpec spec;
  const std::uint64_t bare = worst_case_bytes(spec, spec.area_words);
  spec.touch_pages = 65'536;
  CHECK(worst_case_bytes(spec, spec.area_words) == bare + (256 << 20));
}

TEST_CASE("every scheduler may keep a temporary copy and two collect at once") {
  CellSpec spec;
  const std::uint64_t one = worst_case_bytes(spec, 100'000);
  spec.schedulers = 4;
  CHECK(worst_case_bytes(spec, 100'000) == one + 8 * (233 + 3 * 100'000));
}

TEST_CASE("own data makes blocks of the size that holds it") {
  CellSpec spec;
  spec.holders = 0;
  spec.bystanders = 2;
  spec.heap_words = 1'000;
  // 1,598 is the block size above 1,000 words and the stack's reserve.
  CHECK(worst_case_bytes(spec, 100) == 8 * (3 * 1'598 + 3 * 100) + kHarness);
}

TEST_CASE("a cell that no machine could hold has a worst case, not a small one") {
  CellSpec spec;
  spec.holders = (std::uint64_t{1} << 27) - 1;
  spec.heap_words = std::uint64_t{1} << 40;
  CHECK(worst_case_bytes(spec, std::uint64_t{1} << 40) == kNoLimit);
}

// A mount of control groups as the kernel shows it.
class Groups {
 public:
  void limit(const std::string& file, const std::string& value) const {
    const auto path = directory_.path() / "mount" / file;
    std::filesystem::create_directories(path.parent_path());
    directory_.write("mount/" + file, value + "\n");
  }
  [[nodiscard]] std::uint64_t least(const std::string& membership) const {
    return control_group_limit(directory_.write("cgroup", membership).string(),
                               (directory_.path() / "mount").string());
  }

 private:
  TemporaryDirectory directory_;
};

TEST_CASE("the limit is the least of a group's and those above it") {
  const Groups groups;
  groups.limit("a/memory.max", "5000");
  groups.limit("a/b/memory.max", "max");
  groups.limit("a/b/c/memory.max", "7000");
  CHECK(groups.least("0::/a/b/c\n") == 5000);
}

TEST_CASE("a container's own group is the root of what is mounted") {
  const Groups groups;
  groups.limit("memory.max", "9000");
  CHECK(groups.least("0::/../../outside\n") == 9000);
}

TEST_CASE("version 1 limits are read where the memory controller is") {
  const Groups groups;
  groups.limit("memory/x/memory.limit_in_bytes", "3000");
  groups.limit("x/memory.limit_in_bytes", "1");
  CHECK(groups.least("3:cpu,cpuacct:/x\n4:hugetlb,memory:/x\n0::/\n") == 3000);
}

TEST_CASE("without control groups there is no limit") {
  const Groups groups;
  CHECK(groups.least("") == kNoLimit);
  CHECK(groups.least("no colons\n:\n0::no-slash\n") == kNoLimit);
  CHECK(control_group_limit("/nonexistent", "/nonexistent") == kNoLimit);
}

TEST_CASE("there is a budget on this machine") {
  CHECK(bench::matrix::default_memory_budget() > 0);
}

}  // namespace
