// The hash that places a key in a hash map: OTP 25's make_internal_hash
// (erts/emulator/beam/utils.c), 32 bits of Bob Jenkins' mix, taken again with another salt for
// every eight levels of the trie (erl_map.c).
//
// It is not portable between runs of a runtime: an atom is hashed by its index, a fun by the
// address of its entry, and what is of another node by the address of that node. Such hashes follow
// the indexes of the atom table here, and are marked as varying.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/term.hpp"

namespace beam {

struct KeyHash {
  std::uint32_t value = 0;
  // Something in the key is hashed by an index or an address: another run gives another value.
  bool varies = false;
};

// Hashes keys one after the other, keeping its work memory.
class KeyHasher {
 public:
  // Four bits of the hash choose a child; then the next hash is needed.
  static constexpr unsigned kBitsPerLevel = 4;
  static constexpr unsigned kLevelsPerHash = 8;

  // The hash of `key` for the levels kLevelsPerHash * round and the seven below. Takes time linear
  // in the key as a tree, whatever it shares. Errors: no memory; a match state, which is no key.
  [[nodiscard]] Result<KeyHash> hash(Term key, unsigned round);

 private:
  void add(std::uint32_t first, std::uint32_t second, std::uint32_t constant) noexcept;
  [[nodiscard]] bool push(Term term) noexcept { return pending_.push_back(term); }
  [[nodiscard]] bool push_reversed(const Word* first, std::size_t count) noexcept;
  void add_immediate(Term term) noexcept;
  [[nodiscard]] bool add_list(Term list) noexcept;
  [[nodiscard]] bool add_boxed(Term term) noexcept;
  [[nodiscard]] bool add_map(const Word* object) noexcept;
  [[nodiscard]] bool add_map_node(const Word* object) noexcept;
  [[nodiscard]] bool add_fun(const Word* object) noexcept;
  void add_identifier(Term term) noexcept;
  void add_reference(const Identifier& reference) noexcept;
  void add_external_reference(const Identifier& reference) noexcept;
  void add_float(const Word* object) noexcept;
  void add_big(const Word* object) noexcept;
  void add_bits(Term bitstring) noexcept;

  MappedArray<Term> pending_;
  std::uint32_t hash_ = 0;
  bool varies_ = false;
  bool unknown_kind_ = false;
};

}  // namespace beam
