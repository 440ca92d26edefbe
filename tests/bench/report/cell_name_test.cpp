#include "bench/report/cell_name.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"

using bench::cells::CellSpec;
using bench::report::cell_name;

namespace {

CellSpec module_spec(const std::string& path) {
  CellSpec spec;
  spec.module = path;
  return spec;
}

}  // namespace

TEST_CASE("the default cell has a name of the axes that are always there") {
  CHECK(cell_name({}) ==
        "purge/otp/glibc/area:100000/term:28/held:28/holders:100/bystanders:100/heap:0/"
        "shape:records");
}

TEST_CASE("a module stands in a name for area, term and shape") {
  CHECK(cell_name(module_spec("ebin/game.config.beam")) ==
        "purge/otp/glibc/module:game.config/held:1/holders:100/bystanders:100/heap:0");
}

TEST_CASE("a module with a label is called by it, whatever its file is called") {
  CellSpec spec = module_spec("v1/config.beam");
  spec.module_label = "config@0123abcd";
  CHECK(cell_name(spec) ==
        "purge/otp/glibc/module:config@0123abcd/held:1/holders:100/bystanders:100/heap:0");
  for (const char* const label : {"config@0123abcd", "old.beam", "a.b+c-d"}) {
    spec.module_label = label;
    const auto back = bench::report::parse_cell_name(cell_name(spec));
    REQUIRE(back.has_value());
    CHECK(bench::report::module_name(*back) == label);
  }
}

TEST_CASE("settings of an allocator are one segment of a name") {
  CellSpec spec;
  spec.allocator = "jemalloc:dirty_decay_ms=0;x=50%";
  const std::string name = cell_name(spec);
  CHECK(name.starts_with("purge/otp/jemalloc:dirty_decay_ms=0;x=50%25/area:100000/"));
  CHECK(bench::report::parse_cell_name(name)->allocator == spec.allocator);
}

TEST_CASE("axes that are not at their defaults end a name") {
  CellSpec spec;
  spec.allocator = "jemalloc:narenas1";
  spec.blocks = "mmap";
  spec.temp = "malloc";
  spec.thp = "off";
  spec.dead_holders = 3;
  spec.touch_pages = 9;
  spec.held_words = 2800;
  spec.rounds = 5;
  spec.schedulers = 2;
  spec.settle_ms = {100, 1000};
  spec.seed = 7;
  spec.literal_space_bytes = 4096;
  CHECK(cell_name(spec) ==
        "purge/otp/jemalloc:narenas1/area:100000/term:28/held:2800/holders:100/bystanders:100/"
        "heap:0/shape:records/blocks:mmap/temp:malloc/thp:off/dead-holders:3/touch:9/rounds:5/"
        "schedulers:2/seed:7/literal-space:4096/settle:100,1000");
}

TEST_CASE("a path to an allocator is one segment of a name") {
  CellSpec spec;
  spec.allocator = "/opt/100%/libm.so";
  CHECK(cell_name(spec).starts_with("purge/otp/%2Fopt%2F100%25%2Flibm.so/area:100000/"));
}

TEST_CASE("cells that strategy, allocator, blocks or temp set apart are of one scenario") {
  CellSpec a;
  CellSpec b = a;
  b.strategy = "reachable";
  b.allocator = "mimalloc";
  b.blocks = "mmap";
  b.temp = "malloc";
  b.thp = "off";
  CHECK(bench::report::scenario_name(a) == bench::report::scenario_name(b));
  b.seed = 2;
  CHECK(bench::report::scenario_name(a) != bench::report::scenario_name(b));
}

TEST_CASE("a name says the spec it was made of") {
  check_property([](const std::string& allocator, const std::string& shape, std::uint64_t area,
                    std::uint64_t held, std::uint64_t seed, std::uint64_t settle) {
    CellSpec spec;
    spec.allocator = allocator;
    spec.shape = shape;
    spec.area_words = area;
    spec.held_words = held;
    spec.seed = seed;
    spec.settle_ms = {settle, 5};
    const auto back = bench::report::parse_cell_name(cell_name(spec));
    RC_ASSERT(back.has_value());
    RC_ASSERT(cell_name(*back) == cell_name(spec));
    RC_ASSERT(back->allocator == allocator);
    RC_ASSERT(back->seed == seed);
  });
}

TEST_CASE("what is not a cell's name is refused") {
  for (const char* name :
       {"", "BM_copy/1024", "purge", "purge/otp/glibc", "purge/otp/glibc/area:1",
        "purge/otp/glibc/area:x/term:28/held:28/holders:1/bystanders:1/heap:0/shape:records",
        ("purge/otp/glibc/area:18446744073709551616/term:28/held:28/holders:1/bystanders:1/heap:0/"
         "shape:records"),
        "other/otp/glibc/area:1/term:28/held:28/holders:1/bystanders:1/heap:0/shape:records",
        "purge/otp/glibc/area:1/term:28/held:28/holders:1/bystanders:1/heap:0/shape:records/"}) {
    INFO(name);
    CHECK_FALSE(bench::report::parse_cell_name(name).has_value());
  }
}
