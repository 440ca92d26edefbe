#include <cstdlib>

#include "allocators/library.hpp"
#include "allocators/locate.hpp"
#include "allocators/proof.hpp"
#include "allocators/serving.hpp"
#include "tests/support/catch.hpp"

// A sanitizer serves malloc itself, so what these tests say of glibc does not hold there.
#ifndef PURGEBENCH_SANITIZED

namespace {

using allocators::Choice;

const Choice kUntunedGlibc{&allocators::kGlibc, nullptr, {}};

TEST_CASE("a process without a preload is proven to be served by glibc") {
  const std::string libc = allocators::locate(kUntunedGlibc).value();
  CHECK(allocators::why_not_served_by(libc).empty());
  CHECK(allocators::serving_library() == libc);
}

TEST_CASE("another library is proven not to serve this process, by name") {
  const std::string libc = allocators::locate(kUntunedGlibc).value();
  CHECK(allocators::why_not_served_by("/usr/lib/libother.so") ==
        "malloc is served by " + libc + ", not by /usr/lib/libother.so");
}

TEST_CASE("what serves this process says its version and can be asked to give memory back") {
  const auto serving = allocators::prove_serving(kUntunedGlibc);
  REQUIRE(serving.ok());
  CHECK(serving.value().version.starts_with("2."));
  REQUIRE(serving.value().give_back.exists());
  serving.value().give_back();
}

TEST_CASE("what serves this process counts a block as allocated while it is handed out") {
  const auto serving = allocators::prove_serving(kUntunedGlibc);
  REQUIRE(serving.ok());
  REQUIRE(serving.value().statistics.exists());
  constexpr std::size_t kBytes = std::size_t{1} << 24;
  const auto before = serving.value().statistics();
  void* volatile block = std::malloc(kBytes);
  const auto during = serving.value().statistics();
  std::free(block);
  const auto after = serving.value().statistics();
  REQUIRE((before.allocated && during.allocated && after.allocated));
  CHECK(*during.allocated >= *before.allocated + kBytes);
  CHECK(*after.allocated < *before.allocated + kBytes);
}

TEST_CASE("an allocator without statistics reports none") {
  const auto figures = allocators::StatisticsReader()();
  CHECK_FALSE((figures.allocated || figures.active || figures.resident || figures.retained));
}

TEST_CASE("an allocator that is installed but not preloaded fails the proof") {
  const auto serving = allocators::prove_serving(Choice{&allocators::kJemalloc, nullptr, {}});
  REQUIRE_FALSE(serving.ok());
  CHECK_FALSE(serving.reason().empty());
}

TEST_CASE("a library that is not loaded has no functions") {
  const allocators::LoadedLibrary library("/nonexistent/lib.so");
  CHECK_FALSE(library.loaded());
  CHECK(library.symbol("malloc") == nullptr);
}

TEST_CASE("a library that exports no version is described by its package and its build-id") {
  const std::string libc = allocators::locate(kUntunedGlibc).value();
  const std::string text = allocators::version_of_library(kUntunedGlibc, libc);
  CHECK(text.find("build-id ") != std::string::npos);
}

}  // namespace

#endif
