// purgebench-micro: the tight loops, with Google Benchmark's flags. `purgebench micro` becomes it.
//
// A group of loops is one *_bench.cpp, and its loops are called "<group>/<loop>/<words>". They are
// registered before main(), which only this program does: cells run where nothing of this is
// linked.
// Exit 1 when a loop reports an error, 2 for bad flags and names that match nothing, 3 when what is
// printed is lost.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <span>
#include <string_view>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/cli/out_path.hpp"
#include "bench/cli/output.hpp"
#include "bench/report/context.hpp"

namespace {

using Reporter = benchmark::BenchmarkReporter;

// Whether the loop called SkipWithError(), in the words of either generation of the library.
template <class Run>
bool went_wrong(const Run& run) {
  if constexpr (requires { run.error_occurred; }) {
    return run.error_occurred;
  } else {
    return run.skipped != decltype(run.skipped){};
  }
}

// Passes everything on to the reporter that --benchmark_format asks for, and remembers errors.
class ErrorWatch final : public Reporter {
 public:
  bool ReportContext(const Context& context) override { return shown_->ReportContext(context); }
  void ReportRuns(const std::vector<Run>& runs) override {
    failed_ = failed_ || std::ranges::any_of(runs, went_wrong<Run>);
    shown_->ReportRuns(runs);
  }
  void Finalize() override { shown_->Finalize(); }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::unique_ptr<Reporter> shown_{benchmark::CreateDefaultDisplayReporter()};
  bool failed_ = false;
};

void add_context() {
  for (const auto& [key, text] : bench::provenance()) benchmark::AddCustomContext(key, text);
  benchmark::AddCustomContext("library_build_type_means",
                              "whether libbenchmark has its assertions on, as Debian's has; the "
                              "loops are built as build_type and flags say");
}

// The library calls this for values it knows to be wrong, and would exit with 0 after it.
void refuse_value() {
  std::exit(bench::refuse("micro: a flag has a value that Google Benchmark does not take"));
}

bool asks_for_help(std::span<char*> words) {
  return std::ranges::any_of(words, [](std::string_view word) { return word == "--help"; });
}

// Whether the file that the library is to write, if any, can be written: it would find out late and
// exit with 1.
bench::Outcome<bench::Done> check_out(std::span<char*> words) {
  constexpr std::string_view kFlag = "--benchmark_out=";
  for (const std::string_view word : words) {
    if (!word.starts_with(kFlag)) continue;
    auto checked = bench::check_out_file("--benchmark_out", word.substr(kFlag.size()));
    if (!checked) return checked;
  }
  return bench::Done{};
}

int run_loops() {
  ErrorWatch watch;
  // The library has said that nothing matches.
  if (benchmark::RunSpecifiedBenchmarks(&watch) == 0) return bench::kExitBadUse;
  if (!std::cout.flush()) {
    bench::complain("cannot write the output");
    return bench::kExitLost;
  }
  return watch.failed() ? bench::kExitVerdict : bench::kExitGood;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span words(argv, static_cast<std::size_t>(argc));
  if (asks_for_help(words)) {
    benchmark::PrintDefaultHelp();
    return bench::kExitGood;
  }
  if (const auto checked = check_out(words); !checked)
    return bench::refuse(checked.failure().sentence);
  benchmark::Initialize(&argc, argv, refuse_value);
  if (argc > 1)
    return bench::refuse(
        fmt::format("micro has no flag '{}' (see purgebench micro --help)", argv[1]));
  add_context();
  return run_loops();
}
