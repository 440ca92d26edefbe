// Synthetic literal areas: literals of one shape and size, from a seed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/term/area_image.hpp"
#include "engine/term/atom_table.hpp"

namespace bench::cells {

// Words of the smallest literal that can be built.
inline constexpr std::uint64_t kMinTermWords = 2;

struct SyntheticArea {
  std::string_view shape = "records";
  std::uint64_t area_words = 100000;  // exactly; at least kMinTermWords
  std::uint64_t term_words = 28;      // of each literal but the last, which takes the remainder
  std::uint64_t seed = 1;
};

// Names of the shapes:
//
//   records   a configuration row:
//             {aCfg, I, [{item,I,3I},{gold,7I}], <<"name_I">>, {attr,I,I+1,I+2,1.5}}
//   list      a list of small integers
//   tuples    4-tuples, each the last element of the one before it
//   maps      flat maps of 4 keys in a list
//   binaries  64-byte heap binaries in a list
//   graph     3-tuples {I, A, B} that refer to two random earlier ones, shared inside the literal
[[nodiscard]] std::span<const std::string_view> area_shapes() noexcept;

// Error: unknown shape, or impossible sizes.
[[nodiscard]] beam::Result<beam::AreaImage> make_synthetic_area(const SyntheticArea& wanted,
                                                                beam::AtomTable& atoms);

}  // namespace bench::cells
