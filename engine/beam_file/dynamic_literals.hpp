// Terms that the loader adds to a module's literals: file names, big integers, tuples of map keys.
//
// Equal terms (=:=) are added once. Like the loader, this compares them only among themselves,
// never with the file's literals.
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
  // `to` must outlive this.
  explicit DynamicLiterals(ImageBuilder& to) : to_(to), order_(to.atoms()) {}

  struct Added {
    Term term;
    bool is_new;
  };

  // The literal equal to `candidate`; if there is none, a copy of `candidate` is added to the end
  // of the image.
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
  // Open addressing by fingerprint: an entry's index plus 1, or 0 for a free slot. The size is a
  // power of two, at least twice the entries.
  MappedArray<std::uint32_t> table_;
};

}  // namespace beam
