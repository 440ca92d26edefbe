#include <set>
#include <string_view>

#include "bench/report/quantities.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"

using bench::report::Quantity;
using bench::report::table_quantities;

TEST_CASE("every header of the table is there once, and is no key of a row with other figures") {
  std::set<std::string_view> headers;
  for (const Quantity& quantity : table_quantities()) {
    INFO(quantity.header);
    CHECK_FALSE(quantity.header.empty());
    CHECK(headers.insert(quantity.header).second);
    const auto* const of_key = bench::cells::find_measure(quantity.header);
    CHECK((of_key == nullptr || (of_key == quantity.measure && !of_key->over)));
  }
}

TEST_CASE("no two columns of the table show one measure") {
  std::set<std::string_view> keys;
  for (const Quantity& quantity : table_quantities()) {
    INFO(quantity.header);
    REQUIRE(quantity.measure != nullptr);
    CHECK(keys.insert(quantity.measure->key).second);
  }
}

TEST_CASE("a meaning that refers to the column before it has words without it, too") {
  for (const Quantity& quantity : table_quantities()) {
    INFO(quantity.header);
    CHECK(quantity.meaning.starts_with("the same") == !quantity.meaning_alone.empty());
  }
}

TEST_CASE("every column has a figure of a cell that ran, and none of a process that is not there") {
  auto row = sample::row("glibc");
  sample::add_dead_holders(row);
  const auto result = row.result;
  auto alone = result;
  alone.counters.pause_samples = 0;
  alone.counters.bystander_heap_words_after = {};
  alone.counters.dead_heap_words_after.reset();
  for (const Quantity& quantity : table_quantities()) {
    INFO(quantity.header);
    CHECK(quantity.read(result).has_value());
    const bool of_all = quantity.measure->on == bench::cells::MeasuredOn::kAll;
    CHECK(quantity.read(alone).has_value() == of_all);
  }
}
