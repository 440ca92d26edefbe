// SHA-256 (FIPS 180-4), so that a person can check with sha256sum which file was meant. Nothing is
// kept secret by it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace allocators {

class Sha256 {
 public:
  void add(std::span<const std::uint8_t> bytes) noexcept;
  // Of all that was added, in lower-case hexadecimal. Nothing may be added after it.
  [[nodiscard]] std::string hexadecimal();

 private:
  static constexpr std::size_t kBlockBytes = 64;

  void take_block(const std::uint8_t* block) noexcept;

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, kBlockBytes> rest_ = {};  // of the last, unfinished block
  std::uint64_t bytes_ = 0;
};

[[nodiscard]] std::string sha256(std::span<const std::uint8_t> bytes);

// Of a file's contents; empty when it cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::string& path);

}  // namespace allocators
