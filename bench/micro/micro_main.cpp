// purgebench-micro: the tight loops, with Google Benchmark's flags. `purgebench micro` becomes it.
//
// A group of loops is one *_bench.cpp, and its loops are called "<group>/<loop>/<words>". They are
// registered before main(). Only this program links them, so cells are not affected. Exit 1 if a
// loop reports an error, 2 for bad flags and filters that match nothing, 3 if output cannot be
// written.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/cli/out_path.hpp"
#include "bench/cli/output.hpp"
#include "bench/report/context.hpp"

namespace {

using Reporter = benchmark::BenchmarkReporter;

// Whether the loop called SkipWithError(), for both generations of the library's API.
template <class Run>
bool went_wrong(const Run& run) {
  if constexpr (requires { run.error_occurred; }) {
    return run.error_occurred;
  } else {
    return run.skipped != decltype(run.skipped){};
  }
}

// Forwards everything to the reporter for --benchmark_format, and remembers errors.
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

// The value of the last "--<flag>=value" in `words`; empty if none.
std::string_view value_of(std::string_view flag, std::span<char*> words) {
  std::string_view value;
  for (const std::string_view word : words) {
    if (word.starts_with(flag)) value = word.substr(flag.size());
  }
  return value;
}

// The library deprecates its CSV reporter but still accepts the flag for it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
std::unique_ptr<Reporter> reporter_of(std::string_view format) {
  if (format == "console") {
    return std::make_unique<benchmark::ConsoleReporter>(benchmark::ConsoleReporter::OO_None);
  }
  if (format == "csv") return std::make_unique<benchmark::CSVReporter>();
  return std::make_unique<benchmark::JSONReporter>();
}
#pragma GCC diagnostic pop

// Writes the file of --benchmark_out as the library would, and checks for write errors, which the
// library does not.
class FileWatch final : public Reporter {
 public:
  explicit FileWatch(std::unique_ptr<Reporter> written) : written_(std::move(written)) {}

  bool ReportContext(const Context& context) override {
    written_->SetOutputStream(&GetOutputStream());
    written_->SetErrorStream(&GetErrorStream());
    return written_->ReportContext(context);
  }
  void ReportRuns(const std::vector<Run>& runs) override { written_->ReportRuns(runs); }
  void Finalize() override {
    written_->Finalize();
    lost_ = !GetOutputStream().flush();
  }

  [[nodiscard]] bool lost() const { return lost_; }

 private:
  std::unique_ptr<Reporter> written_;
  bool lost_ = false;
};

void add_context() {
  for (const auto& [key, text] : bench::report::provenance())
    benchmark::AddCustomContext(key, text);
  benchmark::AddCustomContext("library_build_type_means",
                              "whether libbenchmark has its assertions on, as Debian's has; the "
                              "loops are built as build_type and flags say");
}

// The library calls this for invalid values, and would then exit with 0.
void refuse_value() {
  std::exit(bench::cli::refuse("micro: a flag has a value that Google Benchmark does not take"));
}

bool asks_for_help(std::span<char*> words) {
  return std::ranges::any_of(words, [](std::string_view word) { return word == "--help"; });
}

// Checks early that the output file, if any, can be written: the library would find out late and
// exit with 1.
bench::Outcome<bench::Done> check_out(std::string_view path) {
  return path.empty() ? bench::Done{} : bench::cli::check_out_file("--benchmark_out", path);
}

// `out`, if there is one, writes the file of --benchmark_out.
int run_loops(FileWatch* out) {
  ErrorWatch watch;
  const std::size_t ran = out == nullptr ? benchmark::RunSpecifiedBenchmarks(&watch)
                                         : benchmark::RunSpecifiedBenchmarks(&watch, out);
  // The library has already reported that nothing matches.
  if (ran == 0) return bench::cli::kExitBadUse;
  if (out != nullptr && out->lost()) {
    bench::cli::complain("cannot write all of the file of --benchmark_out");
    return bench::cli::kExitLost;
  }
  if (!std::cout.flush()) {
    bench::cli::complain("cannot write the output");
    return bench::cli::kExitLost;
  }
  return watch.failed() ? bench::cli::kExitVerdict : bench::cli::kExitGood;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span words(argv, static_cast<std::size_t>(argc));
  if (asks_for_help(words)) {
    benchmark::PrintDefaultHelp();
    return bench::cli::kExitGood;
  }
  const std::string_view path = value_of("--benchmark_out=", words);
  FileWatch file(reporter_of(value_of("--benchmark_out_format=", words)));
  if (const auto checked = check_out(path); !checked)
    return bench::cli::refuse(checked.failure().sentence);
  benchmark::Initialize(&argc, argv, refuse_value);
  if (argc > 1)
    return bench::cli::refuse(
        fmt::format("micro has no flag '{}' (see purgebench micro --help)", argv[1]));
  add_context();
  return run_loops(path.empty() ? nullptr : &file);
}
