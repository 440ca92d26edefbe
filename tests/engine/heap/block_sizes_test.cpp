// The sizes that heap blocks come in, against the list that a real runtime prints.
#include <algorithm>

#include "engine/heap/block_sizes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/otp25_heap_sizes.hpp"
#include "tests/support/property.hpp"
#include "tests/support/sizing_model.hpp"

using namespace beam;

TEST_CASE("the block sizes are the runtime's, all 137") {
  CHECK(std::ranges::equal(kBlockSizes, beam_test::kOtp25HeapSizes));
}

TEST_CASE("a block is the smallest size that holds what is asked for") {
  CHECK(next_block_words(0) == 12);
  CHECK(next_block_words(12) == 12);
  CHECK(next_block_words(13) == 38);
  CHECK(next_block_words(233) == 233);
  CHECK(next_block_words(234) == 376);
  CHECK(next_block_words(98) == 142);
  CHECK(next_block_words(40818) == 46422);
  CHECK(next_block_words(601218) == 833026);
  CHECK(next_block_words(833027) == 999631);
}

TEST_CASE("one size further than a size is the next one") {
  CHECK(second_block_words(12) == 38);
  CHECK(second_block_words(233) == 376);
  CHECK(second_block_words(833026) == 999631);
}

TEST_CASE("one size further than something between two sizes is the second one above it") {
  CHECK(second_block_words(13) == 51);
  CHECK(second_block_words(220) == 376);
  CHECK(second_block_words(600) == 987);
}

TEST_CASE("one size further than less than the smallest is the smallest") {
  CHECK(second_block_words(0) == 12);
  CHECK(second_block_words(11) == 12);
}

TEST_CASE("no block is larger than the largest size") {
  CHECK(kMaxBlockWords == 885767171276247);
  CHECK(next_block_words(kMaxBlockWords) == kMaxBlockWords);
  CHECK(next_block_words(kMaxBlockWords + 1) == kMaxBlockWords);
  CHECK(next_block_words(~std::size_t{0}) == kMaxBlockWords);
  CHECK(second_block_words(kMaxBlockWords) == kMaxBlockWords);
  CHECK(second_block_words(~std::size_t{0}) == kMaxBlockWords);
}

TEST_CASE("block sizes are chosen as the runtime chooses them, for any request") {
  check_property([] {
    const auto words = *rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 3000),
                                       rc::gen::inRange<std::size_t>(0, std::size_t{1} << 40));
    RC_ASSERT(next_block_words(words) == beam_test::next(words));
    RC_ASSERT(second_block_words(words) == beam_test::next_after(words));
  });
}
