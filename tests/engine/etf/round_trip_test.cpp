// Decoding gives back what was encoded, in whichever of its forms, and takes the words it should.
#include "tests/support/catch.hpp"
#include "tests/support/decoding.hpp"
#include "tests/support/etf_value.hpp"
#include "tests/support/property.hpp"

namespace {

using namespace beam;
using namespace beam_test;

// A term, or an error that lies inside of the bytes and their version, if anywhere.
bool is_sound(const Result<Term>& decoded, std::size_t bytes) {
  return decoded.ok() || decoded.error().offset <= bytes + 1 ||
         decoded.error().offset == Error::kNowhere;
}

}  // namespace

TEST_CASE("a decoded term encodes to what it was decoded from") {
  check_property([] {
    const EtfValue value = random_value(4);
    Decoding decoding;
    const auto term = decoding.decode(encode_any(value));
    RC_ASSERT(term.ok());
    RC_ASSERT(decoding.left == 0U);
    RC_ASSERT(encode_canonical(term.value(), decoding.atoms) == encode_canonical(value));
  });
}

TEST_CASE("a decoded term takes the words of its parts") {
  check_property([] {
    const EtfValue value = random_value(4);
    Decoding decoding;
    RC_ASSERT(decoding.decode(encode_any(value)).ok());
    RC_ASSERT(decoding.builder.words() == words_of(value));
    RC_ASSERT(decoding.builder.bounds().min_words == decoding.builder.words());
    RC_ASSERT(decoding.builder.bounds().max_words == decoding.builder.words());
  });
}

TEST_CASE("the forms of a term decode to equal terms") {
  check_property([] {
    const EtfValue value = random_value(3);
    Decoding decoding;
    const Term one = must(decoding.decode(encode_any(value)));
    const Term other = must(decoding.decode(encode_any(value)));
    RC_ASSERT(must(equal_terms(one, other)));
  });
}

TEST_CASE("arbitrary bytes decode to a term or to an error inside of them") {
  check_property([](const Bytes& bytes) {
    Decoding decoding;
    RC_ASSERT(is_sound(decoding.decode(bytes), bytes.size()));
  });
}

TEST_CASE("a damaged term decodes to a term or to an error inside of it") {
  check_property([] {
    Bytes bytes = encode_any(random_value(4));
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
    }
    Decoding decoding;
    RC_ASSERT(is_sound(decoding.decode(bytes), bytes.size()));
  });
}
