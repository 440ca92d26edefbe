// Terms for tests, one call for each kind. Whatever a builder made lives as long as the builder.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/word_arena.hpp"
#include "engine/term/atom_table.hpp"
#include "engine/term/empty_tuple.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/map_builder.hpp"
#include "engine/term/refc_binary.hpp"
#include "engine/term/term.hpp"
#include "engine/term/term_writer.hpp"
#include "tests/support/catch.hpp"

class TermBuilder {
 public:
  using Term = beam::Term;
  using Word = beam::Word;
  using Bytes = std::vector<std::uint8_t>;

  explicit TermBuilder(std::size_t max_words = std::size_t{1} << 28)
      : arena_(std::move(beam::WordArena::reserve(max_words)).value()),
        payloads_(beam::PayloadArena::create(std::size_t{1} << 30)) {
    REQUIRE(payloads_ != nullptr);
  }
  TermBuilder(const TermBuilder&) = delete;
  TermBuilder& operator=(const TermBuilder&) = delete;
  ~TermBuilder() {
    for (beam::RefcBinary* payload : held_) payload->release();
    payloads_->release();
  }

  beam::WordArena& arena() { return arena_; }
  // Atoms are of one table for all builders, so that terms of two builders can be compared.
  static beam::AtomTable& atoms() {
    static beam::AtomTable table;
    return table;
  }

  Term integer(std::int64_t n) const { return beam::make_small(n); }
  Term atom(std::string_view name) const { return atoms().intern(name).value(); }

  Term real(double value) {
    return boxed({beam::make_header(1, beam::Subtag::kFloat), std::bit_cast<Word>(value)});
  }
  // Digits least significant first.
  Term big(const std::vector<Word>& digits, bool negative = false) {
    std::vector<Word> words{beam::make_header(
        digits.size(), negative ? beam::Subtag::kNegativeBig : beam::Subtag::kPositiveBig)};
    words.insert(words.end(), digits.begin(), digits.end());
    return boxed(words);
  }
  Term cons(Term head, Term tail) { return beam::make_list(place({head.word, tail.word})); }
  Term list(const std::vector<Term>& elements, Term tail = beam::kNil) {
    for (std::size_t i = elements.size(); i > 0; --i) tail = cons(elements[i - 1], tail);
    return tail;
  }
  Term text(std::string_view characters) {
    std::vector<Term> elements;
    for (const char c : characters) elements.push_back(integer(static_cast<unsigned char>(c)));
    return list(elements);
  }
  Term tuple(const std::vector<Term>& elements) {
    std::vector<Word> words{beam::make_header(elements.size(), beam::Subtag::kTuple)};
    for (const Term element : elements) words.push_back(element.word);
    return elements.empty() ? beam::unplaced_empty_tuple() : boxed(words);
  }
  Term fun(std::string_view module, std::string_view function, std::size_t arity) {
    const Word entry = beam::pack_export(atom(module).atom_index(), atom(function).atom_index());
    return boxed({beam::kFunHeader, entry, 0, beam::pack_fun_arity(arity, 0),
                  beam::kExternalFunCreator.word});
  }

  Term local_fun(std::uint64_t index, const std::vector<Term>& environment = {},
                 std::string_view module = "m") {
    const Word entry = beam::pack_fun_entry(atom(module).atom_index(), index, 12345);
    return write(beam::kFunWords + environment.size(), [&](beam::TermWriter& to) {
      return to.local_fun(entry, 1, beam::make_pid(1), environment);
    });
  }
  Term reference(const std::vector<std::uint32_t>& numbers) {
    return write(numbers.size() == beam::kRefNumbers ? beam::kRefWords : beam::kPidRefWords,
                 [&](beam::TermWriter& to) { return to.reference(numbers); });
  }
  Term magic_reference(const std::vector<std::uint32_t>& numbers) {
    beam::RefcBinary* payload = payloads_->make(beam::kMagicPayloadBytes);
    if (payload == nullptr) FAIL("the test's payloads are full");
    held_.push_back(payload);
    std::memcpy(payload->bytes(), numbers.data(), beam::kMagicPayloadBytes);
    return write(beam::kRefWords,
                 [&](beam::TermWriter& to) { return to.magic_reference(payload); });
  }
  Word node(std::string_view name, std::uint32_t creation = 1) {
    return beam::pack_node(atom(name).atom_index(), creation);
  }
  Term external_pid(Word node, std::uint32_t number, std::uint32_t serial = 0) {
    return write(beam::kExternalIdWords,
                 [&](beam::TermWriter& to) { return to.external_pid(node, number, serial); });
  }
  Term external_port(Word node, std::uint64_t id) {
    return write(beam::kExternalIdWords,
                 [&](beam::TermWriter& to) { return to.external_port(node, id); });
  }
  Term external_reference(Word node, const std::vector<std::uint32_t>& numbers) {
    return write(beam::external_ref_words(numbers.size()),
                 [&](beam::TermWriter& to) { return to.external_reference(node, numbers); });
  }
  // `binary` is no sub-binary.
  Term match_state(Term binary, std::size_t saved_positions = 0) {
    return write(beam::kMatchStateWords + saved_positions,
                 [&](beam::TermWriter& to) { return to.match_state(binary, saved_positions); });
  }

