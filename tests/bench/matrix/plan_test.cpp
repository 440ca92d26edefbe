#include <algorithm>
#include <map>
#include <set>

#include "allocators/locate.hpp"
#include "allocators/registry.hpp"
#include "allocators/sha256.hpp"
#include "bench/matrix/plan.hpp"
#include "bench/matrix/presets.hpp"
#include "bench/report/cell_name.hpp"
#include "engine/purge/registry.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using bench::matrix::plan_run;
using bench::matrix::RunPlan;
using bench::matrix::TypedFlags;

std::string default_allocator() { return std::string(allocators::default_allocator().name); }

RunPlan planned(const TypedFlags& typed) {
  auto plan = plan_run(typed);
  if (!plan) FAIL(plan.failure().sentence);
  return std::move(plan).value();
}

std::string refusal(const TypedFlags& typed) {
  const auto plan = plan_run(typed);
  return plan ? "" : plan.failure().sentence;
}

std::vector<std::string> names_of(const RunPlan& plan) {
  std::vector<std::string> names;
  for (const auto& cell : plan.cells) names.push_back(cell.name);
  return names;
}

std::string fixture(const char* name) { return (fixtures_dir() / name).string(); }

TEST_CASE("asking for nothing plans the quick preset") {
  CHECK(names_of(planned({})) == names_of(planned({{"--preset", "quick"}})));
}

TEST_CASE("one axis plans the defaults of all others") {
  const auto plan = planned({{"--holders", "7"}});
  CHECK(names_of(plan) ==
        std::vector<std::string>{
            "purge/otp/" + default_allocator() +
            "/area:100000/term:28/held:28/holders:7/bystanders:100/heap:0/shape:records"});
  CHECK(plan.invocations == 1);
}

TEST_CASE("every combination of the lists is one cell") {
  const auto plan =
      planned({{"--holders", "1,2,3"}, {"--area-words", "1000,2000"}, {"--temp", "kept,malloc"}});
  const auto names = names_of(plan);
  CHECK(names.size() == 12);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 12);
}

TEST_CASE("a cell's name is made of its spec and names its spec") {
  for (const auto& cell : planned({{"--preset", "standard,full"}}).cells) {
    INFO(cell.name);
    CHECK(cell.name == bench::report::cell_name(cell.spec));
    CHECK(bench::report::parse_cell_name(cell.name).has_value());
  }
}

TEST_CASE("a non-default setting that changes what is measured is in the name") {
  const auto plan = planned({{"--holders", "1"},
                             {"--rounds", "3"},
                             {"--seed", "9"},
                             {"--settle", "5,50"},
                             {"--blocks", "mmap"},
                             {"--literal-space", "8388608"}});
  CHECK(plan.cells.front().name.ends_with(
      "/shape:records/blocks:mmap/rounds:3/seed:9/literal-space:8388608/settle:5,50"));
}

TEST_CASE("presets that overlap plan a cell once") {
  const auto standard = names_of(planned({{"--preset", "standard"}}));
  const auto full = names_of(planned({{"--preset", "full"}}));
  const auto both = names_of(planned({{"--preset", "standard,full"}}));
  const std::set<std::string> distinct(both.begin(), both.end());
  CHECK(distinct.size() == both.size());
  CHECK(distinct.contains(standard.front()));
  CHECK(distinct.contains(full.back()));
  // The cells of standard that are read late are those of full.
  CHECK(both.size() == standard.size() + full.size() - allocators::registry().size());
}

TEST_CASE("the standard preset has four areas and four numbers of holders for every allocator") {
  std::map<std::string, std::set<std::uint64_t>> areas;
  std::map<std::string, std::set<std::uint64_t>> holders;
  std::set<std::string> read_late;
  const auto plan = planned({{"--preset", "standard"}});
  CHECK(plan.invocations >= 5);
  for (const auto& cell : plan.cells) {
    areas[cell.spec.allocator].insert(cell.spec.area_words);
    if (cell.spec.holders != 0) holders[cell.spec.allocator].insert(cell.spec.holders);
    if (cell.spec.settle_ms != std::vector<std::uint64_t>{100, 1'000, 5'000}) continue;
    CHECK(read_late.insert(cell.spec.allocator).second);
  }
  for (const auto* const each : allocators::registry()) {
    const std::string name(each->name);
    CHECK(areas[name].size() >= 4);
    CHECK(holders[name].size() >= 4);
    CHECK(read_late.contains(name));
  }
}

