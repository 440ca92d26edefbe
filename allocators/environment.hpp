// The environment of a child that runs under a chosen allocator.
#pragma once

#include <string>
#include <vector>

#include "allocators/registry.hpp"

namespace allocators {

// `inherited` ("NAME=value" each) without LD_PRELOAD and without what would tune an allocator
// (tuning.hpp), then what the choice sets, then LD_PRELOAD with `library` where the choice is
// preloaded. A library given by path sets nothing, so what tunes it is inherited.
[[nodiscard]] std::vector<std::string> child_environment(const Choice& choice,
                                                         const std::string& library,
                                                         const std::vector<std::string>& inherited);

// The names of the variables of `inherited` that would tune an allocator and do not reach the
// child.
[[nodiscard]] std::vector<std::string> dropped_variables(const Choice& choice,
                                                         const std::vector<std::string>& inherited);

// This process's own environment.
[[nodiscard]] std::vector<std::string> current_environment();

}  // namespace allocators
