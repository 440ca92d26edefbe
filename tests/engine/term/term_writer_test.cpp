// Objects as they are written: their words, and the off-heap list.
#include <array>
#include <vector>

#include "engine/term/bits.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/term_writer.hpp"
#include "tests/support/catch.hpp"

namespace {

using namespace beam;

// A place for a few objects.
struct Heap {
  std::array<Word, 64> words{};
  Word* top = words.data();
  Word* off_heap = nullptr;
  TermWriter writer{top, off_heap};
};

// The words that `write(TermWriter&)` used, which must be what the object says of itself.
template <class Write>
std::size_t words_of(Write write) {
  Heap heap;
  const Term term = write(heap.writer);
  const auto used = static_cast<std::size_t>(heap.top - heap.words.data());
  CHECK(term.pointer() == heap.words.data());
  CHECK((term.is_list() ? kConsWords : boxed_words(term.pointer())) == used);
  const bool listed = term.is_boxed() && on_off_heap_list(term.pointer());
  CHECK(heap.off_heap == (listed ? term.pointer() : nullptr));
  return used;
}

const std::vector<std::uint32_t> kNumbers{11, 12, 13, 14, 15};
constexpr Word kNode = pack_node(9, 2);

}  // namespace

TEST_CASE("objects have the words that the runtime gives them") {
  const std::vector<Term> three(3, kNil);
  CHECK(words_of([](TermWriter& to) { return to.cons(kNil, kNil); }) == 2);
  CHECK(words_of([&](TermWriter& to) { return to.tuple(three); }) == 4);
  CHECK(words_of([](TermWriter& to) { return to.float_number(1.5); }) == 2);
  CHECK(words_of([](TermWriter& to) { return to.big(true, std::vector<Word>{1, 2}); }) == 3);
  CHECK(words_of([&](TermWriter& to) { return to.flat_map(kNil, three); }) == 6);
  CHECK(words_of([](TermWriter& to) { return to.heap_binary(std::vector<std::uint8_t>(9)); }) == 4);
  CHECK(words_of([](TermWriter& to) { return to.sub_binary(kNil, {}); }) == 5);
  CHECK(words_of([](TermWriter& to) { return to.local_fun(0, 1, make_pid(1), {}); }) == 5);
  CHECK(words_of([&](TermWriter& to) { return to.local_fun(0, 1, make_pid(1), three); }) == 8);
  CHECK(words_of([](TermWriter& to) { return to.external_fun(make_atom(1), make_atom(2), 3); }) ==
        5);
}

TEST_CASE("references and external identifiers have the words that the runtime gives them") {
  const std::span<const std::uint32_t> numbers(kNumbers);
  CHECK(words_of([&](TermWriter& to) { return to.reference(numbers.first(3)); }) == 3);
  CHECK(words_of([&](TermWriter& to) { return to.reference(numbers); }) == 4);
  CHECK(words_of([](TermWriter& to) { return to.external_pid(kNode, 1, 2); }) == 4);
  CHECK(words_of([](TermWriter& to) { return to.external_port(kNode, 1); }) == 4);
  constexpr std::array<std::size_t, 6> kExternalWords = {4, 4, 5, 5, 6, 6};  // by count of numbers
  for (std::size_t count = 0; count < kExternalWords.size(); ++count) {
    CHECK(words_of([&](TermWriter& to) {
            return to.external_reference(kNode, numbers.first(count));
          }) == kExternalWords[count]);
  }
}

TEST_CASE("an identifier is read as it was written") {
  Heap heap;
  const auto pid = identifier_of(heap.writer.external_pid(kNode, 7, 8));
  CHECK(pid.kind == IdentifierKind::kPid);
  CHECK_FALSE(pid.local);
  CHECK(pid.node == kNode);
  CHECK(pid_number(pid.id) == 7);
  CHECK(pid_serial(pid.id) == 8);
  const auto reference = identifier_of(heap.writer.reference(kNumbers));
  CHECK(reference.kind == IdentifierKind::kReference);
  CHECK(reference.local);
  CHECK(reference.count == 5);
  CHECK(std::vector<std::uint32_t>(reference.numbers.begin(), reference.numbers.end()) == kNumbers);
  CHECK(identifier_of(kNil).kind == IdentifierKind::kNone);
  CHECK(identifier_of(heap.writer.float_number(1)).kind == IdentifierKind::kNone);
}

TEST_CASE("what owns something off the heap is in front of the list") {
  Heap heap;
  const Term fun = heap.writer.local_fun(0, 1, make_pid(1), {});
  heap.writer.external_fun(make_atom(1), make_atom(2), 0);
  const Term pid = heap.writer.external_pid(kNode, 1, 0);
  heap.writer.reference(std::span(kNumbers).first(3));
  CHECK(heap.off_heap == pid.pointer());
  CHECK(next_off_heap(heap.off_heap) == fun.pointer());
  CHECK(next_off_heap(fun.pointer()) == nullptr);
}

TEST_CASE("a magic reference owns its payload and has its numbers") {
  PayloadArena* payloads = PayloadArena::create(1000);
  REQUIRE(payloads != nullptr);
  RefcBinary* payload = payloads->make(kMagicPayloadBytes);
  REQUIRE(payload != nullptr);
  std::copy_n(reinterpret_cast<const std::uint8_t*>(kNumbers.data()), kMagicPayloadBytes,
              payload->bytes());
  payload->retain();
  Heap heap;
  const Term reference = heap.writer.magic_reference(payload);
  CHECK(is_magic_ref(reference.pointer()));
  CHECK(same_identifier(identifier_of(reference),
                        identifier_of(heap.writer.reference(std::span(kNumbers).first(3)))));
  CHECK(heap.off_heap == reference.pointer());
  release_off_heap(heap.off_heap);
  CHECK(payload->references == 1);
  payload->release();
  payloads->release();
}

TEST_CASE("a match state matches what a sub-binary is part of") {
  Heap heap;
  const Term whole = heap.writer.heap_binary(std::vector<std::uint8_t>(16));
  const Term part =
      heap.writer.sub_binary(whole, {.offset = 3, .bytes = 4, .bits = 2, .bit_offset = 5});
  const Word* state = heap.writer.match_state(part, 1).pointer();
  CHECK(boxed_words(state) == 6);
  CHECK(state[kMatchStateOrig] == whole.word);
  CHECK(state[kMatchStateBase] == reinterpret_cast<Word>(bytes_of_binary(whole.pointer())));
  CHECK(state[kMatchStateOffset] == 29);
  CHECK(state[kMatchStateEnd] == 29 + 34);
}
