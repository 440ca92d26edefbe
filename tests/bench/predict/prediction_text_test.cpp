// Whose figures a prediction tells: where holders differ, those of one are not those of each.
#include <string>

#include "bench/matrix/module_file.hpp"
#include "bench/predict/prediction.hpp"
#include "bench/predict/prediction_report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

namespace {

std::string words_of(const std::string& name, const bench::predict::PredictionSpec& spec) {
  auto area = bench::matrix::read_module_area((fixtures_dir() / name).string());
  REQUIRE(area);
  const auto prediction = bench::predict::predict(spec, *area.value(), name);
  REQUIRE(prediction);
  return bench::predict::prediction_text(prediction.value(), spec, name, 2000);
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("where holders hold alike a prediction is of each of them") {
  bench::predict::PredictionSpec spec;
  spec.holders = 20;
  spec.hold = {0};
  const std::string text = words_of("game_config.beam", spec);
  CHECK(says(text, "20 processes each hold 1 literal of it, 29 words."));
  CHECK(says(text, "one holder, words"));
  CHECK(says(text, "\nA holder\n"));
  CHECK(says(text, "words would kill a holder."));
  CHECK_FALSE(says(text, "first holder"));
}

TEST_CASE("where holders differ a prediction says what it tells of the first alone") {
  bench::predict::PredictionSpec spec;
  spec.holders = 20;
  const std::string text = words_of("game_config.beam", spec);
  CHECK(says(text, "20 processes each hold 1 literal of it, 28 to 29 words."));
  CHECK(says(text, "the first holder, words"));
  CHECK(says(text, "\nThe first holder\n"));
  CHECK(says(text, "words would kill the first holder."));
  CHECK(says(text, "words here, of the first holder)"));
  CHECK_FALSE(says(text, "one holder"));
}

TEST_CASE("of a change that lowers nothing and kills nobody a prediction says so") {
  bench::predict::PredictionSpec spec;
  spec.holders = 3;
  spec.hold = {0};
  auto area = bench::matrix::read_module_area((fixtures_dir() / "game_config.beam").string());
  REQUIRE(area);
  auto prediction = bench::predict::predict(spec, *area.value(), "game_config");
  REQUIRE(prediction);
  auto& mitigations = prediction.value().mitigations;
  REQUIRE_FALSE(mitigations.empty());
  mitigations.front().figures = prediction.value().figures;
  const std::string text =
      bench::predict::prediction_text(prediction.value(), spec, "game_config", 2000);
  CHECK(says(text, "  1 Not advised here ("));
  CHECK(says(text, "): it lowers nothing.\n"));
}
