// What a prediction says of the fixtures, beside what OTP 25 was seen to do.
#include <algorithm>
#include <memory>

#include "bench/matrix/module_file.hpp"
#include "bench/predict/prediction.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/wrapped_strategy.hpp"

namespace {

using bench::predict::Mitigation;
using bench::predict::Prediction;
using bench::predict::PredictionSpec;
using bench::predict::ReloadFigures;

constexpr std::uint64_t kWordBytes = 8;

std::unique_ptr<bench::cells::Area> fixture(const std::string& name) {
  auto area = bench::matrix::read_module_area((fixtures_dir() / name).string());
  REQUIRE(area);
  return std::move(area).value();
}

Prediction predict(const std::string& name, const PredictionSpec& spec) {
  const auto area = fixture(name);
  auto prediction = bench::predict::predict(spec, *area, name);
  REQUIRE(prediction);
  return std::move(prediction).value();
}

const ReloadFigures& of(const Prediction& prediction, Mitigation mitigation) {
  const auto found = std::ranges::find(prediction.mitigations, mitigation,
                                       &bench::predict::MitigationFigures::mitigation);
  REQUIRE(found != prediction.mitigations.end());
  return found->figures;
}

PredictionSpec one_holder() {
  PredictionSpec spec;
  spec.holders = 1;
  return spec;
}

TEST_CASE("a holder of one record of the game's module gets room for the whole area") {
  PredictionSpec spec;
  spec.held_words = 28;
  const Prediction prediction = predict("game_config.beam", spec);
  CHECK(prediction.figures.heap_words_before == 233);
  CHECK(prediction.figures.heap_words_after == 318420);
  CHECK(prediction.old_block_words == 318187);
  CHECK(prediction.figures.killed == 0);
  CHECK(prediction.figures.before.reserved == 100 * 233 * kWordBytes);
  CHECK(prediction.figures.after.reserved == 100 * 318420 * kWordBytes);
  CHECK(prediction.figures.after.touched < 100 * 4 * 4096);
  // The last holder has its block and the temporary copy beside those of all others.
  CHECK(prediction.figures.peak.reserved == (100 * 318420 + prediction.area_words) * kWordBytes);
}

TEST_CASE("a holder keeps what its strategy leaves it, in the game's module") {
  const auto words_after = [](const char* strategy, std::uint64_t literals, std::uint64_t held) {
    PredictionSpec spec = one_holder();
    for (std::uint64_t i = 0; i < literals; ++i) spec.hold.push_back(i);
    spec.strategy = *beam::find_strategy_entry(strategy);
    const Prediction prediction = predict("game_config.beam", spec);
    CHECK(prediction.held_words == held);
    return prediction.figures.heap_words_after;
  };
  // A real emulator whose old block is cut to what moved has these: 233 and a block of 38, of 376.
  for (const char* strategy : {"shrink", "reachable"}) {
    CHECK(words_after(strategy, 1, 29) == 271);
    CHECK(words_after(strategy, 10, 290) == 609);
  }
  CHECK(words_after("fragment", 1, 29) == 233 + 29);
  CHECK(words_after("fragment", 10, 290) == 233 + 290);
  CHECK(words_after("skip", 1, 29) == 318420);
}

TEST_CASE("every reload of a prediction purges by the strategy that was given") {
  const beam_test::CountingStrategy strategy;
  PredictionSpec spec = one_holder();
  spec.strategy = {"counting", "", &strategy};
  const Prediction counted = predict("game_config.beam", spec);
  // One process: the whole area without and with three mitigations, one key, ten modules.
  CHECK(strategy.purges() == 5 + 1 + 10);
  CHECK(counted.figures.heap_words_after == 318420);
}

TEST_CASE("a limit kills a holder where it does on a real node") {
  PredictionSpec spec = one_holder();
  spec.max_heap_words = 46655;
  const Prediction survives = predict("literals_40818.beam", spec);
  CHECK(survives.figures.killed == 0);
  CHECK(survives.figures.heap_words_after == 46655);
  spec.max_heap_words = 46654;
  const Prediction dies = predict("literals_40818.beam", spec);
  CHECK(dies.figures.killed == 1);
  CHECK(dies.figures.heap_words_after == 0);
  CHECK(dies.figures.after.reserved == 0);
  CHECK(dies.least_max_heap_words == 46655);
}

TEST_CASE("the least limit lets a holder live, and one word less kills it") {
  for (const std::uint64_t heap_words : {0U, 700U, 5'000U, 60'000U, 400'000U}) {
    for (const std::uint64_t held_words : {1U, 9'000U}) {
      PredictionSpec spec = one_holder();
      spec.heap_words = heap_words;
      spec.held_words = held_words;
      const std::uint64_t least = predict("literals_40818.beam", spec).least_max_heap_words;
      INFO(heap_words << " words of its own, " << held_words << " held: " << least);
      spec.max_heap_words = least;
      const Prediction lives = predict("literals_40818.beam", spec);
      CHECK(lives.figures.killed == 0);
      CHECK(lives.least_max_heap_words == least);
      spec.max_heap_words = least - 1;
      // Where what it needs before the purge is most, such a holder is not there to be predicted.
      const auto area = fixture("literals_40818.beam");
      const auto dies = bench::predict::predict(spec, *area, "literals_40818.beam");
      if (!dies) continue;
      CHECK(dies.value().figures.killed == 1);
      CHECK(dies.value().least_max_heap_words == least);
    }
  }
}

TEST_CASE("a small area leaves the limit to the collection before the copy") {
  PredictionSpec spec = one_holder();
  spec.hold = {0};
  // Two young blocks of 233 words at once, as OTP 25 counts them; an old block is smaller here.
  const Prediction prediction = predict("atom_map.beam", spec);
  CHECK(prediction.figures.heap_words_after < 466 + prediction.old_block_words);
  CHECK(prediction.least_max_heap_words >= 466);
}

TEST_CASE("holders that differ are counted as often as they are there") {
  PredictionSpec spec;
  spec.holders = 1000;
  const Prediction many = predict("literals_40818.beam", spec);
  CHECK(many.kinds < 1000);
  CHECK(many.figures.after.reserved == 1000 * 46655 * kWordBytes);
  spec.max_heap_words = 46654;
  CHECK(predict("literals_40818.beam", spec).figures.killed == 1000);
}

TEST_CASE("given literals are held by every holder") {
  PredictionSpec spec;
  spec.holders = 10;
  spec.hold = {3, 0, 199};
  const Prediction prediction = predict("literals_40818.beam", spec);
  CHECK(prediction.kinds == 1);
  CHECK(prediction.held_literals == 3);
  CHECK(prediction.held_words == 186 + 2 * 204);
  CHECK(prediction.figures.after.reserved == 10 * 46655 * kWordBytes);
}

TEST_CASE("who holds keys or copies has what it had before") {
  const Prediction prediction = predict("literals_40818.beam", one_holder());
  CHECK(of(prediction, Mitigation::kHoldScalars).heap_words_after == 233);
  const ReloadFigures& copies = of(prediction, Mitigation::kEtsCopies);
  CHECK(copies.heap_words_after == copies.heap_words_before);
  CHECK(copies.after.reserved == copies.before.reserved);
}

TEST_CASE("copies that a limit does not allow kill their holder when it gets them") {
  PredictionSpec spec = one_holder();
  spec.held_words = 30'000;
  // Enough for the old block of the whole area, and not for two blocks that hold 30,000 words.
  spec.max_heap_words = 47'000;
  const Prediction prediction = predict("literals_40818.beam", spec);
  CHECK(prediction.figures.killed == 0);
  CHECK(of(prediction, Mitigation::kHoldScalars).killed == 0);
  const ReloadFigures& copies = of(prediction, Mitigation::kEtsCopies);
  CHECK(copies.killed == 1);
  CHECK(copies.after.reserved == 0);
  spec.max_heap_words = 200'000;
  CHECK(of(predict("literals_40818.beam", spec), Mitigation::kEtsCopies).killed == 0);
}

TEST_CASE("a limit below what holders have is no question") {
  PredictionSpec spec = one_holder();
  spec.heap_words = 5000;
  spec.max_heap_words = 3000;
  const auto area = fixture("literals_40818.beam");
  const auto prediction = bench::predict::predict(spec, *area, "literals_40818.beam");
  REQUIRE_FALSE(prediction);
  CHECK(prediction.failure().sentence ==
        "--max-heap-size 3000 is less than the 6772 words that a holder with --heap-words 5000 has "
        "before the purge");
}

std::string refusal(const PredictionSpec& spec) {
  const auto area = fixture("literals_40818.beam");
  const auto prediction = bench::predict::predict(spec, *area, "literals_40818.beam");
  REQUIRE_FALSE(prediction);
  return prediction.failure().sentence;
}

TEST_CASE("a limit that kills holders while they take their literals is no question") {
  PredictionSpec spec = one_holder();
  spec.hold = {3, 17, 18, 19};
  spec.heap_words = 6760;
  // Too little for the block it has, and then for two of them and an old one.
  spec.max_heap_words = 3000;
  CHECK(refusal(spec) ==
        "--max-heap-size 3000 is less than the 6772 words that a holder with --heap-words 6760 has "
        "before the purge");
  spec.max_heap_words = 10'000;
  CHECK(refusal(spec) ==
        "--max-heap-size 10000 kills a holder with --heap-words 6760 before the purge, in a "
        "collection that makes room for what it holds");
}

TEST_CASE("a limit that kills holders without data while they take literals is no question") {
  PredictionSpec spec = one_holder();
  spec.held_words = 40'000;
  spec.max_heap_words = 400;
  CHECK(refusal(spec) ==
        "--max-heap-size 400 kills a holder before the purge, in a collection that "
        "makes room for what it holds");
}

TEST_CASE("a limit below the smallest heap is refused as the runtime refuses it") {
  PredictionSpec spec = one_holder();
  for (const bool hibernated : {false, true}) {
    spec.hibernated = hibernated;
    spec.max_heap_words = 232;
    CHECK(refusal(spec) ==
          "--max-heap-size 232 is less than the 233 words that a process starts with");
  }
}

TEST_CASE("a limit that is enough to take literals is a question") {
  PredictionSpec spec = one_holder();
  spec.max_heap_words = 233;
  const Prediction prediction = predict("literals_40818.beam", spec);
  CHECK(prediction.figures.heap_words_before == 233);
  CHECK(prediction.figures.killed == 1);
  CHECK(prediction.figures.killed_before == 0);
}

TEST_CASE("own data of any size around the end of a block can be held beside literals") {
  PredictionSpec spec = one_holder();
  for (const std::vector<std::uint64_t>& hold : {std::vector<std::uint64_t>{3}, {3, 17, 18, 19}}) {
    spec.hold = hold;
    for (const std::uint64_t block : {233U, 376U, 6772U}) {
      for (spec.heap_words = block - 12; spec.heap_words <= block + 2; ++spec.heap_words) {
        INFO(spec.heap_words << " own words, " << hold.size() << " literals");
        const Prediction prediction = predict("literals_40818.beam", spec);
        CHECK(prediction.figures.heap_words_before > spec.heap_words + 5);
        CHECK(prediction.figures.heap_words_after >= prediction.old_block_words);
      }
    }
  }
}

TEST_CASE("a holder that hibernates is left with what is live and four words") {
  PredictionSpec spec = one_holder();
  spec.hold = {199};
  const Prediction awake = predict("literals_40818.beam", spec);
  const ReloadFigures& sleeps = of(awake, Mitigation::kHibernate);
  // The argument list is a cell, [Held].
  CHECK(sleeps.heap_words_before == 2 + 4);
  CHECK(sleeps.heap_words_after == 204 + 2 + 4);
  CHECK(sleeps.peak.reserved >= (46422 + 40818) * kWordBytes);
  spec.hibernated = true;
  const Prediction asleep = predict("literals_40818.beam", spec);
  CHECK(asleep.figures.heap_words_after == 204 + 2 + 4);
  for (const auto& each : asleep.mitigations) {
    CHECK(each.mitigation != Mitigation::kHibernate);
    CHECK(each.mitigation != Mitigation::kCollectAfter);
  }
}

TEST_CASE("sleeping saves no holder from its limit") {
  PredictionSpec spec = one_holder();
  spec.hibernated = true;
  const Prediction asleep = predict("literals_40818.beam", spec);
  spec.max_heap_words = asleep.least_max_heap_words;
  CHECK(predict("literals_40818.beam", spec).figures.killed == 0);
  --spec.max_heap_words;
  CHECK(predict("literals_40818.beam", spec).figures.killed == 1);
  // As on a real node, where 46,655 words are enough and 46,654 kill.
  CHECK(asleep.least_max_heap_words == 46655);
}

TEST_CASE("a holder's own data sleeps and survives with it") {
  PredictionSpec spec = one_holder();
  spec.hold = {199};
  spec.heap_words = 1001;
  spec.hibernated = true;
  const Prediction prediction = predict("literals_40818.beam", spec);
  CHECK(prediction.figures.heap_words_before == 1001 + 4 + 4);
  CHECK(prediction.figures.heap_words_after == 1001 + 204 + 4 + 4);
}

TEST_CASE("an area that varies between runs says between what") {
  const Prediction prediction = predict("atom_map.beam", one_holder());
  CHECK(prediction.area_words_min < prediction.area_words);
  CHECK(prediction.area_words_max > prediction.area_words);
  const Prediction fixed = predict("literals_40818.beam", one_holder());
  CHECK(fixed.area_words_min == fixed.area_words);
  CHECK(fixed.area_words_max == fixed.area_words);
}

TEST_CASE("a collection after the purge gives the block back and not the peak") {
  const Prediction prediction = predict("literals_40818.beam", one_holder());
  const ReloadFigures& collected = of(prediction, Mitigation::kCollectAfter);
  CHECK(collected.heap_words_after == 233);
  CHECK(collected.peak.touched == prediction.figures.peak.touched);
  CHECK(collected.peak.reserved == prediction.figures.peak.reserved);
}

TEST_CASE("a part of a split module gives a holder an old block of its own size") {
  const Prediction prediction = predict("literals_40818.beam", one_holder());
  const ReloadFigures& split = of(prediction, Mitigation::kSplitModule);
  CHECK(split.purges == 10);
  CHECK(split.area_words >= 40818 / 10);
  CHECK(split.area_words < 40818 / 10 + 204 + 36)  // a literal more, and file names
  ;
  CHECK(split.heap_words_after == 233 + 4185);
}

TEST_CASE("a persistent term of one record costs a block of its own size") {
  const Prediction prediction = predict("literals_40818.beam", one_holder());
  const ReloadFigures& keyed = of(prediction, Mitigation::kPersistentTerms);
  CHECK(keyed.purges == 1);
  CHECK(keyed.area_words == 3 + 204);
  CHECK(keyed.heap_words_after == 233 + 233);
}

TEST_CASE("a split gives every part a share of everything that is held") {
  PredictionSpec spec = one_holder();
  const auto area = fixture("literals_40818.beam");
  spec.held_words = area->total_words;
  const auto prediction = bench::predict::predict(spec, *area, "literals_40818.beam");
  REQUIRE(prediction);
  CHECK(prediction.value().held_literals == 200);
  CHECK(of(prediction.value(), Mitigation::kSplitModule).purges == 10);
  CHECK(of(prediction.value(), Mitigation::kPersistentTerms).purges == 200);
}

TEST_CASE("mitigations come in the order of kills then peaks then what stays") {
  PredictionSpec spec;
  spec.max_heap_words = 46654;
  const Prediction prediction = predict("literals_40818.beam", spec);
  const auto rank = [](const bench::predict::MitigationFigures& each) {
    return std::tuple(each.figures.killed, each.figures.peak.touched, each.figures.after.reserved);
  };
  CHECK(std::ranges::is_sorted(prediction.mitigations, {}, rank));
  CHECK(prediction.mitigations.front().figures.killed == 0);
  CHECK(prediction.mitigations.back().mitigation == Mitigation::kCollectAfter);
  CHECK(prediction.mitigations.back().figures.killed == 100);
}

TEST_CASE("a prediction tells before its first reload and behind each of them") {
  PredictionSpec spec = one_holder();
  spec.heap_words = 1000;
  spec.hold = {0};
  const auto area = fixture("literals_40818.beam");
  std::vector<bench::predict::PredictionStep> steps;
  const auto prediction = bench::predict::predict(
      spec, *area, "module",
      [&](const bench::predict::PredictionStep& step) { steps.push_back(step); });
  REQUIRE(prediction);
  REQUIRE(steps.size() == 2 + prediction.value().mitigations.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CHECK(steps[i].done == i);
    CHECK(steps[i].reloads == steps.size() - 1);
    CHECK(steps[i].heap_bytes == (1000 + prediction.value().held_words) * kWordBytes);
  }
}

TEST_CASE("a mitigation that leaves nobody, kills more or lowers nothing is not worth it") {
  ReloadFigures nothing;
  nothing.heap_words_after = 1000;
  nothing.killed = 5;
  nothing.peak.touched = 80;
  nothing.after.reserved = 70;
  const auto worth_it = [&](auto change) {
    bench::predict::MitigationFigures mitigation{Mitigation::kHibernate, nothing};
    change(mitigation.figures);
    return bench::predict::is_worth_it(mitigation, nothing);
  };
  CHECK_FALSE(worth_it([](ReloadFigures&) {}));
  CHECK(worth_it([](ReloadFigures& figures) { figures.killed = 4; }));
  CHECK(worth_it([](ReloadFigures& figures) { figures.peak.touched = 79; }));
  CHECK(worth_it([](ReloadFigures& figures) { figures.after.reserved = 69; }));
  CHECK_FALSE(worth_it([](ReloadFigures& figures) {
    figures.killed = 6;
    figures.peak.touched = figures.after.reserved = 1;
  }));
  CHECK_FALSE(worth_it([](ReloadFigures& figures) {
    figures.heap_words_after = figures.peak.touched = figures.after.reserved = 0;
  }));
}

TEST_CASE("what is worth it comes before what is not") {
  PredictionSpec spec;
  spec.max_heap_words = 46655;
  for (const std::uint64_t limit : {0U, 46654U, 46655U, 90'000U}) {
    spec.max_heap_words = limit;
    const Prediction prediction = predict("literals_40818.beam", spec);
    const auto worthless = [&](const bench::predict::MitigationFigures& each) {
      return !bench::predict::is_worth_it(each, prediction.figures);
    };
    CHECK(std::ranges::is_sorted(prediction.mitigations, {}, worthless));
  }
}

TEST_CASE("binaries and every other kind of term are held and copied alike") {
  const auto area = fixture("every_kind.beam");
  PredictionSpec spec = one_holder();
  spec.held_words = area->total_words;
  const auto prediction = bench::predict::predict(spec, *area, "every_kind.beam");
  REQUIRE(prediction);
  CHECK(prediction.value().held_literals == area->usable.size());
  CHECK(prediction.value().figures.heap_words_after > prediction.value().old_block_words);
}

TEST_CASE("persistent terms are all changed by whoever holds a whole module") {
  const auto area = fixture("game_config.beam");
  PredictionSpec spec;
  spec.held_words = 30'000;
  const auto prediction = bench::predict::predict(spec, *area, "game_config.beam");
  REQUIRE(prediction);
  const ReloadFigures& keyed = of(prediction.value(), Mitigation::kPersistentTerms);
  CHECK(keyed.purges >= prediction.value().held_literals);
  CHECK(keyed.heap_words_after > 30'000);
  CHECK(keyed.after.touched >= 100 * 30'000 * kWordBytes);
}

TEST_CASE("a module with one literal cannot be split") {
  const auto area = fixture("deep_mixed.beam");
  REQUIRE(area->usable.size() == 1);
  const auto prediction = bench::predict::predict(one_holder(), *area, "deep_mixed.beam");
  REQUIRE(prediction);
  CHECK(std::ranges::count(prediction.value().mitigations, Mitigation::kSplitModule,
                           &bench::predict::MitigationFigures::mitigation) == 0);
}

TEST_CASE("the same question gets the same answer") {
  PredictionSpec spec;
  spec.held_words = 1000;
  const Prediction one = predict("literals_40818.beam", spec);
  const Prediction two = predict("literals_40818.beam", spec);
  CHECK(one.figures.peak.touched == two.figures.peak.touched);
  CHECK(one.figures.after.touched == two.figures.after.touched);
  CHECK(one.figures.after.reserved == two.figures.after.reserved);
}

}  // namespace
