#include "tests/support/term_room.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <stdexcept>

#include "engine/term/empty_tuple.hpp"
#include "engine/term/off_heap.hpp"

namespace beam_test {

using namespace beam;

Word* TermRoom::take(std::size_t words) {
  Word* at = process_ != nullptr ? process_->allocate(words) : image_->words.allocate(words);
  if (at == nullptr) throw std::length_error("no room for a test's term");
  return at;
}

void TermRoom::own(Word* object) noexcept {
  link_off_heap(object, process_ != nullptr ? process_->off_heap : image_->off_heap);
}

Term cons(TermRoom room, Term head, Term tail) {
  Word* cell = room.take(kConsWords);
  cell[0] = head.word;
  cell[1] = tail.word;
  return make_list(cell);
}

Term tuple(TermRoom room, std::span<const Term> elements) {
  Word* object = room.take(1 + elements.size());
  object[0] = make_header(elements.size(), Subtag::kTuple);
  std::ranges::transform(elements, object + 1, &Term::word);
  return make_boxed(object);
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
  Word* object = room.take(flat_map_words(values.size()));
  object[0] = kFlatMapHeader;
  object[kFlatMapSize] = values.size();
  object[kFlatMapKeys] = (values.empty() ? unplaced_empty_tuple() : keys).word;
  std::ranges::transform(values, object + kFlatMapValues, &Term::word);
  return make_boxed(object);
}

Term local_fun(TermRoom room, std::span<const Term> environment) {
  Word* object = room.take(kFunWords + environment.size());
  object[0] = kFunHeader;
  object[kFunEntry] = 0x10;
  object[kFunArity] = pack_fun_arity(1, environment.size());
  object[kFunCreator] = make_pid(1).word;
  std::ranges::transform(environment, object + kFunWords, &Term::word);
  room.own(object);
  return make_boxed(object);
}

Term external_fun(TermRoom room) {
  Word* object = room.take(kFunWords);
  object[0] = kFunHeader;
  object[kFunEntry] = pack_export(1, 2);
  object[kOffHeapNext] = 0;
  object[kFunArity] = pack_fun_arity(1, 0);
  object[kFunCreator] = kExternalFunCreator.word;
  return make_boxed(object);
}

Term external_pid(TermRoom room) {
  constexpr std::size_t kWords = 4;
  Word* object = room.take(kWords);
  object[0] = make_header(kWords - 1, Subtag::kExternalPid);
  object[1] = 0x20;
  object[3] = 0x30;
  room.own(object);
  return make_boxed(object);
}

Term float_number(TermRoom room, double value) {
  Word* object = room.take(kFloatWords);
  object[0] = make_header(1, Subtag::kFloat);
  object[1] = std::bit_cast<Word>(value);
  return make_boxed(object);
}

Term big(TermRoom room, std::span<const Word> digits) {
  Word* object = room.take(big_words(digits.size()));
  object[0] = make_header(digits.size(), Subtag::kPositiveBig);
  std::ranges::copy(digits, object + 1);
  return make_boxed(object);
}

Term heap_binary(TermRoom room, std::size_t bytes, std::uint8_t first) {
  Word* object = room.take(heap_binary_words(bytes));
  object[heap_binary_words(bytes) - 1] = 0;
  object[0] = heap_binary_header(bytes);
  object[1] = bytes;
  auto* at = reinterpret_cast<std::uint8_t*>(object + 2);
  std::iota(at, at + bytes, first);
  return make_boxed(object);
}

Term counted_binary(TermRoom room, RefcBinary* payload) {
  Word* object = room.take(kProcBinWords);
  object[0] = kProcBinHeader;
  object[kProcBinSize] = payload->size;
  object[kProcBinPayload] = reinterpret_cast<Word>(payload);
  object[kProcBinBytes] = reinterpret_cast<Word>(payload->bytes());
  object[kProcBinFlags] = 0;
  room.own(object);
  return make_boxed(object);
}

Term sub_binary(TermRoom room, Term original, Part part) {
  Word* object = room.take(kSubBinaryWords);
  object[0] = kSubBinaryHeader;
  object[kSubBinarySize] = part.bytes;
  object[kSubBinaryOffset] = part.offset;
  object[kSubBinaryBits] = pack_bits(part.bits, part.bit_offset, part.writable);
  object[kSubBinaryOrig] = original.word;
  return make_boxed(object);
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
