#include <csignal>

#include "bench/matrix/cell_runner.hpp"
#include "tests/support/catch.hpp"

namespace {

using bench::matrix::ChildOutcome;
using bench::matrix::why_it_failed;
using End = ChildOutcome::End;
using std::chrono::seconds;

TEST_CASE("a child that ended well with a result did not fail") {
  CHECK(why_it_failed({End::kExited, 0, "{}", "warnings are no failure"}, seconds(9)).empty());
}

TEST_CASE("a child's signal is named") {
  CHECK(why_it_failed({End::kSignalled, SIGSEGV, "", ""}, seconds(9)) ==
        "the child was killed by SIGSEGV");
  CHECK(why_it_failed({End::kSignalled, SIGKILL, "", ""}, seconds(9)) ==
        "the child was killed by SIGKILL, as the kernel does when memory runs out");
}

TEST_CASE("a child that took too long is named with the limit") {
  CHECK(why_it_failed({End::kTimedOut, SIGKILL, "", ""}, seconds(9)) ==
        "the child took longer than 9 s (--timeout) and was killed");
}

TEST_CASE("a child's exit code is shown with its last words on one line") {
  CHECK(why_it_failed({End::kExited, 3, "{}", "first\n\tsecond\x1b[31m\n"}, seconds(9)) ==
        "the child ended with exit code 3; it said: first second [31m");
}

TEST_CASE("a child without a result failed") {
  CHECK(why_it_failed({End::kExited, 0, "", ""}, seconds(9)) == "the child ended without a result");
}

TEST_CASE("of a child that said much, the end is shown") {
  std::string said(4000, 'x');
  said += " the end";
  const auto why = why_it_failed({End::kExited, 1, "", said}, seconds(9));
  CHECK(why.size() < 1000);
  CHECK(why.ends_with("the end"));
}

TEST_CASE("a child that could not be started says why") {
  CHECK(why_it_failed({End::kNotStarted, EAGAIN, "", ""}, seconds(9))
            .starts_with("the child could not be started: "));
}

TEST_CASE("a child that reports another allocator is a failed cell") {
  bench::cells::CellResult result;
  result.allocator_path = "/usr/lib/liba.so";
  CHECK_FALSE(bench::matrix::served_by(result, "/usr/lib/liba.so").failed);
  CHECK_FALSE(bench::matrix::served_by(result, "").failed);
  const auto other = bench::matrix::served_by(result, "/usr/lib/libb.so");
  CHECK(other.failed);
  CHECK(other.error_message == "the child ran under /usr/lib/liba.so, not under /usr/lib/libb.so");
  CHECK(bench::matrix::served_by({}, "/usr/lib/libb.so").error_message ==
        "the child ran under nothing known, not under /usr/lib/libb.so");
}

TEST_CASE("a failure stays what it is whichever library served it") {
  const auto failed =
      bench::matrix::served_by(bench::matrix::failed_cell("why"), "/usr/lib/libb.so");
  CHECK(failed.error_message == "why");
}

}  // namespace
