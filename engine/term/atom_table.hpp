// Atoms: a name for every index, an index for every name. Indexes count up from 0 in the order of
// first use, so they depend on the input alone and never on addresses.
//
// Threads: names are interned by one thread at a time, while no other thread looks one up.
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
  // Longest name in characters (MAX_ATOM_CHARACTERS) and most atoms (ATOM_LIMIT) of the runtime.
  static constexpr std::size_t kMaxCharacters = 255;
  static constexpr std::size_t kMaxAtoms = 1048576;

  // The atom of this UTF-8 name. Error: the name is too long or not UTF-8, or the table is full.
  [[nodiscard]] Result<Term> intern(std::string_view utf8);
  // The same for a name in Latin-1.
  [[nodiscard]] Result<Term> intern_latin1(std::string_view latin1);

  // The name of `atom`, which is of this table.
  [[nodiscard]] std::string_view name(Term atom) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

 private:
  std::vector<const std::string*> names_;
  std::unordered_map<std::string, std::uint32_t> indexes_;
};

// Number of characters in a UTF-8 string; nothing if it is malformed.
[[nodiscard]] std::optional<std::size_t> utf8_length(std::string_view text) noexcept;

}  // namespace beam
