#include "tests/support/term_room.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "engine/term/empty_tuple.hpp"
#include "engine/term/term_writer.hpp"

namespace beam_test {

using namespace beam;

Word* TermRoom::take(std::size_t words) {
  Word* at = process_ != nullptr ? process_->allocate(words) : image_->words.allocate(words);
  if (at == nullptr) throw std::length_error("no room for a test's term");
  return at;
}

Word*& TermRoom::off_heap() noexcept {
  return process_ != nullptr ? process_->off_heap : image_->off_heap;
}

namespace {

// What `write(TermWriter&)` makes of so many words.
template <class Write>
Term write(TermRoom room, std::size_t words, Write write) {
  Word* top = room.take(words);
  TermWriter to(top, room.off_heap());
  return write(to);
}

}  // namespace

Term cons(TermRoom room, Term head, Term tail) {
  return write(room, kConsWords, [&](TermWriter& to) { return to.cons(head, tail); });
}

Term tuple(TermRoom room, std::span<const Term> elements) {
  return write(room, 1 + elements.size(), [&](TermWriter& to) { return to.tuple(elements); });
}

Term tuple(TermRoom room, std::initializer_list<Term> elements) {
  return tuple(room, std::span(elements.begin(), elements.size()));
}

Term list(TermRoom room, std::span<const Term> elements, Term tail) {
  for (std::size_t i = elements.size(); i > 0; --i) tail = cons(room, elements[i - 1], tail);
  return tail;
}

Term small_list(TermRoom room, std::size_t count) {
  Term tail = kNil;
  for (std::size_t i = count; i > 0; --i) {
    tail = cons(room, make_small(static_cast<std::int64_t>(i)), tail);
  }
  return tail;
}

Term record(TermRoom room, std::int64_t index, std::size_t elements) {
  const Term field = small_list(room, elements);
  return tuple(room, {make_atom(0), make_small(index), field});
}

Term flat_map(TermRoom room, Term keys, std::span<const Term> values) {
  const Term tuple = values.empty() ? unplaced_empty_tuple() : keys;
  return write(room, flat_map_words(values.size()),
               [&](TermWriter& to) { return to.flat_map(tuple, values); });
}

Term local_fun(TermRoom room, std::span<const Term> environment) {
  return write(room, kFunWords + environment.size(), [&](TermWriter& to) {
    return to.local_fun(pack_fun_entry(1, 2, 3), 1, make_pid(1), environment);
  });
}

Term external_fun(TermRoom room) {
  return write(room, kFunWords,
               [](TermWriter& to) { return to.external_fun(make_atom(1), make_atom(2), 1); });
}

Term reference(TermRoom room, std::span<const std::uint32_t> numbers) {
  return write(room, numbers.size() == kRefNumbers ? kRefWords : kPidRefWords,
               [&](TermWriter& to) { return to.reference(numbers); });
}

Term magic_reference(TermRoom room, RefcBinary* payload) {
  return write(room, kRefWords, [&](TermWriter& to) { return to.magic_reference(payload); });
}

Term external_pid(TermRoom room) {
  return write(room, kExternalIdWords,
               [](TermWriter& to) { return to.external_pid(pack_node(2, 1), 3, 4); });
}

Term external_port(TermRoom room) {
  return write(room, kExternalIdWords,
               [](TermWriter& to) { return to.external_port(pack_node(2, 1), 5); });
}

Term external_reference(TermRoom room, std::span<const std::uint32_t> numbers) {
  return write(room, external_ref_words(numbers.size()),
               [&](TermWriter& to) { return to.external_reference(pack_node(2, 1), numbers); });
}

Term float_number(TermRoom room, double value) {
  return write(room, kFloatWords, [&](TermWriter& to) { return to.float_number(value); });
}

Term big(TermRoom room, std::span<const Word> digits) {
  return write(room, big_words(digits.size()),
               [&](TermWriter& to) { return to.big(false, digits); });
}

Term heap_binary(TermRoom room, std::size_t bytes, std::uint8_t first) {
  std::vector<std::uint8_t> contents(bytes);
  std::iota(contents.begin(), contents.end(), first);
  return write(room, heap_binary_words(bytes),
               [&](TermWriter& to) { return to.heap_binary(contents); });
}

Term counted_binary(TermRoom room, RefcBinary* payload) {
  return write(room, kProcBinWords, [&](TermWriter& to) { return to.counted_binary(payload); });
}

Term sub_binary(TermRoom room, Term original, BinaryPart part) {
  return write(room, kSubBinaryWords,
               [&](TermWriter& to) { return to.sub_binary(original, part); });
}

Term match_state(TermRoom room, Term bitstring, std::size_t saved_positions) {
  return write(room, kMatchStateWords + saved_positions,
               [&](TermWriter& to) { return to.match_state(bitstring, saved_positions); });
}

Term nested_tuples(TermRoom room, std::size_t levels) {
  Term inner = kNil;
  for (std::size_t i = 0; i < levels; ++i) inner = tuple(room, {inner});
  return inner;
}

Term nested_lists(TermRoom room, std::size_t levels) {
  Term inner = kNil;
  for (std::size_t i = 0; i < levels; ++i) inner = cons(room, inner, kNil);
  return inner;
}

Payloads::Payloads(std::size_t max_bytes) : arena_(PayloadArena::create(max_bytes)) {
  if (arena_ == nullptr) throw std::runtime_error("no address space for a test's payloads");
}

RefcBinary* Payloads::make(std::size_t bytes) {
  RefcBinary* payload = arena_->make(bytes);
  if (payload == nullptr) throw std::length_error("no room for a test's payload");
  std::iota(payload->bytes(), payload->bytes() + bytes, std::uint8_t{0});
  made_.push_back(payload);
  return payload;
}

std::uint64_t Payloads::references() const noexcept {
  return std::transform_reduce(
      made_.begin(), made_.end(), std::uint64_t{0}, std::plus{},
      [](const RefcBinary* payload) { return payload->references.load(); });
}

std::uint64_t references_of(Term counted) noexcept {
  return payload_of(counted.pointer())->references.load();
}

}  // namespace beam_test
