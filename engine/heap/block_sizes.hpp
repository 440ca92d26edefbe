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

// The smallest size that holds `words`; the largest size when none does.
[[nodiscard]] constexpr std::size_t next_block_words(std::size_t words) noexcept {
  const auto* at = std::lower_bound(kBlockSizes.begin(), kBlockSizes.end(), words);
  return at == kBlockSizes.end() ? kMaxBlockWords : *at;
}

// One size further: the size after the one that next_block_words() gives, except below the
// smallest.
[[nodiscard]] constexpr std::size_t second_block_words(std::size_t words) noexcept {
  if (words < kBlockSizes.front()) return kBlockSizes.front();
  const auto* at = std::lower_bound(kBlockSizes.begin(), kBlockSizes.end(), words);
  return kBlockSizes.end() - at < 2 ? kMaxBlockWords : *(at + 1);
}

}  // namespace beam
