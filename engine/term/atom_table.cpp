#include "engine/term/atom_table.hpp"

namespace beam {

namespace {

// Length of the UTF-8 sequence that starts with `lead`; 0 if invalid.
std::size_t sequence_bytes(unsigned char lead) noexcept {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::optional<std::size_t> utf8_length(std::string_view text) noexcept {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    const std::size_t bytes = sequence_bytes(static_cast<unsigned char>(text[at]));
    if (bytes == 0 || bytes > text.size() - at) return std::nullopt;
    for (std::size_t i = 1; i < bytes; ++i) {
      if (!is_continuation(text[at + i])) return std::nullopt;
    }
    at += bytes;
  }
  return characters;
}

Result<Term> AtomTable::intern(std::string_view utf8) {
  const auto characters = utf8_length(utf8);
  if (!characters) return Error{"an atom's name is not UTF-8"};
  if (*characters > kMaxCharacters) {
    return Error{"an atom's name is too long",
                 Error::kNowhere,
                 {*characters, "{} characters, and {} are the most", kMaxCharacters}};
  }
  const auto known = indexes_.find(std::string(utf8));
  if (known != indexes_.end()) return make_atom(known->second);
  if (names_.size() >= kMaxAtoms)
    return Error{"there are too many atoms", Error::kNowhere, {kMaxAtoms, "{} are the most"}};
  const auto index = static_cast<std::uint32_t>(names_.size());
  const auto added = indexes_.emplace(utf8, index).first;
  names_.push_back(&added->first);
  return make_atom(index);
}

Result<Term> AtomTable::intern_latin1(std::string_view latin1) {
  std::string utf8;
  utf8.reserve(2 * latin1.size());
  for (const char c : latin1) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8.push_back(c);
    } else {
      utf8.push_back(static_cast<char>(0xC0 | (byte >> 6)));
      utf8.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
    }
  }
  return intern(utf8);
}

std::string_view AtomTable::name(Term atom) const noexcept { return *names_[atom.atom_index()]; }

}  // namespace beam
