#include <algorithm>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/report/compare.hpp"
#include "bench/report/run_diff.hpp"
#include "bench/report/run_folder.hpp"
#include "bench/report/text_table.hpp"
#include "tests/bench/report/sample_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/temporary_directory.hpp"

using bench::report::compare_runs;

namespace {

using Rows = std::vector<bench::report::Row>;

std::string run_text(const Rows& rows, const std::string& context = "{}") {
  std::vector<std::string> lines;
  for (const auto& row : rows) lines.push_back(bench::report::to_json_line(row));
  return bench::report::run_json_text(context, lines);
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bench::report::Comparison compared(const std::string& base, const std::string& contender) {
  const TemporaryDirectory dir;
  const auto result =
      compare_runs(dir.write("base.json", base), dir.write("new.json", contender), 200);
  if (!result.ok()) FAIL(result.failure().sentence);
  return result.value();
}

bench::report::Comparison compared(const Rows& base, const Rows& contender) {
  return compared(run_text(base), run_text(contender));
}

// The sample run with every row that ran changed.
Rows changed(const std::function<void(bench::cells::CellResult&)>& change) {
  Rows rows = sample::run();
  for (auto& row : rows) {
    if (!row.result.failed && !row.result.skipped) change(row.result);
  }
  return rows;
}

std::string failure_of(const std::string& base, const std::string& contender) {
  const TemporaryDirectory dir;
  const auto result =
      compare_runs(dir.write("base.json", base), dir.write("new.json", contender), 80);
  REQUIRE_FALSE(result.ok());
  return result.failure().sentence;
}

// With processes of every kind.
bench::report::Row row_of_all_kinds() {
  auto row = sample::row("glibc");
  sample::add_dead_holders(row);
  return row;
}

}  // namespace

TEST_CASE("a run compared with itself is equal") {
  const auto result = compared(sample::run(), sample::run());
  CHECK_FALSE(result.regressed);
  CHECK(
      says(result.text, "8 cells compared: 0 regressed, 0 improved, 6 equal, 2 skipped or failed"));
}

TEST_CASE("every gated counter that grew by one is a regression, and shrunk an improvement") {
  const TemporaryDirectory dir;
  const auto base = nlohmann::json::parse(run_text({row_of_all_kinds()}));
  for (const auto* const measure : bench::report::gated_measures({})) {
    const auto key = measure->key;
    INFO(key);
    auto contender = base;
    auto& counter = contender["benchmarks"][0][std::string(key)];
    counter = counter.get<std::uint64_t>() + 1;
    const auto grown = compared(base.dump(), contender.dump());
    CHECK(grown.regressed);
    CHECK(says(grown.text, "GREW"));
    const auto shrunk = compared(contender.dump(), base.dump());
    CHECK_FALSE(shrunk.regressed);
    CHECK(says(shrunk.text, "1 improved"));
  }
}

TEST_CASE("the highest that is reserved judges nothing where several schedulers purge") {
  Rows base = {sample::row("glibc"), sample::row("mimalloc")};
  for (auto& row : base) row.spec.schedulers = 4;
  Rows contender = base;
  contender[0].result.counters.reserved_peak += 3 * sample::kMib;
  const auto result = compared(base, contender);
  CHECK_FALSE(result.regressed);
  CHECK(says(result.text, "0 regressed, 0 improved, 2 equal"));
  CHECK_FALSE(says(result.text, "GREW"));
  const auto cell = nlohmann::json::parse(result.json).at("cells").at(0);
  CHECK(std::ranges::none_of(cell.at("counters"),
                             [](const auto& c) { return c.at("name") == "reserved_peak"; }));
  CHECK(std::ranges::any_of(cell.at("measures"), [](const auto& m) {
    return m.at("name") == "reserved_peak" && m.at("unit") == "bytes" && m.at("ratio") > 1;
  }));
}

TEST_CASE("every other counter judges where several schedulers purge") {
  Rows base = {row_of_all_kinds()};
  base[0].spec.schedulers = 4;
  const auto before = nlohmann::json::parse(run_text(base));
  const auto gated = bench::report::gated_measures(base[0].spec);
  CHECK(gated.size() + 1 == bench::report::gated_measures({}).size());
  for (const auto* const measure : gated) {
    const auto key = measure->key;
    INFO(key);
    auto after = before;
    auto& counter = after["benchmarks"][0][std::string(key)];
    counter = counter.get<std::uint64_t>() + 1;
    CHECK(compared(before.dump(), after.dump()).regressed);
  }
}

TEST_CASE("a counter of processes that are in neither run judges nothing") {
  const auto json = nlohmann::json::parse(compared(sample::run(), sample::run()).json);
  for (const auto& counter : json.at("cells").at(0).at("counters"))
    CHECK(counter.at("name") != "dead_heap_words_after");
}

TEST_CASE("a counter is not shown as a measure where it is compared exactly") {
  const auto json = nlohmann::json::parse(compared(sample::run(), sample::run()).json);
  for (const auto& measure : json.at("cells").at(0).at("measures"))
    CHECK(measure.at("name") != "reserved_peak");
}

TEST_CASE("times, resident memory and settings judge nothing") {
  const auto result = compared(sample::run(), changed([](bench::cells::CellResult& r) {
                                 r.times = sample::times(10 * r.times.purge_ns);
                                 r.memory.resident_peak *= 10;
                                 r.memory.minor_faults *= 10;
                                 r.counters.pause_samples += 100;
                                 r.rounds += 1;
                               }));
  CHECK_FALSE(result.regressed);
  CHECK(says(result.text, "x10.0"));
}

TEST_CASE("a counter that grew in one invocation of three is a regression") {
  Rows contender = sample::run();
  contender[1].result.counters.allocations += 1;
  CHECK(compared(sample::run(), contender).regressed);
}

TEST_CASE("a heap that grew for some holders only is a regression") {
  const auto result = compared(sample::run(), changed([](bench::cells::CellResult& r) {
                                 r.counters.heap_words_after.max += 1000;
                               }));
  CHECK(result.regressed);
}

TEST_CASE("a larger area explains a regression and is none by itself") {
  const auto larger = changed([](bench::cells::CellResult& r) { r.counters.area_words += 5; });
  const auto result = compared(sample::run(), larger);
  CHECK_FALSE(result.regressed);
  CHECK(says(result.text, "input differs"));
}

TEST_CASE("a cell that begins to fail is a regression, and one that stops is none") {
  const Rows ran = {sample::row("glibc"), sample::row("mimalloc")};
  const Rows failed = {sample::row("glibc"), sample::failed("mimalloc")};
  const auto result = compared(ran, failed);
  CHECK(result.regressed);
  CHECK(says(result.text, "killed by signal 11"));
  CHECK_FALSE(compared(failed, ran).regressed);
  CHECK_FALSE(compared(failed, failed).regressed);
}

TEST_CASE("a cell that is skipped judges nothing") {
  auto skipped = sample::skipped("glibc");
  skipped.spec.holders = 100;
  CHECK_FALSE(compared(Rows{sample::row("glibc")}, Rows{skipped}).regressed);
}

TEST_CASE("invocations are compared by their medians, and their ranges say how sure that is") {
  const auto base = sample::run();
  const auto json = nlohmann::json::parse(
      compared(base, changed([](bench::cells::CellResult& r) { r.times.purge_ns *= 2; })).json);
  const auto& time = json.at("cells").at(0).at("measures").at(0);
  CHECK(time.at("name") == "real_time");
  CHECK(time.at("base").at("median") == 12670000);
  CHECK(time.at("base").at("min") == 12300000);
  CHECK(time.at("new").at("median") == 25340000);
  CHECK(time.at("ratio") == 2.0);
  CHECK(time.at("certainty") == "apart");
}

TEST_CASE("the comparison says what its figures are, with the level of their intervals") {
  const auto result =
      compared(sample::run(), changed([](bench::cells::CellResult& r) { r.times.purge_ns *= 2; }));
  CHECK(says(result.text, "Counters are the greatest of a cell's invocations; times and memory are "
                          "their medians, with the level of the medians' intervals.\n"));
  CHECK(says(result.text, "x2.00  75% intervals apart"));
  CHECK(says(result.text, "x1.00  75% intervals overlap"));
  const auto one = compared({sample::row("glibc")}, {sample::row("glibc")});
  CHECK(says(one.text, "one sample"));
  CHECK_FALSE(says(one.text, "%"));
  const auto json = nlohmann::json::parse(result.json);
  const auto& base = json.at("cells").at(0).at("measures").at(0).at("base");
  CHECK(base.at("level") == 0.75);
  CHECK(base.at("low") == 12300000);
  CHECK(base.at("high") == 13040000);
}

TEST_CASE("cells of one side only are listed") {
  const auto result = compared(Rows{sample::row("glibc"), sample::row("mimalloc")},
                               Rows{sample::row("glibc"), sample::row("jemalloc")});
  CHECK_FALSE(result.regressed);
  CHECK(says(result.text, "Only in BASE:\n  purge/otp/mimalloc/"));
  CHECK(says(result.text, "Only in NEW:\n  purge/otp/jemalloc/"));
  const auto json = nlohmann::json::parse(result.json);
  CHECK(json.at("only_in_base").size() == 1);
  CHECK(json.at("only_in_new").size() == 1);
}

TEST_CASE("runs without a cell in common are not compared") {
  const auto sentence =
      failure_of(run_text({sample::row("glibc")}), run_text({sample::row("mimalloc")}));
  CHECK(says(sentence, "no cell of "));
  CHECK(says(sentence, "new.json"));
}

TEST_CASE("runs of different machines are told to be so") {
  const auto result = compared(run_text(sample::run(), R"({"cpu_model": "A", "kernel": "6.1"})"),
                               run_text(sample::run(), R"({"cpu_model": "B", "kernel": "6.1"})"));
  CHECK(says(result.text, "cpu_model differs, so times may: \"A\" and \"B\""));
  CHECK_FALSE(says(result.text, "kernel differs"));
}

TEST_CASE("run folders are compared as their run.json") {
  const TemporaryDirectory dir;
  for (const char* name : {"base", "new"}) {
    auto folder = bench::report::RunFolder::create(dir.path() / name, "{}");
    REQUIRE(folder.ok());
    REQUIRE(folder.value().add(sample::row("glibc")).ok());
  }
  const auto result = compare_runs(dir.path() / "base", dir.path() / "new" / "run.json", 80);
  REQUIRE(result.ok());
  CHECK_FALSE(result.value().regressed);
}

TEST_CASE("Google Benchmark's own JSON is compared by its times") {
  const std::string base = R"({"context": {}, "benchmarks": [
    {"name": "BM_copy/8", "run_type": "iteration", "iterations": 5, "real_time": 1.5, "cpu_time": 1.4,
     "time_unit": "us"},
    {"name": "BM_copy/8_BigO", "run_type": "aggregate", "cpu_coefficient": 1.2},
    {"name": "BM_gone", "run_type": "iteration", "error_occurred": true, "error_message": "no"}]})";
  std::string contender = base;
  contender.replace(contender.find("1.5"), 3, "3e0");
  const auto result = compared(base, contender);
  CHECK_FALSE(result.regressed);
  CHECK(says(result.text, "1.50 us"));
  CHECK(says(result.text, "3.00 us"));
  CHECK(says(result.text, "x2.00"));
  CHECK_FALSE(says(result.text, "BigO"));
}

