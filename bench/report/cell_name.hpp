// The name of a cell identifies it completely, so cells of two runs can be matched by name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/cells/cell_spec.hpp"

namespace bench::report {

// The axes that, besides the allocator, decide who serves a cell's memory and how.
struct SettingAxis {
  std::string_view name;
  std::string cells::CellSpec::*value;
};
[[nodiscard]] std::span<const SettingAxis> setting_axes();

// purge/<strategy>/<allocator>[:preset]/area:N/term:N/held:N/holders:N/bystanders:N/heap:N/shape:S,
// or module:M (module_name) for area, term and shape, as cells/axes.hpp defines each; then every
// other axis that is not at its default (blocks, temp, dead-holders, rounds, schedulers, settle,
// seed, literal-space), as axis:value.
//
// No '/' inside a segment: one in a path is written %2F (and % as %25). Holding one literal, the
// default, is held:<term_words>, or held:1 for a module. The allocator's name is the registry's
// (never an alias) or the name given to a path.
[[nodiscard]] std::string cell_name(const cells::CellSpec& spec);

// The name without strategy, allocator and settings: the work, without who does it. Cells of one
// scenario can be compared.
[[nodiscard]] std::string scenario_name(const cells::CellSpec& spec);

// The spec whose cell_name is `name`, without a module's directory and the path of a named library.
// Empty: not a cell name.
[[nodiscard]] std::optional<cells::CellSpec> parse_cell_name(std::string_view name);

// A module's name: the spec's label, or the stem of its file, "config" of "build/config.beam".
[[nodiscard]] std::string module_name(const cells::CellSpec& spec);

// Whether a holder holds one literal: the default, or the value that a name gives it (the words of
// one literal; 1 for a module).
[[nodiscard]] bool holds_one_literal(const cells::CellSpec& spec);

// "config" of "build/config.beam".
[[nodiscard]] std::string module_stem(const std::string& path);

}  // namespace bench::report
