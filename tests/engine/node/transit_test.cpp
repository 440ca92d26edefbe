// Messages on their way: copied, given up by a purge, received.
#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/node/mailbox.hpp"
#include "engine/purge/process_scan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/term_room.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

class TestTransit {
 public:
  Message* make(Term term, const AddressRanges* released = nullptr) {
    return must(make_sent_message(memory.blocks, space.range(), term, released));
  }
  Result<MessageLiterals> try_to_give_up_area(Message* message) {
    MessageQueue queue;
    queue.append(message);
    return copy_message_literals(queue, space.range(), area.area().range(), memory.blocks);
  }
  std::size_t give_up_area(Message* message) {
    return must(try_to_give_up_area(message)).copied_words;
  }
  Term receive(const Message* message) { return must(receive_message(*message, nullptr, process)); }
  // Where senders build what they send.
  [[nodiscard]] TermRoom room() { return TermRoom(sender); }

  LiteralSpace space = test_space();
  AreaImage image = records_image(10, 2, 98);
  LoadedArea area{space, image};
  TestMemory memory;
  Process sender = beam_test::spawn(memory, {.min_heap_words = 10000}, 0, space.range());
  Process process = beam_test::spawn(memory, {.min_heap_words = 10000}, 0, space.range());
};

}  // namespace

TEST_CASE("a message is a copy that shares literals") {
  TestTransit test;
  const Term sent = tuple(test.room(), {small_list(test.room(), 10), test.area.literal(2)});
  Message* message = test.make(sent);
  const Term got = test.receive(message);
  CHECK(got != sent);
  CHECK(same_graph(got, sent));
  CHECK(got.pointer()[2] == test.area.literal(2).word);
  release_messages(test.memory.blocks, message);
}

TEST_CASE("a message that is sent while an area is released has copies of its literals") {
  TestTransit test;
  const AddressRanges released = test.area.area().range();
  Message* message = test.make(tuple(test.room(), {test.area.literal(2)}), &released);
  CHECK(test.give_up_area(message) == 0);
  const Term got = test.receive(message);
  CHECK(got.pointer()[1] != test.area.literal(2).word);
  CHECK(same_graph(Term{got.pointer()[1]}, test.image.literals[2]));
  release_messages(test.memory.blocks, message);
}

TEST_CASE("a purge copies the literals of a queued message once for each reference") {
  TestTransit test;
  const Term literal = test.area.literal(2);  // 8 words
  Message* message = test.make(tuple(test.room(), {literal, literal}));
  CHECK(test.give_up_area(message) == 16);
  CHECK(test.give_up_area(message) == 0);
  test.area.release();
  const Term got = test.receive(message);
  CHECK(got.pointer()[1] != got.pointer()[2]);
  CHECK(same_graph(Term{got.pointer()[1]}, test.image.literals[2]));
  CHECK(same_graph(Term{got.pointer()[2]}, test.image.literals[2]));
  CHECK(damage(test.process, &test.space) == kNoDamage);
  release_messages(test.memory.blocks, message);
}

TEST_CASE("a message that is a literal itself is freed of it") {
  TestTransit test;
  Message* message = test.make(test.area.literal(3));
  CHECK(test.give_up_area(message) == 8);
  test.area.release();
  CHECK(same_graph(test.receive(message), test.image.literals[3]));
  release_messages(test.memory.blocks, message);
}

TEST_CASE("a message keeps its literals when there is no memory to copy them") {
  TestTransit test;
  Message* message = test.make(test.area.literal(3));
  test.memory.blocks.set_budget(0);
  CHECK_FALSE(test.try_to_give_up_area(message).ok());
  CHECK_FALSE(make_sent_message(test.memory.blocks, test.space.range(), kNil, nullptr).ok());
  test.memory.blocks.set_budget(FailingBlocks::kNever);
  CHECK(test.receive(message) == test.area.literal(3));
  release_messages(test.memory.blocks, message);
}

TEST_CASE("a message that does not fit makes its receiver collect") {
  TestTransit test;
  Process small = spawn(test.memory, {}, 0, test.space.range());
  const Term sent = small_list(test.room(), 500);
  Message* message = test.make(sent);
  const Term got = must(receive_message(*message, nullptr, small));
  CHECK(same_graph(got, sent));
  CHECK(small.young.words > 1000);
  release_messages(test.memory.blocks, message);
}

TEST_CASE("a message owns one reference of a payload for as long as it is there") {
  TestTransit test;
  Payloads payloads;
  RefcBinary* payload = payloads.make(1000);
  const Term binary = counted_binary(test.room(), payload);
  Message* message = test.make(cons(test.room(), binary, kNil));
  CHECK(payload->references == 2);
  const Term got = test.receive(message);
  static_cast<void>(got);
  CHECK(payload->references == 3);
  release_messages(test.memory.blocks, message);
  CHECK(payload->references == 2);
}

TEST_CASE("messages leave a list in the order in which they came") {
  TestTransit test;
  MessageQueue list;
  MessageQueue later;
  Message* const a = test.make(make_small(1));
  Message* const b = test.make(make_small(2));
  Message* const c = test.make(make_small(3));
  list.append(MessageQueue{});
  list.append(a);
  later.append(b);
  later.append(c);
  list.append(later);
  list.append(MessageQueue{});
  CHECK(list.count == 3);
  for (Message* const message : {a, b, c}) {
    CHECK(list.take() == message);
    release_messages(test.memory.blocks, message);
  }
  CHECK(list.take() == nullptr);
  CHECK(list.empty());
}

TEST_CASE("messages that are given back give back their memory") {
  TestTransit test;
  const std::uint64_t before = test.memory.live_bytes();
  MessageQueue list;
  for (std::size_t i = 1; i < 5; ++i) {
    list.append(test.make(test.area.literal(i)));
    test.give_up_area(list.last);
  }
  release_messages(test.memory.blocks, list.first);
  CHECK(test.memory.live_bytes() == before);
}