TEST_CASE("a time that was 0 has no ratio") {
  const auto json = nlohmann::json::parse(
      compared(changed([](bench::cells::CellResult& r) { r.times.purge_ns = 0; }), sample::run())
          .json);
  CHECK(json.at("cells").at(0).at("measures").at(0).at("ratio").is_null());
}

TEST_CASE("every prefix of a run.json is refused with its name") {
  const auto whole = run_text({sample::row("glibc")});
  const auto json_end = whole.rfind('}');
  for (std::size_t size = 0; size <= json_end; size += 7) {
    const auto sentence = failure_of(whole, whole.substr(0, size));
    CHECK(says(sentence, "new.json"));
    CHECK_FALSE(says(sentence, "\n"));
  }
}

TEST_CASE("damaged results are refused with one sentence that says what is wrong") {
  const auto whole = run_text({sample::row("glibc")});
  const std::vector<std::pair<std::string, std::string>> damages = {
      {"", "is empty"},
      {"[]", "it is not a JSON object"},
      {"{}", "it has no \"benchmarks\""},
      {R"({"benchmarks": {}})", "its \"benchmarks\" are not an array"},
      {R"({"benchmarks": [5]})", "benchmarks[0] is not an object"},
      {R"({"benchmarks": [{}]})", "benchmarks[0] has no name"},
      {R"({"benchmarks": [{"name": 5}]})", "benchmarks[0] has no name"},
      {R"({"benchmarks": [{"name": "x"}]})", "x has no \"real_time\""},
      {R"({"benchmarks": [{"name": "x", "real_time": "fast"}]})", "\"real_time\" of x"},
      {R"({"benchmarks": [{"name": "x", "real_time": null}]})", "\"real_time\" of x"},
      {R"({"benchmarks": [{"name": "x", "real_time": -1}]})", "\"real_time\" of x"},
      {R"({"benchmarks": [{"name": "x", "real_time": NaN}]})", "is not JSON: byte "},
      {R"({"benchmarks": [{"name": "x", "real_time": 1e999}]})", "number that is too large"},
      {R"({"benchmarks": [{"name": "x", "real_time": 1, "time_unit": "y"}]})",
       "\"time_unit\" of x"},
      {R"({"benchmarks": [{"name": "x", "real_time": 1, "killed": 1.5}]})", "\"killed\" of x"},
      {R"({"benchmarks": [{"name": "x", "real_time": 1, "killed": -1}]})", "\"killed\" of x"},
      {R"({"benchmarks": [{"name": "x", "real_time": 1, "resident_peak": []}]})",
       "\"resident_peak\" of x"},
      {std::string(1000000, '['), "is not JSON"}};
  for (const auto& [text, what] : damages) {
    INFO(text.substr(0, 100));
    const auto as_new = failure_of(whole, text);
    CHECK(says(as_new, "new.json"));
    CHECK(says(as_new, what));
    CHECK(says(failure_of(text, whole), "base.json"));
  }
}

