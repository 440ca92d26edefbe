// Queues that leave the heap and come back. Figures are those that OTP 25 was seen to have.
#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/heap/process_info.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A process that has got a literal of 24 words, an atom, {a, Literal}, a tuple of 10 words and
// {a, Binary} with a binary of 1,000 bytes off the heap: 22 words without the literal.
class TestQueue {
 public:
  explicit TestQueue(bool off_heap)
      : process(beam_test::spawn(memory, {.off_heap_messages = off_heap}, 0, space.range())) {
    sent = {literal(), make_atom(1), tuple(room(), {make_atom(2), literal()}),
            tuple(room(), std::vector<Term>(9, make_small(5))),
            tuple(room(), {make_atom(2), counted_binary(room(), payloads.make(1000))})};
    for (const Term term : sent) must(send(process, term));
  }
  ~TestQueue() { process.free_heaps(); }
  TestQueue(const TestQueue&) = delete;
  TestQueue& operator=(const TestQueue&) = delete;

  // One more message: {a, Literal}.
  void send_one_more() {
    sent.push_back(sent[2]);
    must(send(process, sent[2]));
  }
  void change(bool off_heap) { must(change_message_queue_data(process, off_heap)); }
  // What the queue counts beside its messages' 88 bytes, in words.
  [[nodiscard]] std::size_t queued_words() const {
    return (memory_of(process) - 776 - 88 * process.messages.count) / kWordBytes - 233;
  }
  void check_received() {
    for (const Term term : sent) CHECK(same_graph(receive(process), term));
    CHECK(process.messages.empty());
    CHECK(damage(process, &space) == kNoDamage);
  }

 private:
  static std::size_t memory_of(const Process& process) { return beam::memory(process); }
  [[nodiscard]] TermRoom room() { return TermRoom(outside_); }
  [[nodiscard]] Term literal() const { return area.literal(0); }

 public:
  LiteralSpace space = test_space();
  TestMemory memory;
  Payloads payloads;
  AreaImage image = image_of(98, [](TermRoom room) { return record(room, 1, 10); });
  LoadedArea area{space, image};
  std::vector<Term> sent;
  Process process;

 private:
  AreaImage outside_ = empty_image(100);
};

}  // namespace

TEST_CASE("a queue that leaves the heap takes along what its messages have there") {
  TestQueue test(false);
  CHECK(test.process.used_words() == 22);
  CHECK(test.queued_words() == 0);
  test.change(true);
  CHECK(test.queued_words() == 22);
  CHECK(total_heap_size(test.process) == 233);
  CHECK(test.process.used_words() == 22);
  CHECK(test.payloads.references() == 3);
  CHECK(damage(test.process, &test.space) == kNoDamage);
  must(collect_major(test.process));
  CHECK(test.process.used_words() == 0);
  CHECK(test.payloads.references() == 2);
  CHECK(damage(test.process, &test.space) == kNoDamage);
  test.check_received();
}

TEST_CASE("a queue that comes back counts as heap and moves there but for what came meanwhile") {
  TestQueue test(false);
  test.change(true);
  test.send_one_more();
  CHECK(test.queued_words() == 25);
  must(collect_major(test.process));
  test.change(false);
  CHECK(total_heap_size(test.process) == 233 + 25);
  CHECK(garbage_collection_info(test.process).mbuf_size == 22);
  CHECK(damage(test.process, &test.space) == kNoDamage);
  must(collect_major(test.process));
  CHECK(total_heap_size(test.process) == 233 + 3);
  CHECK(garbage_collection_info(test.process).mbuf_size == 0);
  CHECK(test.process.used_words() == 22);
  CHECK(damage(test.process, &test.space) == kNoDamage);
  test.check_received();
}

TEST_CASE("messages that were sent off the heap stay beside it until they are received") {
  TestQueue test(true);
  CHECK(test.queued_words() == 22);
  CHECK(total_heap_size(test.process) == 233);
  test.change(false);
  test.send_one_more();
  CHECK(test.process.used_words() == 3);
  CHECK(total_heap_size(test.process) == 233 + 22);
  CHECK(garbage_collection_info(test.process).mbuf_size == 0);
  must(collect_major(test.process));
  CHECK(total_heap_size(test.process) == 233 + 22);
  CHECK(damage(test.process, &test.space) == kNoDamage);
  test.change(true);
  CHECK(total_heap_size(test.process) == 233);
  CHECK(test.queued_words() == 25);
  CHECK(damage(test.process, &test.space) == kNoDamage);
  test.check_received();
}

TEST_CASE("a queue that leaves the heap takes no literals of an area that is being released") {
  TestQueue test(false);
  const AddressRanges released = test.area.area().range();
  must(change_message_queue_data(test.process, true, &released));
  CHECK(test.queued_words() == 22 + 2 * 24);
  must(collect_major(test.process));
  test.area.release();
  CHECK(damage(test.process, &test.space) == kNoDamage);
  CHECK(same_graph(receive(test.process), test.image.literals[0]));
}

TEST_CASE("changing a queue to what it is changes nothing") {
  for (const bool off_heap : {false, true}) {
    TestQueue test(off_heap);
    const auto before = test.memory.ledger.counts();
    test.change(off_heap);
    CHECK(test.memory.ledger.counts().allocations == before.allocations);
    CHECK(test.queued_words() == (off_heap ? 22U : 0U));
    test.check_received();
  }
}

TEST_CASE("a queue for which there is no memory off the heap stays on it") {
  for (const std::uint64_t budget : {0U, 1U, 2U}) {
    TestQueue test(false);
    test.memory.blocks.set_budget(budget);
    CHECK_FALSE(change_message_queue_data(test.process, true).ok());
    test.memory.blocks.set_budget(FailingBlocks::kNever);
    CHECK_FALSE(test.process.options.off_heap_messages);
    CHECK(damage(test.process, &test.space) == kNoDamage);
    must(collect_major(test.process));
    CHECK(test.process.used_words() == 22);
    test.check_received();
  }
}
