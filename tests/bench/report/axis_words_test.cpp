// What a reader sees of an axis that is not at its default.
#include "bench/report/cell_name.hpp"
#include "bench/report/contenders.hpp"
#include "bench/report/row.hpp"
#include "bench/report/scenarios.hpp"
#include "tests/bench/cells/changed_axis.hpp"
#include "tests/support/catch.hpp"

using bench::cells::CellSpec;
using changed_axis::changed;

TEST_CASE("every axis that is not at its default is in the cell's name, and read back from it") {
  for (const bench::cells::Axis& axis : bench::cells::cell_axes()) {
    const std::string name = bench::report::cell_name(changed(axis));
    INFO(name);
    CHECK(name != bench::report::cell_name({}));
    const auto read = bench::report::parse_cell_name(name);
    REQUIRE(read);
    CHECK_FALSE(bench::cells::at_default(axis, *read));
  }
}

TEST_CASE("every axis that is not at its default has words") {
  const auto words = [](const CellSpec& spec) {
    return bench::report::describe(spec, nullptr) + bench::report::settings_text(spec);
  };
  for (const bench::cells::Axis& axis : bench::cells::cell_axes()) {
    INFO(axis.flag << ": report/scenarios.cpp has the words of an axis");
    // Contenders have columns of their own, and readings theirs.
    if (axis.in_name == bench::cells::InName::kContender || axis.key == "settle_ms") continue;
    CHECK(words(changed(axis)) != words({}));
  }
}
