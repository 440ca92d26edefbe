// purgebench-micro: the tight loops, with Google Benchmark's flags. `purgebench micro` becomes it.
//
// A group of loops is one *_bench.cpp, and its loops are called "<group>/<loop>/<words>". They are
// registered before main(), which only this program does: cells run where nothing of this is
// linked. Exit 1 when a loop reports an error, 2 for flags that there are not and names that match
// nothing.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

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

bool asks_for_help(int argc, char** argv) {
  return std::any_of(argv, argv + argc, [](std::string_view word) { return word == "--help"; });
}

}  // namespace

int main(int argc, char** argv) {
  if (asks_for_help(argc, argv)) {
    benchmark::PrintDefaultHelp();
    return bench::kExitGood;
  }
  benchmark::Initialize(&argc, argv, refuse_value);
  if (argc > 1)
    return bench::refuse(
        fmt::format("micro has no flag '{}' (see purgebench micro --help)", argv[1]));
  add_context();
  ErrorWatch watch;
  // The library has said that nothing matches.
  if (benchmark::RunSpecifiedBenchmarks(&watch) == 0) return bench::kExitBadUse;
  return watch.failed() ? bench::kExitVerdict : bench::kExitGood;
}
