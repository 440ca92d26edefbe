// Sending and receiving: where a message's data goes, and what the runtime reports of it. Figures
// are those that OTP 25 was seen to have.
#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/heap/process_info.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A term of `words` words outside of any process.
class Outside {
 public:
  Outside() : image_(empty_image(4000)) {}
  [[nodiscard]] TermRoom room() noexcept { return TermRoom(image_); }
  [[nodiscard]] Term tuple_of(std::size_t words) {
    return tuple(room(), std::vector<Term>(words - 1, make_atom(1)));
  }

 private:
  AreaImage image_;
};

constexpr ProcessOptions kOffHeap{.off_heap_messages = true};

}  // namespace

TEST_CASE("a message goes onto the heap of an idle receiver as long as 4 words stay free") {
  for (const std::size_t spare : {3U, 4U, 5U}) {
    TestMemory memory;
    Outside outside;
    Process process = spawn(memory);
    small_list(TermRoom(process), 10);
    const std::size_t gap = 233 - 1 - 20;
    must(send(process, outside.tuple_of(gap - spare)));
    CHECK(garbage_collection_info(process).mbuf_size == (spare < 4 ? gap - spare : 0));
    CHECK(process.used_words() == 20 + (spare < 4 ? 0 : gap - spare));
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("a message to a process that runs is attached as a fragment") {
  TestMemory memory;
  Outside outside;
  Process process = spawn(memory);
  must(send(process, outside.tuple_of(11), {.receiver_runs = true}));
  CHECK(process.used_words() == 0);
  CHECK(total_heap_size(process) == 244);
  CHECK(garbage_collection_info(process).mbuf_size == 11);
  CHECK(memory.ledger.counts().live_bytes == 233 * 8 + 88 + 40 + 11 * 8);
  CHECK(damage(process) == kNoDamage);
}

TEST_CASE("each message counts 88 bytes of memory and what is attached to it") {
  TestMemory memory;
  Outside outside;
  Process process = spawn(memory, kOffHeap);
  CHECK(beam::memory(process) == 2640);
  must(send(process, make_atom(1)));
  CHECK(beam::memory(process) == 2640 + 88);
  must(send(process, make_atom(2)));
  CHECK(beam::memory(process) == 2640 + 2 * 88);
  must(send(process, outside.tuple_of(13)));
  CHECK(beam::memory(process) == 2640 + 3 * 88 + 8 * 13);
  CHECK(total_heap_size(process) == 233);
  CHECK(message_queue_len(process) == 3);
}

TEST_CASE("a combined message is one block") {
  TestMemory memory;
  Outside outside;
  Process process = spawn(memory, kOffHeap);
  const auto before = memory.ledger.counts();
  must(send(process, outside.tuple_of(13)));
  CHECK(memory.ledger.counts().allocations == before.allocations + 1);
  CHECK(memory.ledger.counts().live_bytes == before.live_bytes + 88 + 12 * 8);
}

TEST_CASE("a queue gives messages in the order of arrival and any of them out of order") {
  for (const bool off_heap : {false, true}) {
    TestMemory memory;
    Process process = spawn(memory, {.off_heap_messages = off_heap});
    for (const int n : {1, 2, 3, 4}) must(send(process, make_small(n)));
    CHECK(receive(process, 3) == make_small(4));
    CHECK(damage(process) == kNoDamage);
    CHECK(receive(process, 1) == make_small(2));
    CHECK(receive(process) == make_small(1));
    must(send(process, make_small(5)));
    CHECK(receive(process) == make_small(3));
    CHECK(receive(process) == make_small(5));
    CHECK(message_queue_len(process) == 0);
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("received data is a fragment of the process until it collects") {
  for (const bool off_heap : {false, true}) {
    TestMemory memory;
    Outside outside;
    Process process = spawn(memory, {.off_heap_messages = off_heap});
    const Term sent = small_list(outside.room(), 30);
    must(send(process, sent, {.receiver_runs = true}));
    REQUIRE(process.push(receive(process)));
    CHECK(process.fragment_words == 60);
    CHECK(total_heap_size(process) == 293);
    CHECK(damage(process) == kNoDamage);
    must(collect(process));
    CHECK(total_heap_size(process) == 233);
    CHECK(process.used_words() == 60);
    CHECK(same_graph(process.stack_term(0), sent));
    CHECK(damage(process) == kNoDamage);
  }
}

TEST_CASE("a process sends itself what it has without a copy unless its queue is off the heap") {
  for (const bool off_heap : {false, true}) {
    TestMemory memory;
    Process process = spawn(memory, {.off_heap_messages = off_heap});
    const Term sent = small_list(TermRoom(process), 5);
    must(send_to_self(process, sent));
    CHECK((process.messages.first->term == sent) != off_heap);
    CHECK(process.used_words() == 10);
    CHECK(damage(process) == kNoDamage);
    CHECK(same_graph(receive(process), sent));
  }
}

TEST_CASE("a literal is sent as it is unless its area is being released") {
  TestMemory memory;
  LiteralSpace space = test_space();
  const AreaImage image = image_of(298, [](TermRoom room) { return record(room, 1, 5); });
  LoadedArea area(space, image);
  Process process = spawn(memory, {}, 0, space.range());
  must(send(process, area.literal(0)));
  CHECK(receive(process) == area.literal(0));
  const AddressRanges released = area.area().range();
  must(send(process, area.literal(0), {.released = &released}));
  CHECK(process.used_words() == 14);
  const Term copy = receive(process);
  CHECK(copy != area.literal(0));
  CHECK(same_graph(copy, area.literal(0)));
}

TEST_CASE("a message for which there is no memory is not queued") {
  for (const bool off_heap : {false, true}) {
    for (const std::uint64_t budget : {0U, 1U}) {
      TestMemory memory;
      Outside outside;
      Process process = spawn(memory, {.off_heap_messages = off_heap});
      const auto live = memory.live_bytes();
      memory.blocks.set_budget(budget);
      const auto sent = send(process, outside.tuple_of(13), {.receiver_runs = true});
      CHECK(sent.ok() == (off_heap && budget == 1));
      if (!sent) CHECK(memory.live_bytes() == live);
      CHECK(damage(process) == kNoDamage);
    }
  }
}

TEST_CASE("messages that wait when a process goes give back what they hold") {
  TestMemory memory;
  Payloads payloads;
  Outside outside;
  for (const bool off_heap : {false, true}) {
    const Term binary = counted_binary(outside.room(), payloads.make(1000));
    const auto references = payloads.references();
    {
      Process process = spawn(memory, {.off_heap_messages = off_heap});
      must(send(process, binary, {.receiver_runs = true}));
      must(send(process, binary));
      CHECK(payloads.references() == references + 2);
      CHECK(damage(process) == kNoDamage);
    }
    CHECK(payloads.references() == references);
    CHECK(memory.live_bytes() == 0);
  }
}
