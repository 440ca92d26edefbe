// Runs a program in the model: a node of the engine with one process.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/matrix/module_file.hpp"
#include "bench/validate/heap_reading.hpp"
#include "bench/validate/program.hpp"
#include "engine/heap/block_sizes.hpp"
#include "engine/purge/registry.hpp"

namespace bench::validate {

// The modules of literals, decoded from the files that the real BEAM loads.
using Modules = std::map<ModuleSpec, std::unique_ptr<matrix::ModuleFile>>;

// Deliberate deviations from the modelled release, to test that a comparison detects them.
struct ModelRules {
  beam::BlockRules blocks = {};
  const beam::PurgeStrategy* strategy = beam::find_strategy("otp");
};

// One reading for each step of `program`, whose modules are all in `modules`. Every heap is
// verified after every step. Failure: no memory, or a heap is broken.
[[nodiscard]] Outcome<std::vector<HeapReading>>
run_in_model(const Program& program, const Modules& modules, const ModelRules& rules = {});

}  // namespace bench::validate
