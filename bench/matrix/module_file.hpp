// .beam files as the command line takes them: read, decoded, and what is wrong said with the file's
// name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "bench/report/outcome.hpp"
#include "engine/beam_file/beam_module.hpp"

namespace bench {

// A decoded module with the atoms that its terms refer to.
struct ModuleFile {
  beam::AtomTable atoms;
  beam::BeamModule module;
};

[[nodiscard]] Outcome<std::unique_ptr<ModuleFile>> read_module(const std::string& path);

// Words of the literal area that the module would load. A module without literals is a failure: its
// reload costs nothing that could be measured.
[[nodiscard]] Outcome<std::uint64_t> module_area_words(const std::string& path);

}  // namespace bench
