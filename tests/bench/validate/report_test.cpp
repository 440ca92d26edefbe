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

}  // namespace
