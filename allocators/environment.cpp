#include "allocators/environment.hpp"

#include <string_view>
#include <unistd.h>

#include "allocators/tuning.hpp"

namespace allocators {
namespace {

constexpr std::string_view kPreload = "LD_PRELOAD";

bool is_preloaded(const Choice& choice) {
  return choice.allocator == nullptr || choice.allocator->delivery == Delivery::kPreloaded;
}

bool is_dropped(const Choice& choice, std::string_view name) {
  return tunes_an_allocator(name) && (choice.allocator != nullptr || name == kPreload);
}

}  // namespace

std::vector<std::string> child_environment(const Choice& choice, const std::string& library,
                                           const std::vector<std::string>& inherited) {
  std::vector<std::string> environment;
  for (const std::string& variable : inherited) {
    if (!is_dropped(choice, variable.substr(0, variable.find('='))))
      environment.push_back(variable);
  }
  for (const auto& [name, value] : variables_of(choice)) environment.push_back(name + "=" + value);
  if (is_preloaded(choice))
    environment.push_back(std::string(kPreload).append("=").append(library));
  return environment;
}

std::vector<std::string> dropped_variables(const Choice& choice,
                                           const std::vector<std::string>& inherited) {
  std::vector<std::string> names;
  for (const auto& [name, value] : tuning_in(inherited)) {
    if (is_dropped(choice, name)) names.push_back(name);
  }
  return names;
}

std::vector<std::string> current_environment() {
  std::vector<std::string> variables;
  for (char** each = ::environ; *each != nullptr; ++each) variables.emplace_back(*each);
  return variables;
}

}  // namespace allocators
