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

TEST_CASE("what would tune any allocator does not reach a registered one, and is told") {
  const Variables inherited = {"MALLOC_CONF=narenas:1", "MALLOC_ARENA_MAX=1", "MIMALLOC_VERBOSE=1",
                               "GLIBC_TUNABLES=x", "LANG=C"};
  for (const auto* const each : {&allocators::kGlibc, &allocators::kJemalloc}) {
    const Choice choice{each, nullptr, {}};
    const auto environment = child_environment(choice, "/x.so", inherited);
    CHECK(environment.front() == "LANG=C");
    CHECK(environment.size() == (each == &allocators::kGlibc ? 1 : 2));
    CHECK(allocators::dropped_variables(choice, inherited) ==
          Variables{"GLIBC_TUNABLES", "MALLOC_ARENA_MAX", "MALLOC_CONF", "MIMALLOC_VERBOSE"});
  }
}

TEST_CASE("settings set their variables as a preset does") {
  const Choice choice{&allocators::kMimalloc, nullptr, {}, {{"purge_delay", "0"}}, {}};
  CHECK(child_environment(choice, "/m.so", {"LANG=C", "MIMALLOC_PURGE_DELAY=9"}) ==
        Variables{"LANG=C", "MIMALLOC_PURGE_DELAY=0", "LD_PRELOAD=/m.so"});
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
  CHECK(allocators::dropped_variables(Choice{nullptr, nullptr, "./my.so"},
                                      {"MALLOC_CONF=narenas:1", "LD_PRELOAD=/x.so"}) ==
        Variables{"LD_PRELOAD"});
}

}  // namespace
