#include "allocators/environment.hpp"

#include <algorithm>
#include <unistd.h>

namespace allocators {
namespace {

bool tunes(const Allocator* allocator, const std::string& variable) {
  return allocator != nullptr &&
         std::ranges::any_of(allocator->knob_prefixes,
                             [&](std::string_view prefix) { return variable.starts_with(prefix); });
}

bool is_preloaded(const Choice& choice) {
  return choice.allocator == nullptr || choice.allocator->delivery == Delivery::kPreloaded;
}

}  // namespace

std::vector<std::string> child_environment(const Choice& choice, const std::string& library,
                                           const std::vector<std::string>& inherited) {
  std::vector<std::string> environment;
  for (const std::string& variable : inherited) {
    if (variable.starts_with("LD_PRELOAD=") || tunes(choice.allocator, variable)) continue;
    environment.push_back(variable);
  }
  if (choice.preset != nullptr) {
    for (const Knob& knob : choice.preset->knobs) {
      environment.push_back(std::string(knob.variable).append("=").append(knob.value));
    }
  }
  if (is_preloaded(choice)) environment.push_back("LD_PRELOAD=" + library);
  return environment;
}

std::vector<std::string> current_environment() {
  std::vector<std::string> variables;
  for (char** each = ::environ; *each != nullptr; ++each) variables.emplace_back(*each);
  return variables;
}

}  // namespace allocators
