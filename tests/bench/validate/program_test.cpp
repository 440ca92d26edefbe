// Programs as text, and the sets of programs there are.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "bench/validate/driver.hpp"
#include "bench/validate/named_programs.hpp"
#include "bench/validate/program.hpp"
#include "bench/validate/random_programs.hpp"
#include "bench/validate/steps.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace bench::validate;

std::string refusal(std::string_view text) {
  const auto program = parse_program(text, "p");
  return program ? "" : program.failure().sentence;
}

TEST_CASE("a program is the same after being printed and read") {
  for (std::uint64_t i = 0; i < 200; ++i) {
    const Program program = random_program(7, i);
    const auto again = parse_program(program_text(program), program.name);
    REQUIRE(again);
    CHECK(again.value() == program);
  }
}

TEST_CASE("comments and blank lines are no part of a program") {
  const auto program = parse_program("# all of it\n\nmajor  # collects\n  list 0   5\n", "p");
  REQUIRE(program);
  CHECK(program_text(program.value()) == "major\nlist 0 5\n");
}

// A line that can stand where `before` ends, and lines that cannot.
struct Neighbours {
  const char* before;
  const char* good;
  std::vector<const char*> bad;
};

void check_neighbours(const Neighbours& lines) {
  INFO(lines.good);
  const std::string before = lines.before;
  CHECK(refusal(before + lines.good).empty());
  const auto number = 1 + std::ranges::count(before, '\n');
  const std::string expected = "p: line " + std::to_string(number) + " is no option";
  for (const char* const bad : lines.bad) {
    INFO(bad);
    CHECK(refusal(before + bad).starts_with(expected));
  }
}

TEST_CASE("an option with a value that it cannot have is refused by its line") {
  const std::vector<Neighbours> options = {
      {"", "min_heap 233", {"min_heap", "min_heap 12", "min_heap 232", "min_heap 2000001"}},
      {"", "min_heap 2000000", {"min_heap 233 233", "min_heap x", "min_heap -1"}},
      {"", "fullsweep_after 65535", {"fullsweep_after", "fullsweep_after 65536"}},
      {"", "max_heap 466", {"max_heap", "max_heap 466 0", "max_heap 2000001"}},
      {"", "kill 1", {"kill", "kill 2", "kill -1"}},
      {"", "off_heap 1", {"off_heap", "off_heap 2"}},
      {"", "arguments 100000", {"arguments", "arguments 100001"}},
      {"", "kill 0", {"priority 0", "kills 0", "Kill 0"}}};
  for (const Neighbours& lines : options) check_neighbours(lines);
}

TEST_CASE("a number with a zero in front is refused with itself, in options, modules and steps") {
  for (const char* const line : {"min_heap 0233", "module records 02 3", "tuple 0 01"}) {
    INFO(line);
    const std::string sentence = refusal(line);
    CHECK(sentence.find(" is no number, which is digits alone and begins with no zero") !=
          std::string::npos);
  }
  CHECK(refusal("tuple 0 01").find("'01'") != std::string::npos);
}

TEST_CASE("a module that cannot be made is refused by its line") {
  const std::vector<Neighbours> modules = {
      {"", "module records 1 1", {"module", "module records 1", "module records 1 1 1"}},
      {"", "module external 1 1", {"module records 0 1", "module records 1 0", "module 1 1 1"}},
      {"", "module wide_maps 3 33", {"module ships 3 33", "module atom_maps 3 33"}},
      {"", "module records 333333 1", {"module records 333334 1", "module records 1 1000000"}},
      {"", "module tuples 1000000 1", {"module tuples 1000001 1", "module tuples 1 2000000"}},
      {"", "module bits 1 127999039", {"module bits 1 127999040", "module bits 1 128000001"}},
      {"", "module external 1 5", {"module external 1 6"}},
      {"", "module floats 500000 1", {"module floats 500001 1", "module floats 1 500001"}},
      {"module lists 1 1\n", "module lists 1 2", {"module lists 1 1"}},
      {"", "module lists 1000 1000", {"module lists 1001 1000", "module lists 2000000 2000000"}},
      {"", "module binaries 256 1", {"module binaries 257 1"}},
      {"", "module binaries 65536 2", {"module binaries 65537 2"}},
      {"", "module binaries 257 2", {"module binaries x 2", "module binaries 257 -2"}}};
  for (const Neighbours& lines : modules) check_neighbours(lines);
}

