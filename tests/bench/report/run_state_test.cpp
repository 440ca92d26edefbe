#include <nlohmann/json.hpp>

#include "bench/report/run_state.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::report::RunState;
using nlohmann::json;

TEST_CASE("a context says how far the run is, and reads back") {
  const std::string text = bench::report::with_state(R"({"date": "today"})", {9, 36});
  const json context = json::parse(text);
  CHECK(context.at("date") == "today");
  CHECK(context.at("interrupted") == true);
  CHECK(context.at("cells_done") == 9);
  CHECK(context.at("cells_planned") == 36);
  CHECK(bench::report::state_in(text) == RunState{9, 36});
}

TEST_CASE("a run with all its cells is not interrupted, and says so in place of what it said") {
  const std::string text =
      bench::report::with_state(bench::report::with_state("{}", {9, 36}), {36, 36});
  CHECK(json::parse(text) ==
        json({{"interrupted", false}, {"cells_done", 36}, {"cells_planned", 36}}));
}

TEST_CASE("a context that says nothing of it is of no interrupted run") {
  for (const char* const text : {"{}", R"({"cells_done": "x"})", "[]", ""}) {
    CHECK_FALSE(bench::report::state_in(text).interrupted());
  }
}

TEST_CASE("an interrupted run is told with what is missing and how to have it") {
  CHECK(bench::report::how_to_go_on({9, 3600}, "r") ==
        "Interrupted: 9 of 3,600 cells are done. The same command with --resume and --out r does "
        "the rest.\n");
  CHECK(bench::report::how_to_go_on({36, 36}, "r").empty());
}

}  // namespace
