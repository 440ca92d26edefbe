// The environment of a child that runs under a chosen allocator.
#pragma once

#include <string>
#include <vector>

#include "allocators/registry.hpp"

namespace allocators {

// `inherited` ("NAME=value" each) without LD_PRELOAD and without what would tune the chosen
// allocator, then the preset's knobs, then LD_PRELOAD with `library` where the choice is preloaded.
// A library given by path has no presets, so what tunes it is inherited.
[[nodiscard]] std::vector<std::string> child_environment(const Choice& choice,
                                                         const std::string& library,
                                                         const std::vector<std::string>& inherited);

// This process's own environment.
[[nodiscard]] std::vector<std::string> current_environment();

}  // namespace allocators
