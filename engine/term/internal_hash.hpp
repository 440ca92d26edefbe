// The hash that places a key in a hash map: OTP 25's make_internal_hash
// (erts/emulator/beam/utils.c), 32 bits of Bob Jenkins' mix, repeated with another salt for every
// eight levels of the trie (erl_map.c).
//
// It is not portable between runs of a runtime: an atom is hashed by its index, a fun by the
// address of its entry, and external identifiers by the address of their node. Here such hashes
// follow atom table indexes and are marked as varying.
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
  // The key contains something hashed by index or address: the value differs between runs.
  bool varies = false;
};

// Hashes keys one after another, reusing its work memory.
class KeyHasher {
 public:
  // Four bits of the hash choose a child; then the next hash is needed.
  static constexpr unsigned kBitsPerLevel = 4;
  static constexpr unsigned kLevelsPerHash = 8;

  // The hash of `key` for level kLevelsPerHash * round and the next seven. Time is linear in the
  // key as a tree, without sharing. Errors: no memory; a match state, which cannot be a key.
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
