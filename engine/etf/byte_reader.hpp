// Reads big-endian numbers and byte runs from a span and tracks the offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/result.hpp"

namespace beam {

[[nodiscard]] constexpr std::uint16_t big_endian_16(const std::uint8_t* bytes) noexcept {
  return static_cast<std::uint16_t>((bytes[0] << 8) | bytes[1]);
}
[[nodiscard]] constexpr std::uint32_t big_endian_32(const std::uint8_t* bytes) noexcept {
  return (std::uint32_t{big_endian_16(bytes)} << 16) | big_endian_16(bytes + 2);
}
[[nodiscard]] constexpr std::uint64_t big_endian_64(const std::uint8_t* bytes) noexcept {
  return (std::uint64_t{big_endian_32(bytes)} << 32) | big_endian_32(bytes + 4);
}

class ByteReader {
 public:
  // `offset` is the position of `bytes` in the input, for errors.
  explicit ByteReader(std::span<const std::uint8_t> bytes, std::uint64_t offset = 0) noexcept
      : bytes_(bytes), base_(offset) {}

  [[nodiscard]] std::size_t remaining() const noexcept { return bytes_.size() - at_; }
  [[nodiscard]] std::uint64_t offset() const noexcept { return base_ + at_; }
  [[nodiscard]] std::span<const std::uint8_t> rest() const noexcept { return bytes_.subspan(at_); }

  // Consumes `count` bytes; null, and nothing is consumed, if fewer are left.
  [[nodiscard]] const std::uint8_t* take(std::size_t count) noexcept {
    if (count > remaining()) {
      needed_ = count;
      return nullptr;
    }
    const std::uint8_t* taken = bytes_.data() + at_;
    at_ += count;
    return taken;
  }

  // An error at the current offset.
  [[nodiscard]] Error error(const char* what) const noexcept { return {what, offset()}; }
  [[nodiscard]] Error error(const char* what, Found found) const noexcept {
    return {what, offset(), found};
  }
  // The error after take() returned null.
  [[nodiscard]] Error truncated(const char* what) const noexcept {
    return error(what, {needed_, "{} more bytes are needed, and {} are left", remaining()});
  }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  std::size_t needed_ = 0;  // by the last take() that returned null
  std::uint64_t base_;
};

}  // namespace beam
