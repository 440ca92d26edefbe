#include "engine/term/term_writer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/term/bits.hpp"
#include "engine/term/off_heap.hpp"

namespace beam {

namespace {

void place_terms(Word* to, std::span<const Term> terms) noexcept {
  std::transform(terms.begin(), terms.end(), to, [](Term term) { return term.word; });
}

// Writes `first` to the low half of the first word, and the numbers from its high half on.
void place_numbers(Word* to, std::size_t words, Word first,
                   std::span<const std::uint32_t> numbers) noexcept {
  std::fill_n(to, words, Word{0});
  to[0] = first;
  if (numbers.empty()) return;  // memcpy must not get a null pointer, even for 0 bytes
  std::memcpy(reinterpret_cast<char*>(to) + sizeof(std::uint32_t), numbers.data(),
              numbers.size_bytes());
}

}  // namespace

Term TermWriter::cons(Term head, Term tail) noexcept {
  Word* cell = take(kConsWords);
  cell[0] = head.word;
  cell[1] = tail.word;
  return make_list(cell);
}

Term TermWriter::tuple(std::span<const Term> elements) noexcept {
  Word* object = take(1 + elements.size());
  object[0] = make_header(elements.size(), Subtag::kTuple);
  place_terms(object + 1, elements);
  return make_boxed(object);
}

Term TermWriter::float_number(double value) noexcept {
  Word* object = take(kFloatWords);
  object[0] = make_header(kFloatWords - 1, Subtag::kFloat);
  object[1] = std::bit_cast<Word>(value);
  return make_boxed(object);
}

Term TermWriter::big(bool negative, std::span<const Word> digits) noexcept {
  Word* object = take(big_words(digits.size()));
  object[0] = make_header(digits.size(), negative ? Subtag::kNegativeBig : Subtag::kPositiveBig);
  std::copy(digits.begin(), digits.end(), object + 1);
  return make_boxed(object);
}

Term TermWriter::flat_map(Term keys, std::span<const Term> values) noexcept {
  Word* object = take(flat_map_words(values.size()));
  object[0] = kFlatMapHeader;
  object[kFlatMapSize] = values.size();
  object[kFlatMapKeys] = keys.word;
  place_terms(object + kFlatMapValues, values);
  return make_boxed(object);
}

Term TermWriter::heap_binary(std::span<const std::uint8_t> bytes) noexcept {
  const std::size_t words = heap_binary_words(bytes.size());
  Word* object = take(words);
  object[words - 1] = 0;  // the padding of the last word
  object[0] = heap_binary_header(bytes.size());
  object[1] = bytes.size();
  if (!bytes.empty()) std::memcpy(object + 2, bytes.data(), bytes.size());
  return make_boxed(object);
}

Term TermWriter::counted_binary(RefcBinary* payload) noexcept {
  Word* object = take(kProcBinWords);
  object[0] = kProcBinHeader;
  object[kProcBinSize] = payload->size;
  object[kProcBinPayload] = reinterpret_cast<Word>(payload);
  object[kProcBinBytes] = reinterpret_cast<Word>(payload->bytes());
  object[kProcBinFlags] = 0;
  link_off_heap(object, off_heap_);
  return make_boxed(object);
}

Term TermWriter::sub_binary(Term original, const BinaryPart& part) noexcept {
  Word* object = take(kSubBinaryWords);
  object[0] = kSubBinaryHeader;
  object[kSubBinarySize] = part.bytes;
  object[kSubBinaryOffset] = part.offset;
  object[kSubBinaryBits] = pack_bits(part.bits, part.bit_offset, part.writable);
  object[kSubBinaryOrig] = original.word;
  return make_boxed(object);
}

Term TermWriter::match_state(Term bitstring, std::size_t saved_positions) noexcept {
  const Bits bits = bits_of(bitstring);
  const Term original =
      is_sub_binary(bitstring) ? Term{bitstring.pointer()[kSubBinaryOrig]} : bitstring;
  const std::uint8_t* base = bytes_of_binary(original.pointer());
  const std::size_t offset = 8 * static_cast<std::size_t>(bits.bytes - base) + bits.offset;
  Word* object = take(kMatchStateWords + saved_positions);
  object[0] = match_state_header(saved_positions);
  object[kMatchStateOrig] = original.word;
  object[kMatchStateBase] = reinterpret_cast<Word>(base);
  object[kMatchStateOffset] = offset;
  object[kMatchStateEnd] = offset + bits.size;
  std::fill_n(object + kMatchStateWords, saved_positions, Word{offset});
  return make_boxed(object);
}

Term TermWriter::local_fun(Word entry, std::size_t arity, Term creator,
                           std::span<const Term> environment) noexcept {
  Word* object = take(kFunWords + environment.size());
  object[0] = kFunHeader;
  object[kFunEntry] = entry;
  object[kFunArity] = pack_fun_arity(arity, environment.size());
  object[kFunCreator] = creator.word;
  place_terms(object + kFunWords, environment);
  link_off_heap(object, off_heap_);
  return make_boxed(object);
}

Term TermWriter::external_fun(Term module, Term function, std::size_t arity) noexcept {
  Word* object = take(kFunWords);
  object[0] = kFunHeader;
  object[kFunEntry] = pack_export(module.atom_index(), function.atom_index());
  object[kOffHeapNext] = 0;
  object[kFunArity] = pack_fun_arity(arity, 0);
  object[kFunCreator] = kExternalFunCreator.word;
  return make_boxed(object);
}

Term TermWriter::reference(std::span<const std::uint32_t> numbers) noexcept {
  const std::size_t words = 1 + (1 + numbers.size()) / 2;
  Word* object = take(words);
  object[0] = make_header(words - 1, Subtag::kRef);
  place_numbers(object + 1, words - 1, kOrdinaryRefMarker, numbers);
  return make_boxed(object);
}

Term TermWriter::magic_reference(RefcBinary* payload) noexcept {
  Word* object = take(kRefWords);
  object[0] = make_header(kRefWords - 1, Subtag::kRef);
  object[kMagicRefPayload] = reinterpret_cast<Word>(payload);
  link_off_heap(object, off_heap_);
  return make_boxed(object);
}

Word* TermWriter::take_external(Subtag subtag, std::size_t words, Word node) noexcept {
  Word* object = take(words);
  object[0] = make_header(words - 1, subtag);
  object[kExternalNode] = node;
  link_off_heap(object, off_heap_);
  return object;
}

Term TermWriter::external_pid(Word node, std::uint32_t number, std::uint32_t serial) noexcept {
  Word* object = take_external(Subtag::kExternalPid, kExternalIdWords, node);
  object[kExternalData] = (static_cast<Word>(serial) << 32) | number;
  return make_boxed(object);
}

Term TermWriter::external_port(Word node, std::uint64_t id) noexcept {
  Word* object = take_external(Subtag::kExternalPort, kExternalIdWords, node);
  object[kExternalData] = id;
  return make_boxed(object);
}

Term TermWriter::external_reference(Word node, std::span<const std::uint32_t> numbers) noexcept {
  const std::size_t words = external_ref_words(numbers.size());
  Word* object = take_external(Subtag::kExternalRef, words, node);
  place_numbers(object + kExternalData, words - kExternalData, numbers.size(), numbers);
  return make_boxed(object);
}

}  // namespace beam
