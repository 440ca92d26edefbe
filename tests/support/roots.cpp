#include "tests/support/roots.hpp"

#include <algorithm>

#include "engine/term/header.hpp"

namespace beam_test {

using namespace beam;

RootTuple::RootTuple(Process& process) {
  const std::size_t roots = process.stack_words() + process.dictionary_size;
  words_ = must(WordArena::reserve(1 + roots));
  *words_.allocate(1) = make_header(roots, Subtag::kTuple);
  std::copy_n(process.stop, process.stack_words(), words_.allocate(process.stack_words()));
  std::copy_n(process.dictionary.begin, process.dictionary_size,
              words_.allocate(process.dictionary_size));
}

}  // namespace beam_test
