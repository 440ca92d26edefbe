// The order of the literal collector's and the code purger's requests, and how many are out at
// once.
#include <vector>

#include "engine/node/request_round.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

constexpr ProcessRequest init(std::size_t process) { return {process, RequestKind::kFirst}; }
constexpr ProcessRequest collect_in(std::size_t process) {
  return {process, RequestKind::kFollowUp};
}

struct TestRound {
  explicit TestRound(std::size_t processes, RoundLimits limits = {.requests = 4}) {
    must(round.begin(processes, limits));
    while (const auto request = round.first_requests()) out.push_back(*request);
  }
  std::optional<ProcessRequest> ok(ProcessRequest request) {
    return round.answer(request, Answer::kOk);
  }
  std::optional<ProcessRequest> needs(ProcessRequest request) {
    return round.answer(request, Answer::kNeedsFollowUp);
  }

  RequestRound round;
  std::vector<ProcessRequest> out;
};

}  // namespace

TEST_CASE("a round begins with as many requests as may be out") {
  CHECK(TestRound(10).out == std::vector<ProcessRequest>{init(0), init(1), init(2), init(3)});
  CHECK(TestRound(2).out == std::vector<ProcessRequest>{init(0), init(1)});
}

TEST_CASE("a round without processes is over at once") {
  CHECK(TestRound(0).round.over());
  CHECK_FALSE(TestRound(1).round.over());
}

TEST_CASE("every process that is done admits the next one") {
  TestRound test(6);
  CHECK(test.ok(init(2)) == init(4));
  CHECK(test.ok(init(0)) == init(5));
  CHECK(test.ok(init(4)) == std::nullopt);
  CHECK(test.round.ongoing() == 3);
}

TEST_CASE("two processes may collect at once and admit nobody meanwhile") {
  TestRound test(10);
  CHECK(test.needs(init(0)) == collect_in(0));
  CHECK(test.needs(init(1)) == collect_in(1));
  CHECK(test.round.ongoing() == 4);
}

TEST_CASE("a third process that has to collect waits and another one is asked") {
  TestRound test(10);
  test.needs(init(0));
  test.needs(init(1));
  CHECK(test.needs(init(2)) == init(4));
  CHECK(test.round.ongoing() == 5);
  CHECK(test.needs(init(3)) == init(5));
  CHECK(test.round.ongoing() == 6);
}

TEST_CASE("who waits to collect goes when a collection ends and the last one goes first") {
  TestRound test(6);
  test.needs(init(0));
  test.needs(init(1));
  test.needs(init(2));
  test.needs(init(3));
  CHECK(test.ok(collect_in(0)) == collect_in(3));
  CHECK(test.ok(collect_in(1)) == collect_in(2));
  CHECK(test.ok(init(4)) == std::nullopt);
}

TEST_CASE("a collection that ends with nobody waiting admits the next process") {
  TestRound test(10);
  test.needs(init(0));
  CHECK(test.ok(collect_in(0)) == init(4));
  CHECK(test.needs(init(1)) == collect_in(1));
}

TEST_CASE("as many follow-ups are out at once as the limits say") {
  TestRound test(30, {.requests = 20, .follow_ups = 10});
  for (std::size_t i = 0; i < 10; ++i) CHECK(test.needs(init(i)) == collect_in(i));
  CHECK(test.needs(init(10)) == init(20));
  CHECK(test.ok(collect_in(3)) == collect_in(10));
}

TEST_CASE("an answer that ends the round keeps others from being asked") {
  TestRound test(10);
  test.needs(init(0));
  test.needs(init(1));
  test.needs(init(2));
  CHECK(test.round.ongoing() == 5);
  CHECK(test.round.answer(init(3), Answer::kEndsRound) == std::nullopt);
  CHECK(test.ok(init(4)) == std::nullopt);
  CHECK(test.ok(collect_in(0)) == std::nullopt);
  CHECK_FALSE(test.round.over());
  CHECK(test.ok(collect_in(1)) == std::nullopt);
  CHECK(test.round.over());
}

TEST_CASE("whatever the answers every process is done once and the limits hold") {
  check_property([] {
    const auto processes = *rc::gen::inRange<std::size_t>(0, 50);
    const RoundLimits limits{.requests = *rc::gen::inRange<std::size_t>(1, 10)};
    TestRound test(processes, limits);
    std::vector<int> done(processes);
    std::size_t waiting = 0;
    while (!test.out.empty()) {
      std::size_t collecting = 0;
      for (const auto& request : test.out) {
        collecting += request.kind == RequestKind::kFollowUp ? 1U : 0U;
      }
      RC_ASSERT(collecting <= 2U);
      RC_ASSERT(test.out.size() <= std::max(limits.requests, collecting));
      RC_ASSERT(test.round.ongoing() == test.out.size() + waiting);
      const auto at = *rc::gen::inRange<std::size_t>(0, test.out.size());
      const ProcessRequest request = test.out[at];
      test.out.erase(test.out.begin() + static_cast<std::ptrdiff_t>(at));
      const bool needs = request.kind == RequestKind::kFirst && *rc::gen::arbitrary<bool>();
      if (needs && collecting == 2) ++waiting;
      if (!needs) ++done[request.process];
      const auto next = needs ? test.needs(request) : test.ok(request);
      if (request.kind == RequestKind::kFollowUp && next && next->kind == RequestKind::kFollowUp) {
        --waiting;
      }
      if (next) test.out.push_back(*next);
    }
    RC_ASSERT(test.round.over());
    for (const int times : done) RC_ASSERT(times == 1);
  });
}
