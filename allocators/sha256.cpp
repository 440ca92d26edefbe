#include "allocators/sha256.hpp"

#include <algorithm>
#include <bit>
#include <fstream>
#include <string_view>

namespace allocators {
namespace {

// FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64
// primes.
constexpr std::array<std::uint32_t, 64> kRounds = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::size_t kLengthAt = 56;  // in the last block, as 8 bytes, big-endian

std::uint32_t word_at(const std::uint8_t* at) noexcept {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 |
         at[3];
}

// The message schedule (6.2.2, step 1).
std::array<std::uint32_t, 64> schedule_of(const std::uint8_t* block) noexcept {
  std::array<std::uint32_t, 64> w;
  for (std::size_t t = 0; t < 16; ++t) w[t] = word_at(block + 4 * t);
  for (std::size_t t = 16; t < w.size(); ++t) {
    const std::uint32_t a = w[t - 2];
    const std::uint32_t b = w[t - 15];
    w[t] = (std::rotr(a, 17) ^ std::rotr(a, 19) ^ a >> 10) + w[t - 7] +
           (std::rotr(b, 7) ^ std::rotr(b, 18) ^ b >> 3) + w[t - 16];
  }
  return w;
}

void append_hexadecimal(std::string& text, std::uint32_t word) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[word >> shift & 15];
}

}  // namespace

// Steps 2 to 4 of 6.2.2.
void Sha256::take_block(const std::uint8_t* block) noexcept {
  const auto w = schedule_of(block);
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t t = 0; t < w.size(); ++t) {
    const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t t1 = h + sum1 + ((e & f) ^ (~e & g)) + kRounds[t] + w[t];
    const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < added.size(); ++i) state_[i] += added[i];
}

void Sha256::add(std::span<const std::uint8_t> bytes) noexcept {
  while (!bytes.empty()) {
    const std::size_t filled = bytes_ % kBlockBytes;
    const std::size_t count = std::min(kBlockBytes - filled, bytes.size());
    std::copy_n(bytes.data(), count, rest_.begin() + static_cast<std::ptrdiff_t>(filled));
    bytes_ += count;
    bytes = bytes.subspan(count);
    if (bytes_ % kBlockBytes == 0) take_block(rest_.data());
  }
}

// A one bit, zeros, and the length in bits fill the last block (5.1.1).
std::string Sha256::hexadecimal() {
  constexpr std::array<std::uint8_t, kBlockBytes> kPadding = {0x80};
  const std::uint64_t bits = 8 * bytes_;
  const std::size_t filled = bytes_ % kBlockBytes;
  const std::size_t end = filled < kLengthAt ? kLengthAt : kBlockBytes + kLengthAt;
  add({kPadding.data(), end - filled});
  std::array<std::uint8_t, 8> length{};
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  add(length);
  std::string text;
  for (const std::uint32_t word : state_) append_hexadecimal(text, word);
  return text;
}

std::string sha256(std::span<const std::uint8_t> bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hexadecimal();
}

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  Sha256 hash;
  std::array<char, 65536> chunk;
  while (file.read(chunk.data(), chunk.size()) || file.gcount() > 0) {
    hash.add({reinterpret_cast<const std::uint8_t*>(chunk.data()),
              static_cast<std::size_t>(file.gcount())});
  }
  return file.bad() ? std::string() : hash.hexadecimal();
}

}  // namespace allocators
