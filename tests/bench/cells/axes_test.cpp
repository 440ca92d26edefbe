#include <set>
#include <string_view>

#include "bench/cells/axes.hpp"
#include "bench/cells/cell_io.hpp"
#include "tests/bench/cells/changed_axis.hpp"
#include "tests/support/catch.hpp"

using changed_axis::changed;

TEST_CASE("no two axes have one flag, one key, one segment of a name or one member") {
  std::set<std::string_view> flags;
  std::set<std::string_view> keys;
  std::set<std::string_view> segments;
  for (const bench::cells::Axis& axis : bench::cells::cell_axes()) {
    INFO(axis.flag);
    CHECK(flags.insert(axis.flag).second);
    CHECK(keys.insert(axis.key).second);
    if (axis.in_name != bench::cells::InName::kContender)
      CHECK(segments.insert(axis.segment).second);
    CHECK(&bench::cells::axis_of(axis.member) == &axis);
  }
}

TEST_CASE("an axis is at its default until it is changed, and crosses to the child") {
  for (const bench::cells::Axis& axis : bench::cells::cell_axes()) {
    INFO(axis.flag);
    CHECK(bench::cells::at_default(axis, {}));
    const bench::cells::CellSpec spec = changed(axis);
    CHECK_FALSE(bench::cells::at_default(axis, spec));
    const auto read = bench::cells::parse_cell_spec(bench::cells::to_json(spec));
    REQUIRE(read);
    CHECK_FALSE(bench::cells::at_default(axis, read.value()));
  }
}

TEST_CASE("an axis has words that it takes, or numbers, or a parser of its own") {
  for (const bench::cells::Axis& axis : bench::cells::cell_axes()) {
    INFO(axis.flag);
    const bool word = std::holds_alternative<std::string bench::cells::CellSpec::*>(axis.member);
    const bool own = axis.key == "allocator" || axis.key == "module";
    CHECK((axis.words != nullptr) == (word && !own));
    CHECK(axis.type.ends_with(",..") == (!axis.of_run || axis.key == "settle_ms"));
  }
}
