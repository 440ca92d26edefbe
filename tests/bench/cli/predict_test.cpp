// purgebench predict, as it is typed.
#include <regex>
#include <sstream>

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/command.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using Json = nlohmann::ordered_json;
using Arguments = std::vector<std::string>;

std::string fixture(const std::string& name) { return (fixtures_dir() / name).string(); }

CommandResult predict(const std::string& file, const Arguments& flags) {
  const TemporaryDirectory directory;
  Arguments arguments = {"predict", file};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return run_purgebench(arguments, directory.path());
}

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

void check_refused(const std::string& file, const Arguments& flags, const std::string& named) {
  const auto result = predict(file, flags);
  INFO(Catch::StringMaker<Arguments>::convert(flags) << " said: " << result.err);
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.starts_with("purgebench: "));
  CHECK(result.err.find('\n') == result.err.size() - 1);
  CHECK(result.err.find(named) != std::string::npos);
}

TEST_CASE("a prediction has exactly its keys in their order") {
  const auto result =
      predict(fixture("game_config.beam"), {"--holders", "100", "--held", "28", "--json"});
  REQUIRE(result.code == 0);
  const Json object = Json::parse(result.out);
  CHECK(keys_of(object) == std::vector<std::string>{"strategy", "area_words", "old_block_words",
                                                    "heap_words_before", "heap_words_after",
                                                    "reserved_bytes", "resident_bytes",
                                                    "peak_bytes", "killed", "mitigations"});
  CHECK(object.at("heap_words_after") == 318420);
  REQUIRE(!object.at("mitigations").empty());
  for (const Json& each : object.at("mitigations")) {
    CHECK(keys_of(each) == std::vector<std::string>{"name", "reserved_bytes", "peak_bytes",
                                                    "heap_words_after", "killed"});
  }
}

TEST_CASE("numbers with suffixes ask predict for the same as those written out") {
  const auto short_form =
      predict(fixture("game_config.beam"),
              {"--holders", "1k", "--held", "1k", "--heap-words", "2k", "--max-heap-size", "1M"});
  const auto long_form =
      predict(fixture("game_config.beam"), {"--holders", "1000", "--held", "1000", "--heap-words",
                                            "2000", "--max-heap-size", "1000000"});
  REQUIRE(short_form.code == 0);
  CHECK(short_form.out == long_form.out);
}

