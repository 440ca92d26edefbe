// Processes that receive message after message and keep them, step by step against the heaps that
// OTP 25 was seen to give them.
#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/heap/process_info.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

struct Seen {
  std::size_t total_heap_size;
  std::size_t heap_block_size;
  std::size_t old_heap_block_size;
  std::size_t old_heap_size;
  std::size_t heap_size;
  std::size_t recent_size;
  std::size_t mbuf_size;

  friend bool operator==(const Seen&, const Seen&) = default;
};
std::ostream& operator<<(std::ostream& out, const Seen& s) {
  return out << "{total " << s.total_heap_size << ", young " << s.heap_block_size << ", old "
             << s.old_heap_block_size << " with " << s.old_heap_size << ", used " << s.heap_size
             << ", recent " << s.recent_size << ", mbuf " << s.mbuf_size << "}";
}

Seen seen(const Process& process) {
  const auto info = garbage_collection_info(process);
  return {total_heap_size(process),
          info.heap_block_size,
          info.old_heap_block_size,
          info.old_heap_size,
          info.heap_size,
          info.recent_size,
          info.mbuf_size};
}

// loop(L) -> receive {m, T} -> loop([T | L]) end, where L begins as lists:seq(1, elements). The
// register that T is in is a slot of the dictionary here: a root that is not on the stack.
class Loop {
 public:
  Loop(bool off_heap, std::size_t elements)
      : process(spawn(memory, {.off_heap_messages = off_heap}, 2 * elements + 8)) {
    const TermRoom room(process);
    tuple(room, {kNil, kNil, kNil, kNil, kNil, kNil, kNil});  // what its start left behind
    REQUIRE(process.push(small_list(room, elements)));
    must(process.put_dictionary(kNil));
  }

  void take(Term message) {
    must(send(process, message));
    Word& kept = process.dictionary.begin[0];
    kept = receive(process).pointer()[2];
    Word* cell = must(allocate_words(process, kConsWords));
    cell[0] = kept;
    cell[1] = process.stack_term(0).word;
    process.stack_term(0) = make_list(cell);
    kept = kNil.word;
  }

  // Being asked by process_info/2 runs the process, which collects when it is due, but answers
  // first.
  [[nodiscard]] Seen look() {
    const Seen answer = seen(process);
    if (process.collection_due()) must(collect(process));
    return answer;
  }

  TestMemory memory;
  Process process;
};

struct Trace {
  bool off_heap;
  std::size_t elements;
  std::size_t message_words;  // of T
  std::array<Seen, 4> seen;   // after each message
};

// {total_heap_size, heap_block_size, old_heap_block_size, old_heap_size, heap_size, recent_size,
// mbuf_size}
const Trace kTraces[] = {
    {false,
     0,
     20,
     {{{233, 233, 0, 0, 33, 0, 0},
       {233, 233, 0, 0, 58, 0, 0},
       {233, 233, 0, 0, 83, 0, 0},
       {233, 233, 0, 0, 108, 0, 0}}}},
    {false,
     100,
     10,
     {{{233, 233, 0, 0, 223, 0, 0},
       {246, 233, 0, 0, 225, 0, 13},
       {376, 376, 0, 0, 239, 224, 0},
       {376, 376, 0, 0, 254, 224, 0}}}},
    {false,
     100,
     25,
     {{{261, 233, 0, 0, 210, 0, 28},
       {376, 376, 0, 0, 257, 227, 0},
       {376, 376, 0, 0, 287, 227, 0},
       {376, 376, 0, 0, 317, 227, 0}}}},
    {false,
     0,
     300,
     {{{536, 233, 0, 0, 10, 0, 303},
       {679, 376, 0, 0, 304, 302, 303},
       {1900, 610, 987, 302, 304, 302, 303},
       {2203, 610, 987, 302, 306, 302, 606}}}},
    {false,
     0,
     150,
     {{{233, 233, 0, 0, 163, 0, 0},
       {386, 233, 0, 0, 165, 0, 153},
       {529, 376, 0, 0, 306, 304, 153},
       {1597, 610, 987, 304, 307, 152, 0}}}},
    {true,
     0,
     20,
     {{{256, 233, 0, 0, 10, 0, 23},
       {279, 233, 0, 0, 12, 0, 46},
       {302, 233, 0, 0, 14, 0, 69},
       {325, 233, 0, 0, 16, 0, 92}}}},
    {true,
     100,
     10,
     {{{246, 233, 0, 0, 210, 0, 13},
       {259, 233, 0, 0, 212, 0, 26},
       {389, 376, 0, 0, 226, 224, 13},
       {402, 376, 0, 0, 228, 224, 26}}}},
    {true,
     100,
     25,
     {{{261, 233, 0, 0, 210, 0, 28},
       {404, 376, 0, 0, 229, 227, 28},
       {432, 376, 0, 0, 231, 227, 56},
       {460, 376, 0, 0, 233, 227, 84}}}},
    {true,
     0,
     300,
     {{{536, 233, 0, 0, 10, 0, 303},
       {679, 376, 0, 0, 304, 302, 303},
       {1900, 610, 987, 302, 304, 302, 303},
       {2203, 610, 987, 302, 306, 302, 606}}}},
    {true,
     0,
     150,
     {{{386, 233, 0, 0, 10, 0, 153},
       {539, 233, 0, 0, 12, 0, 306},
       {529, 376, 0, 0, 306, 304, 153},
       {1750, 610, 987, 304, 154, 152, 153}}}},
};

}  // namespace

TEST_CASE("a process that keeps what it receives has the heaps that OTP 25 gave it at every step") {
  for (const Trace& trace : kTraces) {
    Loop loop(trace.off_heap, trace.elements);
    AreaImage outside = empty_image(1000);
    const TermRoom room(outside);
    const Term kept = tuple(room, std::vector<Term>(trace.message_words - 1, make_atom(1)));
    const Term message = tuple(room, {make_atom(2), kept});
    for (const Seen& step : trace.seen) {
      loop.take(message);
      INFO(trace.off_heap << " " << trace.elements << " " << trace.message_words);
      CHECK(loop.look() == step);
      CHECK(damage(loop.process) == kNoDamage);
    }
  }
}
