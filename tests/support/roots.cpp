#include "tests/support/roots.hpp"

#include <algorithm>

#include "engine/gc/roots.hpp"
#include "engine/term/header.hpp"

namespace beam_test {

using namespace beam;

RootTuple::RootTuple(Process& process) {
  const std::size_t roots = process.stack_words() + process.dictionary_size;
  words_ = must(WordArena::reserve(1 + roots));
  *words_.allocate(1) = make_header(roots, Subtag::kTuple);
  for_each_root_array(process, [this](const Word* begin, const Word* end) {
    const auto count = static_cast<std::size_t>(end - begin);
    std::copy(begin, end, words_.allocate(count));
  });
}

}  // namespace beam_test
