// Atoms: a name for every index, an index for every name. Indexes count up from 0 in order of first
// use, so they depend only on the input, never on addresses.
//
// Thread safety: interning needs exclusive access; concurrent lookups are safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/term/term.hpp"

namespace beam {

class AtomTable {
 public:
  // The runtime's limits: characters in a name (MAX_ATOM_CHARACTERS) and atoms (ATOM_LIMIT).
  static constexpr std::size_t kMaxCharacters = 255;
  static constexpr std::size_t kMaxAtoms = 1048576;

  // The atom of this UTF-8 name. Error: the name is too long or not UTF-8, or the table is full.
  [[nodiscard]] Result<Term> intern(std::string_view utf8);
  // The same for a name in Latin-1.
  [[nodiscard]] Result<Term> intern_latin1(std::string_view latin1);

  // The name of `atom`, which must be from this table.
  [[nodiscard]] std::string_view name(Term atom) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  std::vector<const std::string*> names_;
  std::unordered_map<std::string, std::uint32_t> indexes_;
};

// Number of characters in a UTF-8 string; empty if it is malformed.
[[nodiscard]] std::optional<std::size_t> utf8_length(std::string_view text) noexcept;

}  // namespace beam
