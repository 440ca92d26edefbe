#include "engine/term/scalar_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>

#include "engine/term/header.hpp"

namespace beam {

namespace {

constexpr std::array<std::string_view, 27> kReservedWords = {
    "after", "and",  "andalso", "band",   "begin",   "bnot", "bor", "bsl",  "bsr",
    "bxor",  "case", "catch",   "cond",   "div",     "end",  "fun", "if",   "let",
    "not",   "of",   "or",      "orelse", "receive", "rem",  "try", "when", "xor"};

// The character at `at` of valid UTF-8; advances `at`.
unsigned next_character(std::string_view utf8, std::size_t& at) noexcept {
  const auto lead = static_cast<unsigned char>(utf8[at++]);
  if (lead < 0x80) return lead;
  unsigned character = lead & (lead < 0xE0 ? 0x1FU : lead < 0xF0 ? 0x0FU : 0x07U);
  while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80) {
    character = character << 6 | (static_cast<unsigned char>(utf8[at++]) & 0x3FU);
  }
  return character;
}

// Latin-1 letters; names with others are quoted.
bool is_lower(unsigned c) noexcept {
  return ('a' <= c && c <= 'z') || (0xDF <= c && c <= 0xFF && c != 0xF7);
}
bool is_upper(unsigned c) noexcept {
  return ('A' <= c && c <= 'Z') || (0xC0 <= c && c <= 0xDE && c != 0xD7);
}
bool is_name_character(unsigned c) noexcept {
  return is_lower(c) || is_upper(c) || ('0' <= c && c <= '9') || c == '_' || c == '@';
}

bool needs_quotes(std::string_view name) noexcept {
  if (name.empty()) return true;
  std::size_t at = 0;
  if (!is_lower(next_character(name, at))) return true;
  while (at < name.size()) {
    if (!is_name_character(next_character(name, at))) return true;
  }
  return std::find(kReservedWords.begin(), kReservedWords.end(), name) != kReservedWords.end();
}

void append_octal(std::string& text, unsigned c) {
  text += '\\';
  for (const int shift : {6, 3, 0}) text += static_cast<char>('0' + (c >> shift & 7));
}

void append_quoted(std::string& text, unsigned character, std::string_view bytes) {
  constexpr std::string_view kNamed = "\b\t\n\v\f\r\x1b\x7f'\\";
  constexpr std::string_view kNames = "btnvfred'\\";
  const auto named =
      character < 0x80 ? kNamed.find(static_cast<char>(character)) : std::string_view::npos;
  if (character != 0 && named != std::string_view::npos) {
    text += '\\';
    text += kNames[named];
  } else if (character < 0x20 || (0x80 <= character && character < 0xA0)) {
    append_octal(text, character);
  } else {
    text += bytes;
  }
}

// 2^53: from here on not every integer is a float, so plain digits would suggest more precision.
constexpr double kAllIntegersBelow = 9007199254740992.0;

// "1e+22" and "1.5e-07" to "1.0e22" and "1.5e-7".
void append_scientific(std::string& text, std::string_view digits) {
  const std::size_t e = digits.find('e');
  text += digits.substr(0, e);
  if (digits.substr(0, e).find('.') == std::string_view::npos) text += ".0";
  text += 'e';
  std::string_view exponent = digits.substr(e + 1);
  if (exponent[0] == '-') text += '-';
  exponent.remove_prefix(1);
  exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size() - 1));
  text += exponent;
}

std::string scientific(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                 std::chars_format::scientific);
  std::string text;
  append_scientific(text, {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())});
  return text;
}

// Digits of 64 bits, least significant first, divided in place by 10^19; the remainder.
Word divide(std::span<Word> digits) noexcept {
  __extension__ using Wide = unsigned __int128;
  constexpr Word kDivisor = 10'000'000'000'000'000'000U;
  Wide rest = 0;
  for (std::size_t i = digits.size(); i > 0; --i) {
    const Wide part = rest << 64 | digits[i - 1];
    digits[i - 1] = static_cast<Word>(part / kDivisor);
    rest = part % kDivisor;
  }
  return static_cast<Word>(rest);
}

std::string reversed_decimal(std::span<Word> digits) {
  constexpr int kDecimalsPerDivision = 19;
  std::string text;
  while (!digits.empty()) {
    Word part = divide(digits);
    while (!digits.empty() && digits.back() == 0) digits = digits.first(digits.size() - 1);
    for (int i = 0; i < kDecimalsPerDivision && (part != 0 || !digits.empty()); ++i, part /= 10) {
      text += static_cast<char>('0' + part % 10);
    }
  }
  return text;
}

void append_hexadecimal(std::string& text, std::span<const Word> digits) {
  text += "16#";
  const std::size_t first = text.size();
  for (std::size_t i = digits.size(); i > 0; --i) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      const Word nibble = digits[i - 1] >> shift & 0xF;
      if (nibble != 0 || text.size() > first) text += "0123456789ABCDEF"[nibble];
    }
  }
}

}  // namespace

void append_atom(std::string& text, std::string_view name) {
  if (!needs_quotes(name)) {
    text += name;
    return;
  }
  text += '\'';
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t begin = at;
    const unsigned character = next_character(name, at);
    append_quoted(text, character, name.substr(begin, at - begin));
  }
  text += '\'';
}

void append_float(std::string& text, double value) {
  std::string best = scientific(value);
  if (std::fabs(value) < kAllIntegersBelow) {
    // The smallest float has 324 zeros after the point, and 17 digits always suffice.
    std::array<char, 400> fixed{};
    const auto end =
        std::to_chars(fixed.data(), fixed.data() + fixed.size(), value, std::chars_format::fixed);
    std::string plain(fixed.data(), end.ptr);
    if (plain.find('.') == std::string::npos) plain += ".0";
    if (plain.size() <= best.size()) best = plain;
  }
  text += best;
}

void append_big(std::string& text, const Word* object) {
  if (header_subtag(object[0]) == Subtag::kNegativeBig) text += '-';
  const std::span<const Word> digits{object + 1, header_arity(object[0])};
  if (digits.size() > kMaxDecimalDigits) {
    append_hexadecimal(text, digits);
    return;
  }
  std::array<Word, kMaxDecimalDigits> left{};
  std::copy(digits.begin(), digits.end(), left.begin());
  const std::string reversed = reversed_decimal(std::span(left).first(digits.size()));
  text.append(reversed.rbegin(), reversed.rend());
}

}  // namespace beam
