#include "allocators/elf_file.hpp"
#include "allocators/locate.hpp"
#include "allocators/serving.hpp"
#include "tests/support/catch.hpp"

namespace {

#ifndef PURGEBENCH_SANITIZED

// Nothing is preloaded here, so glibc serves this process.
TEST_CASE("the library that serves this process is proven, with its version and identity") {
  const auto serving = allocators::prove_serving({&allocators::kGlibc, nullptr, {}});
  REQUIRE(serving.ok());
  const std::string library = allocators::locate({&allocators::kGlibc, nullptr, {}}).value();
  CHECK(serving.value().path == library);
  CHECK_FALSE(serving.value().version.empty());
  CHECK(serving.value().identity == allocators::library_identity(library));
  CHECK_FALSE(serving.value().identity.empty());
}

#endif

}  // namespace