TEST_CASE("the text of a prediction fits a terminal of 80 columns") {
  for (const Arguments& flags : {Arguments{"--held", "28"},
                                 {"--max-heap-size", "46654", "--holders", "1"},
                                 {"--max-heap-size", "9999999", "--holders", "100000000"},
                                 {"--hibernated"},
                                 {"--strategy", "fragment", "--hibernated"},
                                 {"--strategy", "shrink", "--holders", "1"},
                                 {"--hold", "0,7", "--heap-words", "5000"}}) {
    const auto result = predict(fixture("literals_40818.beam"), flags);
    CHECK(result.code == 0);
    CHECK(result.err.empty());
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("a prediction names who is killed and the limit that is enough") {
  const auto free = predict(fixture("literals_40818.beam"), {});
  CHECK(free.out.find("One below 46,655 words") != std::string::npos);
  const auto dies = predict(fixture("literals_40818.beam"), {"--max-heap-size=46654"});
  CHECK(dies.out.find("100 holders of 100") != std::string::npos);
  CHECK(dies.out.find("All of its holders are gone") != std::string::npos);
  CHECK(dies.out.find("stays there") == std::string::npos);
}

TEST_CASE("a prediction for another strategy says so, and promises no block of the area's size") {
  const std::string file = fixture("game_config.beam");
  const auto reachable = predict(file, {"--strategy", "reachable", "--hold", "0"});
  CHECK(reachable.code == 0);
  const std::string text = std::regex_replace(reachable.out, std::regex("\\s+"), " ");
  CHECK(text.find("the strategy reachable, which no released runtime has: ") != std::string::npos);
  CHECK(text.find("from 233 words to 271 words") != std::string::npos);
  CHECK(reachable.out.find("old heap of") == std::string::npos);
  CHECK(reachable.out.find("temporary copy") == std::string::npos);
  const auto json = predict(file, {"--strategy", "fragment", "--hold", "0", "--json"});
  CHECK(Json::parse(json.out).at("strategy") == "fragment");
  CHECK(Json::parse(json.out).at("heap_words_after") == 262);
  const auto otp = predict(file, {"--hold", "0"});
  CHECK(otp.out.find("strategy") == std::string::npos);
  CHECK(otp.out.find("old heap of") != std::string::npos);
}

TEST_CASE("a strategy that does not exist is refused by predict with those that do") {
  const auto unknown = predict(fixture("game_config.beam"), {"--strategy", "reachabel"});
  CHECK(unknown.code == 2);
  CHECK(unknown.err.find("--strategy: unknown value 'reachabel' (known: otp, ") !=
        std::string::npos);
  CHECK(unknown.err.find("did you mean 'reachable'?") != std::string::npos);
}

TEST_CASE("a change that kills whoever doing nothing kills is not advised") {
  const auto dies = predict(fixture("literals_40818.beam"), {"--max-heap-size=46654"});
  const std::string first = dies.out.substr(dies.out.find("What to do first"));
  CHECK(first.find("Number 1 below (hold keys only), if you can. Each line") != std::string::npos);
  CHECK(first.find("Not advised here (hibernate): it kills 100 holders of 100") !=
        std::string::npos);
  CHECK(first.find("Not advised here (collect afterwards): it kills 100") != std::string::npos);
  CHECK(first.find("Call erlang:garbage_collect/1") == std::string::npos);
  const auto free = predict(fixture("literals_40818.beam"), {});
  CHECK(free.out.find("Not advised") == std::string::npos);
}

TEST_CASE("a prediction with large heaps says on stderr what it does, and how far it is") {
  const auto large = predict(fixture("literals_40818.beam"),
                             {"--holders", "1", "--heap-words", "16800000", "--json"});
  CHECK(large.code == 0);
  CHECK(large.err.starts_with("purgebench: running 7 reloads in the model, each with 128 MiB"));
  CHECK(large.err.find("\npurgebench: 6 of 7 reloads run, about ") != std::string::npos);
  CHECK(Json::parse(large.out).at("heap_words_before") > 16800000);
}

TEST_CASE("who holds nothing of the area is told that there is nothing to do") {
  const auto prediction = predict(fixture("every_kind.beam"), {"--hold", "37"});  // {}
  CHECK(prediction.code == 0);
  CHECK(prediction.out.find("What to do first\n  Nothing.") != std::string::npos);
  CHECK(prediction.out.find("Who is killed\n  Nobody.\n") != std::string::npos);
  CHECK(prediction.out.find("hibernate") == std::string::npos);
}

TEST_CASE("a bad value of any flag of predict is refused with the flag") {
  const std::string file = fixture("literals_40818.beam");
  for (const char* const flag :
       {"--holders", "--held-words", "--held", "--hold", "--heap-words", "--max-heap-size"}) {
    const std::string named = std::string(flag) == "--held" ? "--held-words" : flag;
    for (const char* const value : {"-1", "x", "", "1.5", "99999999999999999999999", "0x10", " 1"})
      check_refused(file, {std::string(flag) + "=" + value}, named);
  }
  check_refused(file, {"--holders", "0"}, "--holders");
  check_refused(file, {"--holders", "134217728"}, "--holders");
  check_refused(file, {"--held-words", "0"}, "--held-words");
  check_refused(file, {"--heap-words", "1"}, "--heap-words 1");
  check_refused(file, {"--hold", "0,,1"}, "--hold");
  check_refused(file, {"--hold", "1,1"}, "--hold names '1' twice");
  check_refused(file, {"--hold", "0", "--held", "5"}, "--hold");
}

TEST_CASE("a limit that no holder reaches the purge with is refused with the flag") {
  const std::string file = fixture("literals_40818.beam");
  check_refused(file, {"--hold", "3,17,18,19", "--heap-words", "6760", "--max-heap-size", "3000"},
                "--max-heap-size 3000 is less than the 6772 words");
  check_refused(file, {"--held", "40000", "--max-heap-size", "400"}, "--max-heap-size 400 kills");
  check_refused(file, {"--max-heap-size", "1"}, "--max-heap-size 1 is less than the 233 words");
}

TEST_CASE("an index beyond the literals is refused with their count") {
  check_refused(fixture("literals_40818.beam"), {"--hold", "199,200"}, "--hold 200");
  check_refused(fixture("literals_40818.beam"), {"--hold", "199,200"}, "has 200 literals");
}

TEST_CASE("more held words than there are is refused with their count") {
  check_refused(fixture("literals_40818.beam"), {"--held", "40783"}, "the 40782 words");
}

TEST_CASE("a heap that no memory has room for is refused with what it would take") {
  check_refused(fixture("literals_40818.beam"), {"--heap-words", "1099511627776"},
                "--heap-words 1099511627776");
}

TEST_CASE("a module without literals has nothing to predict") {
  check_refused(fixture("no_literals.beam"), {}, "no literal that a holder could hold");
}

TEST_CASE("a cut or damaged module is refused or predicted and never more") {
  const std::string good = contents_of(fixture("every_kind.beam"));
  const TemporaryDirectory other;
  for (std::size_t i = 1; i < 12; ++i) {
    std::string bad = good.substr(0, good.size() * i / 12);
    check_refused(other.write("cut.beam", bad).string(), {}, "cut.beam");
    bad = good;
    bad[good.size() * i / 12] = static_cast<char>(~bad[good.size() * i / 12]);
    const auto result = predict(other.write("bad.beam", bad).string(), {"--json", "--holders=1"});
    INFO("byte " << good.size() * i / 12 << " inverted: " << result.err);
    CHECK((result.code == 0 || result.code == 2));
    CHECK((result.code == 0) == result.err.empty());
  }
}

TEST_CASE("what is no module is refused by predict with its name") {
  const TemporaryDirectory other;
  check_refused(other.write("text.beam", "text").string(), {}, "text.beam");
  check_refused(other.write("empty.beam", "").string(), {}, "empty.beam");
  check_refused("nosuch.beam", {}, "nosuch.beam");
  check_refused(other.path().string(), {}, other.path().string());
}

}  // namespace
