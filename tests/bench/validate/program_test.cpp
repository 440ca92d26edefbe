// Programs as text, and the sets of programs there are.
#include <set>

#include "bench/validate/named_programs.hpp"
#include "bench/validate/program.hpp"
#include "bench/validate/random_programs.hpp"
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

TEST_CASE("a line that is no option module or step is refused by its number") {
  for (const char* const line : {"jump",
                                 "list 0",
                                 "list 0 0",
                                 "list 0 5 5",
                                 "list 6 5",
                                 "list 0 100001",
                                 "list 0 -1",
                                 "list 0 5x",
                                 "tuple 0",
                                 "tuple 0 1 2 3 4 5 0 1",
                                 "function 0",
                                 "binary 0 65",
                                 "rest 0",
                                 "element 0 0 0",
                                 "update 0 0",
                                 "match",
                                 "match 6",
                                 "take 0 0",
                                 "take 0 80000001",
                                 "tail 0 1",
                                 "purge_all 0 0",
                                 "publish 0",
                                 "store 8 0",
                                 "fetch 0",
                                 "fetch 0 8",
                                 "publish 8 0",
                                 "map 0 0",
                                 "map 0 1001",
                                 "payload 0 64",
                                 "tell 0",
                                 "tell_literal 0 0 0",
                                 "tell_later 0 0",
                                 "cross 0 0 7",
                                 "receive",
                                 "post 6",
                                 "off_heap 2",
                                 "arguments 100001",
                                 "occupy 0",
                                 "soft_purge",
                                 "hibernate",
                                 "put 8 0",
                                 "literal 0 0 0",
                                 "purge 0",
                                 "module records 0 1",
                                 "module records 1 0",
                                 "module binaries 257 1",
                                 "module records 2000000 2000000",
                                 "module ships 1 1",
                                 "kill 2",
                                 "min_heap 12",
                                 "max_heap",
                                 "list 0 99999999999999999999"}) {
    INFO(line);
    CHECK(refusal("major\n" + std::string(line)).starts_with("p: line 2 is no option"));
  }
}

TEST_CASE("options and modules come before the first step") {
  CHECK(refusal("fullsweep_after 1\nmajor\n").empty());
  CHECK(refusal("major\nfullsweep_after 1\n").starts_with("p: line 2 "));
  CHECK(refusal("major\nmodule records 1 1\n").starts_with("p: line 2 "));
}

TEST_CASE("a literal is one of its module") {
  CHECK(refusal("module records 3 1\nliteral 0 0 2\n").empty());
  CHECK_FALSE(refusal("module records 3 1\nliteral 0 0 3\n").empty());
  CHECK_FALSE(refusal("module records 3 1\nliteral 0 1 0\n").empty());
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
  CHECK(seen.size() == op_forms().size());
}

}  // namespace
