// The sizes that heap blocks come in, in words.
//
// 12, 38, then each is the sum of the two before it plus one, up to 833026 (index 22); from there
// each is a fifth larger than the one before it; 137 sizes in all. Source: OTP 25,
// erts/emulator/beam/erl_gc.c, erts_init_gc; `erlang:system_info(heap_sizes)` lists them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace beam {

inline constexpr std::size_t kBlockSizeCount = 137;
inline constexpr std::size_t kLastFibonacciSize = 22;
inline constexpr std::size_t kDefaultMinHeapWords = 233;

namespace detail {

constexpr std::array<std::uint64_t, kBlockSizeCount> make_block_sizes() noexcept {
  std::array<std::uint64_t, kBlockSizeCount> sizes{12, 38};
  for (std::size_t i = 2; i < kBlockSizeCount; ++i) {
    sizes[i] =
        i <= kLastFibonacciSize ? sizes[i - 1] + sizes[i - 2] + 1 : sizes[i - 1] + sizes[i - 1] / 5;
  }
  return sizes;
}

}  // namespace detail

inline constexpr auto kBlockSizes = detail::make_block_sizes();
inline constexpr std::size_t kMaxBlockWords = kBlockSizes.back();

// The rules by which a process's blocks are chosen, as data: what differs between releases, and
// what a comparison with a real BEAM may get wrong on purpose, to prove that it would notice.
struct BlockRules {
  std::span<const std::uint64_t> sizes = kBlockSizes;  // ascending, at least one
  // The old block that a minor collection makes is so many sizes above next(used words).
  std::size_t first_old_steps = 1;
  // The old block that a literal collection makes is so many above next(area words).
  std::size_t literal_old_steps = 0;

  // next(words, steps): the smallest size that holds `words`, `steps` sizes further; the largest
  // size when there is none; never further than the smallest size for less than that.
  [[nodiscard]] constexpr std::size_t next(std::size_t words,
                                           std::size_t steps = 0) const noexcept {
    if (words < sizes.front()) return sizes.front();
    const auto at = static_cast<std::size_t>(std::lower_bound(sizes.begin(), sizes.end(), words) -
                                             sizes.begin());
    return sizes.size() - at <= steps ? sizes.back() : sizes[at + steps];
  }
};

inline constexpr BlockRules kOtp25Blocks{};

// The smallest size that holds `words`; the largest size when none does.
[[nodiscard]] constexpr std::size_t next_block_words(std::size_t words) noexcept {
  return kOtp25Blocks.next(words);
}

// One size further: the size after the one that next_block_words() gives, except below the
// smallest.
[[nodiscard]] constexpr std::size_t second_block_words(std::size_t words) noexcept {
  return kOtp25Blocks.next(words, 1);
}

}  // namespace beam
