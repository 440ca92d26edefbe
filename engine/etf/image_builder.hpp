// Builds the contents of an area: allocates its words and creates the objects of decoded terms.
//
// Objects are laid out as by the runtime's decoder, contiguously. A term's size depends on its
// value alone, except for the maps that AreaBounds accounts for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/base/result.hpp"
#include "engine/term/area_image.hpp"
#include "engine/term/atom_table.hpp"
#include "engine/term/term.hpp"
#include "engine/term/term_writer.hpp"

namespace beam {

struct ImageLimits {
  // Words of reserved address space; only used words are backed by memory. The default is the 1 GiB
  // that a runtime reserves for all literals.
  std::size_t max_words = std::size_t{1} << 27;
  // The same for payloads of binaries over 64 bytes.
  std::size_t max_payload_bytes = std::size_t{1} << 30;
  // The limit on the unpacked size of one compressed item.
  std::size_t max_unpacked_bytes = std::size_t{1} << 29;
};

// The runtime's limit on the digits of a magnitude (BIG_ARITY_MAX of OTP 25,
// erts/emulator/beam/big.h).
inline constexpr std::size_t kMaxBigDigits = (std::size_t{1} << 19) - 1;

class ImageBuilder {
 public:
  // `atoms` must outlive the builder.
  [[nodiscard]] static Result<ImageBuilder> create(AtomTable& atoms, const ImageLimits& limits);

  [[nodiscard]] AtomTable& atoms() noexcept { return *atoms_; }
  [[nodiscard]] const ImageLimits& limits() const noexcept { return limits_; }
  [[nodiscard]] AreaImage& image() noexcept { return image_; }
  [[nodiscard]] std::size_t words() const noexcept { return image_.words.used(); }
  [[nodiscard]] const AreaBounds& bounds() const noexcept { return bounds_; }

  // `words` new zeroed words; null if the area is full.
  [[nodiscard]] Word* allocate(std::size_t words) noexcept;
  // Widens the bounds: what was built may take this many words fewer or more in another run.
  void widen(std::size_t fewer, std::size_t more) noexcept;

  // A small if it fits one, else a big integer without leading zeros. `magnitude` is little-endian.
  [[nodiscard]] Result<Term> integer(bool negative, std::span<const std::uint8_t> magnitude);
  // `value` is finite.
  [[nodiscard]] Result<Term> float_number(double value);
  [[nodiscard]] Result<Term> binary(std::span<const std::uint8_t> bytes);
  // `bytes` with only the `last_bits` (1..7) highest bits of the last one.
  [[nodiscard]] Result<Term> bit_string(std::span<const std::uint8_t> bytes, unsigned last_bits);
  // A list of the bytes.
  [[nodiscard]] Result<Term> string(std::span<const std::uint8_t> bytes);
  [[nodiscard]] Result<Term> external_fun(Term module, Term function, std::size_t arity);
  // Keys and values alternate; `pairs` is reordered.
  [[nodiscard]] Result<Term> map(std::span<Term> pairs);
  // A copy of `term`, which may be of this image. Shared parts are copied once per reference.
  [[nodiscard]] Result<Term> copy(Term term);

  // The term that `write(TermWriter&)` creates in `words` words.
  template <class Write>
  [[nodiscard]] Result<Term> build(std::size_t words, Write write);

  // Takes the image out; the builder is then empty.
  [[nodiscard]] AreaImage take() noexcept;

 private:
  ImageBuilder(AtomTable& atoms, const ImageLimits& limits) : atoms_(&atoms), limits_(limits) {}

  [[nodiscard]] Result<Term> heap_binary(std::span<const std::uint8_t> bytes);
  [[nodiscard]] Result<Term> counted_binary(std::span<const std::uint8_t> bytes);

  AtomTable* atoms_;
  ImageLimits limits_;
  AreaImage image_;
  AreaBounds bounds_;
};

inline constexpr Error kAreaFull{"the terms take more words than allowed"};

template <class Write>
Result<Term> ImageBuilder::build(std::size_t words, Write write) {
  Word* top = allocate(words);
  if (top == nullptr) return kAreaFull;
  TermWriter to(top, image_.off_heap);
  return write(to);
}

}  // namespace beam
