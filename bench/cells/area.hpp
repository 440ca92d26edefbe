// The literal area of a cell, synthetic or from a module, before it is loaded into a node.
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
  beam::AreaBounds bounds;                  // of a module: the range of its words over runs
  beam::Term module;                        // its name, an atom
  std::string module_name;                  // of a module; else empty
  std::string module_hash;                  // SHA-256 of the module's file; else empty
  beam::MappedArray<std::uint32_t> usable;  // indexes of literals that have words in the area
  beam::MappedArray<std::uint64_t> words;   // of each of these
  std::uint64_t total_words = 0;            // of all of these
};

// Builds or decodes the area that `spec` describes; the same spec gives the same area. Error: what
// is wrong with the sizes, or with the file and at which offset.
[[nodiscard]] beam::Result<std::unique_ptr<Area>> build_area(const CellSpec& spec);

// The area of the module in these bytes of a .beam file. Error: what is wrong, and where.
[[nodiscard]] beam::Result<std::unique_ptr<Area>>
build_module_area(std::span<const std::uint8_t> bytes);

}  // namespace bench::cells