TEST_CASE("a program has at most 4 modules") {
  const std::string four =
      "module lists 1 1\nmodule lists 1 2\nmodule lists 1 3\nmodule lists 1 4\n";
  CHECK(refusal(four).empty());
  CHECK(refusal(four + "module lists 1 5\n").starts_with("p: line 5 is no option"));
}

TEST_CASE("a step with a number that it cannot have is refused by its line") {
  const std::vector<Neighbours> steps = {
      {"major\n", "minor", {"jump", "minor 0", "Minor"}},
      {"major\n", "list 5 100000", {"list 0", "list 0 0", "list 0 5 5", "list 6 5"}},
      {"major\n",
       "list 0 5",
       {"list 0 100001", "list 0 -1", "list 0 5x", "list 0 99999999999999999999"}},
      {"major\n", "tuple 0 1 2 3 4 5 0", {"tuple 0", "tuple 0 1 2 3 4 5 0 1", "tuple 0 6"}},
      {"major\n", "function 0 5", {"function 0", "function 6 0"}},
      {"major\n", "binary 0 64", {"binary 0 0", "binary 0 65"}},
      {"major\n", "payload 0 65", {"payload 0 64", "payload 0 10000001"}},
      {"major\n", "map 0 1000", {"map 0 0", "map 0 1001"}},
      {"major\n", "rest 0 5", {"rest 0", "rest 0 6"}},
      {"major\n", "element 0 0 1", {"element 0 0 0", "element 0 0"}},
      {"major\n", "update 0 0 0", {"update 0 0"}},
      {"major\n", "match 5", {"match", "match 6"}},
      {"major\n", "take 0 80000000", {"take 0 0", "take 0 80000001"}},
      {"major\n", "tail 0", {"tail", "tail 0 1"}},
      {"major\n", "put 7 0", {"put 8 0"}},
      {"major\n", "store 7 0", {"store 8 0"}},
      {"major\n", "fetch 0 7", {"fetch 0", "fetch 0 8"}},
      {"major\n", "publish 7 0", {"publish 0", "publish 8 0"}},
      {"major\n", "tell 1", {"tell 0", "tell 100001"}},
      {"major\n", "receive 0", {"receive"}},
      {"major\n", "post 5", {"post 6"}},
      {"major\n", "hibernate 0", {"hibernate"}}};
  for (const Neighbours& lines : steps) check_neighbours(lines);
}

TEST_CASE("a step of a module that is not there is refused by its line") {
  for (const char* const step :
       {"literal 0 0 0", "tell_literal 0 0 0", "tell_later 0 0 0", "cross 0 0 0", "occupy 0",
        "soft_purge 0", "reload 0", "purge 0"}) {
    INFO(step);
    CHECK(refusal(step).starts_with("p: line 1 is no option"));
    CHECK(refusal(std::string("module records 3 1\n") + step).empty());
  }
}

TEST_CASE("a step of a module has numbers of that module") {
  constexpr const char* kModule = "module records 3 1\n";
  constexpr const char* kTwo = "module records 3 1\nmodule tuples 2 1\n";
  const std::vector<Neighbours> steps = {
      {kModule, "literal 5 0 2", {"literal 6 0 2", "literal 5 1 2", "literal 5 0 3"}},
      {kTwo, "literal 0 1 1", {"literal 0 1 2", "literal 0 2 0"}},
      {kModule, "tell_literal 0 2 6", {"tell_literal 0 3 6", "tell_literal 0 2 7"}},
      {kModule, "tell_later 0 2 6", {"tell_later 0 3 6", "tell_later 0 2 7", "tell_later 0 0"}},
      {kModule, "cross 0 2 6", {"cross 0 3 6", "cross 0 2 7", "cross 1 0 0"}},
      {kModule, "occupy 0", {"occupy", "occupy 1", "occupy 0 0"}},
      {kModule, "soft_purge 0", {"soft_purge", "soft_purge 1"}},
      {kTwo, "purge 1", {"purge 2", "purge 0 1"}},
      {kTwo, "purge_all 0 1", {"purge_all", "purge_all 0", "purge_all 0 2"}},
      {kTwo, "purge_all 0 1 0 1 0 1 0", {"purge_all 0 1 0 1 0 1 0 1"}}};
  for (const Neighbours& lines : steps) check_neighbours(lines);
}

