// Terms that the loader adds to a module's literals: file names, big integers, tuples of map keys.
//
// Equal terms (=:=) are added once. They are compared among themselves only, never with the
// literals of the file, which is what the loader does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/order.hpp"
#include "engine/term/term.hpp"

namespace beam {

class DynamicLiterals {
 public:
  // `to` outlives this.
  explicit DynamicLiterals(ImageBuilder& to) : to_(to), order_(to.atoms()) {}

  struct Added {
    Term term;
    bool is_new;
  };

  // The literal that is equal to `candidate`; if there is none, a new one, a copy of `candidate` at
  // the end of the image.
  [[nodiscard]] Result<Added> add(Term candidate);

 private:
  struct Entry {
    std::uint64_t fingerprint;
    Term term;
  };

  [[nodiscard]] Result<Term> find(Term candidate, std::uint64_t fingerprint);
  [[nodiscard]] bool remember(Entry entry);
  [[nodiscard]] bool rehash(std::size_t places);
  void enter(std::uint32_t number) noexcept;

  ImageBuilder& to_;
  TermOrder order_;
  MappedArray<Entry> entries_;
  // Open addressing by fingerprint: the number of an entry plus 1, 0 for a free place. The size is
  // a power of two, at least twice the entries.
  MappedArray<std::uint32_t> table_;
};

}  // namespace beam
