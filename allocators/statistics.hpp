// What an allocator says of itself, in words that fit all of them. An allocator that does not tell
// one of these leaves it empty.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace allocators {

// Bytes, of the whole process.
struct Statistics {
  std::optional<std::uint64_t> allocated;  // in blocks that are handed out
  std::optional<std::uint64_t> active;     // in the pages that hold these blocks
  std::optional<std::uint64_t> resident;   // as far as it knows, backed by memory: active, and kept
  std::optional<std::uint64_t> retained;   // addresses that it keeps without memory behind them
};

// Its statistics functions, bound to the library that serves this process. Reading allocates
// nothing.
class StatisticsReader {
 public:
  using Symbols = std::array<void*, 3>;  // in the order in which the allocator's file names them
  using Call = Statistics (*)(const Symbols& symbols) noexcept;

  // Everything stays empty: the library tells nothing.
  StatisticsReader() = default;
  StatisticsReader(Call call, const Symbols& symbols) noexcept : call_(call), symbols_(symbols) {}

  [[nodiscard]] Statistics operator()() const noexcept {
    return call_ == nullptr ? Statistics{} : call_(symbols_);
  }
  [[nodiscard]] bool exists() const noexcept { return call_ != nullptr; }

 private:
  Call call_ = nullptr;
  Symbols symbols_{};
};

}  // namespace allocators
