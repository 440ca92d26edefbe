// The literal area a cell is about: a synthetic one or a module's, before it is loaded into a node.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "bench/cells/cell_spec.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/term/area_image.hpp"
#include "engine/term/atom_table.hpp"

namespace bench::cells {

struct Area {
  beam::AtomTable atoms;
  beam::AreaImage image;
  beam::AreaBounds bounds;                  // of a module: what its words may be in another run
  beam::Term module;                        // its name, an atom
  std::string module_name;                  // of a module cell; else empty
  std::string module_hash;                  // SHA-256 of its file; of a synthetic area empty
  beam::MappedArray<std::uint32_t> usable;  // indexes of literals that have words in the area
  beam::MappedArray<std::uint64_t> words;   // of each of those
  std::uint64_t total_words = 0;            // of all of those
};

// Builds or decodes the area that `spec` asks for; the same spec gives the same area. Error: what
// is wrong with the sizes or, with its offset, with the file's contents.
[[nodiscard]] beam::Result<std::unique_ptr<Area>> build_area(const CellSpec& spec);

// The area of the module in these bytes of a .beam file. Error: what is wrong with them, and where.
[[nodiscard]] beam::Result<std::unique_ptr<Area>>
build_module_area(std::span<const std::uint8_t> bytes);

}  // namespace bench::cells
