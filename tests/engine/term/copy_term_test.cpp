// Flat copies of terms between heaps.
#include <vector>

#include "engine/term/copy_term.hpp"
#include "engine/term/empty_tuple.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/off_heap.hpp"
#include "tests/engine/term/random_terms.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"
#include "tests/support/property.hpp"

namespace {

using beam::AddressRange;
using beam::copied_words;
using beam::Term;
using beam::Word;
using beam_test::must;
using Bytes = std::vector<std::uint8_t>;

// Where copies go: exactly as many words as the copy is said to take.
class Destination {
 public:
  ~Destination() { beam::release_off_heap(off_heap); }

  Term copy(Term term, AddressRange literals = {}, const beam::AddressRanges* released = nullptr) {
    words_ = std::vector<Word>(copied_words(term, literals, released));
    Word* top = words_.data();
    const Term copied = beam::copy_term(term, literals, released, top, off_heap);
    REQUIRE(top == words_.data() + words_.size());
    return copied;
  }
  [[nodiscard]] std::size_t words() const { return words_.size(); }
  [[nodiscard]] bool contains(Term term) const {
    return AddressRange{reinterpret_cast<Word>(words_.data()), words_.size() * sizeof(Word)}
        .contains(term.word);
  }

  Word* off_heap = nullptr;

 private:
  std::vector<Word> words_;
};

// What a builder has made so far.
AddressRange everything_of(TermBuilder& b) {
  return {reinterpret_cast<Word>(b.arena().base()), b.arena().used() * sizeof(Word)};
}

std::size_t off_heap_objects(const Word* list) {
  std::size_t count = 0;
  for (; list != nullptr; list = beam::next_off_heap(list)) ++count;
  return count;
}

}  // namespace

TEST_CASE("immediates and the empty tuple are copied to themselves") {
  TermBuilder b;
  for (const Term term : {b.integer(1), b.atom("a"), beam::kNil, b.tuple({})}) {
    Destination to;
    CHECK(to.copy(term) == term);
    CHECK(to.words() == 0);
  }
}

TEST_CASE("what is shared is copied once for each reference") {
  TermBuilder b;
  const Term shared = b.list({b.integer(1), b.integer(2), b.integer(3)});
  Destination to;
  const Term copied = to.copy(b.tuple({shared, shared}));
  CHECK(to.words() == 3 + 6 + 6);
  CHECK(copied.pointer()[1] != copied.pointer()[2]);
  CHECK(must(beam::graph_words(copied)) == 15);
}

TEST_CASE("the cells of a list are copied one behind the other") {
  TermBuilder b;
  Destination to;
  Term rest = to.copy(b.list({b.tuple({b.integer(1)}), b.integer(2), b.integer(3)}));
  const Word* first = rest.pointer();
  for (std::size_t i = 0; i < 3; ++i, rest = tail_of(rest)) CHECK(rest.pointer() == first + 2 * i);
}

TEST_CASE("literals are shared by a copy") {
  TermBuilder b;
  const Term literal = b.list({b.integer(1), b.tuple({b.atom("a")})});
  const AddressRange literals = everything_of(b);
  Destination to;
  const Term copied = to.copy(b.tuple({literal, b.cons(b.integer(0), literal)}), literals);
  CHECK(to.words() == 3 + 2);
  CHECK(copied.pointer()[1] == literal.word);
  CHECK(tail_of(Term{copied.pointer()[2]}) == literal);
  CHECK(to.copy(literal, literals) == literal);
}

TEST_CASE("literals of an area that is being released are copied") {
  TermBuilder b;
  const Term kept = b.tuple({b.integer(1)});
  const std::size_t before = b.arena().used();
  const Term released = b.list({b.integer(1), b.integer(2)});
  const AddressRange literals = everything_of(b);
  const beam::AddressRanges area =
      AddressRange{reinterpret_cast<Word>(b.arena().base() + before), 4 * sizeof(Word)};
  Destination to;
  const Term copied = to.copy(b.tuple({kept, released}), literals, &area);
  CHECK(to.words() == 3 + 4);
  CHECK(copied.pointer()[1] == kept.word);
  CHECK(to.contains(Term{copied.pointer()[2]}));
  CHECK(to.copy(kept, literals, &area) == kept);
  CHECK(to.contains(to.copy(released, literals, &area)));
}

