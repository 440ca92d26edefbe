// What tunes an allocator: settings typed behind its name, and variables of an environment.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "allocators/checked.hpp"
#include "allocators/registry.hpp"

namespace allocators {

// Environment variables by their names.
using Variables = std::map<std::string, std::string>;

// "VAR=VALUE;VAR=VALUE": a VAR in capitals is an environment variable that tunes the allocator, one
// in small letters an option of it (Options in allocator.hpp). Sorted by VAR, so that the same
// settings have one name. The reason names what is wrong: an unknown variable, an empty or
// unprintable value or one with ',', ';' or '/', or a variable that is set twice.
[[nodiscard]] Checked<std::vector<Setting>> parse_settings(const Allocator& allocator,
                                                           std::string_view text);

// What parse_settings reads back as these.
[[nodiscard]] std::string settings_text(const std::vector<Setting>& settings);

// The variables that a choice sets: its preset's, or those that its settings amount to.
[[nodiscard]] Variables variables_of(const Choice& choice);

// Whether a variable of this name can tune an allocator that a process may be given: any with
// MALLOC in its name (MALLOC_ARENA_MAX, MALLOC_CONF with whatever jemalloc's build has before it,
// MIMALLOC_*, TCMALLOC_*, TBB_MALLOC_*), GLIBC_TUNABLES, SCUDO_*, GWP_ASAN_*, TBB_*, LD_PRELOAD.
[[nodiscard]] bool tunes_an_allocator(std::string_view name);

// The tuning variables of an environment ("NAME=value" each).
[[nodiscard]] Variables tuning_in(const std::vector<std::string>& environment);

}  // namespace allocators
