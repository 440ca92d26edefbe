// Purges of literals in queued messages, against what OTP 25 was seen to make of them.
#include "engine/gc/collect.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/heap/process_info.hpp"
#include "engine/purge/process_scan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"
#include "tests/support/purge_one.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A receiver of literals, {lit, I, [1, ...]}, of a module that is then purged.
class Receiver {
 public:
  Receiver(std::size_t area_words, std::size_t elements, ProcessOptions options = {})
      : image_(records_image(2, elements, area_words)),
        area_(space_, image_),
        outside_(empty_image(1000)),
        process(spawn(memory, options, 0, space_.range())) {}

  [[nodiscard]] Term literal(std::size_t index = 0) const { return area_.literal(index); }
  // The literal in a message of 11 more words: {[w, w, w, w], Literal}.
  [[nodiscard]] Term wrapped() {
    const TermRoom room(outside_);
    return tuple(room, {small_list(room, 4), literal()});
  }
  [[nodiscard]] Term twice() { return tuple(TermRoom(outside_), {literal(), literal()}); }

  // {big, lists:seq(1, elements), Literal}: 4 words and the list.
  [[nodiscard]] Term with_list(std::size_t elements) {
    const Term list = small_list(TermRoom(outside_), elements);
    return in_tuple({make_atom(1), list, literal()});
  }
  [[nodiscard]] Term in_tuple(std::initializer_list<Term> elements) {
    return tuple(TermRoom(outside_), elements);
  }

  // Purges, and checks that queued messages still end in the literal.
  void purge() {
    PurgeObserver observer;
    must(purge_one("otp", process, area_.area(), memory.blocks, observer));
    for (const Message* at = process.messages.first; at != nullptr; at = at->next) {
      const Term held = literal_in(at->term);
      CHECK((same_graph(held, literal()) || same_graph(held, literal(1))));
    }
    area_.release();
    CHECK(damage(process, &space_) == kNoDamage);
  }
  void collect() {
    must(collect_major(process));
    CHECK(damage(process, &space_) == kNoDamage);
  }

 private:
  // The literal is a message, or the last element of one; {lit, I, List} ends in no tuple.
  [[nodiscard]] static Term literal_in(Term message) {
    const Word* object = message.pointer();
    const Term last{object[header_arity(object[0])]};
    return last.is_boxed() ? last : message;
  }

  LiteralSpace space_ = test_space();
  AreaImage image_;
  LoadedArea area_;
  AreaImage outside_;

 public:
  TestMemory memory;
  Process process;
};

// {total_heap_size, heap_block_size, old_heap_block_size, old_heap_size, heap_size, recent_size,
// mbuf_size}
using Figures = std::array<std::size_t, 7>;

Figures figures(const Process& process) {
  const auto info = garbage_collection_info(process);
  return {total_heap_size(process),
          info.heap_block_size,
          info.old_heap_block_size,
          info.old_heap_size,
          info.heap_size,
          info.recent_size,
          info.mbuf_size};
}

constexpr ProcessOptions kOffHeap{.off_heap_messages = true};
constexpr Delivery kAttached{.receiver_runs = true};

}  // namespace

TEST_CASE("a bare literal in an on_heap queue is copied into a fragment of its message") {
  Receiver receiver(298, 5);
  must(send(receiver.process, receiver.literal()));
  CHECK(total_heap_size(receiver.process) == 233);
  receiver.purge();
  CHECK(total_heap_size(receiver.process) == 247);
  CHECK(garbage_collection_info(receiver.process).mbuf_size == 14);
  receiver.collect();
  CHECK(total_heap_size(receiver.process) == 233);
  CHECK(receiver.process.used_words() == 14);
}

TEST_CASE("a literal in a message on the heap leads to a literal collection") {
  Receiver receiver(298, 5);
  must(send(receiver.process, receiver.wrapped()));
  receiver.purge();
  CHECK(total_heap_size(receiver.process) == 609);
  CHECK(receiver.process.used_words() == 11);
  CHECK(receiver.process.old_used_words() == 14);
  receiver.collect();
  CHECK(total_heap_size(receiver.process) == 233);
  CHECK(receiver.process.used_words() == 25);
}

TEST_CASE("a literal in an attached message is copied into one more fragment") {
  Receiver receiver(298, 5);
  const TermRoom room(receiver.process);
  REQUIRE(receiver.process.push(small_list(room, 108)));
  tuple(room, {kNil, kNil, kNil, kNil, kNil, kNil});  // garbage of its start
  must(send(receiver.process, receiver.wrapped()));
  CHECK(total_heap_size(receiver.process) == 244);
  receiver.purge();
  CHECK(total_heap_size(receiver.process) == 258);
  CHECK(garbage_collection_info(receiver.process).mbuf_size == 25);
  receiver.collect();
  CHECK(total_heap_size(receiver.process) == 376);
  CHECK(receiver.process.used_words() == 216 + 25);
}