TEST_CASE("a run.json with any byte changed is compared or refused") {
  const auto whole = run_text({sample::row("glibc"), sample::failed("mimalloc")});
  const TemporaryDirectory dir;
  const auto base = dir.write("base.json", whole);
  check_property([&](std::uint8_t byte) {
    auto damaged = whole;
    damaged[*rc::gen::inRange<std::size_t>(0, whole.size())] = static_cast<char>(byte);
    const auto result = compare_runs(base, dir.write("new.json", damaged), 80);
    if (result) return;
    RC_ASSERT(result.failure().sentence.find("new.json") != std::string::npos);
    RC_ASSERT(result.failure().sentence.find('\n') == std::string::npos);
  });
}

TEST_CASE("a file that is not there is named") {
  const auto result = compare_runs("/nowhere/base.json", "/nowhere/new.json", 80);
  REQUIRE_FALSE(result.ok());
  CHECK(result.failure().sentence == "cannot open /nowhere/base.json: No such file or directory");
}

TEST_CASE("the comparison fits its terminal") {
  const TemporaryDirectory dir;
  const auto base = dir.write("base.json", run_text(sample::run()));
  Rows rows = sample::run();
  rows.pop_back();
  rows.push_back(sample::row("/opt/" + std::string(120, 'x') + ".so"));
  for (auto& row : rows) row.result.counters.scanned_words = ~std::uint64_t{0};
  const auto contender = dir.write("new.json", run_text(rows));
  for (const std::size_t width : {80U, 200U}) {
    const auto result = compare_runs(base, contender, width);
    REQUIRE(result.ok());
    std::istringstream lines(result.value().text);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(bench::report::text_width(line) <= width);
    }
  }
}