TEST_CASE("the standard preset has one scenario of dead holders, and quick has none") {
  std::set<std::string> scenarios;
  for (const auto& cell : planned({{"--preset", "standard"}}).cells) {
    if (cell.spec.dead_holders != 0) scenarios.insert(bench::report::scenario_name(cell.spec));
  }
  CHECK(scenarios == std::set<std::string>{"area:100000/term:28/held:28/holders:0/bystanders:100/"
                                           "heap:0/shape:records/dead-holders:100"});
  for (const auto& cell : planned({{"--preset", "quick"}}).cells)
    CHECK(cell.spec.dead_holders == 0);
}

TEST_CASE("cells of one scenario run one after another whatever serves their memory") {
  const auto plan = planned({{"--preset", "standard"}});
  std::set<std::string> begun;
  std::string scenario;
  for (const auto& cell : plan.cells) {
    const std::string name = bench::report::scenario_name(cell.spec);
    if (name == scenario) continue;
    CHECK(begun.insert(name).second);
    scenario = name;
  }
}

TEST_CASE(
    "the strategies preset has every strategy, in areas up to ten million words and all held") {
  std::map<std::string, std::set<std::uint64_t>> areas;
  std::map<std::string, std::set<std::uint64_t>> held;
  const auto plan = planned({{"--preset", "strategies"}});
  CHECK(plan.invocations >= 9);
  for (const auto& cell : plan.cells) {
    CHECK(cell.spec.allocator == allocators::registry().front()->name);
    areas[cell.spec.strategy].insert(cell.spec.area_words);
    held[cell.spec.strategy].insert(cell.spec.held_words);
  }
  CHECK(areas.size() == beam::purge_strategies().size());
  for (const auto& [strategy, words] : areas) {
    CHECK(words == std::set<std::uint64_t>{100'000, 1'000'000, 10'000'000});
  }
  for (const auto& [strategy, words] : held) {
    CHECK(*words.begin() == 0);  // one literal
    CHECK(*words.rbegin() == 100'000);
  }
}

TEST_CASE("settle times that are named replace a preset's own") {
  for (const auto& cell : planned({{"--preset", "standard,full"}, {"--settle", "7"}}).cells) {
    CHECK(cell.spec.settle_ms == std::vector<std::uint64_t>{7});
  }
}

TEST_CASE("a timeout below a preset's own settle times is refused") {
  const auto plan = bench::matrix::plan_run({{"--preset", "standard"}, {"--timeout", "5"}});
  REQUIRE_FALSE(plan.ok());
  CHECK(plan.failure().sentence ==
        "--settle 5000 (of preset standard), in ms, is not below --timeout 5, in s");
}

TEST_CASE("an axis beside a preset replaces the preset's own") {
  for (const auto& cell : planned({{"--preset", "standard"}, {"--bystanders", "3"}}).cells) {
    CHECK(cell.spec.bystanders == 3);
  }
}

TEST_CASE("an unknown flag value is refused with the flag") {
  for (const char* const flag :
       {"--strategy",     "--allocator",  "--blocks",     "--temp",          "--area-words",
        "--term-words",   "--shape",      "--held-words", "--holders",       "--bystanders",
        "--dead-holders", "--heap-words", "--schedulers", "--preset",        "--rounds",
        "--invocations",  "--settle",     "--seed",       "--literal-space", "--memory-budget",
        "--timeout"}) {
    for (const char* const value : {"-1", "x", ""}) {
      INFO(flag << " " << value);
      CHECK(refusal({{flag, value}}).starts_with(flag));
    }
  }
}

TEST_CASE("what this version does not have is refused") {
  CHECK(refusal({{"--blocks", "brk"}}) ==
        "--blocks: unknown value 'brk' (known: malloc, mmap, erts)");
  CHECK_FALSE(refusal({{"--strategy", "retain"}}).empty());
}

TEST_CASE("the flag --module excludes what it replaces") {
  for (const char* const flag : {"--area-words", "--term-words", "--shape"}) {
    CHECK(refusal({{"--module", fixture("every_kind.beam")}, {flag, "28"}}) ==
          std::string("--module brings its own area, so it excludes ") + flag);
  }
}

TEST_CASE("a module cell is named by its file's stem") {
  const auto plan = planned({{"--module", fixture("every_kind.beam")}, {"--holders", "1"}});
  CHECK(names_of(plan) ==
        std::vector<std::string>{"purge/otp/" + default_allocator() +
                                 "/module:every_kind/held:1/holders:1/bystanders:100/heap:0"});
}

TEST_CASE("a module that is missing, or is none, is refused with its name") {
  const TemporaryDirectory directory;
  const std::string text = directory.write("text.beam", "text").string();
  CHECK(refusal({{"--module", "/nonexistent/m.beam"}}).find("/nonexistent/m.beam") !=
        std::string::npos);
  CHECK(refusal({{"--module", text}}).starts_with(text + ": "));
}

TEST_CASE("a module without literals has nothing for a holder, but can be scanned for") {
  CHECK(refusal({{"--module", fixture("no_literals.beam")}})
            .ends_with("has no literal that a holder could hold"));
  CHECK(
      refusal(
          {{"--module", fixture("no_literals.beam")}, {"--holders", "0"}, {"--dead-holders", "1"}})
          .ends_with("has no literal that a holder could hold"));
  CHECK(planned({{"--module", fixture("no_literals.beam")}, {"--holders", "0"}}).cells.size() == 1);
}

TEST_CASE("modules are in a plan by what they are called, with the hash of their file") {
  const auto plan =
      planned({{"--module", "old=" + fixture("every_kind.beam")}, {"--holders", "1"}});
  REQUIRE(plan.cells.size() == 1);
  CHECK(plan.cells[0].name.find("/module:old/") != std::string::npos);
  CHECK(plan.cells[0].spec.module == fixture("every_kind.beam"));
  CHECK(plan.cells[0].module_hash == allocators::sha256_of_file(fixture("every_kind.beam")));
}

TEST_CASE("no process at all is refused, but no holders or no bystanders is not") {
  CHECK(refusal({{"--holders", "0"}, {"--bystanders", "0"}})
            .starts_with("--holders 0 with --bystanders 0 leaves no process to purge"));
  CHECK(planned({{"--holders", "0"}}).cells.size() == 1);
  CHECK(planned({{"--bystanders", "0"}}).cells.size() == 1);
  CHECK(
      planned({{"--holders", "0"}, {"--bystanders", "0"}, {"--dead-holders", "1"}}).cells.size() ==
      1);
}

TEST_CASE("more processes than a node can have are refused") {
  CHECK(refusal({{"--holders", "134217728"}}).starts_with("--holders"));
  CHECK(refusal({{"--holders", "134217727"}})
            .starts_with("--holders 134217727 and --bystanders 100 (the default) are more"));
  CHECK(refusal({{"--holders", "134217627"}, {"--dead-holders", "1"}})
            .starts_with("--holders 134217627 and --bystanders 100 (the default) and "
                         "--dead-holders 1 are more"));
}

TEST_CASE("a value that nobody typed is refused with where it comes from") {
  CHECK(refusal({{"--preset", "standard"}, {"--area-words", "1000"}}) ==
        "--held-words 50000 (of preset standard) is more than --area-words 1000");
  CHECK(refusal({{"--preset", "standard"}, {"--term-words", "10001"}}) ==
        "--term-words 10001 is more than --area-words 10000 (of preset standard)");
  CHECK(refusal({{"--literal-space", "1048576"}}) ==
        "--area-words 1000000 (of preset quick) does not fit into --literal-space 1048576");
  CHECK(refusal({{"--area-words", "27"}}) ==
        "--term-words 28 (the default) is more than --area-words 27");
  CHECK(refusal({{"--area-words", "1000000000"}}) ==
        "--area-words 1000000000 does not fit into --literal-space 1073741824 (the default)");
  CHECK(refusal({{"--preset", "selfcheck"}, {"--holders", "0"}}) ==
        "--holders 0 with --bystanders 0 (of preset selfcheck) leaves no process to purge: one of "
        "them must be at least 1");
  CHECK(refusal({{"--settle", "200000"}}) ==
        "--settle 200000, in ms, is not below --timeout 120 (the default), in s");
}

TEST_CASE("holding or writing more than the area is refused") {
  CHECK(refusal({{"--area-words", "100"}, {"--held-words", "101"}}) ==
        "--held-words 101 is more than --area-words 100");
  CHECK(refusal({{"--area-words", "100"}, {"--term-words", "101"}}) ==
        "--term-words 101 is more than --area-words 100");
  CHECK(planned({{"--area-words", "100"}, {"--held-words", "100"}, {"--term-words", "100"}})
            .cells.size() == 1);
}

TEST_CASE("an area that the literal space cannot hold is refused") {
  CHECK(planned({{"--area-words", "131072"}, {"--literal-space", "1048576"}}).cells.size() == 1);
  CHECK(refusal({{"--area-words", "131073"}, {"--literal-space", "1048576"}}) ==
        "--area-words 131073 does not fit into --literal-space 1048576");
}

TEST_CASE("settle times ascend and end before the timeout") {
  CHECK(refusal({{"--settle", "200,100"}}).starts_with("--settle"));
  CHECK(refusal({{"--settle", "2000"}, {"--timeout", "2"}})
            .starts_with("--settle 2000, in ms, is not below --timeout 2, in s"));
  CHECK(
      planned({{"--holders", "1"}, {"--settle", "0,100,1999"}, {"--timeout", "2"}}).cells.size() ==
      1);
}

TEST_CASE("lists that multiply into millions of cells are refused at once") {
  std::string many = "1";
  for (int i = 2; i <= 1000; ++i) many += "," + std::to_string(i);
  CHECK(refusal({{"--holders", many}, {"--bystanders", many}}) ==
        "these axes make more than 100000 cells");
}

TEST_CASE("the filter keeps the names that match, and '-' those that do not") {
  const TypedFlags all = {{"--holders", "1,2,10"}};
  const auto filtered = [&](const char* expression) {
    TypedFlags typed = all;
    typed["--benchmark_filter"] = expression;
    return planned(typed).cells.size();
  };
  CHECK(filtered("holders:1/") == 1);
  CHECK(filtered("holders:1") == 2);
  CHECK(filtered("-holders:1/") == 2);
  CHECK(filtered("holders:(1|2)/") == 2);
  CHECK(filtered("all") == 3);
  CHECK(filtered("") == 3);
}

TEST_CASE("a filter that matches nothing, or is no expression, is refused") {
  CHECK(refusal({{"--benchmark_filter", "nosuch"}}) ==
        "--benchmark_filter 'nosuch' matches no cell");
  CHECK(refusal({{"--benchmark_filter", "("}}).starts_with("--benchmark_filter '('"));
}

TEST_CASE("invocations are the preset's unless they are named") {
  CHECK(planned({{"--preset", "standard"}}).invocations ==
        bench::matrix::find_preset("standard")->invocations);
  CHECK(planned({{"--preset", "standard"}, {"--invocations", "1"}}).invocations == 1);
}

TEST_CASE("the seed preset's area is of those whose holders jump to 59 MB") {
  // 7,427,328 words are 59.4 MB; the block size below holds 6,189,440.
  for (const auto& cell : planned({{"--preset", "seed"}}).cells) {
    CHECK(cell.spec.area_words > 6'189'440);
    CHECK(cell.spec.area_words <= 7'427'328);
  }
}

#ifndef PURGEBENCH_SANITIZED

TEST_CASE("allocators of one scenario run one after another") {
  const auto plan = planned({{"--holders", "1,2"}, {"--allocator", "mi,sys,jemalloc:decay0"}});
  std::vector<std::string> order;
  for (const auto& cell : plan.cells) order.push_back(cell.spec.allocator);
  CHECK(order == std::vector<std::string>{"mimalloc", "glibc", "jemalloc:decay0", "mimalloc",
                                          "glibc", "jemalloc:decay0"});
}

TEST_CASE("a library with a given name is in a plan by that, and the child learns its path") {
  const std::string path = allocators::locate({&allocators::kGlibc, nullptr, {}}).value();
  const auto plan = planned({{"--allocator", "my=" + path}, {"--holders", "1"}});
  REQUIRE(plan.cells.size() == 1);
  CHECK(plan.cells[0].name.starts_with("purge/otp/my/area:"));
  CHECK(plan.cells[0].spec.allocator == "my");
  CHECK(plan.cells[0].spec.allocator_choice() == "my=" + path);
  CHECK(refusal({{"--allocator", "my=" + path + ",my=" + path}}) ==
        "--allocator names 'my=" + path + "' twice");
  CHECK(refusal({{"--allocator", "my=" + path + ",my=/" + path}}) == "--allocator names my twice");
}

TEST_CASE("one allocator under two names is refused") {
  CHECK(refusal({{"--allocator", "mi,mimalloc"}}) == "--allocator names mimalloc twice");
}

TEST_CASE("the quick preset has at least three allocators and three pairs of area and holders") {
  std::map<std::string, std::set<std::pair<std::uint64_t, std::uint64_t>>> pairs;
  for (const auto& cell : planned({{"--preset", "quick"}}).cells) {
    pairs[cell.spec.allocator].insert({cell.spec.area_words, cell.spec.holders});
  }
  CHECK(pairs.size() >= 3);
  for (const auto& [allocator, of] : pairs) CHECK(of.size() >= 3);
}

#endif

}  // namespace