TEST_CASE("a copied binary shares its payload and joins the off-heap list") {
  TermBuilder b;
  const Term binary = b.binary(Bytes(100, 7));
  const beam::RefcBinary* payload = beam::payload_of(binary.pointer());
  {
    Destination to;
    const Term copied = to.copy(b.tuple({binary, binary}));
    CHECK(to.words() == 3 + 6 + 6);
    CHECK(payload->references == 3);
    CHECK(off_heap_objects(to.off_heap) == 2);
    CHECK(to.off_heap == Term{copied.pointer()[2]}.pointer());
  }
  CHECK(payload->references == 1);
}

TEST_CASE("a copied part of a counted binary counts the same payload from its first byte on") {
  TermBuilder b;
  const Term whole = b.binary(Bytes(200, 7));
  Destination to;
  const Term copied = to.copy(b.sub_binary(whole, 8, 800));
  CHECK(to.words() == 6);
  CHECK(*copied.pointer() == beam::kProcBinHeader);
  CHECK(copied.pointer()[beam::kProcBinSize] == 100);
  CHECK(copied.pointer()[beam::kProcBinBytes] == whole.pointer()[beam::kProcBinBytes] + 1);
  CHECK(beam::payload_of(whole.pointer())->references == 2);
}

TEST_CASE("a copied part of a heap binary is a heap binary") {
  TermBuilder b;
  Destination to;
  const Term copied = to.copy(b.sub_binary(b.binary("abcdefghijklmnop"), 16, 72));
  CHECK(to.words() == 4);
  CHECK(*copied.pointer() == beam::heap_binary_header(9));
  CHECK(must(beam::equal_terms(copied, b.binary("cdefghijk"))));
}

TEST_CASE("a copied part with odd bits is a part of a binary of its own") {
  TermBuilder b;
  const Term whole = b.binary("abcdefghijklmnop");
  for (const auto& [offset, size, words] :
       {std::tuple{0, 13, 5 + 3}, std::tuple{19, 13, 5 + 3}, std::tuple{23, 15, 5 + 3},
        std::tuple{7, 64 + 2, 5 + 4}}) {
    const Term part =
        b.sub_binary(whole, static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
    Destination to;
    const Term copied = to.copy(part);
    CHECK(to.words() == static_cast<std::size_t>(words));
    CHECK(*copied.pointer() == beam::kSubBinaryHeader);
    CHECK(must(beam::equal_terms(copied, part)));
  }
}

TEST_CASE("terms nested a million deep are copied") {
  constexpr int kLevels = 1000000;
  TermBuilder b;
  Term tuples = beam::kNil;
  Term lists = beam::kNil;
  for (int i = 0; i < kLevels; ++i) {
    tuples = b.tuple({tuples});
    lists = b.cons(lists, beam::kNil);
  }
  const Term term = b.tuple({tuples, lists});
  Destination to;
  CHECK(must(beam::equal_graphs(to.copy(term), term)));
  CHECK(to.words() == 3 + 4 * std::size_t{kLevels});
}

TEST_CASE("a copy that no memory could hold has the largest size") {
  TermBuilder b;
  Term term = b.tuple({});
  for (int i = 0; i < 100; ++i) term = b.tuple({b.tuple({term, term}), term});
  CHECK(copied_words(term, {}, nullptr) == ~std::size_t{0});
}

TEST_CASE("a copy equals its original and a copy of the copy takes as many words") {
  check_property([](const Bytes& program) {
    constexpr std::size_t kMaxWords = 1000000;
    TermBuilder b(std::size_t{1} << 22);
    const Term term =
        TermProgram(b, {.sharing = true, .identifiers = true, .binary_offset = program.size() % 8})
            .run(program);
    RC_PRE(copied_words(term, {}, nullptr) < kMaxWords);
    Destination to;
    const Term copied = to.copy(term);
    RC_ASSERT(must(beam::equal_terms(copied, term)));
    RC_ASSERT(must(beam::graph_words(copied)) == to.words());
    Destination again;
    RC_ASSERT(must(beam::equal_graphs(again.copy(copied), copied)));
    RC_ASSERT(again.words() == to.words());
  });
}
