// Arbitrary bytes as terms in the external format: an error inside of the input, or a sound term.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/etf/decode.hpp"
#include "engine/etf/flat_copy.hpp"
#include "engine/term/equality.hpp"
#include "engine/term/print.hpp"
#include "tests/support/image_check.hpp"

namespace {

using namespace beam;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr ImageLimits kLimits{std::size_t{1} << 20, std::size_t{1} << 20, std::size_t{1} << 20};

// The decoded term fills the image; a copy of it is equal and takes as many words.
void check_term(Term term, ImageBuilder& builder) {
  const std::size_t words = builder.words();
  const auto base = reinterpret_cast<Word>(builder.image().words.base());
  require(beam_test::literal_words(term, {base, words * kWordBytes}) == words);
  require(builder.bounds().min_words <= words && words <= builder.bounds().max_words);
  const auto copy = flat_copy(term, builder);
  if (!copy) return;
  require(builder.words() == 2 * words);
  const auto same = equal_terms(copy.value(), term);
  require(same.ok() && same.value());
  require(print_term(term, builder.atoms(), 1000).size() <= 1000);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  AtomTable atoms;
  auto builder = ImageBuilder::create(atoms, kLimits);
  require(builder.ok());
  TermDecoder decoder(builder.value());
  ByteReader in({data, size});
  const auto term = decoder.decode(in);
  if (term) check_term(term.value(), builder.value());
  return 0;
}
