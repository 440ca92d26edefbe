#include <array>
#include <cerrno>
#include <string>
#include <unistd.h>

#include "bench/report/descriptor.hpp"
#include "tests/support/catch.hpp"

using bench::report::Descriptor;
using bench::report::write_all;

TEST_CASE("writing to a pipe whose reader has gone is a failure and no signal") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const Descriptor writer(ends[1]);
  CHECK(write_all(writer.get(), "text") == 0);
  close(ends[0]);
  CHECK(write_all(writer.get(), "text") == EPIPE);
  // Nor does the signal come later.
  CHECK(write_all(writer.get(), "text") == EPIPE);
}

TEST_CASE("closing tells what went wrong, and a second time does nothing") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  CHECK(writer.close() == 0);
  CHECK(writer.get() < 0);
  CHECK(writer.close() == 0);
  Descriptor none(ends[1]);
  CHECK(none.close() == EBADF);
}
