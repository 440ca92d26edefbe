// Reads and decodes .beam files given on the command line; errors name the file.
#pragma once

#include <memory>
#include <string>

#include "bench/base/outcome.hpp"
#include "bench/cells/area.hpp"
#include "bench/matrix/cell_check.hpp"
#include "engine/beam_file/beam_module.hpp"

namespace bench::matrix {

// A decoded module with the atoms that its terms refer to.
struct ModuleFile {
  beam::AtomTable atoms;
  beam::BeamModule module;
};

[[nodiscard]] Outcome<std::unique_ptr<ModuleFile>> read_module(const std::string& path);

// The module's area, for use by cells.
[[nodiscard]] Outcome<std::unique_ptr<cells::Area>> read_module_area(const std::string& path);

[[nodiscard]] Outcome<AreaFacts> module_area_facts(const std::string& path);

}  // namespace bench::matrix
