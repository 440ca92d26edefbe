// Copies that keep sharing. The sizes of the persistent terms are those of OTP 25.2.3.
#include <vector>

#include "engine/term/equality.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/shared_copy.hpp"
#include "engine/term/term_words.hpp"
#include "tests/engine/term/random_terms.hpp"
#include "tests/engine/term/term_builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/must.hpp"
#include "tests/support/property.hpp"

namespace {

using beam::AddressRange;
using beam::SharedCopy;
using beam::Term;
using beam::Word;
using beam_test::must;
using Bytes = std::vector<std::uint8_t>;

AddressRange everything_of(TermBuilder& b) {
  return {reinterpret_cast<Word>(b.arena().base()), b.arena().used() * sizeof(Word)};
}

// A copy in memory of exactly the size it said.
class Copied {
 public:
  explicit Copied(Term original, AddressRange literals = {}) {
    SharedCopy copy = must(SharedCopy::prepare(original, literals));
    memory_.resize(copy.words());
    Word* top = memory_.data();
    term = copy.place(top, off_heap_);
    REQUIRE(top == memory_.data() + memory_.size());
  }
  Copied(const Copied&) = delete;
  Copied& operator=(const Copied&) = delete;
  ~Copied() { beam::release_off_heap(off_heap_); }

  [[nodiscard]] std::size_t words() const { return memory_.size(); }

  Term term;

 private:
  std::vector<Word> memory_;
  Word* off_heap_ = nullptr;
};

// The words of the area of a persistent term.
std::size_t put(TermBuilder& b, Term key, Term value, AddressRange literals = {}) {
  return Copied(b.tuple({key, value}), literals).words();
}

Term numbers(TermBuilder& b, int last) {
  std::vector<Term> elements;
  for (int i = 1; i <= last; ++i) elements.push_back(b.integer(i));
  return b.list(elements);
}

}  // namespace

TEST_CASE("a persistent term takes a pair and what key and value take") {
  TermBuilder b;
  CHECK(put(b, b.atom("k"), numbers(b, 10)) == 23);
  CHECK(put(b, b.tuple({b.atom("k"), b.integer(4)}), b.integer(17)) == 6);
  CHECK(put(b, b.atom("k"), b.tuple({})) == 3);
}

TEST_CASE("what a heap shares is shared in the copy") {
  TermBuilder b;
  const Term list = numbers(b, 10);
  CHECK(put(b, b.atom("k2"), b.list({list, list})) == 27);
}

TEST_CASE("a literal is copied once for each reference") {
  TermBuilder b;
  const Term literal = b.list({b.atom("a"), b.atom("b"), b.atom("c")});
  const AddressRange literals = everything_of(b);
  CHECK(put(b, b.atom("k3"), b.tuple({literal, literal}), literals) == 18);
}

TEST_CASE("what a literal shares inside is copied once for each reference") {
  TermBuilder b;
  const Term part = b.tuple({b.integer(1)});
  const Term literal = b.tuple({part, part});
  const AddressRange literals = everything_of(b);
  CHECK(Copied(literal, literals).words() == 3 + 2 + 2);
  CHECK(Copied(literal).words() == 3 + 2);
}

TEST_CASE("a shared binary is counted once more and a part of it once more") {
  TermBuilder b;
  const Term whole = b.binary(Bytes(200, 7));
  const Term part = b.sub_binary(whole, 8, 800);
  const Copied copied(b.tuple({whole, whole, part, part}));
  CHECK(copied.words() == 5 + 6 + 6);
  CHECK(beam::payload_of(whole.pointer())->references == 3);
}

TEST_CASE("a term that shares beyond all measure is copied") {
  TermBuilder b;
  Term term = b.tuple({b.integer(1)});
  for (int i = 0; i < 200; ++i) term = b.tuple({term, term});
  const Copied copied(term);
  CHECK(copied.words() == 2 + 3 * 200);
  CHECK(must(beam::equal_graphs(copied.term, term)));
}

TEST_CASE("literals that share beyond all measure have the largest size") {
  TermBuilder b;
  Term term = b.tuple({b.integer(1)});
  for (int i = 0; i < 200; ++i) term = b.tuple({term, term});
  CHECK(must(SharedCopy::prepare(term, everything_of(b))).words() == ~std::size_t{0});
}

TEST_CASE("a copy with sharing is the same graph when no literal is in it") {
  check_property([](const Bytes& program) {
    TermBuilder b(std::size_t{1} << 22);
    const Term term =
        TermProgram(b, {.sharing = true, .odd_bits = false, .identifiers = true}).run(program);
    const Copied copied(term);
    RC_ASSERT(copied.words() == must(beam::graph_words(term)));
    RC_ASSERT(must(beam::equal_graphs(copied.term, term)));
  });
}