  // A binary of these bytes, on the heap or counted, as its size asks for.
  Term binary(const Bytes& bytes) {
    return bytes.size() <= beam::kMaxHeapBinaryBytes ? heap_binary(bytes) : counted_binary(bytes);
  }
  Term binary(std::string_view characters) {
    return binary(Bytes(characters.begin(), characters.end()));
  }
  Term counted_binary(const Bytes& bytes) {
    beam::RefcBinary* payload = payloads_->make(bytes.size());
    if (payload == nullptr) FAIL("the test's payloads are full");
    held_.push_back(payload);
    std::copy(bytes.begin(), bytes.end(), payload->bytes());
    return boxed({beam::kProcBinHeader, bytes.size(), 0, reinterpret_cast<Word>(payload),
                  reinterpret_cast<Word>(payload->bytes()), 0});
  }
  // `size` bits of `binary` from bit `offset` on.
  Term sub_binary(Term binary, std::size_t offset, std::size_t size) {
    return boxed(
        {beam::kSubBinaryHeader, size / 8, offset / 8,
         beam::pack_bits(static_cast<unsigned>(size % 8), static_cast<unsigned>(offset % 8), false),
         binary.word});
  }
  // The first `size` bits of `bytes`, kept `offset` bits into a larger binary.
  Term bits(const Bytes& bytes, std::size_t size, std::size_t offset = 0) {
    Bytes shifted((offset + size + 7) / 8 + 1, 0xA5);
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t at = offset + i;
      const auto mask = static_cast<std::uint8_t>(0x80U >> at % 8);
      const bool bit = (bytes[i / 8] >> (7 - i % 8) & 1) != 0;
      shifted[at / 8] = static_cast<std::uint8_t>((shifted[at / 8] & ~mask) | (bit ? mask : 0));
    }
    return sub_binary(binary(shifted), offset, size);
  }

  // make(0) .. make(count - 1).
  template <class Make>
  static std::vector<Term> many(int count, Make make) {
    std::vector<Term> terms;
    terms.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) terms.push_back(make(i));
    return terms;
  }

  Term flat_map(Term keys, const std::vector<Term>& values) {
    return write(beam::flat_map_words(values.size()),
                 [&](beam::TermWriter& to) { return to.flat_map(keys, values); });
  }
  // Key, value, key, value.
  beam::Result<Term> try_map(std::vector<Term> pairs, beam::AreaBounds* bounds = nullptr) {
    return beam::build_map(pairs, arena_, atoms(), bounds);
  }
  Term map(const std::vector<Term>& pairs) {
    const beam::Result<Term> built = try_map(pairs);
    if (!built) FAIL(built.error().what);
    return built.value();
  }
  // A map of these keys, with their positions as values.
  Term map_of_keys(const std::vector<Term>& keys) {
    std::vector<Term> pairs;
    for (const Term key : keys) {
      pairs.push_back(key);
      pairs.push_back(integer(static_cast<std::int64_t>(pairs.size() / 2)));
    }
    return map(pairs);
  }

 private:
  // What `write(TermWriter&)` makes of so many words.
  template <class Write>
  Term write(std::size_t words, Write write) {
    Word* top = place(std::vector<Word>(words));
    beam::TermWriter to(top, off_heap_);
    return write(to);
  }
  Word* place(const std::vector<Word>& words) {
    Word* at = arena_.allocate(words.size());
    if (at == nullptr) FAIL("the test's arena is full");
    std::copy(words.begin(), words.end(), at);
    return at;
  }
  Term boxed(const std::vector<Word>& words) { return beam::make_boxed(place(words)); }
  Term heap_binary(const Bytes& bytes) {
    std::vector<Word> words(beam::heap_binary_words(bytes.size()));
    words[0] = beam::heap_binary_header(bytes.size());
    words[1] = bytes.size();
    if (!bytes.empty()) std::memcpy(&words[2], bytes.data(), bytes.size());
    return boxed(words);
  }

  beam::WordArena arena_;
  beam::PayloadArena* payloads_;
  std::vector<beam::RefcBinary*> held_;
  Word* off_heap_ = nullptr;
};
