#include <algorithm>

#include "allocators/environment.hpp"
#include "tests/support/catch.hpp"

namespace {

using allocators::child_environment;
using allocators::Choice;
using Variables = std::vector<std::string>;

TEST_CASE("a preloaded allocator is the only library that is preloaded") {
  const auto environment =
      child_environment(Choice{&allocators::kMimalloc, nullptr, {}}, "/lib/libmi.so",
                        {"PATH=/bin", "LD_PRELOAD=/lib/libfakeroot.so"});
  CHECK(environment == Variables{"PATH=/bin", "LD_PRELOAD=/lib/libmi.so"});
}

TEST_CASE("under glibc nothing is preloaded") {
  const auto environment =
      child_environment(Choice{&allocators::kGlibc, nullptr, {}}, "/lib/libc.so.6",
                        {"LD_PRELOAD=/lib/libmi.so", "HOME=/root"});
  CHECK(environment == Variables{"HOME=/root"});
}

TEST_CASE("what would tune the allocator is not inherited") {
  const Variables inherited = {"MALLOC_CONF=narenas:1", "MALLOC_ARENA_MAX=1", "MIMALLOC_VERBOSE=1",
                               "GLIBC_TUNABLES=x", "LANG=C"};
  CHECK(child_environment(Choice{&allocators::kGlibc, nullptr, {}}, "", inherited) ==
        Variables{"MIMALLOC_VERBOSE=1", "LANG=C"});
  const auto jemalloc =
      child_environment(Choice{&allocators::kJemalloc, nullptr, {}}, "/j", inherited);
  CHECK(std::ranges::count(jemalloc, "MALLOC_CONF=narenas:1") == 0);
}

TEST_CASE("a preset sets its variables and nothing else changes") {
  const auto choice = Choice{&allocators::kJemalloc, allocators::kJemalloc.presets.data(), {}};
  const auto environment = child_environment(choice, "/j.so", {"LANG=C", "MALLOC_CONF=mine"});
  CHECK(environment ==
        Variables{"LANG=C", "MALLOC_CONF=dirty_decay_ms:0,muzzy_decay_ms:0", "LD_PRELOAD=/j.so"});
}

TEST_CASE("a library given by path is preloaded with the tuning that the caller has") {
  const auto environment = child_environment(Choice{nullptr, nullptr, "./my.so"}, "/home/my.so",
                                             {"MALLOC_CONF=narenas:1"});
  CHECK(environment == Variables{"MALLOC_CONF=narenas:1", "LD_PRELOAD=/home/my.so"});
}

}  // namespace