TEST_CASE("a program has at most 1000 steps") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "major\n";
  CHECK(refusal(text).empty());
  CHECK(refusal(text + "major\n").starts_with("p: line 1001 "));
}

TEST_CASE("options and modules come before the first step") {
  CHECK(refusal("fullsweep_after 1\nmajor\n").empty());
  CHECK(refusal("major\nfullsweep_after 1\n").starts_with("p: line 2 "));
  CHECK(refusal("major\nmodule records 1 1\n").starts_with("p: line 2 "));
}

TEST_CASE("a limit below the first heap is refused") {
  CHECK_FALSE(refusal("max_heap 232\nmajor\n").empty());
  CHECK_FALSE(refusal("min_heap 300\nmax_heap 375\nmajor\n").empty());
  CHECK(refusal("min_heap 300\nmax_heap 376\nmajor\n").empty());
}

TEST_CASE("the named set has over 150 programs with names of their own") {
  const auto programs = named_programs();
  std::set<std::string> names;
  for (const Program& program : programs) names.insert(program.name);
  CHECK(programs.size() >= 150);
  CHECK(names.size() == programs.size());
}

TEST_CASE("the named set has programs of every group") {
  std::set<std::string> groups;
  for (const Program& program : named_programs()) {
    groups.insert(program.name.substr(0, program.name.find('/')));
  }
  for (const char* const group :
       {"again",       "binary", "built", "code",  "dead",    "fragments", "growth",
        "hibernation", "hold",   "limit", "match", "message", "part",      "persistent term",
        "queue",       "size",   "spawn", "start", "sweep",   "table",     "two modules"}) {
    INFO(group);
    CHECK(groups.contains(group));
  }
}

TEST_CASE("only a program that matches binaries has a slot for the match state") {
  for (const char* const step : {"match 0\n", "take 0 1\n", "tail 0\n"}) {
    CHECK(frame_slots(parse_program(step, "p").value()) == kSlots + 1);
  }
  CHECK(frame_slots(parse_program("map 0 5\n", "p").value()) == kSlots);
}

TEST_CASE("a random program depends on its seed and number alone") {
  CHECK(random_program(1, 5) == random_program(1, 5));
  CHECK(program_text(random_program(1, 5)) != program_text(random_program(1, 6)));
  CHECK(program_text(random_program(1, 5)) != program_text(random_program(2, 5)));
}

TEST_CASE("random programs have every kind of step") {
  std::set<Op> seen;
  for (std::uint64_t i = 0; i < 100; ++i) {
    for (const Step& step : random_program(1, i).steps) seen.insert(step.op);
  }
  CHECK(seen.size() == step_kinds().size());
}

TEST_CASE("the named set has every kind of step") {
  std::set<Op> seen;
  for (const Program& program : named_programs()) {
    for (const Step& step : program.steps) seen.insert(step.op);
  }
  CHECK(seen.size() == step_kinds().size());
}

TEST_CASE("random programs are programs that can be written down") {
  for (std::uint64_t i = 0; i < 300; ++i) {
    const Program program = random_program(11, i);
    CHECK(parse_program(program_text(program), program.name).ok());
  }
}

TEST_CASE("the driver has code for every kind of step, where the table says who does it") {
  for (const StepKind& kind : step_kinds()) {
    INFO(kind.name);
    const std::string name(kind.name == "receive" ? "'receive'" : kind.name);
    const auto has = [&](std::string_view clause) {
      for (const char* const behind : {"]", ",", " |"}) {
        if (driver_source().find(std::string(clause) + "([" + name + behind) != std::string::npos) {
          return true;
        }
      }
      return false;
    };
    CHECK(has("\ncode") == (kind.actor == Actor::kProcess));
    if (kind.actor == Actor::kOutside) CHECK(has("\nstep"));
  }
}

}  // namespace
