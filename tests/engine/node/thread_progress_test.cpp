// When a moment has passed, and who has to be told.
#include "engine/node/thread_progress.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"

namespace {

using namespace beam;
using namespace beam_test;

struct TestProgress : ThreadProgress {
  explicit TestProgress(std::size_t threads) { must(prepare(threads)); }
};

}  // namespace

TEST_CASE("a moment at which nothing runs has passed already") {
  TestProgress progress(2);
  CHECK(progress.has_passed(progress.await()));
  CHECK(progress.at_rest());
  progress.turn_begins(0);
  CHECK_FALSE(progress.at_rest());
  static_cast<void>(progress.turn_ends(0));
  CHECK(progress.has_passed(progress.await()));
  CHECK(progress.at_rest());
}

TEST_CASE("a moment has passed when every turn that ran then is over") {
  TestProgress progress(3);
  progress.turn_begins(0);
  progress.turn_begins(2);
  const auto moment = progress.await();
  CHECK_FALSE(progress.has_passed(moment));
  CHECK(progress.turn_ends(2));
  CHECK_FALSE(progress.has_passed(moment));
  CHECK(progress.turn_ends(0));
  CHECK(progress.has_passed(moment));
}

TEST_CASE("turns that begin later hold up no moment") {
  TestProgress progress(2);
  progress.turn_begins(0);
  const auto moment = progress.await();
  progress.turn_begins(1);
  CHECK(progress.turn_ends(0));
  progress.turn_begins(0);
  CHECK(progress.has_passed(moment));
  CHECK_FALSE(progress.has_passed(progress.await()));
}

TEST_CASE("nobody has to be told of a turn that began after the last moment waited for") {
  TestProgress progress(2);
  progress.turn_begins(0);
  CHECK_FALSE(progress.turn_ends(0));
  progress.turn_begins(0);
  static_cast<void>(progress.await());
  progress.turn_begins(1);
  CHECK_FALSE(progress.turn_ends(1));
  CHECK(progress.turn_ends(0));
}

TEST_CASE("several may wait for moments of their own") {
  TestProgress progress(2);
  progress.turn_begins(0);
  const auto earlier = progress.await();
  progress.turn_begins(1);
  const auto later = progress.await();
  CHECK(progress.turn_ends(0));
  CHECK(progress.has_passed(earlier));
  CHECK_FALSE(progress.has_passed(later));
  CHECK(progress.turn_ends(1));
  CHECK(progress.has_passed(later));
}