TEST_CASE("literals of an on_heap queue of an idle receiver cost a block of the whole area") {
  for (const auto& [area, elements, total] :
       {std::tuple{98U, 2U, 375U}, std::tuple{40818U, 100U, 46655U}}) {
    Receiver receiver(area, elements);
    must(send(receiver.process, receiver.wrapped()));
    receiver.purge();
    CHECK(total_heap_size(receiver.process) == total);
  }
}

TEST_CASE("literals of a queue off the heap cost memory but no heap") {
  for (const bool bare : {true, false}) {
    for (const auto& [area, elements, bytes] :
         {std::tuple{98U, 2U, 64U}, std::tuple{40818U, 100U, 1632U}}) {
      Receiver receiver(area, elements, kOffHeap);
      must(send(receiver.process, bare ? receiver.literal() : receiver.wrapped()));
      const std::size_t before = memory(receiver.process);
      receiver.purge();
      CHECK(memory(receiver.process) == before + bytes);
      CHECK(total_heap_size(receiver.process) == 233);
      receiver.collect();
      CHECK(total_heap_size(receiver.process) == 233);
    }
  }
}

TEST_CASE("a literal that a message refers to twice is copied twice") {
  Receiver receiver(400, 50, kOffHeap);
  must(send(receiver.process, receiver.twice()));
  const std::size_t before = memory(receiver.process);
  receiver.purge();
  CHECK(memory(receiver.process) == before + 2 * 104 * 8);
}

TEST_CASE(
    "messages that were purged before they are received join the process with all fragments") {
  for (const ProcessOptions& options : {ProcessOptions{}, kOffHeap}) {
    Receiver receiver(298, 5, options);
    must(send(receiver.process, receiver.wrapped(), kAttached));
    must(send(receiver.process, receiver.literal(), kAttached));
    receiver.purge();
    REQUIRE(receiver.process.push(receive(receiver.process)));
    REQUIRE(receiver.process.push(receive(receiver.process)));
    CHECK(receiver.process.fragment_words == 11 + 14 + 14);
    receiver.collect();
    CHECK(receiver.process.used_words() == 39);
  }
}

TEST_CASE("a holder with literals in three kinds of messages has the heaps that OTP 25 gave it") {
  Receiver receiver(298, 5);
  Process& process = receiver.process;
  tuple(TermRoom(process), {kNil, kNil, kNil, kNil, kNil, kNil});  // garbage of its start
  must(send(process, receiver.in_tuple({make_atom(1), receiver.wrapped()})));
  REQUIRE(process.push(receive(process)));
  must(send(process, receiver.in_tuple({make_atom(2), receiver.literal(1)})));
  must(send(process, receiver.literal()));
  must(send(process, receiver.with_list(120)));
  CHECK(figures(process) == Figures{477, 233, 0, 0, 24, 0, 244});
  CHECK(memory(process) == 4856);
  receiver.purge();
  CHECK(figures(process) == Figures{752, 376, 376, 28, 289, 17, 0});
  CHECK(memory(process) == 7056);
  receiver.collect();
  CHECK(figures(process) == Figures{610, 610, 0, 0, 317, 317, 0});
  must(beam::collect(process));
  CHECK(figures(process) == Figures{986, 376, 610, 317, 0, 0, 0});
}

TEST_CASE("a purge counts what it scans and copies in a queue") {
  Receiver receiver(298, 5, kOffHeap);
  must(send(receiver.process, receiver.wrapped()));
  must(send(receiver.process, make_atom(1)));
  must(send(receiver.process, receiver.literal()));
  const AddressRange elsewhere{8, 8};
  const auto none = must(copy_message_literals(receiver.process, elsewhere));
  CHECK(none.scanned_words == 1 + 11 + 1 + 1);
  CHECK(none.copied_words == 0);
}

TEST_CASE("a purge that finds no memory for a message leaves all of them whole") {
  Receiver receiver(298, 5, kOffHeap);
  must(send(receiver.process, receiver.wrapped()));
  must(send(receiver.process, receiver.literal()));
  for (const std::uint64_t budget : {0U, 1U}) {
    receiver.memory.blocks.set_budget(budget);
    const Word literal = receiver.literal().word;
    CHECK_FALSE(
        copy_message_literals(receiver.process, AddressRange{literal & ~kPrimaryMask, 800}).ok());
  }
  receiver.memory.blocks.set_budget(FailingBlocks::kNever);
  receiver.purge();
  CHECK(memory(receiver.process) == 2640 + 2 * 88 + 8 * (11 + 14 + 14));
}
