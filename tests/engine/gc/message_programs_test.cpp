// Random programs whose processes also send, receive and hibernate: nothing is lost, whatever
// collects or is purged, and no memory stays behind.
#include <vector>

#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/traversal.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/property.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/world.hpp"

namespace {

using namespace beam;
using namespace beam_test;

enum class Action {
  kNothing,
  kSend,
  kSendAttached,
  kSendToSelf,
  kReceive,
  kHibernate,
  kChangeMode
};

std::vector<Action> actions() {
  return *rc::gen::container<std::vector<Action>>(
      rc::gen::weightedElement<Action>({{4, Action::kNothing},
                                        {2, Action::kSend},
                                        {2, Action::kSendAttached},
                                        {1, Action::kSendToSelf},
                                        {3, Action::kReceive},
                                        {1, Action::kHibernate},
                                        {1, Action::kChangeMode}}));
}

// Sends copy what is shared once for each reference, so that a term may be far larger sent than
// held.
bool is_small_when_sent(Term root) {
  std::vector<Term> pending{root};
  for (int budget = 500; budget > 0; --budget) {
    if (pending.empty()) return true;
    const Term term = pending.back();
    pending.pop_back();
    if (!term.is_pointer()) continue;
    for (const Word child : children_of(term)) pending.push_back(Term{child});
  }
  return false;
}

// Whether a message could take the term: a return address is none, and match states stay.
bool is_sendable(Term term) {
  if (term.is_boxed() && is_match_state_header(*term.pointer())) return false;
  return (term.is_pointer() || term.is_immediate()) && is_small_when_sent(term);
}

// A world whose process sends to itself and receives. `collects`: as programs make it, or never.
class Correspondent {
 public:
  Correspondent(LiteralSupply& supply, ProcessOptions options, bool collects)
      : world(supply, options, collects ? 0 : World::kBoundless), collects_(collects) {
    world.mutator.collect_by([this](Process& process, std::size_t need, bool major) {
      return collect_if_wanted(process, need, major);
    });
  }

  void run(const Program& program, const std::vector<Action>& actions) {
    for (std::size_t i = 0; i < program.size(); ++i) {
      must(world.mutator.run(program[i]));
      if (!actions.empty()) act(actions[i % actions.size()], program[i].pick);
      if (world.process.collection_due()) must(collect_if_wanted(world.process, 0, false));
    }
  }

  World world;

 private:
  Result<Collection> collect_if_wanted(Process& process, std::size_t need, bool major) {
    if (!collects_) return Collection{};
    const auto collected = major ? collect_major(process, need) : collect(process, need);
    RC_ASSERT(world.damage() == kNoDamage);
    return collected;
  }

  void act(Action action, std::size_t pick) {
    Process& process = world.process;
    const Term term = process.stack_term(pick % process.stack_words());
    switch (action) {
      case Action::kNothing:
        return;
      case Action::kSend:
      case Action::kSendAttached:
        if (!is_sendable(term)) return;
        return must_do(send(process, term, {.receiver_runs = action == Action::kSendAttached}));
      case Action::kSendToSelf:
        if (!is_sendable(term)) return;
        return must_do(send_to_self(process, term));
      case Action::kReceive:
        return receive_any(pick);
      case Action::kHibernate:
        return sleep();
      case Action::kChangeMode:
        return must_do(change_message_queue_data(process, !process.options.off_heap_messages));
    }
  }

  static void must_do(const Result<Unit>& result) { RC_ASSERT(result.ok()); }

  void receive_any(std::size_t pick) {
    Process& process = world.process;
    if (process.messages.count == 0) return;
    if (process.room() == 0) must(collect_if_wanted(process, 1, false));
    RC_ASSERT(process.push(receive(process, pick % process.messages.count)));
    RC_ASSERT(world.damage() == kNoDamage);
  }

  void sleep() {
    Process& process = world.process;
    if (collects_) {
      must(hibernate(process));
      RC_ASSERT(world.damage() == kNoDamage);
    } else if (process.messages.count == 0) {
      process.pop(process.stack_words() - 1);
      process.stack_term(0) = kNil;
    }
    if (process.hibernated) must(collect_if_wanted(process, 0, false));
  }

  bool collects_;
};

// A purge copies literals without their sharing.
bool same_queues(const Process& a, const Process& b) {
  const Message* first = a.messages.first;
  const Message* second = b.messages.first;
  while (first != nullptr && second != nullptr && must(equal_terms(first->term, second->term))) {
    first = first->next;
    second = second->next;
  }
  return first == nullptr && second == nullptr;
}

void check_programs(const ProcessOptions& options) {
  check_property([&] {
    const Program program = *programs();
    const std::vector<Action> done = actions();
    LiteralSupply supply;
    Correspondent twin(supply, options, false);
    twin.run(program, done);
    Correspondent self(supply, options, true);
    self.run(program, done);
    RC_ASSERT(same_roots(self.world.process, twin.world.process));
    RC_ASSERT(same_queues(self.world.process, twin.world.process));
    PurgeObserver observer;
    must(purge_one("otp", self.world.process, self.world.area.area(), self.world.memory.blocks,
                   observer));
    self.world.area.release();
    RC_ASSERT(self.world.damage() == kNoDamage);
    RC_ASSERT(same_roots(self.world.process, twin.world.process));
    RC_ASSERT(same_queues(self.world.process, twin.world.process));
    self.world.process.free_heaps();
    RC_ASSERT(self.world.memory.live_bytes() == 0U);
    RC_ASSERT(self.world.payloads.references() == 0U);
  });
}

}  // namespace

TEST_CASE("nothing is lost of programs with messages on the heap") { check_programs({}); }

TEST_CASE("nothing is lost of programs with messages off the heap") {
  check_programs({.off_heap_messages = true});
}

TEST_CASE("nothing is lost of programs with messages in the smallest heaps") {
  check_programs({.min_heap_words = 12, .fullsweep_after = 2});
}
