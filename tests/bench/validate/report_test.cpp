#include <nlohmann/json.hpp>

#include "bench/validate/report.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace bench::validate;
using nlohmann::json;

Verdict verdict_with_a_difference() {
  const Comparison good{"hold/tuple", {{"hold/tuple: 1 major", "heap_size", 4, 4}}};
  const Comparison bad{
      "1:7",
      {{"1:7: 1 list 0 5", "heap_size", 10, 10}, {"1:7: 2 major", "total_heap_size", 233, 234}}};
  Program program = parse_program("list 0 5\nmajor\n", "1:7").value();
  return {"/usr/bin/erl", "25", {good, bad}, {{program, bad}}};
}

TEST_CASE("a comparison as JSON has the keys of its contract") {
  const json all = json::parse(verdict_json(verdict_with_a_difference()));
  CHECK(all.at("erl") == "/usr/bin/erl");
  CHECK(all.at("otp_release") == "25");
  CHECK(all.at("differences") == 1);
  REQUIRE(all.at("checks").size() == 3);
  CHECK(all.at("checks")[2] == json({{"name", "1:7: 2 major"},
                                     {"quantity", "total_heap_size"},
                                     {"real", 233},
                                     {"model", 234},
                                     {"equal", false}}));
}

TEST_CASE("a comparison for people counts by group and shows what differs") {
  const std::string text = verdict_table(verdict_with_a_difference(), 80);
  CHECK(text.find("hold        1       1          0") != std::string::npos);
  CHECK(text.find("random 1    1       2          1") != std::string::npos);
  CHECK(text.find("list 0 5\nmajor\n") != std::string::npos);
  CHECK(text.find("2 major  total_heap_size   233    234") != std::string::npos);
  CHECK(text.find("1 list 0 5  ") == std::string::npos);
}

TEST_CASE("an area that differs is shown with both values") {
  Verdict verdict = verdict_with_a_difference();
  verdict.comparisons.push_back(
      {"area/maps 2 40", {{"area/maps 2 40", "block_bytes", 1168, 1176}}});
  const std::string text = verdict_table(verdict, 80);
  CHECK(text.find("area/maps 2 40  block_bytes  1,168  1,176") != std::string::npos);
  // The program that differs has a paragraph of its own.
  CHECK(text.find("1:7: 2 major  total") == std::string::npos);
}

TEST_CASE("of many programs that differ some are shown and the others counted") {
  Verdict verdict = verdict_with_a_difference();
  for (int i = 0; i < 25; ++i) {
    const std::string name = "9:" + std::to_string(i);
    verdict.comparisons.push_back({name, {{name + ": 1 major", "heap_size", 1, 2}}});
  }
  const std::string text = verdict_table(verdict, 80);
  CHECK(text.find("9:19: 1 major") != std::string::npos);
  CHECK(text.find("9:20: 1 major") == std::string::npos);
  CHECK(text.find("and 5 more") != std::string::npos);
}

TEST_CASE("values that a runtime does not fix are said to be held to bounds") {
  Verdict verdict = verdict_with_a_difference();
  CHECK(verdict_table(verdict, 80).find("bounds") == std::string::npos);
  verdict.comparisons.push_back(
      {"area/atoms",
       {{"area/atoms", "block_bytes, not fixed, at least", 9, 8, Check::Relation::kAtLeast},
        {"area/atoms", "block_bytes, not fixed, at most", 9, 10, Check::Relation::kAtMost}}});
  const std::string text = verdict_table(verdict, 200);
  CHECK(text.find("2 values are not fixed by the runtime") != std::string::npos);
  CHECK(text.find("area/atoms") == std::string::npos);
}

}  // namespace
