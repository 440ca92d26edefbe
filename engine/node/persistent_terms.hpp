// Persistent terms: keys and values that every process refers to and none copies.
//
// Each has a literal area of its own with the tuple {Key, Value}, so a put costs
// 3 + size(Key) + size(Value) words (term/shared_copy.hpp says what a size is). A term that is
// replaced or erased leaves its area to the literal collector; one whose value is immediate is
// freed at once, as no process can hold anything of it. Source: OTP 25,
// erts/emulator/beam/erl_bif_persistent.c.
//
// Threads: one at a time.
#pragma once

#include <cstddef>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/literal/literal_space.hpp"
#include "engine/node/literal_collector.hpp"
#include "engine/term/internal_hash.hpp"
#include "engine/term/term.hpp"

namespace beam {

class PersistentTerms {
 public:
  // Puts `value` under `key`. An equal value (=:=) changes nothing, another one replaces what was
  // there. Error: no memory, or the space is full; nothing changed.
  [[nodiscard]] Result<Unit> put(Term key, Term value, LiteralSpace& space,
                                 LiteralCollector& collector) noexcept;

  // The value, a literal; kNonValue: there is none. Error: no memory.
  [[nodiscard]] Result<Term> get(Term key) noexcept;

  // Whether there was such a key, which is gone now. Error: no memory; nothing changed.
  [[nodiscard]] Result<bool> erase(Term key, LiteralSpace& space,
                                   LiteralCollector& collector) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }
  // Bytes of all areas as persistent_term:info/0 counts them, without its table.
  [[nodiscard]] std::size_t area_bytes() const noexcept;

 private:
  struct Entry {
    LiteralArea area;
    Term pair;  // {Key, Value}, in the area
    std::uint32_t hash = 0;

    [[nodiscard]] Term key() const noexcept { return Term{pair.pointer()[1]}; }
    [[nodiscard]] Term value() const noexcept { return Term{pair.pointer()[2]}; }
  };

  [[nodiscard]] std::uint32_t hash_of(Term key) noexcept;
  // The entry of this key; null: none. Error: no memory.
  [[nodiscard]] Result<Entry*> find(Term key, std::uint32_t hash) noexcept;
  static void give_up(Entry& entry, LiteralSpace& space, LiteralCollector& collector) noexcept;

  MappedArray<Entry> terms_;  // in the order of their first put
  KeyHasher hasher_;
};

}  // namespace beam
