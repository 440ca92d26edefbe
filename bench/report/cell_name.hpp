// The name of a cell says everything that makes it the cell it is, so names of two runs can be
// matched.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/cells/cell_spec.hpp"

namespace bench::report {

// The axes that say, beside the allocator, who serves a cell's memory and how.
struct SettingAxis {
  std::string_view name;
  std::string cells::CellSpec::*value;
};
[[nodiscard]] std::span<const SettingAxis> setting_axes();

// purge/<strategy>/<allocator>[:preset]/area:N/term:N/held:N/holders:N/bystanders:N/heap:N/shape:S,
// or module:M (module_name) for area, term and shape, as cells/axes.hpp says of each; then every
// other axis that is not at its default (blocks, temp, rounds, schedulers, settle, seed,
// literal-space), as axis:value.
//
// No '/' inside a segment: one in a path is written %2F (and % as %25). Holding one literal, the
// default, is held:<term_words>, or held:1 for a module. The allocator's name is the registry's,
// not an alias, or the one that was given to a path.
[[nodiscard]] std::string cell_name(const cells::CellSpec& spec);

// The name without strategy, allocator and settings: what is done, whoever does it. Cells of
// one scenario are to be compared.
[[nodiscard]] std::string scenario_name(const cells::CellSpec& spec);

// The spec of which cell_name is `name`, but for a module's directory and the path of a library
// that was given a name. Empty: not such a name.
[[nodiscard]] std::optional<cells::CellSpec> parse_cell_name(std::string_view name);

// What a module is called: what the spec labels it, or the stem of its file, "config" of
// "build/config.beam".
[[nodiscard]] std::string module_name(const cells::CellSpec& spec);

// Whether a holder holds one literal: the default, and what a name says of it (the words of one
// literal, or 1 of a module).
[[nodiscard]] bool holds_one_literal(const cells::CellSpec& spec);

// "config" of "build/config.beam".
[[nodiscard]] std::string module_stem(const std::string& path);

}  // namespace bench::report
