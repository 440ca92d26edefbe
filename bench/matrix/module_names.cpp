#include "bench/matrix/module_names.hpp"

#include <string_view>

#include <fmt/format.h>

#include "allocators/registry.hpp"
#include "allocators/sha256.hpp"
#include "bench/matrix/module_file.hpp"
#include "bench/report/cell_name.hpp"
#include "engine/base/result.hpp"

namespace bench::matrix {
namespace {

constexpr std::size_t kShownHash = 8;

Outcome<NamedModule> read_typed(const std::string& typed) {
  NamedModule module;
  const std::size_t mark = typed.find_first_of("/=");
  const bool named = mark != std::string::npos && typed[mark] == '=';
  module.path = named ? typed.substr(mark + 1) : typed;
  if (named) module.label = typed.substr(0, mark);
  if (named && !::allocators::is_given_name(module.label)) {
    return Failure{fmt::format("--module: '{}' is not a valid name: letters, digits and ._+- "
                               "(a path with a '=' can begin with ./)",
                               module.label)};
  }
  BEAM_TRY(auto facts, module_area_facts(module.path));
  module.area = facts;
  module.hash = ::allocators::sha256_of_file(module.path);
  return module;
}

std::string name_of(const NamedModule& module) {
  return module.label.empty() ? report::module_stem(module.path) : module.label;
}

using Modules = std::map<std::string, NamedModule>;

std::map<std::string, std::size_t> count_names(const Modules& modules) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [typed, module] : modules) ++counts[name_of(module)];
  return counts;
}

}  // namespace

Outcome<Modules> name_modules(const std::vector<std::string>& typed) {
  Modules modules;
  for (const std::string& each : typed) {
    BEAM_TRY(auto module, read_typed(each));
    modules.emplace(each, std::move(module));
  }
  const auto shared = count_names(modules);
  for (auto& [each, module] : modules) {
    if (!module.label.empty() || shared.at(name_of(module)) == 1) continue;
    module.label = name_of(module) + "@" + module.hash.substr(0, kShownHash);
  }
  for (const auto& [name, count] : count_names(modules)) {
    if (count > 1) return Failure{fmt::format("--module names {} twice", name)};
  }
  return modules;
}

}  // namespace bench::matrix
