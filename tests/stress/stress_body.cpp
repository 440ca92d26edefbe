#include "tests/stress/stress_body.hpp"

#include <cstdio>

#include "engine/gc/collect.hpp"
#include "engine/gc/verify.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/term/off_heap.hpp"

namespace beam_test {

using namespace beam;

namespace {

constexpr std::size_t kHeld = 0;
constexpr std::size_t kReturn = 1;
constexpr std::size_t kRandom = 2;
constexpr std::size_t kStackWords = 3;

// {lit, Index, [1, 2, ...]}, or the binary.
bool is_intact(Term literal) noexcept {
  if (!literal.is_boxed()) return false;
  const Word* object = literal.pointer();
  if (object[0] == kProcBinHeader) {
    return object[kProcBinSize] == kPayloadBytes && payload_of(object)->bytes()[7] == 7;
  }
  if (object[0] != make_header(3, Subtag::kTuple)) return false;
  std::int64_t expected = 1;
  Term list{object[3]};
  for (; list.is_list(); list = tail_of(list)) {
    if (head_of(list) != make_small(expected++)) return false;
  }
  return list == kNil && expected == static_cast<std::int64_t>(kElements) + 1;
}

// A list of literals.
bool all_intact(Term held) noexcept {
  for (; held.is_list(); held = tail_of(held)) {
    if (!is_intact(head_of(held))) return false;
  }
  return held == kNil;
}

bool has_begun(const Process& process) noexcept { return process.stack_words() == kStackWords; }

// What a process holds on its stack.
Term held_by(Process& process) noexcept {
  const Term top = process.stack_term(kHeld);
  if (has_begun(process)) return top;
  return top.is_list() ? tail_of(top) : kNil;
}

bool holds_intact(Process& process) noexcept {
  if (!all_intact(held_by(process))) return false;
  for (std::size_t i = 0; i < process.dictionary_size; ++i) {
    if (!all_intact(Term{process.dictionary.begin[i]})) return false;
  }
  return true;
}

// Room for `words` words of stack. False: it cannot go on.
bool collect_for(Process& process, std::size_t words) noexcept {
  return collect(process, words).ok() && !process.killed;
}

std::uint64_t random(Process& process, std::uint64_t below) noexcept {
  Term& slot = process.stack_term(kRandom);
  const std::uint64_t state = slot.word * 6364136223846793005U + 1442695040888963407U;
  slot = make_small(static_cast<std::int64_t>(state >> 8));
  return (state >> 33) % below;
}

bool hold_in_dictionary(Process& process, Term held) noexcept {
  if (process.dictionary_size == 0) return process.put_dictionary(held).ok();
  process.dictionary.begin[0] = held.word;
  return true;
}

// [First | Held], on the process's heap. kNonValue: it cannot go on.
Term with_held(Process& process, Term first) noexcept {
  const auto cell = allocate_words(process, kConsWords);
  if (!cell) return kNonValue;
  cell.value()[0] = first.word;
  cell.value()[1] = process.stack_term(kHeld).word;
  return make_list(cell.value());
}

// [Random | Held].
Term argument_of(Process& process) noexcept {
  return with_held(process, make_small(static_cast<std::int64_t>(random(process, 1U << 30U))));
}

}  // namespace

SliceEnd StressBody::run(Slice& slice) noexcept {
  Process& process = slice.process();
  world_.mail.begins(slice.self());
  if (!has_begun(process) && !begin(process)) return exits();
  const auto received_all = receive_some(slice);
  if (!received_all) return exits();
  if (world_.quiet) return received_all.value() ? SliceEnd::kWaits : SliceEnd::kRunnable;
  for (std::uint64_t steps = 1 + random(process, 4); steps > 0; --steps) {
    if (!step(slice)) return exits();
  }
  if (world_.alive > kMinAlive && random(process, 64) == 0) return exits();
  if (!received_all.value()) return SliceEnd::kRunnable;
  if (random(process, 16) == 0) return hibernate(process) ? SliceEnd::kWaits : exits();
  return random(process, 4) == 0 ? SliceEnd::kWaits : SliceEnd::kRunnable;
}

SliceEnd StressBody::exits() noexcept {
  world_.alive.fetch_sub(1);
  world_.exited.fetch_add(1, std::memory_order_relaxed);
  return SliceEnd::kExits;
}

bool StressBody::begin(Process& process) noexcept {
  constexpr std::size_t kMoreWords = kStackWords - 1;
  const bool collects = process.hibernated || process.room() < kMoreWords;
  if (collects && !collect_for(process, kMoreWords)) return false;
  const Term held = held_by(process);
  Term& random_state = process.stack_term(0);
  if (random_state.is_list()) random_state = head_of(random_state);
  if (!process.push(Term{0}) || !process.push(held)) return false;
  enter_code(process);
  return true;
}

void StressBody::enter_code(Process& process) noexcept {
  process.stack_term(kReturn) = Term{world_.code[random(process, kModules)]};
}

// Whether it received all messages; some may be left for another slice. Error: it cannot go on.
Result<bool> StressBody::receive_some(Slice& slice) noexcept {
  Process& process = slice.process();
  while (!process.messages.empty()) {
    take(process, receive(process));
    if (process.collection_due() && !collect_for(process, 0)) return Error{"no memory"};
  }
  const std::uint64_t most = random(process, 8) == 0 ? random(process, 3) : ~std::uint64_t{0};
  for (std::uint64_t i = 0; i < most; ++i) {
    const auto message = slice.receive();
    if (!message) return message.error();
    if (message.value() == kNonValue) return true;
    world_.received.fetch_add(1, std::memory_order_relaxed);
    if (!world_.mail.received(slice.self(), head_of(message.value()))) {
      world_.out_of_order.fetch_add(1);
    }
    take(process, tail_of(message.value()));
  }
  return false;
}

void StressBody::take(Process& process, Term held) noexcept {
  if (!all_intact(held)) world_.broken.fetch_add(1);
  if (random(process, 2) == 0) process.stack_term(kHeld) = held;
}

// Does one thing. False: it cannot go on.
bool StressBody::step(Slice& slice) noexcept {
  Process& process = slice.process();
  const Term held = process.stack_term(kHeld);
  switch (random(process, 13)) {
    case 0:
      process.stack_term(kHeld) = kNil;
      return true;
    case 1:
      return spawn(slice);
    case 2:
    case 3:
      return send(slice);
    case 4:
      enter_code(process);
      return true;
    case 5:
      return random(process, 4) != 0 || (collect_major(process).ok() && !process.killed);
    case 6:
      return hold_in_dictionary(process, random(process, 2) == 0 ? kNil : held);
    case 7:
      return slice.send_to_self(held).ok();
    case 8:
      return slice.change_message_queue_data(random(process, 2) == 0).ok();
    default:
      return hold(process);
  }
}

bool StressBody::hold(Process& process) noexcept {
  const auto cell = allocate_words(process, kConsWords);
  if (!cell) return false;
  Term& held = process.stack_term(kHeld);
  cell.value()[0] = world_.literals[random(process, StressWorld::kLiterals)];
  cell.value()[1] = held.word;
  held = make_list(cell.value());
  return true;
}

// A child holds what its parent holds. Some have their queue off the heap, or a limit that a purge
// may exceed.
bool StressBody::spawn(Slice& slice) noexcept {
  Process& process = slice.process();
  if (world_.alive.fetch_add(1) >= kMaxAlive) {
    world_.alive.fetch_sub(1);
    return true;
  }
  const Term argument = argument_of(process);
  const std::uint64_t kind = random(process, 8);
  const auto child =
      argument == kNonValue
          ? Result<Pid>(Error{"no room for an argument"})
          : slice.spawn(*this, argument,
                        {.max_heap_words = kind == 0 ? 2000U : 0U, .off_heap_messages = kind < 4});
  if (!child) {
    world_.alive.fetch_sub(1);
    return false;
  }
  world_.spawned.fetch_add(1, std::memory_order_relaxed);
  world_.remember(child.value());
  return true;
}

bool StressBody::send(Slice& slice) noexcept {
  Process& process = slice.process();
  const std::size_t self = slice.self().index;
  const Pid to = world_.pid(random(process, StressWorld::kPids));
  const Term message = with_held(process, world_.mail.next_tag(self, to));
  if (message == kNonValue) return false;
  const auto sent = slice.send(to, message);
  if (sent && sent.value()) {
    world_.mail.sent(self, to);
    world_.sent.fetch_add(1, std::memory_order_relaxed);
  }
  return sent.ok();
}

// Keeps what it holds. Nothing happens while it has messages to itself. False: it cannot go on.
bool StressBody::hibernate(Process& process) noexcept {
  const Term argument = argument_of(process);
  if (argument == kNonValue || !beam::hibernate(process, argument)) return false;
  if (process.hibernated) world_.hibernated.fetch_add(1, std::memory_order_relaxed);
  return true;
}

Answer StressCheck::run(const Asked& asked) noexcept {
  Process& process = asked.process;
  const auto whole = verify_process(process, &space_);
  if (!whole) std::fprintf(stderr, "process %zu: %s\n", asked.index, whole.error().what);
  if (!whole || !holds_intact(process)) world_.broken.fetch_add(1);
  world_.verified.fetch_add(1, std::memory_order_relaxed);
  const bool read = asked.messages.empty() && world_.mail.all_received(asked.index);
  if (world_.quiet && !read) world_.behind.fetch_add(1);
  return Answer::kOk;
}

}  // namespace beam_test
