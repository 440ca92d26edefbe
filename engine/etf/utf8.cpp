#include "engine/etf/utf8.hpp"

namespace beam {

namespace {

// The smallest character of `bytes` bytes is kLeast[bytes]; a smaller one would be overlong.
constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};

std::size_t sequence_bytes(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if ((lead & 0xE0) == 0xC0) return 2;
  if ((lead & 0xF0) == 0xE0) return 3;
  if ((lead & 0xF8) == 0xF0) return 4;
  return 0;
}

}  // namespace

std::optional<char32_t> take_utf8(std::string_view& text) noexcept {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = sequence_bytes(lead);
  if (bytes == 0 || bytes > text.size()) return std::nullopt;
  char32_t character = bytes == 1 ? lead : lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    character = (character << 6) | (byte & 0x3FU);
  }
  const bool surrogate = 0xD800 <= character && character <= 0xDFFF;
  if (character < kLeast[bytes] || surrogate || character > 0x10FFFF) return std::nullopt;
  text.remove_prefix(bytes);
  return character;
}

void append_utf8(std::string& text, char32_t character) {
  const auto byte = [&](char32_t bits) { text.push_back(static_cast<char>(bits)); };
  const auto continuation = [&](unsigned shift) { byte(0x80 | ((character >> shift) & 0x3F)); };
  if (character < 0x80) return byte(character);
  if (character < 0x800) {
    byte(0xC0 | (character >> 6));
  } else if (character < 0x10000) {
    byte(0xE0 | (character >> 12));
    continuation(6);
  } else {
    byte(0xF0 | (character >> 18));
    continuation(12);
    continuation(6);
  }
  continuation(0);
}

}  // namespace beam
