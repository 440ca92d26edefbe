#include "bench/cli/out_path.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

TEST_CASE("a run folder whose name is taken gets a number behind it") {
  const TemporaryDirectory directory;
  const auto base = directory.path() / "results/now";
  for (const char* const name : {"now", "now-2", "now-3"}) {
    const auto made = bench::cli::make_run_dir(base);
    REQUIRE(made.ok());
    CHECK(made.value().filename() == name);
    CHECK(std::filesystem::is_empty(made.value()));
  }
}

TEST_CASE("a run folder takes no name that a file or a broken link has") {
  const TemporaryDirectory directory;
  directory.write("now", "");
  std::filesystem::create_symlink("nowhere", directory.path() / "now-2");
  const auto made = bench::cli::make_run_dir(directory.path() / "now");
  REQUIRE(made.ok());
  CHECK(made.value().filename() == "now-3");
}

TEST_CASE("a run folder below a file cannot be made, and is named") {
  const TemporaryDirectory directory;
  const auto base = directory.write("file", "") / "now";
  const auto made = bench::cli::make_run_dir(base);
  REQUIRE_FALSE(made.ok());
  CHECK(made.failure().sentence.find(base.string()) != std::string::npos);
}

}  // namespace
